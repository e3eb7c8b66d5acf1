// The live slider: redraws path, response curve, odds and sentences each frame while it moves, from a
// surface sent once, and tells the server only when it is let go. Pictures that follow listen to `ramp155:supply` on
// the document: { percent }. While another lever moves (`ramp155:levers`), the page's engine runs the chain instead.
import { dropLever, holdLever } from "./release.js"

/** @typedef {import("./chain.js").Levers} Levers */
/** @typedef {import("./release.js").Held} Held */
/** @typedef {import("./release.js").Said} Said */
/** @typedef {ReturnType<typeof import("./worker.js").QUESTIONS.answer>} Answer */
/** @typedef {(value: number) => number} Place of a number, in pixels or as another number */
/** @typedef {{year: number, p10: number[], p50: number[], p90: number[]}} Year rounds of a year at each position, thousands */
/** @typedef {Year & {gain: string}} Response with what one more tonne brings */
/**
 * A report beside the path: where it stands, what it counts, its span.
 * @typedef {{at: number, counts: string, sign: string, low: number, high: number, middle: number, bound: string, text: string}} Report
 */
/** @typedef {"titles" | "readouts" | "readings" | "warnings"} Kind of sentence */
/**
 * What the server sends of a scenario (`ramp155/files/live_body.py`): grids by position and month as base64, thousands of
 * rounds a year.
 * @typedef {{months: string[], at: number, forecast: number, acts: [number, number] | null, top: number, p10: string,
 *   p50: string, p90: string, figureLow: string, figureHigh: string, year: Year, agree: string, stores: string, gain: string,
 *   baseline: number[], capacity: number[], stages: {label: string, short: string, colour: string}[],
 *   targets: {label: string, rate: number, odds: number[], even: string[]}[], reports: Report[],
 *   signs: Record<string, {path: string, filled: boolean}>, colours: Record<string, string>,
 *   words: Record<Kind | "gains", string[]>, pins: {letter: string, name: string, colour: string, path: number[]}[],
 *   height: number | null, full: boolean, titled: boolean, levers?: Levers, engine?: string}} Body
 */
/**
 * Its grids opened, and the stages that limit output anywhere.
 * @typedef {{p10: Uint16Array, p50: Uint16Array, p90: Uint16Array, figureLow: Uint16Array, figureHigh: Uint16Array,
 *   agree: Uint8Array, stores: Uint8Array, limiting: number[]}} Surface
 */
/**
 * All that is drawn and said where the levers stand; a function gives the value of a month.
 * @typedef {{output: Place, p10: Place, p90: Place, figureLow: Place, figureHigh: Place, stores: Place, limiting: number[],
 *   shares: (month: number) => number[], words: Record<Kind, string>, capacity: number[], acts: [number, number] | null,
 *   year: number, odds: [share: number, even: string][], response?: Response, moved?: Levers}} Row
 */
/** @typedef {{x: Place, y: Place, month: Place}} Scale */
/** @typedef {[words: string, value: number, colour: string]} End what stands at the end of a path */
/**
 * What was worked out of a response so far.
 * @typedef {{key: string, positions: {p10: number, p50: number, p90: number, rounds: number}[], gains: Record<number, string>,
 *   columns?: Year, isAtWork?: boolean}} Sweep
 */
/**
 * The parts of the page it stands in.
 * @typedef {{svg: SVGSVGElement, curve: SVGSVGElement, slider: HTMLInputElement, number: HTMLInputElement, title: HTMLElement,
 *   readout: HTMLElement, hint: HTMLElement, reading: HTMLElement, gain: HTMLElement, warning: HTMLElement, odds: HTMLElement,
 *   oddsTitle: HTMLElement}} Parts
 */
/**
 * What is drawn once and moved.
 * @typedef {{acts: SVGElement, figure: Element, band: Element, nameplate: Element, capacityName: Element[], path: Element,
 *   actsName: SVGElement, strip: Element, areas: Element[], stageNames: Element, stores: Element, ends: Element, cross: SVGElement,
 *   hoverLine: Element, hoverDot: Element, handleLine: Element, handle: Element, oddsRows: [HTMLElement, HTMLElement, HTMLElement][]}} Drawn
 */
/**
 * @typedef {Held & Parts & Drawn & {data: Body, surface: Surface, version: string, width: number, height: number, scale: Scale,
 *   curveScale: {x: Place, y: Place, percent: Place}, curveOf: number[] | null, capacityEnd: number, wide: Record<string, number>,
 *   row: Row, endsKey: string | null, ran: {key: string, row: Row} | null, swept: Sweep | null, shown: import("./types").Positions | null,
 *   asked: import("./engine.js").Engine | null, sweeping?: number, resting?: number | null, waiting?: boolean, dragging?: boolean,
 *   stale?: boolean, redraw: () => void, layout: (width: number) => void, observer?: ResizeObserver,
 *   heard?: (event: CustomEvent<import("./types").Asked>) => void, followed?: (event: CustomEvent<import("./types").Positions>) => void,
 *   follow: (event: CustomEvent<import("./types").Positions>) => void}} View
 */

const NS = "http://www.w3.org/2000/svg"
const REST = 150 // milliseconds without a move after which the response curve is worked out anew
const POSITIONS = 41 // of nitrocellulose, every fifth percent
const MARGIN = { left: 50, right: 86, top: 18, bottom: 44 }
// Room under the zero line for the strip of what limits output and the stores, thousand rounds a year: a low chart
// has to give more of its height, so that the strip still holds its words, and has no room for the stores.
const UNDER = { low: -720, strip: [-50, -470], stores: [-510, -700] }
const UNDER_LOW = { low: -1150, strip: [-90, -1110], stores: null }
const INSIDE = 0.4 // share of runs from which a stage's name has room inside the strip
const NAMED = 0.05 // share of runs from which a stage is named at all
/** @param {View} view */
const isLow = (view) => view.height < 240
const USUAL_TOP = 3000 // thousand rounds a year; on a taller axis the room under it is as much deeper
/** @param {View} view */
const under = (view) => {
  const { low, strip, stores } = isLow(view) ? UNDER_LOW : UNDER
  const deeper = view.data.top / USUAL_TOP
  const scale = (/** @type {number[]} */ span) => span.map((v) => v * deeper)
  return { low: low * deeper, strip: scale(strip), stores: stores && scale(stores) }
}
/** @param {View} view */
const bottomMargin = (view) => (isLow(view) ? 30 : MARGIN.bottom)
const FULL_STORE = 3 // months of output that fill the height of the stores
const CURVE = { left: 50, right: 18, top: 20, bottom: 40, height: 205 }
const MONTHS = "January February March April May June July August September October November December".split(" ")

/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
/** @param {string} text */
const words16 = (text) => new Uint16Array(bytes(text).buffer)

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {Element} parent
 * @param {T} name
 * @param {Record<string, string | number>} [attributes]
 * @param {string | number | null} [text]
 */
function make(parent, name, attributes = {}, text = null) {
  const node = document.createElementNS(NS, name)
  for (const key in attributes) node.setAttribute(key, String(attributes[key]))
  if (text !== null) node.textContent = String(text)
  parent.appendChild(node)
  return node
}

/** @param {Element} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text
}

// Text with **bold** parts, as the page's sentences carry them; never read as HTML.
/** @param {HTMLElement} node @param {string} text */
function writeBold(node, text) {
  if (node.dataset.text === text) return
  node.dataset.text = text
  node.replaceChildren(
    ...text.split("**").map((part, k) => {
      const span = document.createElement(k % 2 ? "b" : "span")
      span.textContent = part
      return span
    }),
  )
}

// Thousand rounds a year in words, as the page says them: 1.31 million, 640,000.
/** @param {number} thousands */
export function rate(thousands) {
  if (thousands >= 999.5) return (thousands / 1000).toFixed(2).replace(/\.?0+$/, "") + " million"
  const step = thousands >= 100 ? 10 : 1
  return (Math.round(thousands / step) * step * 1000).toLocaleString("en-US")
}

/** @param {number} share */
const percent = (share) => `${Math.round(Number((share * 100).toFixed(6)))} %`
// Odds admit the tails, as the page says them: runs are a sample.
/** @param {number} share */
export const chance = (share) => (share < 0.01 ? "under 1 %" : share > 0.99 ? "over 99 %" : percent(share))
/** @param {string} month @param {number} [letters] */
const monthName = (month, letters = 9) => `${MONTHS[Number(month.slice(5)) - 1].slice(0, letters)} ${month.slice(0, 4)}`

/** @param {Body} data @returns {Surface} */
function unpack(data) {
  const agree = bytes(data.agree)
  const n = data.stages.length
  const limiting = data.stages.map((_, k) => k).filter((k) => {
    for (let i = k; i < agree.length; i += n) if (agree[i]) return true
    return false
  })
  return {
    p10: words16(data.p10),
    p50: words16(data.p50),
    p90: words16(data.p90),
    figureLow: words16(data.figureLow),
    figureHigh: words16(data.figureHigh),
    agree,
    stores: bytes(data.stores),
    limiting,
  }
}

// Between two positions of the coarser grid (every fifth percent) values are joined by lines.
/** @param {number} percentage @returns {[number, number]} */
export function between(percentage) {
  const place = Math.min(percentage / 5, 39.999999)
  const lower = Math.floor(place)
  return [lower, place - lower]
}

// One row of the surface at a slider position.
/** @param {View} view @param {number} percentage */
function at(view, percentage) {
  const n = view.data.months.length
  const [lower, part] = between(percentage)
  const coarse = (/** @type {Uint16Array | Uint8Array} */ grid) => (/** @type {number} */ i) =>
    grid[lower * n + i] * (1 - part) + grid[(lower + 1) * n + i] * part
  const stages = view.data.stages.length
  const { agree, limiting } = view.surface
  const share = (/** @type {number} */ i, /** @type {number} */ k) =>
    agree[(lower * n + i) * stages + k] * (1 - part) + agree[((lower + 1) * n + i) * stages + k] * part
  return {
    output: coarse(view.surface.p50),
    p10: coarse(view.surface.p10),
    p90: coarse(view.surface.p90),
    figureLow: coarse(view.surface.figureLow),
    figureHigh: coarse(view.surface.figureHigh),
    stores: coarse(view.surface.stores),
    limiting,
    // Shares of runs that each stage limits, which add up to 1 whatever was rounded.
    shares: (/** @type {number} */ i) => {
      const all = limiting.map((k) => share(i, k))
      const sum = all.reduce((a, b) => a + b, 0) || 1
      return all.map((one) => one / sum)
    },
  }
}

// Where all levers stand while one of the others is moved: what the page's sliders show, over what the server knows.
// Nothing where none is away from that, or the engine that would answer is not there.
/** @param {View} view @returns {Levers | null} */
function findMoved(view) {
  const { levers, engine } = view.data
  if (!levers || window.ramp155Engine?.key !== engine) return null
  const differs = (/** @type {unknown} */ one, /** @type {unknown} */ other) =>
    (typeof other === "number" ? Math.abs(Number(one) - other) > 1e-6 : `${one}` !== `${other}`)
  const away = Object.entries(view.shown ?? {}).filter(([name, position]) => name !== "nitrocellulose" && name !== "assume" && differs(position, levers[name]))
  return away.length ? { ...levers, ...Object.fromEntries(away), nitrocellulose: view.percent / 100 } : null
}

// All that is drawn and said where the levers stand: from the surface while nitrocellulose alone moves, else from the
// engine's last answer.
/** @param {View} view @returns {Row} */
function read(view) {
  const moved = findMoved(view)
  if (moved) ask(view, moved)
  if (moved && view.ran) return view.ran.row
  const { data, percent: here } = view
  const [lower, part] = between(here)
  const near = Math.round(here / 5)
  const { titles, readouts, readings, warnings, gains } = data.words
  const join = (/** @type {number[]} */ row) => row[lower] * (1 - part) + row[lower + 1] * part
  return {
    ...at(view, here),
    words: { titles: titles[here], readouts: readouts[here], readings: readings?.[here], warnings: warnings?.[here] },
    capacity: data.capacity,
    acts: data.acts,
    year: join(data.year.p50),
    odds: data.targets.map((target) => [join(target.odds), target.even[near]]),
    response: { ...data.year, gain: gains?.[here] },
  }
}

// One question at a time: its answer is drawn, and then the next one is for where the levers stand by then.
/** @param {View} view @param {Levers} moved */
function ask(view, moved) {
  const key = JSON.stringify(moved)
  const engine = window.ramp155Engine
  if (!engine || view.asked === engine || view.ran?.key === key) return
  const { version } = view
  view.asked = engine
  engine.ask("answer", moved, view.data.at).then((/** @type {Answer} */ answer) => {
    if (view.asked !== engine) return // another one has come meanwhile
    view.asked = null
    if (view.version === version) view.ran = { key, row: readAnswer(view, moved, answer) }
    view.redraw()
    const next = findMoved(view)
    if (next) ask(view, next)
  }, giveUp)
}

// An engine that fails answers nothing more: levers are then drawn when they are let go.
/** @param {unknown} fault */
function giveUp(fault) {
  console.warn(fault)
  window.ramp155Engine = null
}

// The engine's answer as a row of the surface is read.
/** @param {View} view @param {Levers} moved @param {Answer} answer @returns {Row} */
function readAnswer({ data }, moved, answer) {
  const thousands = (/** @type {Float64Array} */ values) => (/** @type {number} */ i) => values[i] / 1000
  const stages = data.stages.length
  const limiting = data.stages.map((_, k) => k).filter((k) => data.months.some((_, i) => answer.shares[i * stages + k] > 0))
  return {
    output: thousands(answer.p50),
    p10: thousands(answer.p10),
    p90: thousands(answer.p90),
    figureLow: thousands(answer.figureLow),
    figureHigh: thousands(answer.figureHigh),
    stores: (i) => Math.min(answer.stores[i], 25) * 10,
    limiting,
    shares: (i) => limiting.map((k) => answer.shares[i * stages + k]),
    words: { titles: answer.title, readouts: answer.readout, readings: answer.reading, warnings: answer.warning },
    capacity: data.capacity.map((_, i) => answer.nameplate[i] / 1000),
    acts: moved.months ? [data.months.indexOf(moved.start), moved.months] : null,
    year: answer.year / 1000,
    odds: answer.odds.map((share, k) => [share, answer.even[k]]),
    moved,
  }
}

// The response to nitrocellulose under levers that were moved: worked out position by position once they rest.
/** @param {View} view @param {Levers} moved @returns {Response | null} */
function respond(view, moved) {
  clearTimeout(view.sweeping)
  const key = JSON.stringify({ ...moved, nitrocellulose: 1 })
  const swept = view.swept?.key === key ? view.swept : { key, positions: [], gains: {} }
  view.swept = swept
  const { year, at: month } = view.data
  const here = moved.nitrocellulose
  if (swept.columns && here in swept.gains) return { ...swept.columns, gain: swept.gains[here] }
  if (swept.isAtWork) return null // one walk over the positions at a time
  const engine = window.ramp155Engine
  if (!engine) return null
  const work = async () => {
    swept.isAtWork = true
    const isOver = () => view.swept !== swept || window.ramp155Engine !== engine
    while (swept.positions.length < POSITIONS && !isOver())
      swept.positions.push(await engine.ask("respond", { ...moved, nitrocellulose: swept.positions.length / 20 }, month))
    if (isOver()) return
    const column = (/** @type {"p10" | "p50" | "p90"} */ name) => swept.positions.map((position) => position[name] / 1000)
    swept.columns ??= { year: year.year, p10: column("p10"), p50: column("p50"), p90: column("p90") }
    const gain = await engine.ask("gain", moved, month, swept.positions.map(({ rounds }) => rounds))
    swept.gains[here] = gain
    swept.isAtWork = false
    if (!isOver()) view.redraw()
  }
  view.sweeping = setTimeout(() => work().catch(giveUp), REST)
  return null
}

/** @param {View} view @returns {Scale} */
function scales(view) {
  const { width, height } = view
  const { low } = under(view)
  const last = view.data.months.length
  const inner = width - MARGIN.left - MARGIN.right
  const tall = height - MARGIN.top - bottomMargin(view)
  return {
    x: (i) => MARGIN.left + ((i + 7) / (last + 7)) * inner,
    y: (v) => MARGIN.top + (1 - (Math.min(v, view.data.top) - low) / (view.data.top - low)) * tall,
    month: (px) => Math.round(((px - MARGIN.left) / inner) * (last + 7) - 7),
  }
}

/** @param {number} n @param {Place} x @param {Place} y @param {Place} value */
const line = (n, x, y, value) => {
  let d = ""
  for (let i = 0; i < n; i++) d += (i ? "L" : "M") + x(i).toFixed(1) + " " + y(value(i)).toFixed(1)
  return d
}

// The area between two lines.
/** @param {number} n @param {Place} x @param {Place} y @param {Place} low @param {Place} high */
const closed = (n, x, y, low, high) => {
  let d = line(n, x, y, low)
  for (let i = n - 1; i >= 0; i--) d += "L" + x(i).toFixed(1) + " " + y(high(i)).toFixed(1)
  return d + "Z"
}

// The path chart: everything that stays while the slider moves.
/** @param {View} view */
function drawFrame(view) {
  const { svg, data } = view
  svg.replaceChildren()
  svg.setAttribute("viewBox", `0 0 ${view.width} ${view.height}`)
  svg.setAttribute("height", String(view.height))
  const { x, y } = (view.scale = scales(view))
  view.wide = {}
  const { low, strip, stores } = under(view)
  const n = data.months.length
  view.acts = make(svg, "rect", { class: "acts", y: MARGIN.top, height: y(0) - MARGIN.top })
  for (let v = 0; v < data.top; v += data.top > 4000 ? 1000 : 500) {
    make(svg, "line", { class: "grid", x1: MARGIN.left, x2: view.width - MARGIN.right, y1: y(v), y2: y(v) })
    const text = v ? (v / 1000).toFixed(1) + " M" : "0"
    make(svg, "text", { class: "tick", x: MARGIN.left - 8, y: y(v) + 4, "text-anchor": "end" }, text)
  }
  for (let i = 0; i <= n; i += view.width < 420 ? 24 : 12) {
    const year = Number(data.months[0].slice(0, 4)) + i / 12
    make(svg, "text", { class: "tick", x: x(i), y: view.height - 14, "text-anchor": "middle" }, year)
  }
  make(svg, "text", { class: "unit", x: MARGIN.left, y: 11 }, "complete rounds a year")
  const side = { class: "side", x: x(n) + 4 }
  const what = { class: "side", x: x(0) - 5, "text-anchor": "end" }
  const beside = (y(strip[0]) + y(strip[1])) / 2
  ;["limits output", "(assumed)"].forEach((words, k) => make(svg, "text", { ...what, y: beside + 2 + 12 * k }, words))
  if (stores) make(svg, "text", { ...side, y: (y(stores[0]) + y(stores[1])) / 2 + 4 }, "stores")
  view.figure = make(svg, "path", { class: "figure", fill: data.colours.scenario })
  view.band = make(svg, "path", { class: "band", fill: data.colours.scenario })
  const edge = x(data.forecast) - 0.5
  make(svg, "line", { class: "forecast", x1: edge, x2: edge, y1: MARGIN.top, y2: y(low) })
  // On its left where the name of capacity needs the right.
  /** @type {Record<string, string | number>} */
  const place = view.width < 480 ? { x: edge - 5, "text-anchor": "end" } : { x: edge + 5 }
  make(svg, "text", { class: "quiet", ...place, y: MARGIN.top + 10 }, "forecast")
  // Later than that, capacity would lie beyond any plan on record.
  view.nameplate = make(svg, "path", { class: "nameplate", stroke: data.colours.nameplate })
  const named = { class: "end", x: x(data.capacity.length) + 4, style: `fill: ${data.colours.words}` }
  view.capacityName = ["Capacity as", "officials count it"].map((word) => make(svg, "text", named, word))
  make(svg, "path", { class: "baseline", d: line(n, x, y, (i) => data.baseline[i]), stroke: data.colours.baseline })
  for (const report of data.reports) drawReport(svg, report, data, x, y)
  for (const pin of data.pins) {
    const path = make(svg, "path", { class: "pin", d: line(n, x, y, (i) => pin.path[i]), stroke: pin.colour })
    make(path, "title", {}, `${pin.letter}: ${pin.name}`)
  }
  view.path = make(svg, "path", { class: "scenario", stroke: data.colours.scenario })
  view.actsName = make(svg, "text", { class: "acts-name", y: y(0) - 6 }, "change acts")
  view.strip = make(svg, "g")
  view.areas = data.stages.map(({ colour }) => make(view.strip, "path", { class: "area", fill: colour, stroke: data.colours.edge }))
  view.stageNames = make(svg, "g")
  view.stores = make(svg, "path", { class: "stores" })
  make(view.stores, "title", {}, `Stores on the powder branch: full height is ${FULL_STORE} months of the baseline's output or more`)
  view.ends = make(svg, "g")
  view.cross = make(svg, "g", { class: "cross" })
  view.hoverLine = make(view.cross, "line", { y1: MARGIN.top, y2: y(0) })
  view.hoverDot = make(view.cross, "circle", { r: 5, fill: data.colours.scenario })
}

/** @param {Element} svg @param {Report} report @param {Body} data @param {Place} x @param {Place} y */
function drawReport(svg, report, data, x, y) {
  const colour = data.colours[report.counts === "output" ? "scenario" : "nameplate"]
  const group = make(svg, "g", { class: "report", stroke: colour })
  const px = x(report.at)
  if (report.high > report.low)
    make(group, "line", { x1: px, x2: px, y1: y(report.low), y2: y(report.high) })
  const py = y(report.middle)
  const { path, filled } = data.signs[report.sign]
  make(group, "path", { d: path, transform: `translate(${px} ${py}) scale(5)`, ...(filled && { fill: colour }) })
  if (report.bound) {
    const away = report.bound === "at most" ? 11 : -11
    make(group, "path", { d: data.signs[report.bound].path, class: "bound", transform: `translate(${px} ${py + away}) scale(5)` })
  }
  make(group, "title", {}, report.text)
}

// The response curve: output in one month against supply. Only its handle moves with the slider.
/** @param {View} view @param {Year} year */
function drawCurve(view, year) {
  const { curve, data } = view
  view.curveOf = year.p50
  curve.replaceChildren()
  const width = curve.parentElement?.clientWidth ?? 0
  const height = CURVE.height
  curve.setAttribute("viewBox", `0 0 ${width} ${height}`)
  curve.setAttribute("height", String(height))
  const top = Math.ceil(Math.max(...year.p90, 500) / 500) * 500
  const x = (/** @type {number} */ p) => CURVE.left + (p / 200) * (width - CURVE.left - CURVE.right)
  const y = (/** @type {number} */ v) => CURVE.top + (1 - v / top) * (height - CURVE.top - CURVE.bottom)
  view.curveScale = { x, y, percent: (px) => ((px - CURVE.left) / (width - CURVE.left - CURVE.right)) * 200 }
  for (let v = 0; v <= top; v += 500) {
    make(curve, "line", { class: "grid", x1: CURVE.left, x2: width - CURVE.right, y1: y(v), y2: y(v) })
    make(curve, "text", { class: "tick", x: CURVE.left - 8, y: y(v) + 4, "text-anchor": "end" }, v ? (v / 1000).toFixed(1) + " M" : "0")
  }
  for (let p = 0; p <= 200; p += 50)
    make(curve, "text", { class: "tick", x: x(p), y: height - 22, "text-anchor": "middle" }, `${p} %`)
  make(curve, "text", { class: "unit", x: CURVE.left, y: 11 }, `${width < 350 ? "" : "complete "}rounds in ${year.year}: median and likely range`)
  make(curve, "text", { class: "unit", x: (width + CURVE.left - CURVE.right) / 2, y: height - 5, "text-anchor": "middle" }, "nitrocellulose supply: drag the dot")
  const along = (/** @type {number[]} */ row) => line(41, (p) => x(p * 5), y, (p) => row[p])
  let band = along(year.p10)
  for (let p = 40; p >= 0; p--) band += `L${x(p * 5).toFixed(1)} ${y(year.p90[p]).toFixed(1)}`
  make(curve, "path", { class: "band", d: band + "Z", fill: data.colours.scenario })
  make(curve, "path", { class: "scenario", d: along(year.p50), stroke: data.colours.scenario })
  view.handleLine = make(curve, "line", { class: "handle", y1: CURVE.top, y2: height - CURVE.bottom })
  view.handle = make(curve, "circle", { class: "handle", r: 8 })
}

// Everything that moves with the slider: called once a frame at most.
/** @param {View} view */
function drawAnswer(view) {
  const { data } = view
  const n = data.months.length
  const { x, y } = view.scale
  const here = view.percent
  const row = (view.row = read(view))
  view.figure.setAttribute("d", closed(n, x, y, row.figureLow, row.figureHigh))
  view.band.setAttribute("d", closed(n, x, y, row.p10, row.p90))
  view.path.setAttribute("d", line(n, x, y, row.output))
  drawCapacity(view, row)
  drawActs(view, row)
  drawStores(view, row)
  drawStrip(view, row)
  drawEnds(view, row)
  const { titles, readouts, readings, warnings } = row.words
  // The slider says its answer itself; said twice, the two would cut each other short.
  view.readout.setAttribute("aria-live", view.slider.matches(":focus") ? "off" : "polite")
  const isAsked = view.asked && view.asked === window.ramp155Engine
  view.readout.setAttribute("aria-busy", String(Boolean(isAsked || view.resting)))
  write(view.readout, readouts)
  if (data.titled) write(view.title, titles)
  if (data.full) {
    writeBold(view.reading, readings)
    write(view.warning, warnings)
    view.warning.hidden = !warnings
    drawResponse(view, row)
    drawHandle(view, row)
    drawOdds(view, row)
  }
  const text = `${titles}. ${readouts}`
  view.slider.setAttribute("aria-valuetext", `${here} percent. ${text}`)
  view.svg.setAttribute("aria-label", `Output path at ${here} % nitrocellulose. ${text}`)
  // Other pictures on the page follow frame by frame; one that comes later finds the last position.
  window.ramp155Supply = { percent: here }
  document.dispatchEvent(new CustomEvent("ramp155:supply", { detail: window.ramp155Supply }))
}

// Capacity as officials count it, with its name at its end.
/** @param {View} view @param {Row} row */
function drawCapacity(view, { capacity }) {
  const { x, y } = view.scale
  view.nameplate.setAttribute("d", line(capacity.length, x, y, (i) => capacity[i]))
  view.capacityEnd = y(capacity[capacity.length - 1]) - 4
  view.capacityName.forEach((word, k) => word.setAttribute("y", String(view.capacityEnd + 15 * k)))
}

// The months in which a change acts, where it does not last to the end.
/** @param {View} view @param {Row} row */
function drawActs(view, { acts }) {
  const { x } = view.scale
  for (const node of [view.acts, view.actsName]) node.style.display = acts ? "" : "none"
  if (!acts) return
  const [first, months] = acts
  view.acts.setAttribute("x", String(x(first)))
  view.acts.setAttribute("width", String(x(Math.min(first + months, view.data.months.length)) - x(first)))
  view.actsName.setAttribute("x", String(x(first) + 4))
}

// The response curve and what one more tonne brings: pale while they are those of before the move.
/** @param {View} view @param {Row} row */
function drawResponse(view, row) {
  const response = row.moved ? respond(view, row.moved) : row.response
  const isStale = !response
  view.curve.classList.toggle("stale", isStale)
  view.gain.classList.toggle("stale", isStale)
  if (!response) return
  if (view.curveOf !== response.p50) drawCurve(view, response)
  write(view.gain, response.gain)
}

/** @param {View} view @param {Row} row */
function drawStores(view, row) {
  const { x, y } = view.scale
  const n = view.data.months.length
  const { stores } = under(view)
  if (!stores) return
  const [most, least] = stores
  const deep = (/** @type {number} */ i) => least + (Math.min(row.stores(i) / 10, FULL_STORE) / FULL_STORE) * (most - least)
  view.stores.setAttribute("d", `${line(n, x, y, deep)}L${x(n - 1)} ${y(least)}L${x(0)} ${y(least)}Z`)
}

/** @param {View} view @param {Row} row */
function drawHandle(view, row) {
  const { x, y } = view.curveScale
  const value = row.year
  view.handleLine.setAttribute("x1", String(x(view.percent)))
  view.handleLine.setAttribute("x2", String(x(view.percent)))
  view.handle.setAttribute("cx", String(x(view.percent)))
  view.handle.setAttribute("cy", String(y(value)))
  const label =
    `Response curve: at ${view.percent} % nitrocellulose ${rate(value)} rounds in ${view.data.year.year}. ` +
    "Its dot is the same lever as the slider above and the typed value: keys act there"
  view.curve.setAttribute("aria-label", label)
}

/** @param {View} view @param {Row} row */
function drawOdds(view, row) {
  row.odds.forEach(([share, evenFrom], k) => {
    const [bar, value, even] = view.oddsRows[k]
    bar.style.width = `${share * 100}%`
    write(value, chance(share))
    write(even, evenFrom ? monthName(evenFrom, 3) : `after ${view.data.months[view.data.months.length - 1].slice(0, 4)}`)
  })
}

// One row a target: its name, a bar, the share of draws that reach it, from when half of them do.
/** @param {View} view */
function layOdds(view) {
  view.oddsRows = view.data.targets.map((target) => {
    const row = document.createElement("li")
    const parts = ["label", "track", "value", "even"].map((name) => {
      const part = document.createElement("span")
      part.className = name
      row.appendChild(part)
      return part
    })
    parts[0].textContent = target.label
    const bar = document.createElement("i")
    parts[1].appendChild(bar)
    view.odds.appendChild(row)
    return [bar, parts[2], parts[3]]
  })
  write(view.oddsTitle, `Odds in ${monthName(view.data.months[view.data.at])}, complete rounds`)
}

// What limits output: for each stage a band as wide as the share of runs that it limits.
/** @param {View} view @param {Row} row */
function drawStrip(view, row) {
  const { data } = view
  const { x, y } = view.scale
  const n = data.months.length
  const { strip } = under(view)
  const { limiting } = row
  const tall = strip[0] - strip[1]
  const shares = Array.from({ length: n }, (_, i) => row.shares(i))
  const over = shares.map((all) => {
    let sum = 0
    return all.map((one) => (sum += one))
  })
  view.areas.forEach((area, stage) => {
    const k = limiting.indexOf(stage)
    const low = (/** @type {number} */ i) => strip[0] - over[i][k] * tall
    const high = (/** @type {number} */ i) => strip[0] - (over[i][k] - shares[i][k]) * tall
    area.setAttribute("d", k < 0 ? "" : closed(n, x, y, low, high))
  })
  view.stageNames.replaceChildren()
  const middle = (/** @type {number} */ i, /** @type {number} */ k) => y(strip[0] - (over[i][k] - shares[i][k] / 2) * tall)
  limiting.forEach((stage, k) => {
    const [first, last] = longest(n, (i) => shares[i][k] >= INSIDE)
    const { label, short } = data.stages[stage]
    const wide = x(last) - x(first)
    const words = wide > label.length * 6.4 + 8 ? label : wide > short.length * 5 ? short : ""
    const at = Math.floor((first + last) / 2)
    if (words) make(view.stageNames, "text", { class: "stage", x: x(at), y: middle(at, k) + 4, "text-anchor": "middle" }, words)
  })
  drawShares(view, limiting, shares[n - 1], (k) => middle(n - 1, k))
}

// At the strip's end the most frequent stages with their shares, one beneath the other.
/** @param {View} view @param {number[]} limiting @param {number[]} shares @param {Place} middle */
function drawShares(view, limiting, shares, middle) {
  const { x, y } = view.scale
  const { strip } = under(view)
  const named = shares.map((_, k) => k).filter((k) => shares[k] >= NAMED).sort((a, b) => shares[b] - shares[a]).slice(0, 3)
  named.sort((a, b) => middle(a) - middle(b))
  const places = named.map((k) => middle(k) + 4)
  for (let k = 1; k < places.length; k++) places[k] = Math.max(places[k], places[k - 1] + 12)
  const least = y(strip[1]) + 2
  for (let k = places.length - 1; k >= 0; k--) places[k] = Math.min(places[k], least - 12 * (places.length - 1 - k))
  named.forEach((k, place) => {
    const words = `${view.data.stages[limiting[k]].short} ${percent(shares[k])}`
    make(view.stageNames, "text", { class: "side", x: x(view.data.months.length) + 4, y: places[place] }, words)
  })
  const { months } = view.data
  const dated = { class: "side", x: x(months.length) + 4, y: (places[0] ?? least) - 12 }
  if (named.length) make(view.stageNames, "text", dated, `end of ${months[months.length - 1].slice(0, 4)}:`)
}

// First month and month after the last of the longest unbroken stretch of months for which something holds.
/** @param {number} n @param {(i: number) => boolean} holds @returns {[number, number]} */
export function longest(n, holds) {
  /** @type {[number, number]} */
  let best = [0, 0]
  for (let start = 0; start < n; start++) {
    if (!holds(start)) continue
    let end = start
    while (end < n && holds(end)) end++
    if (end - start > best[1] - best[0]) best = [start, end]
    start = end
  }
  return best
}

/** @param {View} view @param {Row} row */
function drawEnds(view, row) {
  const { data } = view
  const { x, y } = view.scale
  const i = data.months.length - 1
  let same = true
  for (let k = 0; k <= i && same; k++) same = Math.abs(row.output(k) - data.baseline[k]) < 1
  const pins = data.pins.map(({ letter, path, colour }) => /** @type {End} */ ([letter, path[i], colour]))
  /** @type {End[]} */
  const all = [
    [same ? "" : "Baseline", data.baseline[i], data.colours.words],
    [same ? (view.percent === 100 && !row.moved ? "Baseline" : "As baseline") : "Scenario", row.output(i), data.colours.scenario],
    ...pins,
  ]
  const ends = all.filter((e) => e[0]).sort((a, b) => b[1] - a[1])
  const key = [...ends.map((e) => e[0] + Math.round(y(e[1]))), Math.round(y(row.p90(i))), Math.round(y(row.figureHigh(i)))].join()
  if (view.endsKey === key) return
  view.endsKey = key
  view.ends.replaceChildren()
  const places = ends.map((e) => y(e[1]))
  for (let k = 1; k < places.length; k++) places[k] = Math.max(places[k], places[k - 1] + 15)
  const floor = y(0) - 15 // under it stands whose shares the strip's end names
  for (let k = places.length - 1; k >= 0; k--) {
    const most = k === places.length - 1 ? floor : places[k + 1] - 15
    places[k] = Math.min(places[k], most)
  }
  ends.forEach((e, k) => make(view.ends, "text", { class: "end", x: x(i) + 8, y: places[k] + 4, style: `fill: ${e[2]}` }, e[0]))
  const isWide = view.width >= 480
  // In the half of the band where no baseline runs through the words, and no name of capacity.
  const crosses = Math.abs(y(data.baseline[i]) - (y(row.output(i)) + y(row.p90(i))) / 2) < 7
  const names = isWide ? ["likely range (8 of 10 runs)", "likely range"] : ["likely range"]
  /** @type {[number, number][]} */
  const halves = [[row.output(i), row.p90(i)], [row.p10(i), row.output(i)]]
  if (crosses) halves.shift()
  names.some((name) => halves.some((half) => nameBand(view, name, ...half)))
  nameBand(view, isWide ? "where a published figure should fall" : "a published figure", row.p90(i), row.figureHigh(i))
}

// A band's name inside it at the end of the path, where it is high enough and runs into no other words;
// whether it is there.
/** @param {View} view @param {string} words @param {number} low @param {number} high */
function nameBand(view, words, low, high) {
  const { x, y } = view.scale
  if (y(low) - y(high) < 13) return false
  const place = { class: "inside", x: x(view.data.months.length - 1) - 4, y: (y(low) + y(high)) / 2 + 4, "text-anchor": "end" }
  const name = make(view.ends, "text", place, words)
  const capacityName = x(view.data.capacity.length) + 4 + 118
  // Measured once for the words: asking has the browser lay all out at once.
  const wide = (view.wide[words] ??= name.getComputedTextLength())
  const meets = place.x - wide < capacityName && place.y > view.capacityEnd - 14 && place.y < view.capacityEnd + 30
  if (meets) name.remove()
  return !meets
}

// Room for the longest words, so that nothing moves under the pointer while they change.
/** @param {View} view */
function holdStill(view) {
  const { words, full, titled } = view.data
  /** @type {[HTMLElement, string[]][]} */
  const told = [[view.readout, words.readouts]]
  if (titled) told.push([view.title, words.titles])
  if (full) told.push([view.reading, words.readings], [view.gain, words.gains])
  for (const [node, texts] of told) {
    node.style.minHeight = ""
    node.textContent = texts.reduce((a, b) => (b.length > a.length ? b : a), "").replaceAll("**", "")
    node.style.minHeight = `${node.offsetHeight}px`
    node.dataset.text = ""
  }
}

// The height that the words over the chart leave of a box of a given one, on a stage that may be scaled.
/** @param {Element} box @param {Element} svg */
function findRoom(box, svg) {
  const [whole, chart] = [box, svg].map((node) => node.getBoundingClientRect())
  const least = Number(getComputedStyle(box).getPropertyValue("--least-chart")) || 150
  return Math.max(least, Math.floor(((whole.bottom - chart.top) / whole.height) * box.clientHeight))
}

/** @param {View} view @param {PointerEvent} event */
function hover(view, event) {
  const box = view.svg.getBoundingClientRect()
  const i = view.scale.month(((event.clientX - box.left) / box.width) * view.width)
  const inside = i >= 0 && i < view.data.months.length
  const report = event.target instanceof Element ? event.target.closest(".report") : null
  view.cross.style.display = inside && !report ? "" : "none"
  // Words stand in the half where the pointer is not, and push nothing.
  view.hint.classList.toggle("far", view.scale.x(i) < view.width / 2)
  if (report) return write(view.hint, report.querySelector("title")?.textContent ?? "")
  if (!inside) return write(view.hint, "")
  const { row } = view
  const px = view.scale.x(i)
  view.hoverLine.setAttribute("x1", String(px))
  view.hoverLine.setAttribute("x2", String(px))
  view.hoverDot.setAttribute("cx", String(px))
  view.hoverDot.setAttribute("cy", String(view.scale.y(row.output(i))))
  const { baseline, months, stages } = view.data
  const { capacity } = row
  const shares = row.shares(i)
  const limits = row.limiting
    .map((stage, k) => ({ share: shares[k], label: stages[stage].label }))
    .filter(({ share }) => share >= NAMED)
    .sort((a, b) => b.share - a.share)
    .map(({ share, label }) => `${label} ${percent(share)}`)
  write(
    view.hint,
    `${monthName(months[i])}: ${rate(row.output(i))} rounds a year${row.p90(i) < 0.5 ? "" : `, likely range ${rate(row.p10(i))} to ${rate(row.p90(i))}`}. ` +
      `A published figure should fall between ${rate(row.figureLow(i))} and ${rate(row.figureHigh(i))}. Baseline ${rate(baseline[i])}` +
      (i < capacity.length ? `, capacity as officials count it ${rate(capacity[i])}. ` : ". ") +
      `Limits output, by our assumptions, in so many runs: ${limits.join(", ")}. Stores: ${(row.stores(i) / 10).toFixed(1)} months`,
  )
}

/** @type {WeakMap<object, View>} */
const views = new WeakMap()
const PARTS = {
  svg: ".chart svg", curve: ".curve svg", slider: "input[type=range]", number: "input[type=number]", title: "h2",
  readout: ".readout", hint: ".hint", reading: ".reading", gain: ".gain", warning: ".warning", odds: ".odds", oddsTitle: ".odds-title .what",
}

/**
 * The parts that it stands in; what is drawn comes with the first layout.
 * @param {HTMLElement} parent
 */
function openView(parent) {
  const parts = Object.fromEntries(Object.entries(PARTS).map(([name, where]) => [name, parent.querySelector(where)]))
  return /** @type {View} */ (/** @type {unknown} */ ({ ...parts, percent: 0 }))
}

/** @param {import("./types").Component} component */
export default function (component) {
  const { parentElement, setStateValue, setTriggerValue } = component
  // A line with the slider's value, then all the rest, which is read again only if it changed.
  const text = new TextDecoder().decode(component.data)
  /** @type {Said & {version: string}} */
  const head = JSON.parse(text.slice(0, text.indexOf("\n")))
  const view = views.get(parentElement) ?? openView(parentElement)
  views.set(parentElement, view)
  const fresh = view.version !== head.version
  if (fresh) {
    view.version = head.version
    /** @type {Body} */
    const data = JSON.parse(text.slice(text.indexOf("\n") + 1))
    view.data = data
    data.colours.scenario = "var(--st-primary-color)" // Europe's blue, lighter on the dark ground
    view.surface = unpack(data)
    view.endsKey = view.ran = view.swept = view.curveOf = view.shown = null
    document.dispatchEvent(new CustomEvent("ramp155:levers-asked"))
    const { classList } = /** @type {Element} */ (parentElement.querySelector(".live"))
    classList.toggle("full", data.full)
    classList.toggle("titled", data.titled)
    view.odds.replaceChildren()
    if (data.full) layOdds(view)
    if (!data.titled) view.title.remove() // the page has a title of its own
  }

  const redraw = () => {
    if (view.waiting) return
    view.waiting = true
    requestAnimationFrame(() => {
      view.waiting = false
      drawAnswer(view)
    })
  }
  view.redraw = redraw
  const { go, letGo, keep, hear } = holdLever(view, { range: view.slider, number: view.number }, head, {
    move: redraw,
    send: (percentage) => setStateValue("nc", percentage),
    sendAgain: (percentage) => setTriggerValue("again", percentage),
  })
  // Another lever: what its slider shows counts at once. What is read out waits until it rests.
  view.follow = ({ detail }) => {
    view.shown = detail
    clearTimeout(view.resting ?? undefined)
    view.resting = setTimeout(() => {
      view.resting = null
      redraw()
    }, 2 * REST)
    view.readout.setAttribute("aria-busy", "true")
    if (!view.width) return
    // The answer is drawn when it is there; back where the server knows them, at once.
    const moved = findMoved(view)
    if (moved) ask(view, moved)
    if (!moved || view.ran?.key === JSON.stringify(moved)) redraw()
  }
  if (!view.heard) {
    view.heard = (event) => view.obey?.(event)
    view.followed = (event) => view.follow(event)
    document.addEventListener("ramp155:supply-asked", view.heard)
    document.addEventListener("ramp155:levers", view.followed)
  }
  view.svg.onpointermove = (event) => hover(view, event)
  view.svg.onpointerleave = () => {
    view.cross.style.display = "none"
    write(view.hint, "")
  }
  // The response curve is a second handle of the same lever.
  const along = (/** @type {PointerEvent} */ event) => {
    const box = view.curve.getBoundingClientRect()
    go(keep(view.curveScale.percent(event.clientX - box.left)))
  }
  view.curve.onpointerdown = (event) => {
    view.busy = view.dragging = true
    view.curve.setPointerCapture(event.pointerId)
    along(event)
  }
  view.curve.onpointermove = (event) => void (view.dragging && along(event))
  view.curve.onpointerup = view.curve.onpointercancel = () => {
    if (!view.dragging) return
    view.dragging = false
    letGo()
  }

  const layout = (/** @type {number} */ width) => {
    if (!width || (width === view.width && !view.stale)) return
    view.stale = false
    view.width = width
    holdStill(view)
    view.height = view.data.height ?? findRoom(parentElement, view.svg)
    drawFrame(view)
    if (view.data.full) drawCurve(view, view.data.year)
    view.endsKey = null
    view.cross.style.display = "none"
    drawAnswer(view)
  }
  if (hear() && view.width && !fresh) redraw()
  view.stale = view.stale || fresh
  const box = /** @type {HTMLElement} */ (view.svg.parentElement)
  layout(box.clientWidth)
  view.layout = layout
  if (!view.observer) {
    view.observer = new ResizeObserver((entries) => view.layout(entries[0].contentRect.width))
    view.observer.observe(box)
  }
  return () => {
    dropLever(view)
    clearTimeout(view.sweeping)
    clearTimeout(view.resting ?? undefined)
    if (view.heard) document.removeEventListener("ramp155:supply-asked", view.heard)
    if (view.followed) document.removeEventListener("ramp155:levers", view.followed)
    view.observer?.disconnect()
    views.delete(parentElement)
  }
}
