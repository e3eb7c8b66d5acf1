// The board of lines: a row a line, redrawn each frame while the month slider moves, from rows sent once for
// every month. It listens to `ramp155:month` and tells the server nothing but which plant is opened.

/**
 * A status: its word, and its mark, of which the first has none.
 * @typedef {{path: string, isOutline: boolean, isBroken: boolean, colour: string, fill: number, word: string, name: string,
 *   meaning: string, delivers: boolean}} Status
 */
/** @typedef {{bit: number, glyph: string, word: string, meaning: string}} SmallMark */
/** @typedef {[kind: number, at: number, said: number]} PackedDate */
/**
 * What is known of dates from a month on, its texts by place in a list.
 * @typedef {[place: number, dates: PackedDate[], since: number | null, awaited: number, first: number, done: number,
 *   rate: number, rounds: number | null, proof: number]} PackedState
 */
/** @typedef {{codes: number[][], lateness: number[][], states: PackedState[]}} PackedMonths runs from the month each begins with */
/**
 * @typedef {{place: number, dates: [kind: string, at: number, said: string][], since: number | null, awaited: string,
 *   first: string, done: string, rate: string, rounds: number | null, proof: string}} State
 */
/** @typedef {{codes: Uint16Array, lateness: Uint16Array, state: Uint16Array, states: State[]}} Months of a line: a value for each */
/** @typedef {"then" | "today"} Knowledge */
/**
 * A line as it is drawn.
 * @typedef {{node: HTMLElement, link: HTMLAnchorElement, track: HTMLElement, said: HTMLElement, past: HTMLElement,
 *   runs: HTMLElement, slip: HTMLElement, ahead: HTMLElement, dates: HTMLElement, status: HTMLElement, awaited: HTMLElement,
 *   done: HTMLElement, late: HTMLElement, rate: HTMLElement, mark: HTMLElement, word: HTMLElement, small: HTMLElement,
 *   key: string, shown?: string, drawn?: Status, drawnState?: State | null, drawnMarks?: number | null}} DrawnRow
 */
/**
 * A line as it is sent, with what was worked out of it.
 * @typedef {DrawnRow & {id: string, name: string, aside?: string, site: string, country: string, group: number,
 *   then: PackedMonths, today: PackedMonths, folded: string, months: Months, unpacked?: Partial<Record<Knowledge, Months>>}} Row
 */
/**
 * What the server sends: lines, words, and the patterns of the page's own sentences.
 * @typedef {{rows: Row[], words: string[], days: string[], ends: number[], firstYear: number, lastYear: number,
 *   groups: string[], countries: Record<string, string>, statuses: Status[], smallMarks: SmallMark[],
 *   dates: Record<string, {path: string, words: string}>, late: Record<"late" | "came late", number>,
 *   patterns: Record<string, [one: string, several: string]>, none: Record<string, string>, subject: string,
 *   lateOnly: boolean, chosen: string[], sort: "late" | "size", overdue: string, overdueWords: string}} Body
 */
/** @typedef {{lines: number, deliver: number, late: number, middle: number}} Count */
/** @typedef {{node: HTMLElement, words: HTMLElement, rows: Row[], ordered: Row[]}} Group */
/** @typedef {{button: HTMLButtonElement, number: HTMLElement, name: string, rows: Row[], late: number}} LateButton */
/**
 * The parts of the page it stands in.
 * @typedef {{title: HTMLElement, lates: HTMLElement, key: HTMLElement, lines: HTMLElement, head: HTMLElement,
 *   axis: HTMLElement, flag: HTMLElement, now: HTMLElement, groups: HTMLElement, none: HTMLElement, tip: HTMLElement}} Parts
 */
/**
 * @typedef {Parts & {root: HTMLElement, text: string, data: Body, span: number, place: number, hindsight: boolean,
 *   width: number, cards: boolean, track: {left: number, width: number}, inSight: Set<Row>, groupNodes: Group[],
 *   lateButtons: LateButton[], tell: (name: string, value: unknown) => void, current?: string, frames?: number, rest?: number,
 *   sight?: IntersectionObserver, observer?: ResizeObserver, release?: () => void,
 *   listen?: (event: CustomEvent<import("./types").Month>) => void}} View
 */

const NS = "http://www.w3.org/2000/svg"
const MONTHS = "January February March April May June July August September October November December".split(" ")
const REST = 550 // milliseconds without a new month, after which rows take their order
/** @type {(hindsight: boolean) => Knowledge} */
const sayKnowledge = (hindsight) => (hindsight ? "today" : "then")
/** @type {["status" | "awaited" | "done" | "late" | "rate", string][]} */
const CELLS = [
  ["status", "Status"],
  ["awaited", "Promised"],
  ["done", "Delivered"],
  ["late", "Late by"],
  ["rate", "A year"],
]
const PARTS = { title: "h2", lates: ".lates", key: ".key", lines: ".lines", head: ".columns", axis: ".axis", flag: ".flag", now: ".now", groups: ".groups", none: ".none", tip: ".tip" }
/** @type {WeakMap<object, View>} */
const views = new WeakMap()

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {Element} parent
 * @param {T} name
 * @param {string} [className]
 * @param {string | null} [text]
 * @returns {HTMLElementTagNameMap[T]}
 */
function make(parent, name, className = "", text = null) {
  const node = document.createElement(name)
  if (className) node.className = className
  if (text !== null) node.textContent = text
  parent.append(node)
  return node
}

/** @param {Element} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text
}

/** @param {string} path @param {string} className @param {number} [width] */
function draw(path, className, width = 1.9) {
  const svg = document.createElementNS(NS, "svg")
  svg.setAttribute("viewBox", `${-width} ${-width} ${2 * width} ${2 * width}`)
  svg.setAttribute("class", className)
  svg.setAttribute("aria-hidden", "true")
  const shape = document.createElementNS(NS, "path")
  shape.setAttribute("d", path)
  svg.append(shape)
  return svg
}

/** @param {Status} status */
function drawStatus(status) {
  const svg = draw(status.path, "mark", 1.15)
  const shape = /** @type {SVGElement} */ (svg.firstChild)
  shape.style.setProperty(status.isOutline ? "stroke" : "fill", status.colour)
  if (status.isOutline) {
    shape.style.fill = "none"
    shape.setAttribute("stroke-width", ".22")
  }
  return svg
}

// A pattern as the page's own sentences fill it (ramp155/text/board.py): one form for one, one for several.
/** @param {Body} data @param {string} name @param {number} number @param {Record<string, string>} [parts] */
export function fill(data, name, number, parts = {}) {
  const [one, several] = data.patterns[name]
  const form = number === 0 && data.none[name] ? data.none[name] : number < 2 ? one : several
  return Object.entries({ number: number.toLocaleString("en-US"), ...parts }).reduce((text, [key, word]) => text.replaceAll(`{${key}}`, word), form)
}

// Runs from the month each begins with, to a value for every month.
/** @param {number[][]} runs @param {number} count @param {(run: number[], month: number) => number} valueOf */
export function unroll(runs, count, valueOf) {
  const values = new Uint16Array(count)
  runs.forEach((run, k) => {
    const end = k + 1 < runs.length ? runs[k + 1][0] : count
    for (let i = run[0]; i < end; i++) values[i] = valueOf(run, i)
  })
  return values
}

// Of what is known of dates every text stands once, in a list: here it takes its places again.
/** @param {string[]} words @param {PackedState} packed @returns {State} */
function spell(words, packed) {
  const [place, dates, since, awaited, first, done, rate, rounds, proof] = packed
  /** @type {State["dates"]} */
  const spelt = dates.map(([kind, at, said]) => [words[kind], at, words[said]])
  return { place, dates: spelt, since, awaited: words[awaited], first: words[first], done: words[done], rate: words[rate], rounds, proof: words[proof] }
}

/** @param {PackedMonths} months @param {number} count @param {string[]} words @returns {Months} */
export function unpack(months, count, words) {
  const state = new Uint16Array(count)
  months.states.forEach(([place], k) => state.fill(k, place))
  return {
    codes: unroll(months.codes, count, (run) => run[1]),
    lateness: unroll(months.lateness, count, (run, i) => run[1] + run[2] * (i - run[0])),
    state,
    states: months.states.map((packed) => spell(words, packed)),
  }
}

/** @param {number} code */
export const statusOf = (code) => code & 15
/** @param {number} code */
export const lateOf = (code) => (code >> 4) & 3
/** @param {number} code */
export const marksOf = (code) => code >> 6
/** @param {View} view @param {number} place */
const percent = (view, place) => Math.min(Math.max((place / view.span) * 100, 0), 100)

/** @param {View} view @param {Row} row @param {Element} parent */
function layRow(view, row, parent) {
  const node = (row.node = make(parent, "div", "row columns"))
  node.setAttribute("role", "row")
  const name = make(node, "div", "name")
  name.setAttribute("role", "rowheader")
  row.link = make(name, "a", "", row.name)
  row.link.href = `plant?site=${encodeURIComponent(row.site)}`
  row.link.tabIndex = -1
  if (row.aside) make(name, "span", "aside", row.aside)
  row.track = make(node, "div", "track")
  row.track.setAttribute("role", "cell")
  row.said = make(row.track, "span", "said")
  row.past = make(row.track, "div", "past")
  row.runs = make(row.past, "div", "runs")
  row.slip = make(row.past, "div", "slip")
  row.ahead = make(row.track, "div", "ahead")
  row.dates = make(row.track, "div", "dates")
  for (const [part, label] of CELLS) {
    row[part] = make(node, "div", part)
    row[part].setAttribute("role", "cell")
    row[part].dataset.label = label
  }
  row.mark = make(row.status, "span", "markbox")
  row.word = make(row.status, "span", "word")
  row.small = make(row.status, "span", "small")
  row.key = ""
}

// The bar: a run for each status, from the month in which it was first known.
/** @param {View} view @param {Row} row */
function layRuns(view, row) {
  const { codes } = row.months
  row.runs.replaceChildren()
  let from = 0
  for (let i = 1; i <= codes.length; i++) {
    if (i < codes.length && statusOf(codes[i]) === statusOf(codes[from])) continue
    const status = view.data.statuses[statusOf(codes[from])]
    if (status.colour) {
      const run = make(row.runs, "i", status.isBroken ? "broken" : "")
      const left = percent(view, from)
      run.style.left = `${left}%`
      run.style.width = `${percent(view, i < codes.length ? i : view.data.ends[i - 1]) - left}%`
      run.style.setProperty("--tone", status.colour)
      run.style.setProperty("--fill", `${status.fill * 100}%`)
    }
    from = i
  }
}

/** @param {View} view @param {Row} row @param {State} state */
function layDates(view, row, state) {
  row.dates.replaceChildren(
    ...state.dates.map(([kind, place]) => {
      const svg = draw(view.data.dates[kind].path, kind.replace(" ", "-"))
      svg.style.left = `${percent(view, place)}%`
      return svg
    }),
  )
  write(row.awaited, state.awaited && state.first ? `${state.awaited}; first promised ${state.first}` : state.awaited)
  write(row.done, state.done)
  write(row.rate, state.rate)
}

/** @param {View} view @param {number} marks */
function saySmall(view, marks) {
  const seen = new Set()
  return view.data.smallMarks.filter(({ bit, glyph }) => marks & bit && !seen.has(glyph) && seen.add(glyph))
}

/** @param {Body} data @param {number} late @param {number} months */
export function sayLate(data, late, months) {
  if (!late) return ""
  const words = fill(data, "months", months)
  return late === data.late.late ? fill(data, "late by", 1, { months: words }) : fill(data, "came late", 1, { months: words })
}

// One row at a month: only what changed is touched.
/** @param {View} view @param {Row} row @param {number} i */
function drawRow(view, row, i) {
  const { data } = view
  const { codes, lateness, state, states } = row.months
  const code = codes[i]
  const shown = `inset(0 ${100 - percent(view, data.ends[i])}% 0 0)`
  if (row.shown !== shown) row.past.style.clipPath = row.shown = shown
  const key = `${code} ${lateness[i]} ${state[i]}`
  if (row.key === key) return
  row.key = key
  const status = data.statuses[statusOf(code)]
  if (row.drawn !== status) {
    row.drawn = status
    row.mark.replaceChildren(...(status.path ? [drawStatus(status)] : []))
    write(row.word, status.word)
    row.node.classList.toggle("unreported", !status.path)
  }
  if (row.drawnState !== states[state[i]]) {
    row.drawnState = states[state[i]]
    layDates(view, row, row.drawnState)
  }
  if (row.drawnMarks !== marksOf(code)) {
    row.drawnMarks = marksOf(code)
    row.small.replaceChildren()
    for (const { glyph, word, meaning } of saySmall(view, marksOf(code))) {
      const mark = make(row.small, "span", "", glyph)
      mark.title = `${word}: ${meaning}`
      mark.setAttribute("role", "img")
      mark.setAttribute("aria-label", word)
    }
  }
  const late = lateOf(code)
  write(row.late, sayLate(data, late, lateness[i]))
  row.late.classList.toggle("now-late", late === data.late.late)
  const { since } = states[state[i]]
  for (const part of [row.slip, row.ahead]) {
    part.style.display = late && since !== null ? "" : "none"
    if (!late || since === null) continue
    const left = percent(view, since)
    part.style.left = `${left}%`
    part.style.width = `${percent(view, since + lateness[i]) - left}%`
  }
}

/** @param {View} view @param {Row} row @param {number} i */
const isShown = (view, row, i) => {
  const code = row.months.codes[i]
  return statusOf(code) > 0 && (!view.data.lateOnly || lateOf(code) === view.data.late.late)
}

// Of rows that are shown: how many there are, deliver and are late, and the middle of the months (between the two in the middle, rounded down).
/** @param {View} view @param {Row[]} rows @param {number} i */
function count(view, rows, i) {
  const shown = rows.filter((row) => isShown(view, row, i))
  const late = shown.filter((row) => lateOf(row.months.codes[i]) === view.data.late.late)
  const months = late.map((row) => row.months.lateness[i]).sort((a, b) => a - b)
  return {
    lines: shown.length,
    deliver: shown.filter((row) => view.data.statuses[statusOf(row.months.codes[i])].delivers).length,
    late: late.length,
    middle: months.length ? Math.floor((months[Math.floor((months.length - 1) / 2)] + months[Math.floor(months.length / 2)]) / 2) : 0,
  }
}

/** @param {Body} data @param {Count} counted */
function sayGroup(data, counted) {
  const months = fill(data, "months", counted.middle)
  return [fill(data, "lines", counted.lines), fill(data, "deliver", counted.deliver), fill(data, "late", counted.late, { months })].join(", ")
}

/** @param {View} view @param {Count} counted */
function sayTitle(view, counted) {
  const { data } = view
  const day = data.days[view.place]
  const when = view.place === data.days.length - 1 ? "" : `, ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)} as known ${sayKnowledge(view.hindsight)}`
  const words = { lines: fill(data, "lines", counted.lines), months: fill(data, "months", counted.middle) }
  const found = counted.lines ? fill(data, data.lateOnly ? "late lines" : "are late", counted.late, words) : data.none.lines
  const subject = data.subject.charAt(0).toUpperCase() + data.subject.slice(1)
  return `${subject}${when}: ${found}`
}

// Late lines of each country, most first: a press shows them alone, the next all lines again.
/** @param {View} view */
function layLates(view) {
  const { data } = view
  const isAlone = data.lateOnly && data.chosen.length === 1
  view.lates.replaceChildren()
  make(view.lates, "span", "", "Late lines:")
  view.lateButtons = Object.entries(data.countries).map(([country, name]) => {
    const button = make(view.lates, "button", "", `${name} `)
    button.type = "button"
    button.setAttribute("aria-pressed", String(isAlone && data.chosen[0] === country))
    button.onclick = () => view.tell("late", country)
    return { button, number: make(button, "b"), name, rows: data.rows.filter((row) => row.country === country), late: 0 }
  })
}

/** @param {View} view */
function drawLates(view) {
  for (const entry of view.lateButtons) {
    entry.late = entry.rows.filter((row) => lateOf(row.months.codes[view.place]) === view.data.late.late).length
    write(entry.number, String(entry.late))
    entry.button.hidden = !entry.late && entry.button.getAttribute("aria-pressed") === "false"
  }
  view.lates.hidden = view.lateButtons.every(({ button }) => button.hidden)
}

/** @param {View} view */
function orderLates(view) {
  const ordered = [...view.lateButtons].sort((a, b) => b.late - a.late || (a.name < b.name ? -1 : 1))
  if (ordered.every((entry, k) => entry === view.lateButtons[k])) return
  view.lateButtons = ordered
  view.lates.append(...ordered.map(({ button }) => button))
}

// Everything that follows the month. Rows out of sight, and those that leave, wait until the month rests.
/** @param {View} view */
function drawMonth(view) {
  const { data, place } = view
  const at = view.track.width * (data.ends[place] / view.span)
  view.now.style.transform = `translateX(${at}px)`
  view.flag.style.transform = `translateX(${at}px)`
  const day = data.days[place]
  write(view.flag, `${MONTHS[Number(day.slice(5, 7)) - 1].slice(0, 3)} ${day.slice(0, 4)}`)
  view.flag.classList.toggle("far", at > view.track.width - 90)
  for (const row of data.rows) if (row.node.hidden && isShown(view, row, place)) row.node.hidden = false
  for (const row of view.inSight) drawRow(view, row, place)
  for (const group of view.groupNodes) {
    const counted = count(view, group.rows, place)
    if (counted.lines) group.node.hidden = false
    write(group.words, sayGroup(data, counted))
  }
  const counted = count(view, data.rows, place)
  write(view.title, sayTitle(view, counted))
  drawLates(view)
  view.frames = (view.frames ?? 0) + 1
  clearTimeout(view.rest)
  view.rest = setTimeout(() => settle(view), REST)
}

// A month that is let go is at rest.
/** @param {View} view */
function release(view) {
  if (!view.rest) return
  clearTimeout(view.rest)
  view.rest = setTimeout(() => settle(view))
}

/** @type {Record<Body["sort"], (view: View, month: number) => (one: Row, other: Row) => number>} */
const compare = {
  late(view, i) {
    const rank = (/** @type {Row} */ row) =>
      [0, 1, 2][[view.data.late.late, view.data.late["came late"]].indexOf(lateOf(row.months.codes[i]))] ?? 2
    return (a, b) => rank(a) - rank(b) || b.months.lateness[i] - a.months.lateness[i]
  },
  size(view, i) {
    const rounds = (/** @type {Row} */ row) => row.months.states[row.months.state[i]].rounds ?? -1
    return (a, b) => rounds(b) - rounds(a)
  },
}

// Once the month rests: rows take their order, what is not reported leaves, and the bars are put in words.
/** @param {View} view */
function settle(view) {
  const { data, place } = view
  view.rest = undefined
  orderLates(view)
  const first = compare[data.sort](view, place)
  /** @param {Row} a @param {Row} b */
  const byName = (a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0)
  for (const group of view.groupNodes) {
    const ordered = [...group.rows].sort((a, b) => first(a, b) || byName(a, b))
    if (ordered.some((row, k) => row !== group.ordered[k])) {
      group.ordered = ordered
      const held = /** @type {Element & {activeElement?: Element | null}} */ (view.root).activeElement
      for (const row of ordered) group.node.append(row.node)
      if (held instanceof HTMLElement) held.focus({ preventScroll: true })
    }
    group.node.hidden = !group.rows.some((row) => isShown(view, row, place))
  }
  for (const row of data.rows) {
    row.node.hidden = !isShown(view, row, place)
    drawRow(view, row, place)
    if (!row.node.hidden) write(row.said, sayBar(view, row))
  }
  const shown = list(view)
  view.none.hidden = shown.length > 0
  view.lines.hidden = !shown.length
  write(view.none, shown.length ? "" : "No line was reported by then. Move the month, or choose others.")
  for (const row of data.rows) row.link.tabIndex = -1
  const current = shown.find((row) => row.id === view.current) ?? shown[0]
  if (current) current.link.tabIndex = 0
}

// Rows that are shown, from the top down.
/** @param {View} view */
const list = (view) => view.groupNodes.flatMap((group) => group.ordered).filter((row) => !row.node.hidden)

/** @param {View} view @param {number} i */
function sayMonth(view, i) {
  const day = view.data.days[i]
  return i === 0 ? "before February 2022" : `${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
}

// The bar in words: what the line was known to be, and since when.
/** @param {View} view @param {Row} row */
function sayBar(view, row) {
  const { codes } = row.months
  const parts = []
  for (let i = 0; i <= view.place; i++) {
    const status = statusOf(codes[i])
    if (status && (i === 0 || statusOf(codes[i - 1]) !== status)) parts.push(`${view.data.statuses[status].word} since ${sayMonth(view, i)}`)
  }
  return parts.join(", then ")
}

/** @param {View} view @param {Row} row @returns {["strong" | "span" | "b", string][]} */
function describe(view, row) {
  const { data, place } = view
  const code = row.months.codes[place]
  const status = data.statuses[statusOf(code)]
  const state = row.months.states[row.months.state[place]]
  const late = sayLate(data, lateOf(code), row.months.lateness[place])
  /** @type {(name: "b" | "span", text: string) => ["b" | "span", string]} */
  const say = (name, text) => [name, text]
  return [
    ["strong", row.name],
    ["span", sayBar(view, row)],
    ["span", `${status.word}: ${state.proof || status.meaning}`],
    ...saySmall(view, marksOf(code)).map(({ glyph, word, meaning }) => say("span", `${glyph} ${word}: ${meaning}`)),
    ...(late ? [say("b", late)] : []),
    ...state.dates.map(([, , words]) => say("span", words)),
    ...(state.rate ? [say("span", state.rate)] : []),
  ]
}

/** @param {View} view @param {Row} row */
function showTip(view, row) {
  if (view.cards) return
  view.tip.replaceChildren()
  for (const [name, text] of describe(view, row)) make(view.tip, name, "", text)
  view.tip.hidden = false
  // At the end of the window that is further from the row, so that it and its neighbours stay in sight.
  const box = row.node.getBoundingClientRect()
  const board = /** @type {Element} */ (view.lines.parentElement).getBoundingClientRect()
  const track = row.track.getBoundingClientRect()
  const head = findHeaderHeight()
  const isBelow = innerHeight - box.bottom > box.top - head
  const top = isBelow ? innerHeight - view.tip.offsetHeight - 8 : head + 8
  view.tip.style.left = `${track.left - board.left}px`
  view.tip.style.top = `${top - board.top}px`
}

/** @param {View} view */
function layKey(view) {
  const { data } = view
  view.key.replaceChildren()
  /** @param {Element} sign @param {string} words */
  const add = (sign, words) => {
    const item = make(view.key, "span", "item")
    item.append(sign)
    item.append(words)
  }
  const box = (/** @type {string} */ tone, /** @type {string} */ filled) => {
    const bar = document.createElement("i")
    bar.style.setProperty("--tone", tone)
    bar.style.setProperty("--fill", filled)
    return bar
  }
  for (const status of data.statuses) if (status.path && data.rows.some((row) => row.months.codes.some((code) => statusOf(code) === data.statuses.indexOf(status)))) add(drawStatus(status), status.name)
  for (const [kind, { path, words }] of Object.entries(data.dates)) add(draw(path, kind.replace(" ", "-")), words)
  const red = box(data.overdue, "100%")
  red.className = "red"
  add(red, "late by")
  const later = box(data.overdue, "0%")
  later.className = "later"
  add(later, "put off to a later date")
  for (const glyph of new Set(data.smallMarks.map((mark) => mark.glyph))) {
    const mark = data.smallMarks.find((one) => one.glyph === glyph)
    if (!mark) continue
    const sign = document.createElement("b")
    sign.textContent = glyph
    add(sign, mark.word)
  }
}

/** @param {View} view */
function layYears(view) {
  const { data } = view
  for (const label of [...view.axis.querySelectorAll(".year")]) label.remove()
  view.lines.style.setProperty("--years", String(data.lastYear + 1 - data.firstYear))
  for (let year = data.firstYear; year <= data.lastYear; year++)
    make(view.axis, "span", "year", String(year)).style.left = `${((year - data.firstYear) * 1200) / view.span}%`
}

/** @param {View} view */
function watchSight(view) {
  view.sight?.disconnect()
  view.inSight = new Set()
  /** @type {Map<Element, Row>} */
  const rowOf = new Map(view.data.rows.map((row) => [row.node, row]))
  /** @param {IntersectionObserverEntry[]} entries */
  const note = (entries) => {
    for (const { target, isIntersecting } of entries) {
      const row = rowOf.get(target)
      if (!row) continue
      view.inSight[isIntersecting ? "add" : "delete"](row)
      if (isIntersecting) drawRow(view, row, view.place)
    }
  }
  view.sight = new IntersectionObserver(note, { rootMargin: "200px" })
  for (const row of view.data.rows) view.sight.observe(row.node)
}

/** @param {View} view */
function layRows(view) {
  const { data } = view
  view.groups.replaceChildren()
  view.groupNodes = data.groups.map((name, k) => {
    const node = make(view.groups, "div", "group")
    node.setAttribute("role", "rowgroup")
    const summary = make(node, "div", "summary")
    summary.setAttribute("role", "row")
    const cell = make(summary, "div")
    cell.setAttribute("role", "rowheader")
    cell.setAttribute("aria-colspan", "7")
    make(cell, "strong", "", `${name}: `)
    const words = make(cell, "span")
    const rows = data.rows.filter((row) => row.group === k)
    for (const row of rows) {
      layRow(view, row, node)
      layRuns(view, row)
    }
    return { node, words, rows, ordered: rows }
  })
}

/** @param {View} view @param {import("./types").Month} told */
function follow(view, told) {
  const place = Math.min(told.index, view.data.days.length - 1)
  const turned = view.hindsight !== told.hindsight
  if (place === view.place && !turned) return
  view.place = place
  if (turned) useKnowledge(view, told.hindsight)
  drawMonth(view)
}

/** @param {View} view @param {boolean} hindsight */
function useKnowledge(view, hindsight) {
  view.hindsight = hindsight
  for (const row of view.data.rows) {
    const name = sayKnowledge(hindsight)
    row.unpacked ??= {}
    row.months = row.unpacked[name] ??= unpack(row[name], view.data.days.length, view.data.words)
    row.key = ""
    row.drawnState = row.drawnMarks = null
    if (row.node) layRuns(view, row)
  }
}

// Of the app's own header, in pixels.
function findHeaderHeight() {
  const header = document.querySelector("[data-testid=stHeader]")
  return header instanceof HTMLElement ? header.offsetHeight : 0
}

/** @param {View} view */
function layout(view) {
  const width = view.lines.parentElement?.clientWidth
  if (!width || width === view.width) return
  view.width = width
  view.cards = width < 640
  const axis = view.axis.getBoundingClientRect()
  const left = axis.left - view.lines.getBoundingClientRect().left
  view.track = { left, width: axis.width }
  // The app's own header lies over what scrolls.
  view.lines.style.setProperty("--header", `${findHeaderHeight()}px`)
  view.lines.style.setProperty("--track-left", `${left}px`)
  view.lines.style.setProperty("--track-width", `${axis.width}px`)
  drawMonth(view)
}

/** @param {View} view */
function listenToRows(view) {
  const rowOf = (/** @type {Event} */ event) => view.data.rows.find((row) => row.node.contains(/** @type {Node} */ (event.target)))
  const hide = () => (view.tip.hidden = true)
  /**
   * @template {keyof HTMLElementEventMap} T
   * @param {T} name
   * @param {(event: HTMLElementEventMap[T]) => void} react
   */
  const on = (name, react) => view.groups.addEventListener(name, react)
  on("click", (event) => {
    const row = rowOf(event)
    if (!row || event.target !== row.link || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    view.tell("opened", row.site)
  })
  on("pointerover", (event) => {
    const row = event.pointerType === "touch" ? null : rowOf(event)
    if (row) showTip(view, row)
    else hide()
  })
  on("pointerleave", hide)
  on("focusin", (event) => {
    const row = rowOf(event)
    if (!row) return
    view.current = row.id
    for (const one of view.data.rows) one.link.tabIndex = one === row ? 0 : -1
    if (row.link.matches(":focus-visible")) showTip(view, row)
  })
  on("focusout", hide)
  on("keydown", (event) => {
    if (event.key === "Escape") hide()
    const shown = list(view)
    const at = shown.findIndex((row) => row === rowOf(event))
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1, PageDown: at + 10, PageUp: at - 10 }[event.key]
    if (at < 0 || to === undefined) return
    event.preventDefault()
    shown[Math.min(Math.max(to, 0), shown.length - 1)].link.focus()
  })
}

/**
 * The parts that it stands in; rows come with the first data.
 * @param {HTMLElement} parent
 */
function openView(parent) {
  const parts = Object.fromEntries(Object.entries(PARTS).map(([name, where]) => [name, parent.querySelector(where)]))
  return /** @type {View} */ (/** @type {unknown} */ ({ ...parts, root: parent }))
}

/** @param {import("./types").Component} component */
export default function (component) {
  const { parentElement, data, setTriggerValue } = component
  const text = new TextDecoder().decode(data)
  const view = views.get(parentElement) ?? openView(parentElement)
  views.set(parentElement, view)
  if (view.text !== text) {
    view.text = text
    view.data = JSON.parse(text)
    view.span = (view.data.lastYear + 1 - view.data.firstYear) * 12
    for (const row of view.data.rows) row.folded = row.name.toLowerCase()
    const told = window.ramp155Month ?? { index: view.data.days.length - 1, hindsight: false }
    view.place = Math.min(told.index, view.data.days.length - 1)
    useKnowledge(view, told.hindsight)
    view.lines.style.setProperty("--overdue", view.data.overdue)
    view.lines.style.setProperty("--overdue-words", view.data.overdueWords)
    view.lines.classList.toggle("by-size", view.data.sort === "size")
    layLates(view)
    layKey(view)
    layYears(view)
    layRows(view)
    watchSight(view)
    view.width = 0
    layout(view)
    settle(view)
  }
  // Which plant was opened is told with today's way to tell it, whoever was listening before.
  view.tell = setTriggerValue
  if (!view.listen) {
    view.listen = (event) => follow(view, event.detail)
    document.addEventListener("ramp155:month", view.listen)
    view.release = () => release(view)
    document.addEventListener("pointerup", view.release)
    listenToRows(view)
    view.observer = new ResizeObserver(() => layout(view))
    view.observer.observe(/** @type {Element} */ (view.lines.parentElement))
  }
  return () => {
    clearTimeout(view.rest)
    if (view.listen) document.removeEventListener("ramp155:month", view.listen)
    if (view.release) document.removeEventListener("pointerup", view.release)
    view.observer?.disconnect()
    view.sight?.disconnect()
    views.delete(parentElement)
  }
}
