// The live slider: redraws the output path each frame while the slider moves, from a surface sent once,
// and tells the server only when it is let go.
const NS = "http://www.w3.org/2000/svg"
const MARGIN = { left: 50, right: 86, top: 18, bottom: 44 }
const LOW = -230 // room for the bottleneck strip under the zero line, in thousand rounds a year
const STRIP = [-45, -205]
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

// Thousand rounds a year in words, as the page says them: 1.31 million, 640,000.
function rate(thousands) {
  if (thousands >= 999.5) return (thousands / 1000).toFixed(2).replace(/\.?0+$/, "") + " million"
  const step = thousands >= 100 ? 10 : 1
  return (Math.round(thousands / step) * step * 1000).toLocaleString("en-US")
}

function unpack(data) {
  return {
    central: words16(data.central),
    binds: bytes(data.binds),
    p10: words16(data.p10),
    p90: words16(data.p90),
  }
}

// One row of the surface at a slider position; bands lie on a coarser grid and are joined by lines.
function at(view, percent) {
  const n = view.data.months.length
  const row = Math.round(percent)
  const place = Math.min(percent / 5, 39.999999)
  const lower = Math.floor(place)
  const part = place - lower
  const band = (grid) => (i) => grid[lower * n + i] * (1 - part) + grid[(lower + 1) * n + i] * part
  return {
    output: (i) => view.surface.central[row * n + i],
    stage: (i) => view.surface.binds[row * n + i],
    p10: band(view.surface.p10),
    p90: band(view.surface.p90),
  }
}

function scales(view) {
  const { width, height } = view
  const last = view.data.months.length
  const inner = width - MARGIN.left - MARGIN.right
  const tall = height - MARGIN.top - MARGIN.bottom
  return {
    x: (i) => MARGIN.left + ((i + 7) / (last + 7)) * inner,
    y: (v) => MARGIN.top + (1 - (Math.min(v, view.data.top) - LOW) / (view.data.top - LOW)) * tall,
    month: (px) => Math.round(((px - MARGIN.left) / inner) * (last + 7) - 7),
  }
}

const line = (n, x, y, value) => {
  let d = ""
  for (let i = 0; i < n; i++) d += (i ? "L" : "M") + x(i).toFixed(1) + " " + y(value(i)).toFixed(1)
  return d
}

// Everything that stays while the slider moves.
function drawFrame(view) {
  const { svg, data } = view
  svg.replaceChildren()
  svg.setAttribute("viewBox", `0 0 ${view.width} ${view.height}`)
  svg.setAttribute("height", view.height)
  const { x, y } = (view.scale = scales(view))
  const n = data.months.length
  for (let v = 0; v < data.top; v += 500) {
    make(svg, "line", { class: "grid", x1: MARGIN.left, x2: view.width - MARGIN.right, y1: y(v), y2: y(v) })
    const text = v ? (v / 1000).toFixed(1) + " M" : "0"
    make(svg, "text", { class: "tick", x: MARGIN.left - 8, y: y(v) + 4, "text-anchor": "end" }, text)
  }
  for (let i = 0; i <= n; i += 12) {
    const year = Number(data.months[0].slice(0, 4)) + i / 12
    make(svg, "text", { class: "tick", x: x(i), y: view.height - 14, "text-anchor": "middle" }, year)
  }
  make(svg, "text", { class: "unit", x: MARGIN.left, y: 11 }, "complete rounds a year")
  view.band = make(svg, "path", { class: "band", fill: data.colours.scenario })
  const edge = x(data.forecast) - 0.5
  make(svg, "line", { class: "forecast", x1: edge, x2: edge, y1: MARGIN.top, y2: y(LOW) })
  make(svg, "text", { class: "quiet", x: edge + 5, y: MARGIN.top + 10 }, "forecast")
  make(svg, "path", { class: "nameplate", d: line(n, x, y, (i) => data.nameplate[i]), stroke: data.colours.nameplate })
  make(svg, "path", { class: "baseline", d: line(n, x, y, (i) => data.baseline[i]), stroke: data.colours.baseline })
  for (const report of data.reports) drawReport(svg, report, data, x, y)
  view.path = make(svg, "path", { class: "scenario", stroke: data.colours.scenario })
  view.strip = make(svg, "g")
  view.ends = make(svg, "g")
  view.cross = make(svg, "g", { class: "cross" })
  view.hoverLine = make(view.cross, "line", { y1: MARGIN.top, y2: y(0) })
  view.hoverDot = make(view.cross, "circle", { r: 5, fill: data.colours.scenario })
}

function drawReport(svg, report, data, x, y) {
  const group = make(svg, "g", { class: "report", stroke: data.colours[report.kind === "output" ? "scenario" : "nameplate"] })
  const px = x(report.at)
  if (report.high > report.low)
    make(group, "line", { x1: px, x2: px, y1: y(report.low), y2: y(report.high) })
  const py = y(report.middle)
  if (report.kind === "output") make(group, "circle", { cx: px, cy: py, r: 4.5 })
  else make(group, "path", { d: `M${px} ${py - 5.5}l5.5 5.5-5.5 5.5-5.5-5.5Z` })
  make(group, "title", {}, report.text)
}

// Everything that moves with it: called once a frame at most.
function drawAnswer(view) {
  const { data, percent } = view
  const n = data.months.length
  const { x, y } = view.scale
  const row = at(view, percent)
  let band = line(n, x, y, row.p10)
  for (let i = n - 1; i >= 0; i--) band += `L${x(i).toFixed(1)} ${y(row.p90(i)).toFixed(1)}`
  view.band.setAttribute("d", band + "Z")
  view.path.setAttribute("d", line(n, x, y, row.output))
  drawStrip(view, row)
  drawEnds(view, row)
  const i = data.at
  const output = row.output(i)
  const base = data.baseline[i]
  const stage = data.stages[row.stage(i)]
  const change = base ? output / base - 1 : 0
  const side = Math.abs(change) < 0.005 ? "as in the baseline" : `${Math.round(Math.abs(change) * 100)} % ${change < 0 ? "under" : "over"} the baseline`
  const held = output < 1 ? `stopped for want of ${stage.label}` : `middle case held back by ${stage.label}`
  const text = `${monthName(data.months[i], 3)}: ${rate(output)} a year, ${side}; ${held}`
  view.readout.textContent = text
  view.slider.setAttribute("aria-valuetext", `${percent} percent. ${text}`)
  view.svg.setAttribute("aria-label", `Output path at ${percent} % nitrocellulose. ${text}`)
}

const monthName = (month, letters = 9) => `${MONTHS[Number(month.slice(5)) - 1].slice(0, letters)} ${month.slice(0, 4)}`

function drawStrip(view, row) {
  const { data } = view
  const { x, y } = view.scale
  const n = data.months.length
  view.strip.replaceChildren()
  for (let start = 0; start < n; ) {
    let end = start
    while (end < n && row.stage(end) === row.stage(start)) end++
    const stage = data.stages[row.stage(start)]
    const left = x(start)
    const wide = x(end) - left
    const rect = make(view.strip, "rect", { x: left, y: y(STRIP[0]), width: wide, height: y(STRIP[1]) - y(STRIP[0]), fill: stage.colour })
    make(rect, "title", {}, `Held back by ${stage.label}, ${monthName(data.months[start])} to ${monthName(data.months[end - 1])}`)
    const words = [stage.label, stage.short].find((text) => wide > text.length * 6.4 + 8)
    if (words)
      make(view.strip, "text", { class: "stage", x: left + wide / 2, y: (y(STRIP[0]) + y(STRIP[1])) / 2 + 4, "text-anchor": "middle" }, words)
    start = end
  }
}

function drawEnds(view, row) {
  const { data } = view
  const { x, y } = view.scale
  const i = data.months.length - 1
  const same = Math.abs(row.output(i) - data.baseline[i]) < 1
  const ends = [
    ["Nameplate", data.nameplate[i], data.colours.words],
    [same ? "" : "Baseline", data.baseline[i], data.colours.words],
    [same ? "Baseline" : "Scenario", row.output(i), data.colours.scenario],
  ].filter((e) => e[0]).sort((a, b) => b[1] - a[1])
  view.ends.replaceChildren()
  const places = ends.map((e) => y(e[1]))
  for (let k = 1; k < places.length; k++) places[k] = Math.max(places[k], places[k - 1] + 15)
  const floor = y(0) - 2
  for (let k = places.length - 1; k >= 0; k--) {
    const most = k === places.length - 1 ? floor : places[k + 1] - 15
    places[k] = Math.min(places[k], most)
  }
  ends.forEach((e, k) => make(view.ends, "text", { class: "end", x: x(i) + 8, y: places[k] + 4, fill: e[2] }, e[0]))
}

function hover(view, event) {
  const box = view.svg.getBoundingClientRect()
  const i = view.scale.month(((event.clientX - box.left) / box.width) * view.width)
  const inside = i >= 0 && i < view.data.months.length
  view.cross.style.display = inside ? "" : "none"
  if (!inside) return (view.hint.textContent = "")
  const row = at(view, view.percent)
  const px = view.scale.x(i)
  view.hoverLine.setAttribute("x1", px)
  view.hoverLine.setAttribute("x2", px)
  view.hoverDot.setAttribute("cx", px)
  view.hoverDot.setAttribute("cy", view.scale.y(row.output(i)))
  view.hint.textContent =
    `${monthName(view.data.months[i])}: output ${rate(row.output(i))} (8 in 10: ${rate(row.p10(i))} to ${rate(row.p90(i))}), ` +
    `baseline ${rate(view.data.baseline[i])}, nameplate ${rate(view.data.nameplate[i])}, held back by ${view.data.stages[row.stage(i)].label}`
}

const views = new WeakMap()

export default function (component) {
  const { parentElement, data, setStateValue } = component
  const find = (name) => parentElement.querySelector(name)
  let view = views.get(parentElement)
  if (!view) {
    view = { svg: find("svg"), slider: find("input[type=range]"), number: find("input[type=number]"), readout: find(".readout"), hint: find(".hint") }
    views.set(parentElement, view)
  }
  const fresh = !view.data || view.data.version !== data.version
  view.data = data
  if (fresh) view.surface = unpack(data)

  const redraw = () => {
    if (view.waiting) return
    view.waiting = true
    requestAnimationFrame(() => {
      view.waiting = false
      drawAnswer(view)
    })
  }
  const move = (percent) => {
    view.percent = percent
    view.slider.value = view.number.value = percent
    view.slider.style.setProperty("--filled", `${percent / 2}%`)
    redraw()
  }
  const commit = () => {
    clearTimeout(view.timer)
    view.busy = false
    if (view.percent !== view.sent) setStateValue("nc", (view.sent = view.percent))
  }
  view.slider.oninput = () => {
    view.busy = true
    move(Number(view.slider.value))
  }
  view.slider.onpointerup = view.slider.onpointercancel = commit
  // Keys change the value one step at a time: wait until they rest.
  view.slider.onchange = () => {
    clearTimeout(view.timer)
    view.timer = setTimeout(commit, 250)
  }
  view.number.onchange = () => {
    const typed = Number(view.number.value)
    const valid = view.number.value !== "" && Number.isFinite(typed)
    move(valid ? Math.round(Math.min(200, Math.max(0, typed))) : view.percent)
    commit()
  }
  view.svg.onpointermove = (event) => hover(view, event)
  view.svg.onpointerleave = () => {
    view.cross.style.display = "none"
    view.hint.textContent = ""
  }

  const layout = (width) => {
    if (!width || (width === view.width && !fresh)) return
    view.width = width
    view.height = data.height
    // Room for the longest readout, so that the chart holds still while the words change.
    view.readout.style.minHeight = width < 760 ? "2.9em" : "1.45em"
    drawFrame(view)
    view.cross.style.display = "none"
    drawAnswer(view)
  }
  // A value from the server counts unless a newer one is being set here.
  if (!view.busy && view.percent !== data.value) {
    view.percent = view.sent = data.value
    view.slider.value = view.number.value = data.value
    view.slider.style.setProperty("--filled", `${data.value / 2}%`)
    if (view.width && !fresh) redraw()
  }
  layout(view.svg.parentElement.clientWidth)
  if (!view.observer) {
    view.observer = new ResizeObserver((entries) => view.layout(entries[0].contentRect.width))
    view.observer.observe(view.svg.parentElement)
  }
  view.layout = layout
  return () => {
    clearTimeout(view.timer)
    view.observer.disconnect()
    views.delete(parentElement)
  }
}
