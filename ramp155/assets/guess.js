// A guess before anything is shown: a curve drawn by mouse, finger or keys, or a number on a slider; then the answer over it
// on the same scale. Nothing is asked of anybody; the server hears of the guess when it is given.

/** @typedef {{numbers: (number | null)[], lows: (number | null)[], highs: (number | null)[]}} Answer ours: median and likely range at each place */
/**
 * What the server sends of a question: a curve over percents, or a number, from 0 to `most` in steps.
 * @typedef {{kind: "curve" | "number", told: "share" | "times" | "count" | "rounds", label: string, percents: number[], most: number,
 *   step: number, known: [place: number, number: number], knownName: string, yours: string, ours: string, across: string,
 *   answer?: Answer | null, given?: number[] | null, tables: number[], button: string, hint: string, ready: string,
 *   shade: string, colours: Record<"grid" | "quiet" | "ours" | "guess" | "known", string>}} Question
 */
/**
 * The parts of the page it stands in.
 * @typedef {{box: HTMLElement, svg: SVGSVGElement, button: HTMLButtonElement, hint: HTMLElement, label: HTMLElement,
 *   input: HTMLInputElement, shade: HTMLElement, foot: HTMLElement}} Parts
 */
/**
 * What is drawn so far, null where nothing is; `at` is the place that keys move.
 * @typedef {Parts & {data: Question, drawn: (number | null)[], at: number, width: number, x: (percent: number) => number,
 *   y: (number: number) => number, place: (x: number) => number, number: (y: number) => number, from: () => number,
 *   layout: (width: number) => void, last?: [place: number, number: number] | null, keyed?: boolean, drawing?: boolean,
 *   observer?: ResizeObserver}} View
 */

const SVG = "http://www.w3.org/2000/svg"
const HEIGHT = 280
const PARTS = { box: ".guess", svg: "svg", button: "button", hint: ".hint", label: ".label", input: "input", shade: ".shade", foot: ".foot" }
const PLOT = { left: 40, right: 16, top: 16, bottom: 44 }
const THUMB = 12 // px from the edge of a slider to the middle of its handle at the end
const KEY_STEP = 0.025 // of the scale, for an arrow; a page is four
/** @type {WeakMap<object, View>} */
const views = new WeakMap()

/** @param {string} told @param {number} number */
export function say(told, number) {
  if (told === "share") return `${Math.round(number * 100)} %`
  if (told === "times") return `${number.toFixed(1)} times`
  if (told === "count") return number.toLocaleString("en")
  if (number >= 999500) return `${(number / 1e6).toFixed(2).replace(/\.?0+$/, "")} million`
  const digits = number >= 100000 ? 1e4 : 1e3
  return (Math.round(number / digits) * digits).toLocaleString("en")
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} name
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
function draw(name, attributes, text) {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  if (text !== undefined) element.textContent = text
  return element
}

/** @param {number[][]} points */
export const trace = (points) => points.map(([x, y], place) => `${place ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}`).join("")

// The names of two lines at one edge: each over its line, or where they are close one over both and one under both.
/** @param {number} first @param {number} second */
export function part(first, second) {
  const [over, under] = [-10, 20]
  if (Math.abs(first - second) > 30) return [first + over, second + over]
  return first <= second ? [first + over, second + under] : [first + under, second + over]
}

// The curve

/** @param {View} view */
function layCurve(view) {
  const { data, svg, width } = view
  const right = width - PLOT.right
  const bottom = HEIGHT - PLOT.bottom
  view.x = (percent) => PLOT.left + (percent / 200) * (right - PLOT.left)
  view.y = (number) => bottom - (number / data.most) * (bottom - PLOT.top)
  view.place = (x) => Math.round(((Math.min(right, Math.max(PLOT.left, x)) - PLOT.left) / (right - PLOT.left)) * (data.percents.length - 1))
  view.number = (y) => Math.min(data.most, Math.max(0, ((bottom - y) / (bottom - PLOT.top)) * data.most))
  svg.setAttribute("height", String(HEIGHT))
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`)
}

/** @param {View} view */
function drawCurve(view) {
  const { data, svg, x, y } = view
  const { colours, percents } = data
  /** @type {SVGElement[]} */
  const parts = []
  for (let number = 0; number <= data.most; number += data.most / 4) {
    parts.push(draw("line", { x1: PLOT.left, x2: view.width - PLOT.right, y1: y(number), y2: y(number), stroke: colours.grid }))
    parts.push(draw("text", { class: "tick", x: PLOT.left - 6, y: y(number) + 4, "text-anchor": "end" }, `${number / 1e6}`))
  }
  for (const percent of [0, 50, 100, 150, 200]) {
    const anchor = percent === 200 ? "end" : "middle"
    parts.push(draw("text", { class: "tick", x: x(percent) + (percent === 200 ? PLOT.right : 0), y: HEIGHT - PLOT.bottom + 18, "text-anchor": anchor }, `${percent} %`))
  }
  parts.push(draw("text", { class: "tick", x: view.width - PLOT.right, y: HEIGHT - 6, "text-anchor": "end" }, data.across))
  const [knownPlace, knownNumber] = data.known
  const answer = data.answer
  if (answer) {
    const over = percents.map((percent, place) => [x(percent), y(answer.highs[place] ?? 0)])
    const under = percents.map((percent, place) => [x(percent), y(answer.lows[place] ?? 0)])
    parts.push(
      draw("path", { d: `${trace([...over, ...under.reverse()])}Z`, fill: colours.ours, opacity: 0.22 }),
      draw("path", { d: trace(percents.map((percent, place) => [x(percent), y(answer.numbers[place] ?? 0)])), fill: "none", stroke: colours.ours, "stroke-width": 3.5 }),
    )
  }
  // What is drawn, in pieces where some is still missing.
  /** @type {number[][]} */
  let piece = []
  const pieces = [piece]
  view.drawn.forEach((number, place) => {
    if (number === null) pieces.push((piece = []))
    else piece.push([x(percents[place]), y(number)])
  })
  for (const points of pieces) {
    if (points.length === 1) parts.push(draw("circle", { cx: points[0][0], cy: points[0][1], r: 3, fill: colours.guess }))
    if (points.length > 1)
      parts.push(draw("path", { d: trace(points), fill: "none", stroke: colours.guess, "stroke-width": 3, "stroke-dasharray": "7 4", "stroke-linejoin": "round" }))
  }
  parts.push(draw("circle", { cx: x(percents[knownPlace]), cy: y(knownNumber), r: 6, fill: colours.known, stroke: "var(--st-background-color)", "stroke-width": 2 }))
  if (!answer) parts.push(draw("text", { class: "halo", x: x(percents[knownPlace]), y: y(knownNumber) + 26, "text-anchor": "middle" }, data.knownName))
  else {
    const last = percents.length - 1
    const [yours, ours] = part(y(view.drawn[last] ?? 0), y(answer.numbers[last] ?? 0))
    parts.push(draw("text", { class: "halo", x: view.width - PLOT.right, y: Math.max(12, yours), "text-anchor": "end", style: `fill:${colours.guess}` }, data.yours))
    parts.push(draw("text", { class: "halo", x: view.width - PLOT.right, y: Math.max(12, ours), "text-anchor": "end", style: `fill:${colours.ours}` }, data.ours))
  }
  if (view.keyed && !answer) {
    const number = view.drawn[view.at] ?? view.from()
    parts.push(draw("line", { x1: x(percents[view.at]), x2: x(percents[view.at]), y1: PLOT.top, y2: HEIGHT - PLOT.bottom, stroke: colours.quiet, "stroke-dasharray": "3 3" }))
    parts.push(draw("circle", { cx: x(percents[view.at]), cy: y(number), r: 8, fill: "none", stroke: colours.guess, "stroke-width": 3 }))
  }
  svg.replaceChildren(...parts)
  tellCurve(view)
}

/** @param {View} view */
function tellCurve(view) {
  const { data, svg } = view
  svg.classList.toggle("sheet", !data.answer)
  if (data.answer) {
    svg.setAttribute("role", "img")
    svg.setAttribute("tabindex", "-1")
    svg.setAttribute("aria-label", "Your line beside that of our runs; the words below say how far apart they are")
    for (const name of ["aria-valuemin", "aria-valuemax", "aria-valuenow", "aria-valuetext"]) svg.removeAttribute(name)
    return
  }
  const number = view.drawn[view.at]
  svg.setAttribute("role", "slider")
  svg.setAttribute("tabindex", "0")
  svg.setAttribute("aria-label", `${data.label}: your line`)
  svg.setAttribute("aria-valuemin", "0")
  svg.setAttribute("aria-valuemax", String(data.most))
  svg.setAttribute("aria-valuenow", String(number ?? 0))
  svg.setAttribute("aria-valuetext", `at ${data.percents[view.at]} %: ${number === null ? "not drawn yet" : `${say("rounds", number)} rounds`}`)
}

/** @param {View} view @param {number} place @param {number} number */
function put(view, place, number) {
  view.drawn[place] = Math.round(number / view.data.step) * view.data.step
  view.at = place
}

/** @param {View} view */
function bindCurve(view) {
  const { svg } = view
  const follow = (/** @type {PointerEvent} */ event) => {
    const box = svg.getBoundingClientRect()
    const place = view.place(event.clientX - box.left)
    const number = view.number(event.clientY - box.top)
    // A quick stroke skips points: those between are put on a straight line.
    const from = view.last ?? [place, number]
    const steps = Math.abs(place - from[0])
    for (let step = 0; step <= steps; step++) {
      const share = steps ? step / steps : 1
      put(view, Math.round(from[0] + (place - from[0]) * share), from[1] + (number - from[1]) * share)
    }
    view.last = [place, number]
    view.keyed = false
    drawGuess(view)
  }
  svg.onpointerdown = (event) => {
    if (view.data.answer || view.data.kind !== "curve") return
    event.preventDefault()
    svg.focus({ preventScroll: true })
    svg.setPointerCapture(event.pointerId)
    view.drawing = true
    view.last = null
    follow(event)
  }
  svg.onpointermove = (event) => void (view.drawing && follow(event))
  svg.onpointerup = svg.onpointercancel = () => void (view.drawing = false)
  svg.onkeydown = (event) => {
    if (view.data.answer || view.data.kind !== "curve") return
    const last = view.drawn.length - 1
    const rise = { ArrowUp: 1, ArrowDown: -1, PageUp: 4, PageDown: -4 }[event.key]
    const to = { ArrowRight: view.at + 1, ArrowLeft: view.at - 1, Home: 0, End: last }[event.key]
    if (rise === undefined && to === undefined) return
    event.preventDefault()
    view.keyed = true
    const number = view.drawn[view.at] ?? view.from()
    if (rise !== undefined) put(view, view.at, Math.min(view.data.most, Math.max(0, number + rise * KEY_STEP * view.data.most)))
    else {
      const place = Math.min(last, Math.max(0, to ?? 0))
      if (event.key === "ArrowRight") {
        put(view, view.at, number) // what one passes is drawn level, until it is moved
        if (view.drawn[place] === null) view.drawn[place] = view.drawn[view.at]
      }
      view.at = place
    }
    drawGuess(view)
  }
  svg.onblur = () => {
    view.keyed = false
    if (view.width) drawGuess(view)
  }
}

// The number

/** @param {View} view */
function drawScale(view) {
  const { data, svg, width } = view
  const { colours, answer } = data
  const height = answer ? 92 : 26
  const x = (/** @type {number} */ number) => THUMB + (number / data.most) * (width - 2 * THUMB)
  svg.setAttribute("height", String(height))
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`)
  svg.setAttribute("tabindex", "-1")
  /** @type {SVGElement[]} */
  const parts = []
  const ticks = width < 420 && data.told === "rounds" ? 2 : 4
  for (let place = 0; place <= ticks; place++) {
    const number = (data.most * place) / ticks
    const anchor = place === 0 ? "start" : place === ticks ? "end" : "middle"
    parts.push(draw("line", { x1: x(number), x2: x(number), y1: 0, y2: 6, stroke: colours.quiet }))
    parts.push(draw("text", { class: "tick", x: place === 0 ? 0 : place === ticks ? width : x(number), y: 21, "text-anchor": anchor }, data.told === "times" ? `${number}` : say(data.told, number)))
  }
  if (answer) {
    const guess = view.drawn[0] ?? 0
    const [number] = answer.numbers
    const name = (/** @type {number} */ at, /** @type {number} */ y, /** @type {string} */ text, /** @type {string} */ colour) => {
      const anchor = at < width * 0.25 ? "start" : at > width * 0.75 ? "end" : "middle"
      parts.push(draw("text", { class: "halo", x: at, y, "text-anchor": anchor, style: `fill:${colour}` }, text))
    }
    const [low] = answer.lows
    if (low !== null)
      parts.push(draw("rect", { x: x(low), width: x(Math.min(data.most, answer.highs[0] ?? data.most)) - x(low), y: 52, height: 16, fill: colours.ours, opacity: 0.25 }))
    parts.push(draw("line", { x1: x(0), x2: x(data.most), y1: 60, y2: 60, stroke: colours.grid, "stroke-width": 2 }))
    // What the tables of a group said, before anything was shown.
    for (const told of data.tables) parts.push(draw("circle", { cx: x(told), cy: 60, r: 5, fill: "var(--st-background-color)", stroke: colours.guess, "stroke-width": 2.5 }))
    const at = x(guess)
    parts.push(draw("path", { d: `M${at},58L${at - 7},46L${at + 7},46Z`, fill: colours.guess }))
    name(at, 42, `${data.yours}: ${say(data.told, guess)}`, colours.guess)
    if (number !== null) {
      parts.push(draw("line", { x1: x(number), x2: x(number), y1: 50, y2: 70, stroke: colours.ours, "stroke-width": 5 }))
      name(x(number), 87, `${data.ours}: ${say(data.told, number)}`, colours.ours)
    }
  }
  svg.setAttribute("role", "img")
  svg.setAttribute("aria-label", answer ? "Your guess and the answer on one scale; the words below say how far apart they are" : "The scale of the slider")
  svg.replaceChildren(...parts)
}

// Both

/** @param {View} view */
function drawGuess(view) {
  const { data, button, hint, label, input } = view
  const isCurve = data.kind === "curve"
  if (isCurve) drawCurve(view)
  else drawScale(view)
  const isReady = view.drawn.every((number) => number !== null)
  button.disabled = !isReady
  const missing = isCurve && !isReady && view.drawn.some((number) => number !== null)
  const share = Math.round((view.drawn.filter((number) => number !== null).length / view.drawn.length) * 100)
  hint.textContent = isReady ? data.ready : missing ? `${share} % drawn. ${data.hint}` : data.hint
  const now = document.createElement("span")
  now.className = "now"
  now.textContent = !isCurve && isReady ? say(data.told, view.drawn[0] ?? 0) : ""
  label.replaceChildren(data.label, now)
  if (!isCurve) {
    input.setAttribute("aria-label", data.label)
    input.setAttribute("aria-valuetext", isReady ? say(data.told, view.drawn[0] ?? 0) : "not moved yet")
  }
}

/**
 * The parts that it stands in; the question comes after it.
 * @param {HTMLElement} parent
 */
function openView(parent) {
  const parts = Object.fromEntries(Object.entries(PARTS).map(([name, where]) => [name, parent.querySelector(where)]))
  const view = /** @type {View} */ (/** @type {unknown} */ ({ ...parts, at: 0 }))
  view.from = () => view.drawn.slice(0, view.at).reverse().find((number) => number !== null) ?? 0
  views.set(parent, view)
  bindCurve(view)
  return view
}

/** @param {import("./types").Component<string>} component */
export default function (component) {
  const { parentElement, setTriggerValue } = component
  /** @type {Question} */
  const data = JSON.parse(component.data)
  const view = views.get(parentElement) ?? openView(parentElement)
  /** @type {Question | undefined} */
  const had = view.data
  // A guess taken back leaves an empty sheet; one being made here outlives whatever else the page does.
  if (!had || data.given || had.given) {
    view.drawn = data.given ? [...data.given] : Array(data.kind === "curve" ? data.percents.length : 1).fill(null)
    view.at = 0
    view.input.value = "0"
  }
  view.data = data
  view.box.style.setProperty("--quiet", data.colours.quiet)
  view.box.style.setProperty("--yours", data.colours.guess)
  view.button.textContent = data.button
  view.foot.hidden = !!data.given
  view.shade.textContent = data.given ? data.shade : ""
  view.input.hidden = data.kind === "curve" || !!data.given
  view.input.max = String(Math.round(data.most / data.step))
  view.input.oninput = () => {
    view.drawn = [Number(view.input.value) * data.step]
    drawGuess(view)
  }
  view.button.onclick = () => {
    if (view.drawn.some((number) => number === null)) return
    setTriggerValue("guess", view.drawn.map((number) => Math.round((number ?? 0) / data.step)))
  }
  view.layout = (/** @type {number} */ width) => {
    if (!width) return
    view.width = width
    if (data.kind === "curve") layCurve(view)
    drawGuess(view)
  }
  view.layout(view.box.clientWidth)
  if (!view.observer) {
    view.observer = new ResizeObserver(([{ contentRect }]) => void (contentRect.width !== view.width && view.layout(contentRect.width)))
    view.observer.observe(view.box)
  }
  return () => {
    view.observer?.disconnect()
    views.delete(parentElement)
  }
}
