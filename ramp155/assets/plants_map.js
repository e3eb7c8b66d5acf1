// The marks and names of the map, drawn over deck.gl's ground and moved with it. deck.gl is found through React's
// own tree, as Streamlit gives no way to it; where it is not found the view that the server knows holds.
const NS = "http://www.w3.org/2000/svg"
const HAIR_FROM = 0.6 // a mark moved further than this share of its width gets a hair line to its town
const PATIENCE = 6000 // milliseconds in which deck.gl is waited for
const SLACK = 4 // pixels round a mark that still answer to the pointer
const FIT_ROOM = 24 // pixels left free round plants that are all brought into sight
const CLOSEST_FIT = 5 // the zoom at which fitting stops

const decode = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
const decode16 = (text) => new Uint16Array(decode(text).buffer)

function make(parent, name, attributes = {}, text = null) {
  const node = document.createElementNS(NS, name)
  for (const key in attributes) node.setAttribute(key, attributes[key])
  if (text !== null) node.textContent = text
  parent?.appendChild(node)
  return node
}

function build(name, className = "", text = null) {
  const node = document.createElement(name)
  if (className) node.className = className
  if (text !== null) node.textContent = text
  return node
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text
}

// A value is set only where it differs: most of a picture stays from month to month.
function put(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value)
}

// A status's mark in a square from -1 to 1: a disc of paper, the shape, and the dot of a late plant.
function drawMark(node, body, status, { late = false, silent = false } = {}) {
  const key = `${status} ${late} ${silent} ${body.colours.paper}`
  if (node.dataset.drawn === key) return
  node.dataset.drawn = key
  node.replaceChildren()
  const { path, colour, line } = body.marks[status]
  make(node, "circle", { r: 1.06, fill: body.colours.paper })
  const shape = { d: path, opacity: silent ? body.silent : 1 }
  make(node, "path", line ? { ...shape, fill: "none", stroke: colour, "stroke-width": line } : { ...shape, fill: colour })
  const { place, radius } = body.dot
  if (late) make(node, "circle", { class: "late", cx: place, cy: -place, r: radius, fill: body.colours.late, stroke: body.colours.paper, "stroke-width": 0.14 })
}

function drawGlyph(body, status, flags) {
  const svg = make(null, "svg", { viewBox: "-1.25 -1.25 2.5 2.5", width: 18, height: 18, "aria-hidden": "true" })
  drawMark(make(svg, "g"), body, status, flags)
  return svg
}

// Where the map looks

function findDeck(chart) {
  let element = chart?.querySelector("canvas")
  const isFiber = (name) => name.startsWith("__reactFiber")
  while (element && !Object.keys(element).some(isFiber)) element = element.parentElement
  let fiber = element && element[Object.keys(element).find(isFiber)]
  for (let depth = 0; fiber && depth < 40; depth++, fiber = fiber.return) {
    let hook = fiber.memoizedState
    for (let place = 0; hook && typeof hook === "object" && place < 40; place++, hook = hook.next) {
      const deck = hook.memoizedState?.current?.deck
      if (deck?.getViewports) return deck
    }
  }
  return null
}

const mercator = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))

// The view that the server knows, as deck.gl would have it.
function plainView(view) {
  const { zoom, latitude, longitude } = view.head.view
  const { clientWidth: width, clientHeight: height } = view.map
  const world = 512 * 2 ** zoom
  return {
    zoom, latitude, longitude, width, height,
    project: ([lon, lat]) => [
      width / 2 + ((lon - longitude) / 360) * world,
      height / 2 - ((mercator(lat) - mercator(latitude)) / (2 * Math.PI)) * world,
    ],
    unproject: ([x, y]) => [
      longitude + ((x - width / 2) / world) * 360,
      (Math.atan(Math.sinh(mercator(latitude) - ((y - height / 2) / world) * 2 * Math.PI)) * 180) / Math.PI,
    ],
  }
}

// Before its first picture deck.gl has no viewport, and says so with an error.
function readViewport(deck) {
  try {
    return deck?.getViewports()[0] ?? null
  } catch {
    return null
  }
}

function findViewport(view) {
  view.firstLook ??= performance.now()
  if (!view.chart?.isConnected) view.chart = view.frame?.querySelector("[data-testid=stDeckGlJsonChart]")
  if (!readViewport(view.deck) || view.deck.canvas?.isConnected === false) {
    view.deck = null
    const now = performance.now()
    if (!view.lookedAt || now - view.lookedAt > 150) {
      view.lookedAt = now
      const deck = findDeck(view.chart)
      view.deck = readViewport(deck) ? deck : null
    }
  }
  if (view.deck) {
    if (view.map.classList.contains("fixed")) view.map.classList.remove("fixed")
    return readViewport(view.deck)
  }
  // Not yet there: wait; else the ground must not be moved away from under the marks.
  if (performance.now() - view.firstLook < PATIENCE) return null
  if (!view.map.classList.contains("fixed")) view.map.classList.add("fixed")
  return view.map.clientWidth ? plainView(view) : null
}

function turnTo(view, longitude, latitude, zoom) {
  const { deck } = view
  if (!deck) return view.tell("moved", { longitude, latitude, zoom })
  const { width, height } = view.viewport
  const { least, most } = view.head.zooms
  const viewState = { ...deck.props.viewState, longitude, latitude: Math.min(Math.max(latitude, 20), 75), zoom: Math.min(Math.max(zoom, least), most), width, height }
  deck.props.onViewStateChange({ viewId: "default-view", viewState, interactionState: {}, oldViewState: deck.props.viewState })
}

// Turned so that all are whole in sight, on a rung of the ladder: there marks and names are known to keep apart.
function fit(view, viewport) {
  const [west, south, east, north] = view.head.bounds
  const across = Math.max(east - west, 0.5) / 360
  const up = Math.max(mercator(north) - mercator(south), 0.01) / (2 * Math.PI)
  // All of Europe leaves the key the sea; what is closer lies beside it.
  const isUnderKey = !view.head.whole && view.key.offsetTop < view.map.clientHeight
  const left = isUnderKey ? view.key.offsetLeft + view.key.offsetWidth : 0
  const room = (size) => Math.max(size - 2 * FIT_ROOM, 60) / 512
  const exact = Math.log2(Math.min(room(viewport.width - left) / across, room(viewport.height) / up))
  const { zooms } = view.body.ladder
  const zoom = Math.min(zooms.filter((rung) => rung <= exact + 0.01).pop() ?? zooms[0], CLOSEST_FIT)
  const middle = (mercator(north) + mercator(south)) / 2
  const shift = (left / 2 / (512 * 2 ** zoom)) * 360
  turnTo(view, (west + east) / 2 - shift, (Math.atan(Math.sinh(middle)) * 180) / Math.PI, zoom)
}

function zoomBy(view, step) {
  const { longitude, latitude, zoom } = view.viewport
  turnTo(view, longitude, latitude, zoom + step)
}

function moveBy(view, right, down) {
  const { width, height } = view.viewport
  const [longitude, latitude] = view.viewport.unproject([width / 2 + right, height / 2 + down])
  turnTo(view, longitude, latitude, view.viewport.zoom)
}

const KEYS = {
  "+": (view) => zoomBy(view, 0.5),
  "=": (view) => zoomBy(view, 0.5),
  "-": (view) => zoomBy(view, -0.5),
  _: (view) => zoomBy(view, -0.5),
  0: (view) => fit(view, view.viewport),
  ArrowLeft: (view) => moveBy(view, -60, 0),
  ArrowRight: (view) => moveBy(view, 60, 0),
  ArrowUp: (view) => moveBy(view, 0, -60),
  ArrowDown: (view) => moveBy(view, 0, 60),
}

// Marks and names

function layMap(view) {
  const { body } = view
  const { ladder } = body
  const column = new Map(body.sites.map((site, place) => [site.id, place]))
  for (const layer of Object.values(view.layers)) layer.replaceChildren()
  const offsets = new Int16Array(decode(ladder.offsets).buffer)
  const count = ladder.sites.length
  view.places = ladder.sites.map((id, place) => ({
    id,
    place,
    column: column.get(id) ?? -1,
    at: [ladder.lon[place], ladder.lat[place]],
    slot: ladder.slots[place],
    offset: (rung) => [0, 1].map((axis) => offsets[(rung * count + place) * 2 + axis] * ladder.offsetUnit),
  }))
  const largestFirst = [...view.places].sort((one, other) => other.slot - one.slot || one.place - other.place)
  for (const place of largestFirst) {
    place.hair = make(view.layers.hairs, "line")
    place.mark = make(view.layers.marks, "g", { class: "mark", "data-site": place.id })
    place.town = make(view.layers.names, "text", { class: "town", "text-anchor": "middle" }, ladder.towns[place.place])
  }
  view.placeOf = new Map(view.places.map((place) => [place.column, place]))
  view.names = ladder.names.map(([name, recorded, width]) => ({
    width,
    node: make(view.layers.names, "text", { class: recorded ? "country" : "around", "text-anchor": "middle" }, name),
  }))
  view.rings = { lit: make(view.layers.rings, "circle", { class: "lit" }), chosen: make(view.layers.rings, "circle", { class: "chosen" }) }
  for (const [name, colour] of Object.entries(body.colours)) view.map.style.setProperty(`--${name}`, colour)
}

function findRung(ladder, zoom) {
  const step = ladder.zooms[1] - ladder.zooms[0]
  const exact = Math.min(Math.max((zoom - ladder.zooms[0]) / step, 0), ladder.zooms.length - 1)
  // A hair under a rung is that rung.
  const rung = Math.floor(exact + 1e-4)
  return [rung, Math.max(exact - rung, 0)]
}

// Where every mark stands now: pixels from the map's corner.
function placeMarks(view) {
  const { viewport, body } = view
  const [rung, share] = findRung(body.ladder, viewport.zoom)
  const next = Math.min(rung + 1, body.ladder.zooms.length - 1)
  const { scales } = body.ladder
  view.scale = scales[rung] + (scales[next] - scales[rung]) * share
  for (const place of view.places) {
    const [x, y] = viewport.project(place.at)
    const low = place.offset(rung)
    const high = place.offset(next)
    place.right = low[0] + (high[0] - low[0]) * share
    place.down = low[1] + (high[1] - low[1]) * share
    place.x = x + place.right
    place.y = y + place.down
    const cell = place.column < 0 ? 0 : view.cell(place.column)
    place.status = place.column < 0 ? 0 : view.now.status[cell]
    place.size = place.status ? view.now.size[cell] * body.sizeUnit * view.scale : 0
    place.marks = place.status ? view.now.marks[cell] : 0
  }
}

function drawMarks(view) {
  const { body } = view
  for (const place of view.places) {
    const isShown = place.status > 0
    put(place.mark, "display", isShown ? "inline" : "none")
    const isFar = isShown && Math.hypot(place.right, place.down) > HAIR_FROM * place.slot * view.scale
    put(place.hair, "display", isFar ? "inline" : "none")
    if (!isShown) continue
    drawMark(place.mark, body, place.status, { late: place.marks & body.bits.late, silent: place.marks & body.bits["no recent news"] })
    put(place.mark, "transform", `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)}) scale(${(place.size / 2).toFixed(2)})`)
    if (!isFar) continue
    const ends = { x1: place.x - place.right, y1: place.y - place.down, x2: place.x, y2: place.y }
    for (const name in ends) put(place.hair, name, ends[name].toFixed(1))
  }
}

// Names of the rung below; between rungs one that comes to touch a mark is left out.
function drawNames(view) {
  const { viewport, body } = view
  const { ladder } = body
  const [rung, share] = findRung(ladder, viewport.zoom)
  const shown = view.places.filter((place) => place.status)
  const touches = (x, y, width, height) =>
    share > 0 &&
    shown.some((place) => {
      const right = Math.max(Math.abs(place.x - x) - width / 2, 0)
      const down = Math.max(Math.abs(place.y - y) - height / 2, 0)
      return Math.hypot(right, down) < place.size / 2
    })
  const inRung = new Map(ladder.nameRungs[rung].map(([name, lon, lat]) => [name, [lon, lat]]))
  const [countryHeight, townHeight] = ladder.heights
  view.names.forEach(({ node, width }, name) => {
    const at = inRung.get(name)
    const [x, y] = at ? viewport.project(at) : [0, 0]
    // A name that the map's edge would cut is left out.
    const isWhole = x > width / 2 && y > countryHeight / 2 && x < viewport.width - width / 2 && y < viewport.height - countryHeight / 2
    const isShown = at && isWhole && !touches(x, y, width, countryHeight)
    put(node, "display", isShown ? "inline" : "none")
    if (isShown) put(node, "transform", `translate(${x.toFixed(1)} ${(y + 4.5).toFixed(1)})`)
  })
  const named = new Set(ladder.townRungs[rung])
  for (const place of view.places) {
    const isShown = place.status && named.has(place.place)
    put(place.town, "display", isShown ? "inline" : "none")
    if (isShown) put(place.town, "transform", `translate(${place.x.toFixed(1)} ${(place.y + (place.slot * view.scale) / 2 + townHeight / 2 + 6).toFixed(1)})`)
  }
}

function drawRings(view) {
  for (const [name, ring] of Object.entries(view.rings)) {
    const place = name === "lit" ? view.placeOf.get(view.lit) : view.places.find((one) => one.id === view.chosen)
    put(ring, "display", place?.status ? "inline" : "none")
    if (!place?.status) continue
    for (const [key, value] of Object.entries({ cx: place.x.toFixed(1), cy: place.y.toFixed(1), r: (place.size / 2 + 4).toFixed(1) })) put(ring, key, value)
  }
}

function drawMap(view) {
  if (!view.viewport) return
  placeMarks(view)
  drawMarks(view)
  drawNames(view)
  drawRings(view)
  if (view.lit !== null && view.tipped) showTip(view)
}

// Under the pointer

function hit(view, x, y) {
  let nearest = null
  let least = Infinity
  for (const place of view.places) {
    const distance = Math.hypot(place.x - x, place.y - y)
    if (place.status && distance <= place.size / 2 + SLACK && distance < least) {
      nearest = place
      least = distance
    }
  }
  return nearest
}

function showTip(view) {
  const place = view.placeOf.get(view.lit)
  if (!place?.status) {
    view.tip.hidden = true
    return
  }
  const site = view.body.sites[place.column]
  const says = view.describe(place.column)
  const rows = [
    [site.name, "name"],
    [`${site.maker} · ${site.town || "town not published"}, ${site.country}`, ""],
    [says.status, "status"],
    [says.date, ""],
    [says.late, "late"],
  ].filter(([text]) => text)
  const key = JSON.stringify(rows)
  if (view.tip.dataset.says !== key) {
    view.tip.dataset.says = key
    view.tip.replaceChildren(...rows.map(([text, className]) => build("div", className, text)))
  }
  view.tip.hidden = false
  const { width, height } = view.viewport
  const { offsetWidth, offsetHeight } = view.tip
  const left = place.x + 16 + offsetWidth > width ? place.x - 16 - offsetWidth : place.x + 16
  view.tip.style.left = `${Math.max(left, 4)}px`
  view.tip.style.top = `${Math.min(Math.max(place.y - offsetHeight / 2, 4), height - offsetHeight - 4)}px`
}

function light(view, column, isTipped) {
  if (view.lit === column && view.tipped === isTipped) return
  view.lit = column
  view.tipped = isTipped && column !== null
  if (!view.tipped) view.tip.hidden = true
  view.frame?.classList.toggle("on-mark", view.tipped)
  view.lightRow()
  if (!view.viewport) return
  drawRings(view)
  if (view.tipped) showTip(view)
}

function watchPointer(view, chart) {
  if (view.watched === chart || !chart) return
  view.watched = chart
  const at = (event) => {
    const box = view.map.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }
  chart.addEventListener("pointermove", (event) => {
    if (!view.viewport || event.buttons) return
    const place = hit(view, ...at(event))
    light(view, place ? place.column : null, true)
  })
  chart.addEventListener("pointerleave", () => light(view, null, false))
  chart.addEventListener("pointerdown", (event) => {
    view.pressed = [event.clientX, event.clientY]
    view.focus.focus({ preventScroll: true })
  })
  chart.addEventListener("click", (event) => {
    if (!view.viewport || !view.pressed || Math.hypot(event.clientX - view.pressed[0], event.clientY - view.pressed[1]) > 5) return
    const place = hit(view, ...at(event))
    if (place) return view.choose(place.id)
    const [lon, lat] = view.viewport.unproject(at(event))
    view.tell("place", { lon, lat })
  })
}

// The key: what each mark means, how many plants there are of it; pressed it shows only those.
function layKey(view) {
  const { body, head } = view
  const entries = body.key.groups.map((words, group) => {
    const codes = body.key.codes[group]
    const button = build("button")
    button.type = "button"
    button.append(drawGlyph(body, codes[0], {}), build("span", "", words), build("b"))
    button.onclick = () => view.tell("group", { group: words })
    button.disabled = !head.list
    return button
  })
  const sample = (flags, words) => {
    const row = build("div", "sample")
    row.append(drawGlyph(body, body.key.codes[0][0], flags), build("span", "", words))
    return row
  }
  view.key.replaceChildren(...entries, sample({ late: true }, body.words.late), sample({ silent: true }, body.words.silent))
  view.keyButtons = entries
}

function drawKey(view) {
  const count = view.keyButtons.length
  view.keyButtons.forEach((button, group) => {
    const number = view.now.groups[view.day * count + group]
    write(button.querySelector("b"), String(number))
    const chosen = view.head.groups.includes(view.body.key.groups[group])
    put(button, "aria-pressed", chosen)
    button.classList.toggle("off", view.head.groups.length > 0 && !chosen)
  })
}
