// The charts, title and sentences of a page follow the nitrocellulose lever each frame, without the server. The charts
// stay Streamlit's: their Vega views are found through React's own tree, as Streamlit gives no way to them, and given
// new rows. Words are written on a copy laid over Streamlit's, which comes off once the page is drawn anew. What is let
// go comes back from the server in words, to the digit. Where a view is not found, or the rows have not come yet, the
// lever is told so, and the server draws the page.
const POSITIONS = 5 // percent between two positions of which rows were sent
const SOON = 600 // milliseconds of rest after which rows that the server has ready are asked for
const LATER = 2000 // as long, for rows it has to work out
const AGAIN = 700 // milliseconds until it is asked whether they are ready
const UNSEEN = 120 // milliseconds of rest after which charts out of sight are drawn as well
const OVERDRAWN = [0, 120] // milliseconds after the server drew an older position, in which it may have to be undone
const PLACE = "follow_place" // of a row given to Vega: its place in the table
const SPAN = "follow_span" // and the span of positions it belongs to
const followers = new WeakMap()

const readFloats = (text) => new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer)

export function unpack(body) {
  for (const tables of Object.values(body.pictures))
    for (const spans of Object.values(tables))
      for (const span of spans) for (const cells of Object.values(span.moving)) cells.numbers = readFloats(cells.numbers)
  return body
}

// Where in a table's spans a position of the lever lies: the span, and how far within it.
function findPlace(spans, percent) {
  const place = percent / POSITIONS
  const nearest = Math.round(place)
  const span = spans.find(({ first, last }) => first <= nearest && nearest <= last)
  return { span, within: Math.min(Math.max(place, span.first), span.last) - span.first }
}

// The rows of a table at a position, new objects each, for Vega marks what it is given; of those in `only` alone where
// it is given. Each bears its place in the table.
export function layRows(spans, percent, only = null) {
  const { span, within } = findPlace(spans, percent)
  const lower = Math.max(Math.min(Math.floor(within), span.last - span.first - 1), 0)
  const part = within - lower
  const rows = (only ?? span.rows.map((_, place) => place)).map((place) => ({ ...span.rows[place], [PLACE]: place, [SPAN]: span.first }))
  const laid = only ? new Map(rows.map((row) => [row[PLACE], row])) : rows
  for (const [column, { rows: places, numbers, turned }] of Object.entries(span.moving)) {
    const width = places.length
    for (let k = 0; k < width; k++) {
      const low = numbers[lower * width + k]
      const high = part === 0 ? low : numbers[(lower + 1) * width + k]
      const between = low === high ? low : low * (1 - part) + high * part
      const number = turned ? 1 / between : between
      const row = only ? laid.get(places[k]) : laid[places[k]]
      row[column] = Number.isNaN(number) ? null : number
    }
  }
  return rows
}

// Vega's own maker of changes, which gives numbers of rows that stay another value: it is reached by looking at what
// `view.data` would have made. Null where that is no longer so.
function findChangeset(view, name) {
  let changes = null
  const pulse = (_, given) => (changes = given)
  view.data.call(Object.create(view, { pulse: { value: pulse } }), name, [])
  return typeof changes?.constructor === "function" && changes.modify ? changes.constructor : null
}

// New numbers for the rows of a table of a chart: what Vega works out of a new row takes longer than the row.
function moveTable(view, name, spans, percent) {
  const { span } = findPlace(spans, percent)
  const present = view.data(name)
  const isOurs = present.length === span.rows.length && present.every((row) => row[PLACE] !== undefined && row[SPAN] === span.first)
  const changeset = isOurs && findChangeset(view, name)
  if (!changeset) {
    view.data(name, layRows(spans, percent))
    return true
  }
  span.places ??= [...new Set(Object.values(span.moving).flatMap(({ rows }) => rows))]
  if (!span.places.length) return false
  const changes = changeset()
  const tuples = new Map(present.map((tuple) => [tuple[PLACE], tuple]))
  for (const row of layRows(spans, percent, span.places)) {
    const tuple = tuples.get(row[PLACE])
    for (const column in span.moving) if (tuple[column] !== row[column]) changes.modify(tuple, column, row[column])
  }
  view.change(name, changes)
  return true
}

// What stands at a position, of texts for each whole percent or for each position of which rows were sent.
export const readText = ({ texts, at }, percent) => texts[at[at.length > 200 ? percent : Math.round(percent / POSITIONS)]]

// The place in React's tree where Streamlit keeps a chart's Vega view: it stays while the view changes.
function findHolder(chart) {
  let element = chart
  const isFiber = (name) => name.startsWith("__reactFiber")
  while (element && !Object.keys(element).some(isFiber)) element = element.parentElement
  let fiber = element && element[Object.keys(element).find(isFiber)]
  for (let depth = 0; fiber && depth < 12; depth++, fiber = fiber.return) {
    let hook = fiber.memoizedState
    for (let place = 0; hook && typeof hook === "object" && place < 60; place++, hook = hook.next) {
      const view = hook.memoizedState?.current
      if (view?.runAsync && view.data && view.signal) return hook.memoizedState
    }
  }
  return null
}

function findView(follower, key) {
  const charts = (follower.charts ??= {})
  const chart = charts[key]
  if (chart?.element.isConnected && chart.holder.current) return chart.holder.current
  const heading = document.querySelector(`.st-key-head_${key}`)
  const isAfter = (one) => heading.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING
  const element = heading && [...document.querySelectorAll("[data-testid=stVegaLiteChart]")].find(isAfter)
  const holder = element && findHolder(element)
  if (!holder) return null
  charts[key] = { element, holder }
  return holder.current
}

const isInSight = (element) => {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < innerHeight
}

// Charts in sight, or with `all` those as well that are not; none twice for a position.
async function drawCharts(follower, percent, all) {
  const drawn = []
  for (const [name, tables] of Object.entries(follower.body.pictures)) {
    const key = follower.head.charts[name]
    const view = findView(follower, key)
    const chart = follower.charts[key]
    if (!view || chart.percent === percent || !(all || isInSight(chart.element))) continue
    const moved = Object.entries(tables).map(([table, spans]) => moveTable(view, table, spans, percent))
    chart.percent = percent
    if (moved.includes(true)) drawn.push(view.runAsync())
  }
  await Promise.all(drawn)
}

function tellLever(titles, isFollowed) {
  window.ramp155Followed = { titles, isFollowed }
  document.dispatchEvent(new CustomEvent("ramp155:supply-followed", { detail: window.ramp155Followed }))
}

// Tell the lever what its positions are called, and whether all charts follow it.
function announce(follower) {
  const { body, head } = follower
  const isFollowed = Boolean(body) && Object.keys(body.pictures).every((name) => findView(follower, head.charts[name]))
  if (follower.announced === body && follower.isFollowed === isFollowed) return
  Object.assign(follower, { announced: body, isFollowed })
  const titles = body && Array.from({ length: 201 }, (_, percent) => readText(body.words.title, percent))
  tellLever(titles, isFollowed)
}

// **Bold** parts and paragraphs, as the page's sentences carry them; never read as HTML.
function writeWords(node, text) {
  if (node.dataset.text === text) return
  node.dataset.text = text
  const write = (line) =>
    line.split("**").map((part, k) => {
      const piece = document.createElement(k % 2 ? "strong" : "span")
      piece.textContent = part
      return piece
    })
  const [first] = node.querySelectorAll("h2, p")
  if (!first) return
  if (first.localName === "h2") return first.replaceChildren(...write(text))
  const paragraphs = text.split("\n\n").map((line) => {
    const paragraph = first.cloneNode(false)
    paragraph.replaceChildren(...write(line))
    return paragraph
  })
  first.parentElement.replaceChildren(...paragraphs)
}

// A copy of what Streamlit wrote, shown in its place: what React made is never changed.
function cover(follower, name, text) {
  const key = follower.head.words[name]
  const original = document.querySelector(`.st-key-${key} [data-testid=stMarkdown]:not([data-follow])`)
  if (!original) return
  let copy = follower.copies.get(name)
  if (!copy?.isConnected || copy.previousSibling !== original) {
    copy?.remove()
    copy = original.cloneNode(true)
    copy.dataset.follow = name
    for (const node of copy.querySelectorAll("[id]")) node.removeAttribute("id")
    original.after(copy)
    follower.copies.set(name, copy)
  }
  original.style.setProperty("display", "none")
  writeWords(copy, text)
}

function uncover(follower) {
  for (const copy of follower.copies.values()) {
    copy.previousSibling?.style?.removeProperty("display")
    copy.remove()
  }
  follower.copies.clear()
}

function coverAll(follower, percent, exact) {
  for (const [name, texts] of Object.entries(follower.body.words)) cover(follower, name, exact?.words[name] ?? readText(texts, percent))
}

// One picture at a time: what the lever did meanwhile is drawn after it as one. What is out of sight comes after it rests.
async function draw(follower, all = false) {
  if (follower.isDrawing) return (follower.isStale = true)
  if (!follower.body) return
  follower.isDrawing = true
  clearTimeout(follower.rest)
  do {
    follower.isStale = false
    const { percent, shown, exact } = window.ramp155Supply
    const answer = exact?.percent === percent ? exact : null
    if (percent === shown) uncover(follower)
    else coverAll(follower, percent, answer)
    try {
      await drawCharts(follower, percent, all)
    } catch {
      follower.charts = {} // a view that was taken away while it was drawn
    }
    Object.assign(follower, { drawn: percent, exact })
  } while (follower.isStale && follower.body)
  follower.isDrawing = false
  announce(follower)
  if (!all) follower.rest = setTimeout(() => draw(follower, true), UNSEEN)
}

// The server drew an older position over what the lever stands at.
function redraw(follower) {
  for (const chart of Object.values(follower.charts)) chart.percent = null
  draw(follower)
}

function hear(follower) {
  const { percent, shown, exact } = window.ramp155Supply ?? {}
  if (percent === undefined || !follower.body) return
  const isAnswer = shown !== follower.shown
  follower.shown = shown
  if (isAnswer && percent === shown) {
    clearTimeout(follower.rest)
    follower.drawn = percent // drawn by the server, to the digit
    for (const chart of Object.values(follower.charts)) chart.percent = percent
    uncover(follower)
  } else if (isAnswer) for (const wait of OVERDRAWN) setTimeout(() => redraw(follower), wait)
  else if (percent !== follower.drawn || (exact?.percent === percent && exact !== follower.exact)) draw(follower)
}

function ask(follower, wait) {
  clearTimeout(follower.timer)
  if (["ready", "failed"].includes(follower.head.state)) return
  // The server answers nothing new while it is at work: it is asked again from here.
  follower.timer = setTimeout(() => {
    follower.want()
    ask(follower, AGAIN)
  }, wait)
}

export default function (component) {
  const { parentElement, setTriggerValue } = component
  const text = new TextDecoder().decode(component.data)
  const cut = text.indexOf("\n")
  const head = JSON.parse(text.slice(0, cut))
  let follower = followers.get(parentElement)
  if (!follower) {
    follower = { copies: new Map() }
    follower.hear = () => hear(follower)
    // Whoever comes near the lever is about to move it.
    follower.near = (event) => {
      if (event.target.closest?.(".st-key-supply_lever") && follower.head.state === "") ask(follower, 0)
    }
    // A step of the browser's history: what is asked before the server has answered it would bring the old view back.
    follower.step = () => ask(follower, LATER)
    addEventListener("popstate", follower.step)
    document.addEventListener("ramp155:supply", follower.hear)
    document.addEventListener("pointerover", follower.near)
    document.addEventListener("focusin", follower.near)
    followers.set(parentElement, follower)
  }
  follower.want = () => setTriggerValue("wanted", head.version)
  follower.head = head
  if (follower.version !== head.version || (head.state === "ready") !== Boolean(follower.body)) {
    follower.version = head.version
    follower.charts = {}
    follower.body = head.state === "ready" ? unpack(JSON.parse(text.slice(cut + 1))) : null
    follower.shown = follower.drawn = window.ramp155Supply?.shown
    clearTimeout(follower.rest)
    if (!follower.body) uncover(follower)
    announce(follower)
    hear(follower)
  }
  ask(follower, head.state === "waiting" ? AGAIN : head.usual ? SOON : LATER)
  return () => {
    clearTimeout(follower.timer)
    clearTimeout(follower.rest)
    uncover(follower)
    tellLever(null, false)
    removeEventListener("popstate", follower.step)
    document.removeEventListener("ramp155:supply", follower.hear)
    document.removeEventListener("pointerover", follower.near)
    document.removeEventListener("focusin", follower.near)
    followers.delete(parentElement)
  }
}
