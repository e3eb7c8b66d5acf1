// Map and list of plants, as one: what is chosen, lit or filtered in either holds in both. They follow the month
// slider frame by frame; the server hears only of clicks.
import { bringInSight, describe, drawList, layList, lightRow } from "./plants_list.js"
import { build, decode, decode16, drawKey, drawMap, findViewport, fit, KEYS, layKey, layMap, watchPointer, zoomBy } from "./plants_map.js"

/** @typedef {import("./plants_map.js").View} View */
/** @typedef {import("./plants_map.js").Body} Body */
/** @typedef {import("./plants_map.js").Known<string, string>} PackedKnown */
/** @typedef {import("./plants_map.js").Body<PackedKnown>} Packed */

/** @type {WeakMap<object, View>} */
const views = new WeakMap()
const PICKS = ["all", "opened", "late", "soon"]

/** @param {Packed} packed @returns {Body} */
function unpack(packed) {
  const known = packed.known.map((of) => ({
    ...of,
    status: decode(of.status),
    marks: decode(of.marks),
    lateness: decode(of.lateness),
    late_products: decode(of.late_products),
    ahead: decode(of.ahead),
    size: decode(of.size),
    groups: decode(of.groups),
    coming: decode16(of.coming),
    reached: decode16(of.reached),
  }))
  const { codes } = packed.key
  const rank = packed.words.statuses.map((_, code) => -codes.findIndex((group) => group.includes(code)))
  for (const code of codes[codes.length - 1]) rank[code] = codes.length
  return { ...packed, known, words: { ...packed.words, rank } }
}

/** @param {HTMLElement} parentElement */
function openView(parentElement) {
  const find = (/** @type {string} */ where) => /** @type {HTMLElement} */ (parentElement.querySelector(where))
  const view = /** @type {View} */ (/** @type {unknown} */ ({
    map: find(".map"), focus: find(".focus"), tip: find(".tip"), key: find(".key"), list: find(".list"), scroller: find(".rows"),
    heading: find(".heading"), picks: find(".picks"), headRow: find("thead tr"), tbody: find("tbody"), none: find(".none"),
    layers: { names: find(".names"), hairs: find(".hairs"), marks: find(".marks"), rings: find(".rings") },
    lit: null, tipped: false, sort: { id: "late", down: false }, chosen: "",
  }))
  view.cell = (column) => view.day * view.body.sites.length + column
  view.describe = (column) => describe(view, column)
  view.row = (id) => view.rows?.find((line) => line.id === id)?.row
  view.lightRow = () => lightRow(view)
  view.picks.replaceChildren(
    ...PICKS.map((pick) => {
      const button = build("button")
      button.type = "button"
      button.dataset.pick = pick
      button.onclick = () => view.tell("pick", { pick: pick === "all" || view.head.pick === pick ? "" : pick })
      return button
    }),
  )
  for (const node of parentElement.querySelectorAll("[data-zoom]")) {
    const button = /** @type {HTMLElement} */ (node)
    button.onclick = () => {
      if (!view.viewport) return
      if (button.dataset.zoom === "home") fit(view, view.viewport)
      else zoomBy(view, button.dataset.zoom === "in" ? 1 : -1)
    }
  }
  view.map.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey || !view.viewport) return
    if (event.target instanceof Element && event.target.closest("button") && !"+-=_0".includes(event.key)) return
    event.preventDefault()
    KEYS[event.key](view)
  })
  view.onMonth = (event) => {
    if (!view.head.follows) return
    turnToMonth(view, event.detail)
    draw(view, false)
  }
  document.addEventListener("ramp155:month", view.onMonth)
  const watch = () => {
    if (!parentElement.isConnected) return
    view.frameAsked = requestAnimationFrame(watch)
    follow(view)
  }
  view.frameAsked = requestAnimationFrame(watch)
  return view
}

/** @param {View} view @param {import("./types").Month} month */
function turnToMonth(view, { day, index, hindsight }) {
  const place = view.body.days.indexOf(day)
  view.day = place >= 0 ? place : Math.min(index, view.body.days.length - 1)
  view.known = hindsight ? 1 : 0
  view.now = view.body.known[view.known]
}

// The map moved, came or changed its size: marks go with it.
/** @param {View} view */
function follow(view) {
  const viewport = findViewport(view)
  watchPointer(view, view.map.classList.contains("fixed") ? view.map : view.chart)
  if (!viewport) return
  const { zoom, longitude, latitude, width, height } = viewport
  const key = `${zoom} ${longitude} ${latitude} ${width} ${height}`
  view.viewport = viewport
  const fitKey = `${view.head.fit} ${width} ${height}`
  // deck.gl's first pictures are of no size, or of one that is yet to change.
  const isSettled = Math.abs(width - view.map.clientWidth) < 2 && Math.abs(height - view.map.clientHeight) < 2
  if (view.deck && view.fitKey !== fitKey) {
    if (!isSettled || ![zoom, longitude, latitude].every(Number.isFinite)) return
    view.fitKey = fitKey
    fit(view, viewport)
    return
  }
  if (view.viewKey === key) return
  view.viewKey = key
  view.map.classList.add("ready")
  drawMap(view)
}

/** @param {View} view @param {boolean} isSettled */
function draw(view, isSettled) {
  drawMap(view)
  drawKey(view)
  if (view.head.list) drawList(view, isSettled)
}

/** @param {import("./types").Component} component */
export default function (component) {
  const { parentElement, data, setTriggerValue } = component
  const text = new TextDecoder().decode(data)
  const cut = text.indexOf("\n")
  const view = views.get(parentElement) ?? openView(parentElement)
  views.set(parentElement, view)
  /** @type {import("./plants_map.js").Head | undefined} */
  const before = view.head
  view.head = JSON.parse(text.slice(0, cut))
  view.tell = (name, value) => setTriggerValue(name, value)
  view.choose = (id) => {
    view.chosen = id
    view.tell("chosen", { site: id })
    draw(view, true)
    bringInSight(view, view.row(id))
  }
  const root = parentElement.getRootNode()
  view.frame = (root instanceof ShadowRoot ? root.host : null)?.closest(`.st-key-${view.head.key}_frame`)
  view.list.hidden = !view.head.list
  view.focus.setAttribute("aria-label", view.head.alt)
  if (before?.version !== view.head.version) {
    view.body = unpack(JSON.parse(text.slice(cut + 1)))
    layMap(view)
    layKey(view)
    layList(view)
  }
  // What was chosen elsewhere counts once; a click of one's own is ahead of the server.
  if (!before || before.site !== view.head.site) {
    view.chosen = view.head.site
    view.mustShow = true
  }
  const { follows } = view.head
  turnToMonth(view, (follows && window.ramp155Month) || view.head)
  draw(view, true)
  if (view.mustShow) bringInSight(view, view.row(view.chosen))
  view.mustShow = false
  return () => {
    cancelAnimationFrame(view.frameAsked)
    clearTimeout(view.settling)
    document.removeEventListener("ramp155:month", view.onMonth)
    views.delete(parentElement)
  }
}
