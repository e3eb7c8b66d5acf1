// The live slider: redraws path, response curve, odds and sentences each frame while it moves, from a
// surface sent once, and tells the server only when it is let go. Pictures that follow listen to `ramp155:supply` on
// the document: { percent }. While another lever moves (`ramp155:levers`), the page's engine runs the chain instead.
import { dropLever, holdLever } from "./release.js"

const NS = "http://www.w3.org/2000/svg"
const REST = 150 // milliseconds without a move after which the response curve is worked out anew
const POSITIONS = 41 // of nitrocellulose, every fifth percent
const MARGIN = { left: 50, right: 86, top: 18, bottom: 44 }
// Room under the zero line for the strip of what limits output and the stores, thousand rounds a year: a low chart
// has to give more of its height, so that the strip still holds its words, and has no room for the stores.
const UNDER = { low: -720, strip: [-50, -470], stores: [-510, -700] }
const UNDER_LOW = { low: -1150, strip: [-90, -1110] }
const INSIDE = 0.4 // share of runs from which a stage's name has room inside the strip
const NAMED = 0.05 // share of runs from which a stage is named at all
const isLow = (view) => view.height < 240
const USUAL_TOP = 3000 // thousand rounds a year; on a taller axis the room under it is as much deeper
const under = (view) => {
  const { low, strip, stores } = isLow(view) ? UNDER_LOW : UNDER
  const deeper = view.data.top / USUAL_TOP
  const scale = (span) => span?.map((v) => v * deeper)
  return { low: low * deeper, strip: scale(strip), stores: scale(stores) }
}
const bottomMargin = (view) => (isLow(view) ? 30 : MARGIN.bottom)
const FULL_STORE = 3 // months of output that fill the height of the stores
const CURVE = { left: 50, right: 18, top: 20, bottom: 40, height: 205 }
const MONTHS = "January February March April May June July August September October November December".split(" ")

const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
const words16 = (text) => new Uint16Array(bytes(text).buffer)

function make(parent, name, attributes = {}, text = null) {
  const node = document.createElementNS(NS, name)
  for (const key in attributes) node.setAttribute(key, attributes[key])
  if (text !== null) node.textContent = text
  parent.appendChild(node)
  return node
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text
}

// Text with **bold** parts, as the page's sentences carry them; never read as HTML.
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
function rate(thousands) {
  if (thousands >= 999.5) return (thousands / 1000).toFixed(2).replace(/\.?0+$/, "") + " million"
  const step = thousands >= 100 ? 10 : 1
  return (Math.round(thousands / step) * step * 1000).toLocaleString("en-US")
}

const percent = (share) =>
  share > 0 && share < 0.01 ? "under 1 %" : share > 0.99 && share < 1 ? "over 99 %" : `${Math.round(Number((share * 100).toFixed(6)))} %`
const monthName = (month, letters = 9) => `${MONTHS[Number(month.slice(5)) - 1].slice(0, letters)} ${month.slice(0, 4)}`

function unpack(data) {
  const surface = { gain: words16(data.gain) }
  for (const key of ["p10", "p50", "p90", "figureLow", "figureHigh"]) surface[key] = words16(data[key])
  for (const key of ["agree", "stores"]) surface[key] = bytes(data[key])
  const { agree } = surface
  const n = data.stages.length
  surface.limiting = data.stages.map((_, k) => k).filter((k) => {
    for (let i = k; i < agree.length; i += n) if (agree[i]) return true
    return false
  })
  return surface
}

// Between two positions of the coarser grid (every fifth percent) values are joined by lines.
function between(percentage) {
  const place = Math.min(percentage / 5, 39.999999)
  const lower = Math.floor(place)
  return [lower, place - lower]
}

// One row of the surface at a slider position.
function at(view, percentage) {
  const n = view.data.months.length
  const [lower, part] = between(percentage)
  const coarse = (grid) => (i) => grid[lower * n + i] * (1 - part) + grid[(lower + 1) * n + i] * part
  const stages = view.data.stages.length
  const { agree, limiting } = view.surface
  const share = (i, k) => agree[(lower * n + i) * stages + k] * (1 - part) + agree[((lower + 1) * n + i) * stages + k] * part
  return {
    output: coarse(view.surface.p50),
    p10: coarse(view.surface.p10),
    p90: coarse(view.surface.p90),
    figureLow: coarse(view.surface.figureLow),
    figureHigh: coarse(view.surface.figureHigh),
    stores: coarse(view.surface.stores),
    limiting,
    // Shares of runs that each stage limits, which add up to 1 whatever was rounded.
    shares: (i) => {
      const all = limiting.map((k) => share(i, k))
      const sum = all.reduce((a, b) => a + b, 0) || 1
      return all.map((one) => one / sum)
    },
  }
}

// Where all levers stand while one of the others is moved: what the page's sliders show, over what the server knows.
// Nothing where none is away from that, or the engine that would answer is not there.
function findMoved(view) {
  const { levers, engine } = view.data
  if (!levers || window.ramp155Engine?.key !== engine) return null
  const differs = (one, other) => (typeof other === "number" ? Math.abs(one - other) > 1e-6 : `${one}` !== `${other}`)
  const away = Object.entries(view.shown ?? {}).filter(([name, position]) => name !== "nitrocellulose" && name !== "assume" && differs(position, levers[name]))
  return away.length ? { ...levers, ...Object.fromEntries(away), nitrocellulose: view.percent / 100 } : null
}

// All that is drawn and said where the levers stand: from the surface while nitrocellulose alone moves, else from the
// engine's last answer.
function read(view) {
  const moved = findMoved(view)
  if (moved) ask(view, moved)
  if (moved && view.ran) return view.ran.row
  const { data, percent: here } = view
  const [lower, part] = between(here)
  const near = Math.round(here / 5)
  const join = (row) => row[lower] * (1 - part) + row[lower + 1] * part
  const words = Object.fromEntries(Object.entries(data.words).map(([kind, texts]) => [kind, texts[here]]))
  return {
    ...at(view, here),
    words,
    capacity: data.capacity,
    acts: data.acts,
    year: join(data.year.p50),
    odds: data.targets.map((target) => [join(target.odds), target.even[near]]),
    response: { ...data.year, gain: words.gains },
  }
}

// One question at a time: its answer is drawn, and then the next one is for where the levers stand by then.
function ask(view, moved) {
  const key = JSON.stringify(moved)
  const engine = window.ramp155Engine
  if (view.asked === engine || view.ran?.key === key) return
  const { version } = view
  view.asked = engine
  engine.ask("answer", moved, view.data.at).then((answer) => {
    if (view.asked !== engine) return // another one has come meanwhile
    view.asked = null
    if (view.version === version) view.ran = { key, row: readAnswer(view, moved, answer) }
    view.redraw()
    const next = findMoved(view)
    if (next) ask(view, next)
  }, giveUp)
}

// An engine that fails answers nothing more: levers are then drawn when they are let go.
function giveUp(fault) {
  console.warn(fault)
  window.ramp155Engine = null
}

// The engine's answer as a row of the surface is read.
function readAnswer({ data }, moved, answer) {
  const thousands = (values) => (i) => values[i] / 1000
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
function respond(view, { moved }) {
  clearTimeout(view.sweeping)
  const key = JSON.stringify({ ...moved, nitrocellulose: 1 })
  if (view.swept?.key !== key) view.swept = { key, positions: [], gains: {} }
  const { swept } = view
  const { year, at: month } = view.data
  const here = moved.nitrocellulose
  if (here in swept.gains) return { ...swept.columns, gain: swept.gains[here] }
  if (swept.isAtWork) return null // one walk over the positions at a time
  const engine = window.ramp155Engine
  const work = async () => {
    swept.isAtWork = true
    const isOver = () => view.swept !== swept || window.ramp155Engine !== engine
    while (swept.positions.length < POSITIONS && !isOver())
      swept.positions.push(await engine.ask("respond", { ...moved, nitrocellulose: swept.positions.length / 20 }, month))
    if (isOver()) return
    const column = (name) => swept.positions.map((position) => position[name] / 1000)
    swept.columns ??= { year: year.year, p10: column("p10"), p50: column("p50"), p90: column("p90") }
    const gain = await engine.ask("gain", moved, month, swept.positions.map(({ rounds }) => rounds))
    swept.gains[here] = gain
    swept.isAtWork = false
    if (!isOver()) view.redraw()
  }
  view.sweeping = setTimeout(() => work().catch(giveUp), REST)
  return null
}

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

const line = (n, x, y, value) => {
  let d = ""
  for (let i = 0; i < n; i++) d += (i ? "L" : "M") + x(i).toFixed(1) + " " + y(value(i)).toFixed(1)
  return d
}

// The area between two lines.
const closed = (n, x, y, low, high) => {
  let d = line(n, x, y, low)
  for (let i = n - 1; i >= 0; i--) d += "L" + x(i).toFixed(1) + " " + y(high(i)).toFixed(1)
  return d + "Z"
}

// The path chart: everything that stays while the slider moves.
function drawFrame(view) {
  const { svg, data } = view
  svg.replaceChildren()
  svg.setAttribute("viewBox", `0 0 ${view.width} ${view.height}`)
  svg.setAttribute("height", view.height)
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
  ;["limits output", "(assumed)"].forEach((words, k) => make(svg, "text", { ...what, y: beside - 2 + 12 * k }, words))
  if (stores) make(svg, "text", { ...side, y: (y(stores[0]) + y(stores[1])) / 2 + 4 }, "stores")
  view.figure = make(svg, "path", { class: "figure", fill: data.colours.scenario })
  view.band = make(svg, "path", { class: "band", fill: data.colours.scenario })
  const edge = x(data.forecast) - 0.5
  make(svg, "line", { class: "forecast", x1: edge, x2: edge, y1: MARGIN.top, y2: y(low) })
  make(svg, "text", { class: "quiet", x: edge + 5, y: MARGIN.top + 10 }, "forecast")
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
function drawCurve(view, year) {
  const { curve, data } = view
  view.curveOf = year.p50
  curve.replaceChildren()
  const width = curve.parentElement.clientWidth
  const height = CURVE.height
  curve.setAttribute("viewBox", `0 0 ${width} ${height}`)
  curve.setAttribute("height", height)
  const top = Math.ceil(Math.max(...year.p90, 500) / 500) * 500
  const x = (p) => CURVE.left + (p / 200) * (width - CURVE.left - CURVE.right)
  const y = (v) => CURVE.top + (1 - v / top) * (height - CURVE.top - CURVE.bottom)
  view.curveScale = { x, y, percent: (px) => ((px - CURVE.left) / (width - CURVE.left - CURVE.right)) * 200 }
  for (let v = 0; v <= top; v += 500) {
    make(curve, "line", { class: "grid", x1: CURVE.left, x2: width - CURVE.right, y1: y(v), y2: y(v) })
    make(curve, "text", { class: "tick", x: CURVE.left - 8, y: y(v) + 4, "text-anchor": "end" }, v ? (v / 1000).toFixed(1) + " M" : "0")
  }
  for (let p = 0; p <= 200; p += 50)
    make(curve, "text", { class: "tick", x: x(p), y: height - 22, "text-anchor": "middle" }, `${p} %`)
  make(curve, "text", { class: "unit", x: CURVE.left, y: 11 }, `complete rounds in ${year.year}: median and likely range`)
  make(curve, "text", { class: "unit", x: (width + CURVE.left - CURVE.right) / 2, y: height - 5, "text-anchor": "middle" }, "nitrocellulose supply: drag the dot")
  const along = (row) => line(41, (p) => x(p * 5), y, (p) => row[p])
  let band = along(year.p10)
  for (let p = 40; p >= 0; p--) band += `L${x(p * 5).toFixed(1)} ${y(year.p90[p]).toFixed(1)}`
  make(curve, "path", { class: "band", d: band + "Z", fill: data.colours.scenario })
  make(curve, "path", { class: "scenario", d: along(year.p50), stroke: data.colours.scenario })
  view.handleLine = make(curve, "line", { class: "handle", y1: CURVE.top, y2: height - CURVE.bottom })
  view.handle = make(curve, "circle", { class: "handle", r: 8 })
}

// Everything that moves with the slider: called once a frame at most.
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
  if (under(view).stores) drawStores(view, row)
  drawStrip(view, row)
  drawEnds(view, row)
  const { titles, readouts, readings, warnings } = row.words
  // The slider says its answer itself; said twice, the two would cut each other short.
  view.readout.setAttribute("aria-live", view.slider.matches(":focus") ? "off" : "polite")
  const isAsked = view.asked && view.asked === window.ramp155Engine
  view.readout.setAttribute("aria-busy", Boolean(isAsked || view.resting))
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
function drawCapacity(view, { capacity }) {
  const { x, y } = view.scale
  view.nameplate.setAttribute("d", line(capacity.length, x, y, (i) => capacity[i]))
  view.capacityEnd = y(capacity.at(-1)) - 4
  view.capacityName.forEach((word, k) => word.setAttribute("y", view.capacityEnd + 15 * k))
}

// The months in which a change acts, where it does not last to the end.
function drawActs(view, { acts }) {
  const { x } = view.scale
  for (const node of [view.acts, view.actsName]) node.style.display = acts ? "" : "none"
  if (!acts) return
  const [first, months] = acts
  view.acts.setAttribute("x", x(first))
  view.acts.setAttribute("width", x(Math.min(first + months, view.data.months.length)) - x(first))
  view.actsName.setAttribute("x", x(first) + 4)
}

// The response curve and what one more tonne brings: pale while they are those of before the move.
function drawResponse(view, row) {
  const response = row.moved ? respond(view, row) : row.response
  const isStale = !response
  view.curve.classList.toggle("stale", isStale)
  view.gain.classList.toggle("stale", isStale)
  if (isStale) return
  if (view.curveOf !== response.p50) drawCurve(view, response)
  write(view.gain, response.gain)
}

function drawStores(view, row) {
  const { x, y } = view.scale
  const n = view.data.months.length
  const [most, least] = under(view).stores
  const deep = (i) => least + (Math.min(row.stores(i) / 10, FULL_STORE) / FULL_STORE) * (most - least)
  view.stores.setAttribute("d", `${line(n, x, y, deep)}L${x(n - 1)} ${y(least)}L${x(0)} ${y(least)}Z`)
}

function drawHandle(view, row) {
  const { x, y } = view.curveScale
  const value = row.year
  view.handleLine.setAttribute("x1", x(view.percent))
  view.handleLine.setAttribute("x2", x(view.percent))
  view.handle.setAttribute("cx", x(view.percent))
  view.handle.setAttribute("cy", y(value))
  const label =
    `Response curve: at ${view.percent} % nitrocellulose ${rate(value)} rounds in ${view.data.year.year}. ` +
    "Its dot is the same lever as the slider above and the typed value: keys act there"
  view.curve.setAttribute("aria-label", label)
}

function drawOdds(view, row) {
  row.odds.forEach(([share, evenFrom], k) => {
    const [bar, value, even] = view.oddsRows[k]
    bar.style.width = `${share * 100}%`
    write(value, percent(share))
    write(even, evenFrom ? monthName(evenFrom, 3) : `after ${view.data.months.at(-1).slice(0, 4)}`)
  })
}

// One row a target: its name, a bar, the share of draws that reach it, from when half of them do.
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
    const low = (i) => strip[0] - over[i][k] * tall
    const high = (i) => strip[0] - (over[i][k] - shares[i][k]) * tall
    area.setAttribute("d", k < 0 ? "" : closed(n, x, y, low, high))
  })
  view.stageNames.replaceChildren()
  const middle = (i, k) => y(strip[0] - (over[i][k] - shares[i][k] / 2) * tall)
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
  if (named.length) make(view.stageNames, "text", dated, `end of ${months.at(-1).slice(0, 4)}:`)
}

// First month and month after the last of the longest unbroken stretch of months for which something holds.
function longest(n, holds) {
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

function drawEnds(view, row) {
  const { data } = view
  const { x, y } = view.scale
  const i = data.months.length - 1
  let same = true
  for (let k = 0; k <= i && same; k++) same = Math.abs(row.output(k) - data.baseline[k]) < 1
  const ends = [
    [same ? "" : "Baseline", data.baseline[i], data.colours.words],
    [same ? (view.percent === 100 && !row.moved ? "Baseline" : "As baseline") : "Scenario", row.output(i), data.colours.scenario],
    ...data.pins.map((pin) => [pin.letter, pin.path[i], pin.colour]),
  ].filter((e) => e[0]).sort((a, b) => b[1] - a[1])
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
  const halves = [[row.output(i), row.p90(i)], [row.p10(i), row.output(i)]]
  if (crosses) halves.shift()
  names.some((name) => halves.some((half) => nameBand(view, name, ...half)))
  nameBand(view, isWide ? "where a published figure should fall" : "a published figure", row.p90(i), row.figureHigh(i))
}

// A band's name inside it at the end of the path, where it is high enough and runs into no other words;
// whether it is there.
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
function holdStill(view) {
  const { words, full, titled } = view.data
  const told = [["readout", words.readouts]]
  if (titled) told.push(["title", words.titles])
  if (full) told.push(["reading", words.readings], ["gain", words.gains])
  for (const [name, texts] of told) {
    const node = view[name]
    node.style.minHeight = ""
    node.textContent = texts.reduce((a, b) => (b.length > a.length ? b : a), "").replaceAll("**", "")
    node.style.minHeight = `${node.offsetHeight}px`
    node.dataset.text = ""
  }
}

// The height that the words over the chart leave of a box of a given one, on a stage that may be scaled.
function findRoom(box, svg) {
  const [whole, chart] = [box, svg].map((node) => node.getBoundingClientRect())
  const least = Number(getComputedStyle(box).getPropertyValue("--least-chart")) || 150
  return Math.max(least, Math.floor(((whole.bottom - chart.top) / whole.height) * box.clientHeight))
}

function hover(view, event) {
  const box = view.svg.getBoundingClientRect()
  const i = view.scale.month(((event.clientX - box.left) / box.width) * view.width)
  const inside = i >= 0 && i < view.data.months.length
  const report = event.target.closest?.(".report")
  view.cross.style.display = inside && !report ? "" : "none"
  // Words stand in the half where the pointer is not, and push nothing.
  view.hint.classList.toggle("far", view.scale.x(i) < view.width / 2)
  if (report) return write(view.hint, report.querySelector("title").textContent)
  if (!inside) return write(view.hint, "")
  const { row } = view
  const px = view.scale.x(i)
  view.hoverLine.setAttribute("x1", px)
  view.hoverLine.setAttribute("x2", px)
  view.hoverDot.setAttribute("cx", px)
  view.hoverDot.setAttribute("cy", view.scale.y(row.output(i)))
  const { baseline, months, stages } = view.data
  const { capacity } = row
  const shares = row.shares(i)
  const limits = row.limiting
    .map((stage, k) => [shares[k], stages[stage].label])
    .filter(([share]) => share >= NAMED)
    .sort((a, b) => b[0] - a[0])
    .map(([share, label]) => `${label} ${percent(share)}`)
  write(
    view.hint,
    `${monthName(months[i])}: ${rate(row.output(i))} rounds a year${row.p90(i) < 0.5 ? "" : `, likely range ${rate(row.p10(i))} to ${rate(row.p90(i))}`}. ` +
      `A published figure should fall between ${rate(row.figureLow(i))} and ${rate(row.figureHigh(i))}. Baseline ${rate(baseline[i])}` +
      (i < capacity.length ? `, capacity as officials count it ${rate(capacity[i])}. ` : ". ") +
      `Limits output, by our assumptions, in so many runs: ${limits.join(", ")}. Stores: ${(row.stores(i) / 10).toFixed(1)} months`,
  )
}

const views = new WeakMap()
const PARTS = {
  svg: ".chart svg", curve: ".curve svg", slider: "input[type=range]", number: "input[type=number]", title: "h2",
  readout: ".readout", hint: ".hint", reading: ".reading", gain: ".gain", warning: ".warning", odds: ".odds", oddsTitle: ".odds-title .what",
}

export default function (component) {
  const { parentElement, setStateValue, setTriggerValue } = component
  // A line with the slider's value, then all the rest, which is read again only if it changed.
  const text = new TextDecoder().decode(component.data)
  const head = JSON.parse(text.slice(0, text.indexOf("\n")))
  let view = views.get(parentElement)
  if (!view) {
    view = {}
    for (const name in PARTS) view[name] = parentElement.querySelector(PARTS[name])
    views.set(parentElement, view)
  }
  const fresh = view.version !== head.version
  if (fresh) {
    view.version = head.version
    const data = (view.data = JSON.parse(text.slice(text.indexOf("\n") + 1)))
    data.colours.scenario = "var(--st-primary-color)" // Europe's blue, lighter on the dark ground
    view.surface = unpack(data)
    view.endsKey = view.ran = view.swept = view.curveOf = view.shown = null
    document.dispatchEvent(new CustomEvent("ramp155:levers-asked"))
    parentElement.querySelector(".live").classList.toggle("full", data.full)
    parentElement.querySelector(".live").classList.toggle("titled", data.titled)
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
    clearTimeout(view.resting)
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
    view.heard = (event) => view.obey(event)
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
  const along = (event) => {
    const box = view.curve.getBoundingClientRect()
    go(keep(view.curveScale.percent(event.clientX - box.left)))
  }
  view.curve.onpointerdown = (event) => {
    view.busy = view.dragging = true
    view.curve.setPointerCapture(event.pointerId)
    along(event)
  }
  view.curve.onpointermove = (event) => view.dragging && along(event)
  view.curve.onpointerup = view.curve.onpointercancel = () => {
    if (!view.dragging) return
    view.dragging = false
    letGo()
  }

  const layout = (width) => {
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
  layout(view.svg.parentElement.clientWidth)
  view.layout = layout
  if (!view.observer) {
    view.observer = new ResizeObserver((entries) => view.layout(entries[0].contentRect.width))
    view.observer.observe(view.svg.parentElement)
  }
  return () => {
    dropLever(view)
    clearTimeout(view.sweeping)
    clearTimeout(view.resting)
    document.removeEventListener("ramp155:supply-asked", view.heard)
    document.removeEventListener("ramp155:levers", view.followed)
    view.observer.disconnect()
    views.delete(parentElement)
  }
}
