// Map and list of plants, as one: what is chosen, lit or filtered in either holds in both. They follow the month
// slider frame by frame; the server hears only of clicks.
const views = new WeakMap()
const PICKS = ["all", "opened", "late", "soon"]

function unpack(body) {
  for (const known of body.known) {
    for (const name of ["status", "marks", "lateness", "late_products", "ahead", "size", "groups"]) known[name] = decode(known[name])
    for (const name of ["coming", "reached"]) known[name] = decode16(known[name])
  }
  body.words.rank = body.words.statuses.map((_, code) => -body.key.codes.findIndex((codes) => codes.includes(code)))
  for (const code of body.key.codes.at(-1)) body.words.rank[code] = body.key.codes.length
  return body
}

function openView(parentElement) {
  const find = (where) => parentElement.querySelector(where)
  const view = {
    map: find(".map"), focus: find(".focus"), tip: find(".tip"), key: find(".key"), list: find(".list"), scroller: find(".rows"),
    heading: find(".heading"), picks: find(".picks"), headRow: find("thead tr"), tbody: find("tbody"), none: find(".none"),
    layers: { names: find(".names"), hairs: find(".hairs"), marks: find(".marks"), rings: find(".rings") },
    lit: null, tipped: false, sort: { id: "late", down: false }, chosen: "",
  }
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
  for (const button of parentElement.querySelectorAll("[data-zoom]")) {
    button.onclick = () => {
      if (!view.viewport) return
      if (button.dataset.zoom === "home") fit(view, view.viewport)
      else zoomBy(view, button.dataset.zoom === "in" ? 1 : -1)
    }
  }
  view.map.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey || !view.viewport) return
    if (event.target.closest?.("button") && !"+-=_0".includes(event.key)) return
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

function turnToMonth(view, { day, index, hindsight }) {
  const place = view.body.days.indexOf(day)
  view.day = place >= 0 ? place : Math.min(index, view.body.days.length - 1)
  view.known = hindsight ? 1 : 0
  view.now = view.body.known[view.known]
}

// The map moved, came or changed its size: marks go with it.
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

function draw(view, isSettled) {
  drawMap(view)
  drawKey(view)
  if (view.head.list) drawList(view, isSettled)
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component
  const text = new TextDecoder().decode(data)
  const cut = text.indexOf("\n")
  let view = views.get(parentElement)
  if (!view) views.set(parentElement, (view = openView(parentElement)))
  const before = view.head
  view.head = JSON.parse(text.slice(0, cut))
  view.tell = (name, value) => setTriggerValue(name, value)
  view.choose = (id) => {
    view.chosen = id
    view.tell("chosen", { site: id })
    draw(view, true)
    bringInSight(view, view.row(id))
  }
  view.frame = parentElement.getRootNode().host?.closest(`.st-key-${view.head.key}_frame`)
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
  const isDragged = view.head.follows && window.ramp155Month
  turnToMonth(view, isDragged ? window.ramp155Month : view.head)
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
