// The machine: the bill of materials as a flow from cotton to round. It follows the live slider (`ramp155:supply` on
// the document) and its own month slider frame by frame, from arrays sent once; the server hears only of a month let go.

/**
 * A stage of the flow: what it runs into, and where it stands.
 * @typedef {{stage: string, into: string | null, name: string, term: string, colour: string, column: number, lane: number,
 *   spans: [number, number], inputs: number, row: number}} Stage
 */
/** @typedef {{after: string, safety: boolean, name: string}} Store */
/**
 * What the server sends (`ramp155/pictures/machine/live.py`): arrays by position and month as base64. Of months that no
 * position changes (`moves`) there is one row.
 * @typedef {{months: string[], forecast: number, moves: number, top: number, full: number, stages: Stage[], stores: Store[],
 *   limiting: number[], rows: number, makes: string, could0: string, could1: string, levels: string, limits: string,
 *   said: string, sentences: string[]}} Body
 */
/**
 * @typedef {{limits: Uint8Array, makes: Uint16Array, could0: Uint16Array, could1: Uint16Array, levels: Uint16Array,
 *   said: Uint16Array}} Flow
 */
/** @typedef {{version: string, percent: number | null, month: string, stamp: number, token: string}} Head */
/**
 * A stage as it is drawn: where it stands, the one it runs into, and what moves.
 * @typedef {{spot: {x: number, y: number, from: number, to: number}, next: number, pipe: Element, joint?: number, could: Element,
 *   makes: Element, pinches: SVGElement[], figure: Element, of?: Element, block: Element, step: number, beside: boolean,
 *   tag: SVGElement, limit: SVGGraphicsElement, share: Element | null, tagged?: string | null}} Gate
 */
/** @typedef {{level: Element, figure: Element, bottom: number, tall: number}} Tank */
/** @typedef {ReturnType<typeof read>} Now */
/**
 * The parts of the page it stands in.
 * @typedef {{svg: SVGSVGElement, said: HTMLElement, range: HTMLInputElement, supply: HTMLElement, handle: HTMLInputElement,
 *   share: HTMLElement, years: HTMLElement, output: HTMLElement, play: HTMLElement}} Parts
 */
/**
 * @typedef {Parts & {percent: number, month: number, data: Body, flow: Flow, width: number, layout: ReturnType<typeof arrange>,
 *   parts: {gates: Gate[], tanks: Tank[]}, redraw: () => void, lay: (width: number) => void, version?: string, sent?: string,
 *   stamp?: number, token?: string, shown?: string, sign?: string, timer?: number, rest?: number, asked?: number, busy?: boolean,
 *   held?: boolean, waiting?: boolean, observer?: ResizeObserver,
 *   follow?: (event: CustomEvent<import("./types").Supply>) => void}} View
 */

const NS = "http://www.w3.org/2000/svg"
const MONTHS = "January February March April May June July August September October November December".split(" ")
const STEP = 220 // milliseconds a month while it plays
const REST = 300 // milliseconds without a key, after which what keys chose is let go
const SIGNS = { play: "M2 1L13 7L2 13Z", pause: "M2 1H5.5V13H2ZM8.5 1H12V13H8.5Z" }
const UNLIMITED = 65535
const NARROW = 840 // pixels of width under which the flow runs from top to bottom
const NAMED = 10 // percent of runs from which a stage is said to limit output
const EMPTY = 0.05 // months of output: a store that holds less is empty
const PIPE = [46, 64, 80] // pixels of a pipe at its full width: from top to bottom, else from the least to the most

/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
/** @param {string} text */
const words16 = (text) => new Uint16Array(bytes(text).buffer)

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {Element} parent
 * @param {T} name
 * @param {Record<string, string | number>} [attributes]
 * @param {string | null} [text]
 */
function make(parent, name, attributes = {}, text = null) {
  const node = document.createElementNS(NS, name)
  for (const key in attributes) node.setAttribute(key, String(attributes[key]))
  if (text !== null) node.textContent = text
  parent.appendChild(node)
  return node
}

/** @param {Element} node @param {Record<string, string | number>} attributes */
const put = (node, attributes) => {
  for (const key in attributes) node.setAttribute(key, String(attributes[key]))
}
/** @param {Element} node @param {string} text */
const write = (node, text) => {
  if (node.textContent !== text) node.textContent = text
}
/** @param {string} month */
const monthName = (month) => `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`
/** @param {number} thousands */
const millions = (thousands) => (thousands / 1000).toFixed(2)

/** @param {Body} data @returns {Flow} */
function unpack(data) {
  return {
    limits: bytes(data.limits),
    makes: words16(data.makes),
    could0: words16(data.could0),
    could1: words16(data.could1),
    levels: words16(data.levels),
    said: words16(data.said),
  }
}

// Where a value stands: months that no position changes come once, then all others position by position.
/** @param {Body} data @param {number} rows @param {number} position @param {number} row @param {number} month */
export function place(data, rows, position, row, month) {
  const { moves, months } = data
  const n = months.length - moves
  return month < moves ? row * moves + month : rows * moves + (position * rows + row) * n + month - moves
}

// All that is drawn at a slider position (whole percent) and a month.
/** @param {View} view */
function read(view) {
  const { data, flow, percent, month } = view
  const n = data.months.length
  const step = Math.min(percent / 5, 39.999999)
  const lower = Math.floor(step)
  const part = step - lower
  const nearest = Math.round(percent / 5)
  /** @param {Uint16Array} array @param {number} rows @param {number} row */
  const between = (array, rows, row) =>
    array[place(data, rows, lower, row, month)] * (1 - part) + array[place(data, rows, lower + 1, row, month)] * part
  const limits = data.stages.map(() => 0)
  data.limiting.forEach((stage, k) => (limits[stage] = flow.limits[place(data, data.limiting.length, nearest, k, month)]))
  return {
    makes: data.stages.map((stage) => between(flow.makes, data.rows, stage.row)),
    could: data.stages.map((_, k) => {
      const [without, full] = [flow.could0[k * n + month], flow.could1[k * n + month]]
      return full === UNLIMITED ? Infinity : without + ((full - without) * percent) / 100
    }),
    levels: data.stores.map((_, k) => between(flow.levels, data.stores.length, k) / 100),
    limits,
    narrow: limits.indexOf(Math.max(...limits)),
    said: data.sentences[flow.said[place(data, 1, nearest, 0, month)]],
  }
}

// Where everything stands: from left to right where there is room, else from top to bottom.
/** @param {View} view */
function arrange(view) {
  const { data, width } = view
  const down = width < NARROW
  const lanes = Math.max(...data.stages.map((stage) => stage.spans[1])) + 1
  const columns = Math.max(...data.stages.map((stage) => stage.column))
  const first = 128 // pixels of the first lane from top to bottom, where the tanks hang
  const lane = (width - first - 4) / Math.max(lanes - 1, 1)
  const pipe = down ? Math.min(PIPE[0], lane - 4) : Math.min(Math.max(width / 16, PIPE[1]), PIPE[2])
  const places = data.stages.map((stage) => {
    const step = columns - stage.column
    if (down) {
      const across = (/** @type {number} */ k) => (k < 0.5 ? first / 2 - 3 : first + (k - 0.5) * lane)
      return { x: across(stage.lane), y: 72 + step * 146, from: across(stage.spans[0]), to: across(stage.spans[1]) }
    }
    const left = 74
    const pitch = (width - left - 178) / columns
    const across = (/** @type {number} */ k) => 80 + pipe / 2 + (k < 0.5 ? 0 : pipe + 88 + (k - 1) * (pipe + 10))
    return { x: left + step * pitch, y: across(stage.lane), from: across(stage.spans[0]), to: across(stage.spans[1]) }
  })
  const tall = down ? 72 + columns * 146 + 92 : Math.max(...places.map((p) => p.to)) + pipe / 2 + 12
  return { down, places, tall, gate: down ? 26 : 44, pipe, isTight: down && lane < 52 }
}

// A pipe from one gate to the next whose width goes over from one to the other.
/**
 * @param {boolean} down
 * @param {number} at
 * @param {number} from
 * @param {number} to
 * @param {number} wide
 * @param {number} wider
 */
function pipe(down, at, from, to, wide, wider) {
  const middle = (from + to) / 2
  const [a, b] = [wide / 2, wider / 2]
  const p = (/** @type {number} */ along, /** @type {number} */ across) =>
    (down ? `${across.toFixed(1)} ${along.toFixed(1)}` : `${along.toFixed(1)} ${across.toFixed(1)}`)
  return (
    `M${p(from, at - a)}C${p(middle, at - a)} ${p(middle, at - b)} ${p(to, at - b)}L${p(to, at + b)}` +
    `C${p(middle, at + b)} ${p(middle, at + a)} ${p(from, at + a)}Z`
  )
}

/** @param {View} view */
function drawFrame(view) {
  const { svg, data } = view
  const layout = (view.layout = arrange(view))
  const { down, places, gate, pipe: full } = layout
  svg.replaceChildren()
  put(svg, { viewBox: `0 0 ${view.width} ${layout.tall}`, height: layout.tall })
  /** @type {{gates: Gate[], tanks: Tank[]}} */
  const parts = { gates: [], tanks: [] }
  view.parts = parts
  const at = new Map(data.stages.map((stage, k) => [stage.stage, k]))
  const last = data.stages.length - 1
  const [pipes, gates, texts] = [make(svg, "g"), make(svg, "g"), make(svg, "g")]
  data.stages.forEach((stage, k) => {
    const spot = places[k]
    const part = /** @type {Gate} */ ({ spot, next: (stage.into ? at.get(stage.into) : null) ?? -1 })
    parts.gates[k] = part
    part.pipe = make(pipes, "path", { class: "pipe", fill: stage.colour })
    if (stage.inputs > 1) {
      // One of each: a bar that all inputs run into.
      const long = spot.to - spot.from + full
      const across = spot.from - full / 2
      const back = (down ? spot.y : spot.x) - (k === last ? 0 : gate / 2) - 8
      put(make(gates, "rect", { class: "joint", rx: 3 }), down ? { x: across, y: back, width: long, height: 8 } : { x: back, y: across, width: 8, height: long })
      part.joint = back
    }
    if (k < last) {
      part.could = make(gates, "rect", { class: "could", fill: stage.colour, stroke: stage.colour, rx: 3 })
      part.makes = make(gates, "rect", { class: "makes", fill: stage.colour })
      make(part.could, "title", {}, stage.term ? `${stage.name} (${stage.term})` : stage.name)
      part.pinches = [0, 1].map(() => make(texts, "path", { class: "pinch" }))
    }
    drawLabel(view, part, stage, k === last, texts)
  })
  data.stores.forEach((store, k) => drawTank(view, parts, store, k, at.get(store.after) ?? 0, texts))
}

// Names and figures: over the gate; beside it where nothing comes in from the left and there is room.
/** @param {View} view @param {Gate} part @param {Stage} stage @param {boolean} isLast @param {Element} texts */
function drawLabel(view, part, stage, isLast, texts) {
  const { down, gate, pipe: full, tall } = view.layout
  const { x, y } = part.spot
  const step = view.width <= 600 ? 14 : 16
  const text = (/** @type {number} */ px, /** @type {number} */ py, /** @type {string} */ anchor, /** @type {string} */ name, words = "") =>
    make(texts, "text", { x: px, y: py, "text-anchor": anchor, class: name }, words)
  if (isLast) {
    if (down) {
      text(view.width / 2, tall - 27, "middle", "name", stage.name)
      part.figure = text(view.width / 2, tall - 2, "middle", "output")
    } else {
      text(view.width - 4, y - full / 2 - 40, "end", "name", stage.name)
      part.figure = text(view.width - 4, y - full / 2 - 18, "end", "output")
    }
    return
  }
  const names = [stage.name, ...(stage.term ? [`(${stage.term})`] : [])]
  const isSlim = down && stage.lane > 0.5 // a lane too slim for its words in one line
  if (isSlim) names.splice(0, 1, ...stage.name.split(" "))
  const beside = !down && !stage.inputs && stage.lane > 0.5
  const lines = names.length + (isSlim ? 4 : 2)
  let [px, anchor] = [x, "middle"]
  let py = y - (down ? gate / 2 + 10 : full / 2 + 18) - (lines - 1) * step
  if (beside) {
    ;[px, anchor] = [x - gate / 2 - 12, "end"]
    py = y - ((lines - 1) * step) / 2 + 4
  } else if (!down && stage.inputs > 1) [px, anchor] = [x - gate / 2 + 8, "start"] // beside the bar of several inputs
  // Where nothing is limited, words come down to the gate.
  part.block = make(texts, "g")
  part.step = step
  part.beside = beside
  const line = (/** @type {number} */ k, /** @type {string} */ name, words = "") =>
    make(part.block, "text", { x: px, y: py + k * step, "text-anchor": anchor, class: name }, words)
  names.forEach((name, k) => line(k, "name", name))
  part.figure = line(names.length, "")
  if (isSlim) part.of = line(names.length + 1, "")
  part.tag = make(part.block, "rect", { class: "tag", rx: 3 })
  part.limit = line(names.length + (isSlim ? 2 : 1), "")
  part.share = isSlim ? line(lines - 1, "") : null
}

/**
 * @param {View} view
 * @param {{gates: Gate[], tanks: Tank[]}} parts
 * @param {Store} store
 * @param {number} k
 * @param {number} after
 * @param {Element} texts
 */
function drawTank(view, parts, store, k, after, texts) {
  const { down, places, gate, pipe: full } = view.layout
  const next = parts.gates[after].next
  const [from, to] = [places[after], places[next]]
  const size = down ? { width: 22, height: 34 } : { width: 30, height: 52 }
  const shared = view.data.stores.filter((other) => other.after === store.after).length > 1
  let x
  let y
  if (down) {
    x = from.x + (store.safety ? -1 : 1) * 46 - size.width / 2
    y = from.y + gate / 2 + 2
  } else {
    // Before a bar of several inputs further along: beside it stand words of another lane.
    const middle = from.x + (to.x - from.x) * (parts.gates[next].joint ? 0.7 : 0.5)
    x = middle + (shared ? (store.safety ? 44 : -44) : 0) - size.width / 2
    y = from.y + full / 2 + 8
  }
  const { data } = view
  /** @type {Record<string, string>} */
  const stroke = store.safety ? { "stroke-dasharray": "4 2" } : {}
  const level = make(texts, "rect", { x: x + 2, width: size.width - 4, fill: data.stages[after].colour })
  const spout = down ? { x1: from.x, x2: x + size.width / 2, y1: y + 1, y2: y + 1 } : { x1: x + size.width / 2, x2: x + size.width / 2, y1: from.y + full * 0.3, y2: y }
  make(texts, "line", { class: "spout", ...spout, ...stroke })
  const [r, b] = [x + size.width, y + size.height]
  make(texts, "path", { class: "tank", d: `M${x} ${y}V${b - 4}Q${x} ${b} ${x + 4} ${b}H${r - 4}Q${r} ${b} ${r} ${b - 4}V${y}`, ...stroke })
  let ticks = ""
  for (let m = 1; m < data.full; m++) ticks += `M${x} ${b - (m / data.full) * size.height}h6`
  make(texts, "path", { class: "tick", d: ticks })
  const beside = down ? { x: store.safety ? 0 : x - 4, "text-anchor": "start" } : { x: x + size.width / 2, "text-anchor": "middle" }
  const figure = make(texts, "text", { ...beside, y: b + 14 })
  make(texts, "text", { ...beside, y: b + (down ? 27 : 30) }, store.safety ? "safety stock" : "store")
  const group = { level, figure, bottom: b - 2, tall: size.height - 4 }
  make(level, "title", {}, store.name)
  parts.tanks[k] = group
}

// Everything that moves: called once a frame at most.
/** @param {View} view */
function drawAnswer(view) {
  const { data, parts, layout } = view
  const { down, gate, pipe: full } = layout
  const now = read(view)
  const last = data.stages.length - 1
  const wide = (/** @type {number} */ value) => Math.max((Math.min(value, data.top) / data.top) * full, 0.75)
  data.stages.forEach((stage, k) => {
    const part = parts.gates[k]
    const { x, y } = part.spot
    const [along, across] = down ? [y, x] : [x, y]
    if (k === last) {
      const end = down ? layout.tall - 44 : view.width - 4
      part.pipe.setAttribute("d", pipe(down, across, (part.joint ?? 0) + 8, end, wide(now.makes[k]), wide(now.makes[k])))
      write(part.figure, `${millions(now.makes[k])} million a year`)
      return
    }
    const next = parts.gates[part.next]
    const end = next.joint ?? (down ? next.spot.y : next.spot.x) - gate / 2
    part.pipe.setAttribute("d", pipe(down, across, along + gate / 2, end, wide(now.makes[k]), wide(now.makes[part.next])))
    const most = wide(now.could[k])
    const box = (/** @type {number} */ size) =>
      (down ? { x: x - size / 2, y: y - gate / 2, width: size, height: gate } : { x: x - gate / 2, y: y - size / 2, width: gate, height: size })
    put(part.could, box(most))
    part.could.classList.toggle("open", now.could[k] > data.top)
    put(part.makes, box(Math.min(wide(now.makes[k]), most)))
    const could = now.could[k] === Infinity ? "" : `of ${millions(now.could[k])} M`
    write(part.figure, part.of ? millions(now.makes[k]) : `${millions(now.makes[k])} ${could || "M"}`)
    if (part.of) write(part.of, layout.isTight ? could.replace(" M", "") : could)
    drawLimit(view, part, k, now, most)
  })
  data.stores.forEach((_, k) => {
    const { level, figure, bottom, tall } = parts.tanks[k]
    const high = (Math.min(now.levels[k], data.full) / data.full) * tall
    put(level, { y: bottom - high, height: high })
    write(figure, now.levels[k] < EMPTY ? "empty" : `${now.levels[k].toFixed(1)} months`)
  })
  write(view.said, now.said)
  showSupply(view)
  const month = monthName(data.months[view.month])
  svgLabel(view, now, month)
}

// The mark of what limits output: two wedges that pinch the gate, and words; only words for the other stages that do.
/** @param {View} view @param {Gate} part @param {number} k @param {Now} now @param {number} most */
function drawLimit(view, part, k, now, most) {
  const { down, gate } = view.layout
  const { x, y } = part.spot
  const isNarrow = k === now.narrow
  const [a, b] = part.pinches
  const half = most / 2 + 2
  if (down) {
    put(a, { d: `M${x - half} ${y}l-10 -7v14Z` })
    put(b, { d: `M${x + half} ${y}l10 -7v14Z` })
  } else {
    put(a, { d: `M${x} ${y - half}l-8 -11h16Z` })
    put(b, { d: `M${x} ${y + half}l-8 11h16Z` })
  }
  for (const wedge of part.pinches) wedge.style.display = isNarrow ? "" : "none"
  const isNamed = isNarrow || now.limits[k] >= NAMED
  const words = isNarrow ? (part.share ? "narrow" : "narrow place:") : "limits"
  const share = isNamed ? `${now.limits[k]} %` : ""
  write(part.limit, isNamed ? `${words}${part.share ? "" : ` ${share}`}` : "")
  if (part.share) write(part.share, share)
  part.limit.classList.toggle("tagged", isNarrow)
  part.block.setAttribute("transform", isNamed ? "" : `translate(0 ${part.step * (part.beside ? 0.5 : part.share ? 2 : 1)})`)
  part.tag.style.display = isNarrow ? "" : "none"
  if (!isNarrow || part.tagged === part.limit.textContent) return
  part.tagged = part.limit.textContent // to measure words takes longer than to draw all the rest
  const box = part.limit.getBBox()
  put(part.tag, { x: box.x - 5, y: box.y, width: box.width + 10, height: box.height })
}

/** @param {View} view @param {Now} now @param {string} month */
function svgLabel(view, now, month) {
  const { data } = view
  const stage = data.stages[now.narrow]
  const words =
    `The machine in ${month} at ${view.percent} % nitrocellulose: ${millions(now.makes[now.makes.length - 1])} million complete rounds a year. ` +
    `Narrow place: ${stage.term || stage.name}, in ${now.limits[now.narrow]} % of runs. ${now.said}`
  view.svg.setAttribute("aria-label", words)
}

// The slider above, to be had beside what it moves: a second handle of one lever.
/** @param {View} view */
function showSupply({ handle, share, percent }) {
  if (Number(handle.value) !== percent) handle.value = String(percent)
  handle.style.setProperty("--filled", `${percent / 2}%`)
  handle.setAttribute("aria-valuetext", `${percent} percent`)
  write(share, `${percent} %`)
}

/** @param {View} view */
function layYears(view) {
  const { months } = view.data
  const step = view.width < 420 ? 2 : 1
  view.years.replaceChildren(
    ...months.flatMap((month, k) => {
      if (!month.endsWith("-01") || (Number(month.slice(0, 4)) - Number(months[0].slice(0, 4))) % step) return []
      const label = document.createElement("span")
      label.textContent = month.slice(0, 4)
      label.style.left = `${(k / (months.length - 1)) * 100}%`
      return [label]
    }),
  )
}

/** @param {View} view */
function showMonth(view) {
  const { range, data, month } = view
  range.max = String(data.months.length - 1)
  range.value = String(month)
  range.style.setProperty("--filled", `${(month / (data.months.length - 1)) * 100}%`)
  const words = monthName(data.months[month])
  const kind = month >= data.forecast ? "forecast" : "past"
  range.setAttribute("aria-valuetext", `${words}, ${kind}`)
  if (view.shown !== words) {
    view.shown = words
    const small = document.createElement("i")
    small.textContent = kind
    view.output.replaceChildren(words, small)
  }
  const sign = view.timer ? "pause" : "play"
  if (view.sign === sign) return
  view.sign = sign
  const svg = document.createElementNS(NS, "svg")
  put(svg, { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" })
  make(svg, "path", { d: SIGNS[sign] })
  view.play.replaceChildren(svg)
  view.play.setAttribute("aria-label", sign === "play" ? "Play the machine month by month" : "Pause")
}

/** @type {WeakMap<object, View>} */
const views = new WeakMap()
const PARTS = { svg: ".drawing svg", said: ".said", range: "input.at", supply: ".supply", handle: ".supply input", share: ".supply output", years: ".years", output: ".month", play: ".play" }

/**
 * The parts that it stands in; what is drawn comes with the first layout.
 * @param {HTMLElement} parent
 */
function openView(parent) {
  const parts = Object.fromEntries(Object.entries(PARTS).map(([name, where]) => [name, parent.querySelector(where)]))
  return /** @type {View} */ (/** @type {unknown} */ ({ ...parts, percent: window.ramp155Supply?.percent ?? 100 }))
}

/** @param {import("./types").Component} component */
export default function (component) {
  const { parentElement, setStateValue } = component
  const text = new TextDecoder().decode(component.data)
  /** @type {Head} */
  const head = JSON.parse(text.slice(0, text.indexOf("\n")))
  const view = views.get(parentElement) ?? openView(parentElement)
  views.set(parentElement, view)
  const fresh = view.version !== head.version
  if (fresh) {
    view.version = head.version
    view.data = JSON.parse(text.slice(text.indexOf("\n") + 1))
    view.flow = unpack(view.data)
  }
  // Without a live slider on the page the server says where the supply stands.
  if (head.percent !== null) view.percent = head.percent

  const redraw = () => {
    if (view.waiting) return
    view.waiting = true
    requestAnimationFrame(() => {
      view.waiting = false
      if (view.layout && parentElement.isConnected) drawAnswer(view)
    })
  }
  /** @param {number} month */
  const choose = (month) => {
    view.month = Math.min(Math.max(month, 0), view.data.months.length - 1)
    showMonth(view)
    redraw()
  }
  const release = () => {
    clearTimeout(view.rest)
    view.busy = false
    const month = view.data.months[view.month]
    if (month !== view.sent) setStateValue("month", (view.sent = month))
  }
  const stop = () => {
    clearInterval(view.timer)
    view.timer = 0
  }
  const pause = () => {
    stop()
    showMonth(view)
    release()
  }
  view.play.onclick = () => {
    if (view.timer) return pause()
    view.busy = true
    const end = view.data.months.length - 1
    view.timer = setInterval(() => {
      if (!parentElement.isConnected) return stop()
      choose(view.month + 1)
      if (view.month >= end) pause()
    }, STEP)
    choose(view.month >= end ? 0 : view.month)
  }
  /** @param {boolean} done */
  const ask = (done) => {
    const detail = { percent: (view.percent = Number(view.handle.value)), done }
    redraw()
    document.dispatchEvent(new CustomEvent("ramp155:supply-asked", { detail }))
  }
  view.handle.oninput = () => ask(false)
  view.handle.onpointerup = view.handle.onpointercancel = () => ask(true)
  view.handle.onchange = () => {
    clearTimeout(view.asked)
    view.asked = setTimeout(() => ask(true), REST)
  }
  view.supply.hidden = head.percent !== null
  view.range.onpointerdown = () => {
    stop()
    view.busy = view.held = true
    showMonth(view)
  }
  view.range.oninput = () => {
    stop()
    view.busy = true
    choose(Number(view.range.value))
  }
  view.range.onpointerup = view.range.onpointercancel = () => {
    view.held = false
    release()
  }
  // Keys change the month one step at a time: wait until they rest.
  view.range.onchange = () => {
    clearTimeout(view.rest)
    if (!view.held) view.rest = setTimeout(release, REST)
  }
  // A month from the server counts once, and not while a newer one is being set here.
  if (!view.busy && (view.stamp !== head.stamp || view.token !== head.token)) {
    view.month = view.data.months.indexOf(head.month)
    view.sent = head.month
    view.stamp = head.stamp
    view.token = head.token
  }
  /** @param {number} width */
  const lay = (width) => {
    if (!width) return
    view.width = width
    layYears(view)
    drawFrame(view)
    showMonth(view)
    drawAnswer(view)
  }
  const box = /** @type {HTMLElement} */ (view.svg.parentElement)
  const width = box.clientWidth
  if (fresh || width !== view.width) lay(width)
  else {
    showMonth(view)
    redraw()
  }
  view.lay = lay
  view.follow ??= (event) => {
    view.percent = event.detail.percent
    view.redraw()
  }
  view.redraw = redraw
  if (!view.observer) {
    if (view.follow) document.addEventListener("ramp155:supply", view.follow)
    view.observer = new ResizeObserver((entries) => {
      const wide = Math.round(entries[0].contentRect.width)
      if (wide !== view.width) view.lay(wide)
    })
    view.observer.observe(box)
  }
  return () => {
    stop()
    clearTimeout(view.rest)
    clearTimeout(view.asked)
    if (view.follow) document.removeEventListener("ramp155:supply", view.follow)
    view.observer?.disconnect()
    views.delete(parentElement)
  }
}
