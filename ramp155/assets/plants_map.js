// The marks and names of the map, drawn over deck.gl's ground and moved with it. deck.gl is found through React's
// own tree, as Streamlit gives no way to it; where it is not found the view that the server knows holds.
import { findKept } from "./react.js"

/** @typedef {import("./types").Viewport} Viewport */
/** @typedef {import("./types").Deck} Deck */
/** @typedef {{late?: boolean, silent?: boolean}} Flags of a mark */
/**
 * Where marks and names stand at each rung of zoom.
 * @typedef {{zooms: number[], scales: number[], offsets: string, offsetUnit: number, sites: string[], lat: number[], lon: number[],
 *   slots: number[], names: [name: string, recorded: boolean, width: number][], nameRungs: [name: number, lon: number, lat: number][][],
 *   townRungs: number[][], towns: string[], heights: [country: number, town: number]}} Ladder
 */
/**
 * Every day of one kind of knowledge: cells by day and site, numbers by day and group, and sentences by day.
 * @template [Cells=Uint8Array]
 * @template [Steps=Uint16Array]
 * @typedef {{status: Cells, marks: Cells, lateness: Cells, late_products: Cells, ahead: Cells, size: Cells, groups: Cells,
 *   coming: Steps, reached: Steps, heading: string[], opened: string[], late: string[], soon: string[]}} Known
 */
/**
 * What the server sends of the record (`ramp155/pictures/map/live/body.py`).
 * @template [K=Known]
 * @typedef {{days: string[], sites: {id: string, name: string, maker: string, products: string, town: string, country: string}[],
 *   known: K[], ladder: Ladder, key: {groups: string[], codes: number[][]}, marks: {path: string, colour: string, line: number}[],
 *   words: {statuses: string[], ahead: string[], products: string[], marks: Record<string, string>, coming: string[],
 *     reached: string[], late: string, silent: string, rank: number[]},
 *   colours: Record<string, string>, dot: {place: number, radius: number}, silent: number, sizeUnit: number,
 *   bits: Record<string, number>}} Body
 */
/**
 * What it says of this page.
 * @typedef {{version: string, key: string, list: boolean, follows: boolean, site: string, pick: string, groups: string[],
 *   open?: {site: string, sentences: string[], by_day: number[][][]} | null, day: string, index: number, hindsight: boolean,
 *   bounds: [west: number, south: number, east: number, north: number], whole: boolean, fit: string,
 *   view: {zoom: number, latitude: number, longitude: number}, zooms: {least: number, most: number}, alt: string}} Head
 */
/**
 * A mark: its place on the map, its column in the tables, and where it stands now.
 * @typedef {{id: string, place: number, column: number, at: [number, number], slot: number, offset: (rung: number) => number[],
 *   hair: SVGElement, mark: SVGElement, town: SVGElement, right: number, down: number, x: number, y: number, status: number,
 *   size: number, marks: number}} Place
 */
/** @typedef {"name" | "status" | "date" | "late"} Column of the list */
/**
 * A plant's row in the list.
 * @typedef {{row: HTMLElement, parts: {glyph: SVGElement, word: HTMLElement, notes: HTMLElement, coming: HTMLElement,
 *   reached: HTMLElement, late: HTMLElement}, column: number, id: string, isShown: boolean | null}} Line
 */
/** @typedef {ReturnType<typeof import("./plants_list.js").describe>} Description what a list or tooltip says of a plant */
/**
 * Map and list.
 * @typedef {{map: HTMLElement, focus: HTMLElement, tip: HTMLElement, key: HTMLElement, list: HTMLElement, scroller: HTMLElement,
 *   heading: HTMLElement, picks: HTMLElement, headRow: HTMLElement, tbody: HTMLElement, none: HTMLElement,
 *   layers: Record<"names" | "hairs" | "marks" | "rings", Element>, lit: number | null, tipped: boolean,
 *   sort: {id: Column, down: boolean}, chosen: string, head: Head, body: Body, day: number, known: number, now: Known,
 *   places: Place[], placeOf: Map<number, Place>, names: {width: number, node: SVGElement}[], rings: Record<string, SVGElement>,
 *   rows?: Line[], opened: HTMLElement, openedCell: HTMLTableCellElement, keyButtons: HTMLButtonElement[], scale: number,
 *   cell: (column: number) => number, describe: (column: number) => Description, row: (id: string) => HTMLElement | undefined,
 *   lightRow: () => void, tell: (name: string, value: unknown) => void, choose: (id: string) => void, frameAsked: number,
 *   onMonth: (event: CustomEvent<import("./types").Month>) => void, frame?: Element | null, chart?: HTMLElement | null,
 *   deck?: Deck | null, viewport?: Viewport | null, viewKey?: string, fitKey?: string, firstLook?: number, lookedAt?: number,
 *   watched?: Element, pressed?: [number, number], settling?: number, mustShow?: boolean}} View
 */

const NS = "http://www.w3.org/2000/svg"
const HAIR_FROM = 0.6 // a mark moved further than this share of its width gets a hair line to its town
const PATIENCE = 6000 // milliseconds in which deck.gl is waited for
const SLACK = 4 // pixels round a mark that still answer to the pointer
const FIT_ROOM = 24 // pixels left free round plants that are all brought into sight
const CLOSEST_FIT = 5 // the zoom at which fitting stops

/** @param {string} text */
export const decode = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
/** @param {string} text */
export const decode16 = (text) => new Uint16Array(decode(text).buffer)

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {Element | null} parent
 * @param {T} name
 * @param {Record<string, string | number>} [attributes]
 * @param {string | null} [text]
 */
export function make(parent, name, attributes = {}, text = null) {
  const node = document.createElementNS(NS, name)
  for (const key in attributes) node.setAttribute(key, String(attributes[key]))
  if (text !== null) node.textContent = text
  parent?.appendChild(node)
  return node
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name
 * @param {string} [className]
 * @param {string | null} [text]
 */
export function build(name, className = "", text = null) {
  const node = document.createElement(name)
  if (className) node.className = className
  if (text !== null) node.textContent = text
  return node
}

/** @param {Element} node @param {string} text */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text
}

// A value is set only where it differs: most of a picture stays from month to month.
/** @param {Element} node @param {string} name @param {unknown} value */
export function put(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value))
}

// A status's mark in a square from -1 to 1: a disc of paper, the shape, and the dot of a late plant.
/** @param {SVGElement} node @param {Body} body @param {number} status @param {Flags} flags */
export function drawMark(node, body, status, { late = false, silent = false } = {}) {
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

// Of a mark's bits what its drawing shows.
/** @param {Body} body @param {number} bits @returns {Flags} */
export const flagOf = (body, bits) => ({ late: (bits & body.bits.late) > 0, silent: (bits & body.bits["no recent news"]) > 0 })

/** @param {Body} body @param {number} status @param {Flags} flags */
function drawGlyph(body, status, flags) {
  const svg = make(null, "svg", { viewBox: "-1.25 -1.25 2.5 2.5", width: 18, height: 18, "aria-hidden": "true" })
  drawMark(make(svg, "g"), body, status, flags)
  return svg
}

// Where the map looks

/** @param {Element | null | undefined} chart @returns {Deck | null} */
function findDeck(chart) {
  return findKept(chart?.querySelector("canvas"), 40, (kept) => {
    const deck = kept?.current?.deck
    return deck?.getViewports ? deck : null
  })
}

/** @param {number} lat */
const mercator = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))

// The view that the server knows, as deck.gl would have it.
/** @param {View} view @returns {Viewport} */
export function plainView(view) {
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
/** @param {Deck | null | undefined} deck */
function readViewport(deck) {
  try {
    return deck?.getViewports()[0] ?? null
  } catch {
    return null
  }
}

/** @param {View} view */
export function findViewport(view) {
  view.firstLook ??= performance.now()
  if (!view.chart?.isConnected) view.chart = /** @type {HTMLElement | null | undefined} */ (view.frame?.querySelector("[data-testid=stDeckGlJsonChart]"))
  if (!readViewport(view.deck) || view.deck?.canvas?.isConnected === false) {
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

/** @param {View} view @param {number} longitude @param {number} latitude @param {number} zoom */
function turnTo(view, longitude, latitude, zoom) {
  const { deck } = view
  if (!deck) return view.tell("moved", { longitude, latitude, zoom })
  const { width, height } = view.viewport ?? { width: 0, height: 0 }
  const { least, most } = view.head.zooms
  const viewState = { ...deck.props.viewState, longitude, latitude: Math.min(Math.max(latitude, 20), 75), zoom: Math.min(Math.max(zoom, least), most), width, height }
  deck.props.onViewStateChange({ viewId: "default-view", viewState, interactionState: {}, oldViewState: deck.props.viewState })
}

// Turned so that all are whole in sight, on a rung of the ladder: there marks and names are known to keep apart.
/** @param {View} view @param {Viewport} viewport */
export function fit(view, viewport) {
  const [west, south, east, north] = view.head.bounds
  const across = Math.max(east - west, 0.5) / 360
  const up = Math.max(mercator(north) - mercator(south), 0.01) / (2 * Math.PI)
  // All of Europe leaves the key the sea; what is closer lies beside it.
  const isUnderKey = !view.head.whole && view.key.offsetTop < view.map.clientHeight
  const left = isUnderKey ? view.key.offsetLeft + view.key.offsetWidth : 0
  const room = (/** @type {number} */ size) => Math.max(size - 2 * FIT_ROOM, 60) / 512
  const exact = Math.log2(Math.min(room(viewport.width - left) / across, room(viewport.height) / up))
  const { zooms } = view.body.ladder
  const zoom = Math.min(zooms.filter((rung) => rung <= exact + 0.01).pop() ?? zooms[0], CLOSEST_FIT)
  const middle = (mercator(north) + mercator(south)) / 2
  const shift = (left / 2 / (512 * 2 ** zoom)) * 360
  turnTo(view, (west + east) / 2 - shift, (Math.atan(Math.sinh(middle)) * 180) / Math.PI, zoom)
}

/** @param {View} view @param {number} step */
export function zoomBy(view, step) {
  if (!view.viewport) return
  const { longitude, latitude, zoom } = view.viewport
  turnTo(view, longitude, latitude, zoom + step)
}

/** @param {View} view @param {number} right @param {number} down */
function moveBy(view, right, down) {
  if (!view.viewport) return
  const { width, height } = view.viewport
  const [longitude, latitude] = view.viewport.unproject([width / 2 + right, height / 2 + down])
  turnTo(view, longitude, latitude, view.viewport.zoom)
}

/** @type {Record<string, (view: View) => void>} */
export const KEYS = {
  "+": (view) => zoomBy(view, 0.5),
  "=": (view) => zoomBy(view, 0.5),
  "-": (view) => zoomBy(view, -0.5),
  _: (view) => zoomBy(view, -0.5),
  0: (view) => view.viewport && fit(view, view.viewport),
  ArrowLeft: (view) => moveBy(view, -60, 0),
  ArrowRight: (view) => moveBy(view, 60, 0),
  ArrowUp: (view) => moveBy(view, 0, -60),
  ArrowDown: (view) => moveBy(view, 0, 60),
}

// Marks and names

/** @param {View} view */
export function layMap(view) {
  const { body } = view
  const { ladder } = body
  const column = new Map(body.sites.map((site, place) => [site.id, place]))
  for (const layer of Object.values(view.layers)) layer.replaceChildren()
  const offsets = new Int16Array(decode(ladder.offsets).buffer)
  const count = ladder.sites.length
  view.places = ladder.sites.map((id, place) => {
    const offset = (/** @type {number} */ rung) => [0, 1].map((axis) => offsets[(rung * count + place) * 2 + axis] * ladder.offsetUnit)
    const at = [ladder.lon[place], ladder.lat[place]]
    return /** @type {Place} */ ({ id, place, column: column.get(id) ?? -1, at, slot: ladder.slots[place], offset })
  })
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

/** @param {Ladder} ladder @param {number} zoom @returns {[rung: number, share: number]} */
export function findRung(ladder, zoom) {
  const step = ladder.zooms[1] - ladder.zooms[0]
  const exact = Math.min(Math.max((zoom - ladder.zooms[0]) / step, 0), ladder.zooms.length - 1)
  // A hair under a rung is that rung.
  const rung = Math.floor(exact + 1e-4)
  return [rung, Math.max(exact - rung, 0)]
}

// Where every mark stands now: pixels from the map's corner.
/** @param {View} view */
function placeMarks(view) {
  const { viewport, body } = view
  if (!viewport) return
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

/** @param {View} view */
function drawMarks(view) {
  const { body } = view
  for (const place of view.places) {
    const isShown = place.status > 0
    put(place.mark, "display", isShown ? "inline" : "none")
    const isFar = isShown && Math.hypot(place.right, place.down) > HAIR_FROM * place.slot * view.scale
    put(place.hair, "display", isFar ? "inline" : "none")
    if (!isShown) continue
    drawMark(place.mark, body, place.status, flagOf(body, place.marks))
    put(place.mark, "transform", `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)}) scale(${(place.size / 2).toFixed(2)})`)
    if (!isFar) continue
    /** @type {Record<string, number>} */
    const ends = { x1: place.x - place.right, y1: place.y - place.down, x2: place.x, y2: place.y }
    for (const name in ends) put(place.hair, name, ends[name].toFixed(1))
  }
}

// Names of the rung below; between rungs one that comes to touch a mark is left out.
/** @param {View} view */
function drawNames(view) {
  const { viewport, body } = view
  if (!viewport) return
  const { ladder } = body
  const [rung, share] = findRung(ladder, viewport.zoom)
  const shown = view.places.filter((place) => place.status)
  const touches = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ width, /** @type {number} */ height) =>
    share > 0 &&
    shown.some((place) => {
      const right = Math.max(Math.abs(place.x - x) - width / 2, 0)
      const down = Math.max(Math.abs(place.y - y) - height / 2, 0)
      return Math.hypot(right, down) < place.size / 2
    })
  /** @type {Map<number, [number, number]>} */
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

/** @param {View} view */
function drawRings(view) {
  for (const [name, ring] of Object.entries(view.rings)) {
    const place = name === "lit" ? view.placeOf.get(view.lit ?? -1) : view.places.find((one) => one.id === view.chosen)
    put(ring, "display", place?.status ? "inline" : "none")
    if (!place?.status) continue
    for (const [key, value] of Object.entries({ cx: place.x.toFixed(1), cy: place.y.toFixed(1), r: (place.size / 2 + 4).toFixed(1) })) put(ring, key, value)
  }
}

/** @param {View} view */
export function drawMap(view) {
  if (!view.viewport) return
  placeMarks(view)
  drawMarks(view)
  drawNames(view)
  drawRings(view)
  if (view.lit !== null && view.tipped) showTip(view)
}

// Under the pointer

/** @param {View} view @param {number} x @param {number} y */
export function hit(view, x, y) {
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

/** @param {View} view */
function showTip(view) {
  const place = view.placeOf.get(view.lit ?? -1)
  if (!place?.status || !view.viewport) {
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

/** @param {View} view @param {number | null} column @param {boolean} isTipped */
export function light(view, column, isTipped) {
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

/** @param {View} view @param {HTMLElement | null | undefined} chart */
export function watchPointer(view, chart) {
  if (view.watched === chart || !chart) return
  view.watched = chart
  /** @type {(event: MouseEvent) => [number, number]} */
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
/** @param {View} view */
export function layKey(view) {
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
  /** @param {Flags} flags @param {string} words */
  const sample = (flags, words) => {
    const row = build("div", "sample")
    row.append(drawGlyph(body, body.key.codes[0][0], flags), build("span", "", words))
    return row
  }
  view.key.replaceChildren(...entries, sample({ late: true }, body.words.late), sample({ silent: true }, body.words.silent))
  view.keyButtons = entries
}

/** @param {View} view */
export function drawKey(view) {
  const count = view.keyButtons.length
  view.keyButtons.forEach((button, group) => {
    const number = view.now.groups[view.day * count + group]
    write(/** @type {Element} */ (button.querySelector("b")), String(number))
    const chosen = view.head.groups.includes(view.body.key.groups[group])
    put(button, "aria-pressed", chosen)
    button.classList.toggle("off", view.head.groups.length > 0 && !chosen)
  })
}
