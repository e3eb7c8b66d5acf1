// The charts, title and sentences of a page follow its levers each frame, without the server. The charts
// stay Streamlit's: their Vega views are found through React's own tree, as Streamlit gives no way to them, and given
// new rows. Words are written on a copy laid over Streamlit's, which comes off once the page is drawn anew. What is let
// go comes back from the server in words, to the digit. Where a view is not found, or the rows have not come yet, the
// lever is told so, and the server draws the page.
import { changeRows, cover, findChangeset, findView, isInSight, uncover } from "./charts.js"
import { layGap } from "./gap_rows.js"

/** @typedef {import("./types").Row} Row */
/** @typedef {import("./types").VegaView} VegaView */
/** @typedef {import("./types").Exact} Exact */
/**
 * Cells of a column that move: their rows, for each position their numbers, and whether these are turned over.
 * @template [Numbers=Float32Array]
 * @typedef {{rows: number[], numbers: Numbers, turned: boolean}} Cells
 */
/**
 * Positions of the lever over which a table's rows keep their names.
 * @template [Numbers=Float32Array]
 * @typedef {{first: number, last: number, rows: Row[], moving: Record<string, Cells<Numbers>>, places?: number[]}} Span
 */
/** @typedef {{texts: string[], at: number[]}} Texts each text once, and which of them stands at each position */
/**
 * What the server sends: of each picture its tables, and the page's texts.
 * @template [Numbers=Float32Array]
 * @typedef {{pictures: Record<string, Record<string, Span<Numbers>[]>>, words: Record<string, Texts>}} Body
 */
/** @typedef {Body<string>} Packed */
/**
 * What is said of it: the view it is of, how far it is, where charts and words stand on the page, and, where the engine
 * answers for the other levers, where the server has them (`still`) and what answers.
 * @typedef {{version: string, state: "" | "waiting" | "ready" | "failed", usual: boolean, charts: Record<string, string>,
 *   words: Record<string, string>, still?: Moved & {engine: string, sides: string}}} Head
 */
/** @typedef {import("./chain.js").Levers} Levers */
/** @typedef {{levers: Levers, rate: number}} Moved where all levers stand, Russia's as well */
/**
 * What follows on this page, and what of it was drawn, announced and asked for.
 * @typedef {{head: Head, body: Body | null, charts: import("./charts.js").Charts,
 *   copies: import("./charts.js").Copies, hear: () => void, near: (event: Event) => void, step: () => void, want: () => void,
 *   version?: string, shown?: number, drawn?: number, exact?: Exact | null, pause?: number, timer?: number, rest?: number,
 *   isDrawing?: boolean, isStale?: boolean, announced?: Body | null, isFollowed?: boolean, levered: () => void,
 *   isLevered?: boolean, asked?: import("./engine.js").Engine | null,
 *   answer?: {key: string, gap: import("./gap.js").Gap} | null}} Follower
 */

const POSITIONS = 5 // percent between two positions of which rows were sent
const SOON = 600 // milliseconds of rest after which rows that the server has ready are asked for
const LATER = 2000 // as long, for rows it has to work out
const AGAIN = 700 // milliseconds until it is asked for the first time whether they are ready
const SELDOM = 6000 // and in the end
const UNSEEN = 120 // milliseconds of rest after which charts out of sight are drawn as well
const OVERDRAWN = [0, 120] // milliseconds after the server drew an older position, in which it may have to be undone
const PLACE = "follow_place" // of a row given to Vega: its place in the table
const SPAN = "follow_span" // and the span of positions it belongs to
/** @type {WeakMap<object, Follower>} */
const followers = new WeakMap()

/** @param {string} text */
const readFloats = (text) => new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer)

/** @param {Packed} packed @returns {Body} */
export function unpack({ pictures, words }) {
  const read = (/** @type {Span<string>} */ span) => ({
    ...span,
    moving: mapValues(span.moving, (cells) => ({ ...cells, numbers: readFloats(cells.numbers) })),
  })
  return { pictures: mapValues(pictures, (tables) => mapValues(tables, (spans) => spans.map(read))), words }
}

/**
 * @template T, Result
 * @param {Record<string, T>} entries
 * @param {(value: T) => Result} change
 * @returns {Record<string, Result>}
 */
function mapValues(entries, change) {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, change(value)]))
}

// Where in a table's spans a position of the lever lies: the span, and how far within it.
/** @param {Span[]} spans @param {number} percent */
function findPlace(spans, percent) {
  const place = percent / POSITIONS
  const nearest = Math.round(place)
  const span = spans.find(({ first, last }) => first <= nearest && nearest <= last) ?? spans[0]
  return { span, within: Math.min(Math.max(place, span.first), span.last) - span.first }
}

// The rows of a table at a position, new objects each, for Vega marks what it is given; of those in `only` alone where
// it is given. Each bears its place in the table.
/** @param {Span[]} spans @param {number} percent @param {number[] | null} only */
export function layRows(spans, percent, only = null) {
  const { span, within } = findPlace(spans, percent)
  const lower = Math.max(Math.min(Math.floor(within), span.last - span.first - 1), 0)
  const part = within - lower
  /** @type {Row[]} */
  const rows = (only ?? span.rows.map((_, place) => place)).map((place) => ({ ...span.rows[place], [PLACE]: place, [SPAN]: span.first }))
  const byPlace = only && new Map(rows.map((row) => [row[PLACE], row]))
  for (const [column, { rows: places, numbers, turned }] of Object.entries(span.moving)) {
    const width = places.length
    for (let k = 0; k < width; k++) {
      const low = numbers[lower * width + k]
      const high = part === 0 ? low : numbers[(lower + 1) * width + k]
      const between = low === high ? low : low * (1 - part) + high * part
      const number = turned ? 1 / between : between
      const row = byPlace ? byPlace.get(places[k]) : rows[places[k]]
      if (row) row[column] = Number.isNaN(number) ? null : number
    }
  }
  return rows
}

// New numbers for the rows of a table of a chart: what Vega works out of a new row takes longer than the row.
/** @param {VegaView} view @param {string} name @param {Span[]} spans @param {number} percent */
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
    if (!tuple) continue
    for (const column in span.moving) if (tuple[column] !== row[column]) changes.modify(tuple, column, row[column])
  }
  view.change(name, changes)
  return true
}

// What stands at a position, of texts for each whole percent or for each position of which rows were sent.
/** @param {Texts} texts @param {number} percent */
export const readText = ({ texts, at }, percent) =>
  texts[at[at.length > 200 ? percent : Math.round(percent / POSITIONS)]]

// Charts in sight, or with `all` those as well that are not; none twice for a position.
/** @param {Follower} follower @param {Body} body @param {number} percent @param {boolean} all */
async function drawCharts(follower, body, percent, all) {
  const drawn = []
  for (const [name, tables] of Object.entries(body.pictures)) {
    const key = follower.head.charts[name]
    const view = findView(follower.charts, key)
    const chart = follower.charts[key]
    if (!view || chart.percent === percent || !(all || isInSight(chart.element))) continue
    const moved = Object.entries(tables).map(([table, spans]) => moveTable(view, table, spans, percent))
    chart.percent = percent
    if (moved.includes(true)) drawn.push(view.runAsync())
  }
  await Promise.all(drawn)
}

/** @param {string[] | null} titles @param {boolean} isFollowed */
function tellLever(titles, isFollowed) {
  window.ramp155Followed = { titles, isFollowed }
  document.dispatchEvent(new CustomEvent("ramp155:supply-followed", { detail: window.ramp155Followed }))
}

// Tell the lever what its positions are called, and whether all charts follow it.
/** @param {Follower} follower */
function announce(follower) {
  const { body, head } = follower
  const isFollowed = body !== null && Object.keys(body.pictures).every((name) => findView(follower.charts, head.charts[name]))
  if (follower.announced === body && follower.isFollowed === isFollowed) return
  Object.assign(follower, { announced: body, isFollowed })
  const titles = body && Array.from({ length: 201 }, (_, percent) => readText(body.words.title, percent))
  tellLever(titles, isFollowed)
}

/** @param {Follower} follower @param {Body} body @param {number} percent @param {Exact | null | undefined} exact */
function coverAll(follower, body, percent, exact) {
  for (const [name, texts] of Object.entries(body.words)) cover(follower.copies, follower.head.words[name], exact?.words[name] ?? readText(texts, percent))
}

// Where all levers stand while others than nitrocellulose are away from what the server knows, and the engine can answer.
/** @param {Follower} follower @returns {Moved | null} */
function findMoved({ head: { still } }) {
  const { ramp155Levers: positions, ramp155Supply: supply } = window
  if (!still || !positions || !canAnswer(still)) return null
  const { russia_rate: rate = still.rate, ...others } = positions
  const isAway = (/** @type {string} */ name) => name in still.levers && Math.abs(others[name] - still.levers[name]) > 1e-6
  if (Math.abs(rate - still.rate) < 1e-6 && !Object.keys(others).some(isAway)) return null
  const known = Object.fromEntries(Object.entries(others).filter(([name]) => name in still.levers))
  const nitrocellulose = supply ? supply.percent / 100 : still.levers.nitrocellulose
  return { levers: { ...still.levers, ...known, nitrocellulose }, rate }
}

/** @param {{engine: string, sides: string}} still */
const canAnswer = ({ engine, sides }) => window.ramp155Engine?.key === engine && window.ramp155Sides?.key === sides

// One question at a time: its answer is drawn, and then the next one is for where the levers stand by then. Once they
// stand where the server has them, that is drawn as well.
/** @param {Follower} follower */
async function askEngine(follower) {
  const { still } = follower.head
  const [engine, sides] = [window.ramp155Engine, window.ramp155Sides]
  if (!still || !engine || !sides || !canAnswer(still) || follower.asked === engine) return
  const moved = findMoved(follower)
  if (!moved && !follower.isLevered) return
  const { levers, rate } = moved ?? still
  const key = JSON.stringify([levers, rate, sides.key])
  if (moved && follower.answer?.key === key) return
  follower.asked = engine
  try {
    const known = await engine.ask("gap", levers, sides.key, rate)
    const gap = known ?? (await engine.ask("gap", levers, sides.key, rate, sides))
    if (follower.asked !== engine || !gap) return
    follower.asked = null
    follower.answer = { key, gap }
    follower.isLevered = true
    await draw(follower)
    if (!moved && !findMoved(follower)) rest(follower)
    else askEngine(follower)
  } catch (fault) {
    console.warn("Levers answer when they are let go:", fault)
    window.ramp155Engine = null
  }
}

// The levers are where the server has them: what it wrote stands again, and nitrocellulose is followed as before.
/** @param {Follower} follower */
function rest(follower) {
  Object.assign(follower, { isLevered: false, answer: null })
  for (const chart of Object.values(follower.charts)) chart.percent = null
  uncover(follower.copies)
  const { percent, shown } = window.ramp155Supply ?? {}
  if (percent !== shown) draw(follower)
}

/** @param {Follower} follower @param {import("./gap.js").Gap} gap */
async function drawGap({ head, charts, copies }, gap) {
  for (const [name, text] of Object.entries(gap.words)) cover(copies, head.words[name], text)
  const rates = findView(charts, head.charts.rates)
  if (!rates) return
  const drawn = []
  for (const [name, tables] of Object.entries(layGap(gap, rates.data("rates")))) {
    const view = findView(charts, head.charts[name])
    if (!view) continue
    charts[head.charts[name]].percent = null
    const changed = Object.entries(tables).map(([table, lay]) => changeRows(view, table, lay))
    if (changed.includes(true)) drawn.push(view.runAsync())
  }
  await Promise.all(drawn)
}

// One picture at a time: what the lever did meanwhile is drawn after it as one. What is out of sight comes after it rests.
/** @param {Follower} follower @param {boolean} [all] */
async function draw(follower, all = false) {
  if (follower.isDrawing) follower.isStale = true
  if (follower.isDrawing) return
  if (!window.ramp155Supply || !(follower.body || follower.isLevered)) return
  follower.isDrawing = true
  clearTimeout(follower.rest)
  do {
    follower.isStale = false
    const { body } = follower
    const { percent, shown, exact } = /** @type {import("./types").Supply} */ (window.ramp155Supply)
    const gap = follower.isLevered ? follower.answer?.gap : null
    const answer = exact?.percent === percent ? exact : null
    if (gap) {
      try {
        await drawGap(follower, gap)
      } catch {
        follower.charts = {}
      }
      continue
    }
    if (!body) break
    if (percent === shown) uncover(follower.copies)
    else coverAll(follower, body, percent, answer)
    try {
      await drawCharts(follower, body, percent, all)
    } catch {
      follower.charts = {} // a view that was taken away while it was drawn
    }
    Object.assign(follower, { drawn: percent, exact })
  } while (follower.isStale && (follower.body || follower.isLevered))
  follower.isDrawing = false
  announce(follower)
  if (!all && !follower.isLevered) follower.rest = setTimeout(() => draw(follower, true), UNSEEN)
}

// The server drew an older position over what the lever stands at.
/** @param {Follower} follower */
function redraw(follower) {
  for (const chart of Object.values(follower.charts)) chart.percent = null
  draw(follower)
}

/** @param {Follower} follower */
function hear(follower) {
  const { percent, shown, exact } = window.ramp155Supply ?? {}
  if (follower.isLevered) askEngine(follower)
  if (percent === undefined || !follower.body) return
  const isAnswer = shown !== follower.shown
  follower.shown = shown
  if (isAnswer && percent === shown) {
    clearTimeout(follower.rest)
    follower.drawn = percent // drawn by the server, to the digit
    for (const chart of Object.values(follower.charts)) chart.percent = percent
    uncover(follower.copies)
  } else if (isAnswer) for (const wait of OVERDRAWN) setTimeout(() => redraw(follower), wait)
  else if (percent !== follower.drawn || (exact?.percent === percent && exact !== follower.exact)) draw(follower)
}

const isServerAtWork = () => document.querySelector("[data-testid=stApp][data-test-script-state=running]") !== null

// The server answers nothing new while it is at work: it is asked again from here, less and less often, for a page whose
// rows take long would else be drawn anew without a pause. While it draws something else, it is not asked at all.
/** @param {Follower} follower @param {number} wait */
function ask(follower, wait) {
  clearTimeout(follower.timer)
  if (["ready", "failed"].includes(follower.head.state)) return
  follower.timer = setTimeout(() => {
    if (isServerAtWork()) return ask(follower, AGAIN)
    follower.want()
    follower.pause = Math.min((follower.pause ?? AGAIN) * 1.5, SELDOM)
    ask(follower, follower.pause)
  }, wait)
}

/** @param {Head} head */
function startFollower(head) {
  /** @type {Follower} */
  const follower = {
    head,
    body: null,
    charts: {},
    copies: new Map(),
    want: () => {},
    hear: () => hear(follower),
    levered: () => void askEngine(follower),
    // Whoever comes near the lever is about to move it.
    near: ({ target }) => {
      if (target instanceof Element && target.closest(".st-key-supply_lever") && follower.head.state === "") ask(follower, 0)
    },
    // A step of the browser's history: what is asked before the server has answered it would bring the old view back.
    step: () => ask(follower, LATER),
  }
  addEventListener("popstate", follower.step)
  document.addEventListener("ramp155:supply", follower.hear)
  document.addEventListener("ramp155:levers", follower.levered)
  document.addEventListener("pointerover", follower.near)
  document.addEventListener("focusin", follower.near)
  return follower
}

/** @param {import("./types").Component} component */
export default function (component) {
  const { parentElement, setTriggerValue } = component
  const text = new TextDecoder().decode(component.data)
  const cut = text.indexOf("\n")
  /** @type {Head} */
  const head = JSON.parse(text.slice(0, cut))
  const follower = followers.get(parentElement) ?? startFollower(head)
  followers.set(parentElement, follower)
  follower.want = () => setTriggerValue("wanted", head.version)
  follower.head = head
  if (follower.version !== head.version || (head.state === "ready") !== Boolean(follower.body)) {
    follower.version = head.version
    follower.pause = AGAIN
    follower.charts = {}
    follower.body = head.state === "ready" ? unpack(JSON.parse(text.slice(cut + 1))) : null
    follower.shown = follower.drawn = window.ramp155Supply?.shown
    clearTimeout(follower.rest)
    if (!follower.body) uncover(follower.copies)
    announce(follower)
    // What stayed the same for the server stands as the engine drew it: once more, for the position let go.
    if (follower.isLevered) setTimeout(() => askEngine(follower), OVERDRAWN[1])
    else hear(follower)
  }
  ask(follower, head.state === "waiting" ? (follower.pause ?? AGAIN) : head.usual ? SOON : LATER)
  return () => {
    clearTimeout(follower.timer)
    clearTimeout(follower.rest)
    uncover(follower.copies)
    tellLever(null, false)
    removeEventListener("popstate", follower.step)
    document.removeEventListener("ramp155:supply", follower.hear)
    document.removeEventListener("ramp155:levers", follower.levered)
    document.removeEventListener("pointerover", follower.near)
    document.removeEventListener("focusin", follower.near)
    followers.delete(parentElement)
  }
}
