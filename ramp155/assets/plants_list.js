// The list beside the map: one row a plant, the same plants as the map's marks, in step with them.
import { build, drawMark, flagOf, light, make, put, write } from "./plants_map.js"

/** @typedef {import("./plants_map.js").View} View */
/** @typedef {import("./plants_map.js").Column} Column */

/** @type {{id: Column, words: string}[]} */
const COLUMNS = [
  { id: "name", words: "Plant" },
  { id: "status", words: "Status" },
  { id: "date", words: "Next or last date" },
  { id: "late", words: "Late by" },
]
const SETTLE = 140 // milliseconds without a new month, after which rows take their order

// What a list or tooltip says of a plant now.
/** @param {View} view @param {number} column */
export function describe(view, column) {
  const { body, now } = view
  const { words, bits } = body
  const cell = view.cell(column)
  const marks = Object.entries(words.marks).flatMap(([mark, said]) => (now.marks[cell] & bits[mark] ? [said] : []))
  const ahead = words.ahead[now.ahead[cell]]
  const months = now.lateness[cell]
  const product = words.products[now.late_products[cell]]
  const whose = product ? `, ${product}` : ""
  const isLate = (now.marks[cell] & bits.late) > 0
  const coming = words.coming[now.coming[cell]]
  const reached = words.reached[now.reached[cell]]
  const word = words.statuses[now.status[cell]]
  return {
    word,
    notes: [ahead, ...marks].filter(Boolean).join("; "),
    status: [ahead ? `${word}, ${ahead}` : word, ...marks].join("; "),
    coming,
    reached,
    date: coming || reached,
    months,
    isLate,
    lateBy: isLate ? (months ? `${months} ${months === 1 ? "month" : "months"}${whose}` : "moved") : "",
    late: isLate ? (months ? `late by ${months} ${months === 1 ? "month" : "months"} or more${whose}` : "late: its date was moved") : "",
  }
}

/** @param {View} view @returns {(one: number, other: number) => number} */
export function compare(view) {
  const { now, body } = view
  const rank = (/** @type {number} */ column) => {
    const cell = view.cell(column)
    const steps = body.words.reached.length
    return {
      name: body.sites[column].name,
      // From delivering down to stopped, as the key goes up.
      status: body.words.rank[now.status[cell]],
      // What is next, the nearest first; then what passed; then what was reached, the newest first.
      date: now.coming[cell] || 3 * steps - now.reached[cell],
      late: now.marks[cell] & body.bits.late ? -1 - now.lateness[cell] : 0,
    }
  }
  const { id, down } = view.sort
  return (one, other) => {
    const [a, b] = [rank(one), rank(other)]
    const order = (id === "name" ? 0 : a[id] - b[id]) || a.name.localeCompare(b.name)
    return down ? -order : order
  }
}

/** @param {View} view */
export function layList(view) {
  const { body } = view
  view.headRow.replaceChildren(
    ...COLUMNS.map(({ id, words }) => {
      const cell = build("th")
      cell.scope = "col"
      cell.dataset.column = id
      const button = build("button", "", words)
      button.type = "button"
      button.append(build("i"))
      button.onclick = () => {
        view.sort = { id, down: view.sort.id === id && !view.sort.down }
        orderRows(view)
      }
      cell.append(button)
      return cell
    }),
  )
  view.rows = body.sites.map((site, column) => {
    const row = build("tr", "plant")
    row.dataset.site = site.id
    const [name, status, date, late] = COLUMNS.map(({ id }) => row.appendChild(build("td", id)))
    const where = view.placeOf.has(column) ? "" : " · no published town"
    name.append(build("b", "", site.name), build("small", "", `${site.maker} · ${site.products}${where}`))
    const glyph = make(null, "svg", { viewBox: "-1.25 -1.25 2.5 2.5", width: 18, height: 18, "aria-hidden": "true" })
    const parts = { glyph: make(glyph, "g"), word: build("span"), notes: build("small"), coming: build("span", "coming"), reached: build("span", "reached"), late: build("span") }
    const said = build("div")
    said.append(parts.word, parts.notes)
    status.append(glyph, said)
    date.append(parts.coming, parts.reached)
    late.append(parts.late)
    row.onclick = () => view.choose(view.chosen === site.id ? "" : site.id)
    row.onmouseenter = row.onfocus = () => light(view, column, false)
    row.onmouseleave = row.onblur = () => light(view, null, false)
    row.onkeydown = (event) => pressRow(view, event, row, site.id)
    return { row, parts, column, id: site.id, isShown: null }
  })
  view.opened = build("tr", "opened")
  view.openedCell = view.opened.appendChild(build("td"))
  view.openedCell.colSpan = COLUMNS.length
}

/** @param {View} view @param {KeyboardEvent} event @param {HTMLElement} row @param {string} id */
function pressRow(view, event, row, id) {
  /** @type {NodeListOf<HTMLElement>} */
  const shown = view.tbody.querySelectorAll("tr.plant:not([hidden])")
  const rows = [...shown]
  const place = rows.indexOf(row)
  /** @type {number | undefined} */
  const goal = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: rows.length - 1 }[event.key]
  if (event.key === "Enter" || event.key === " ") view.choose(view.chosen === id ? "" : id)
  else if (event.key === "Escape" && view.chosen) view.choose("")
  else if (goal !== undefined) rows[Math.min(Math.max(goal, 0), rows.length - 1)]?.focus()
  else return
  event.preventDefault()
}

/** @param {View} view */
function orderRows(view) {
  for (const cell of view.headRow.children) {
    const isSorted = cell.getAttribute("data-column") === view.sort.id
    if (isSorted) cell.setAttribute("aria-sort", view.sort.down ? "descending" : "ascending")
    else cell.removeAttribute("aria-sort")
    const sign = /** @type {Element} */ (cell.querySelector("i"))
    sign.textContent = isSorted ? (view.sort.down ? " ▴" : " ▾") : ""
  }
  const order = compare(view)
  const rows = view.rows ?? []
  const inOrder = [...rows].sort((one, other) => order(one.column, other.column))
  const nodes = inOrder.flatMap(({ row, id }) => (id === view.chosen ? [row, view.opened] : [row]))
  if (nodes.length !== view.tbody.children.length || nodes.some((node, place) => view.tbody.children[place] !== node)) {
    const root = view.tbody.getRootNode()
    const focused = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null
    view.tbody.replaceChildren(...nodes)
    if (focused instanceof HTMLElement && focused.matches("tr.plant")) focused.focus({ preventScroll: true })
  }
  const first = inOrder.find(({ isShown }) => isShown)
  for (const { row } of rows) row.tabIndex = row === (view.row(view.chosen) ?? first?.row) ? 0 : -1
}

/** @param {View} view @param {boolean} isSettled */
export function drawList(view, isSettled) {
  const { body, now } = view
  /** @type {Record<string, string>} */
  const sentences = { all: "All", opened: now.opened[view.day], late: now.late[view.day], soon: now.soon[view.day] }
  write(view.heading, now.heading[view.day])
  for (const button of view.picks.querySelectorAll("button")) {
    const pick = button.dataset.pick ?? ""
    write(button, sentences[pick])
    button.hidden = !sentences[pick] && view.head.pick !== pick
    put(button, "aria-pressed", (view.head.pick || "all") === pick)
  }
  let shown = 0
  for (const line of view.rows ?? []) {
    const { row, parts, column } = line
    const status = now.status[view.cell(column)]
    line.isShown = status > 0
    if (row.hidden === line.isShown) row.hidden = !line.isShown
    if (!line.isShown) continue
    shown += 1
    const says = describe(view, column)
    drawMark(parts.glyph, body, status, flagOf(body, now.marks[view.cell(column)]))
    write(parts.word, says.word)
    write(parts.notes, says.notes)
    write(parts.coming, says.coming)
    write(parts.reached, says.reached)
    parts.reached.classList.toggle("past", says.coming !== "")
    write(parts.late, says.lateBy)
    row.classList.toggle("is-late", says.isLate)
  }
  view.none.hidden = shown > 0
  drawOpened(view)
  clearTimeout(view.settling)
  if (isSettled) orderRows(view)
  else view.settling = setTimeout(() => orderRows(view), SETTLE)
}

// The open row: a sentence a line of the plant, and the way to its page.
/** @param {View} view */
function drawOpened(view) {
  const open = view.head.open
  const site = view.body.sites.find(({ id }) => id === view.chosen)
  view.opened.hidden = !site || view.row(view.chosen)?.hidden === true
  if (!site || view.opened.hidden) return
  const lines = open?.site === site.id ? open.by_day[view.known][view.day].map((place) => open.sentences[place]) : []
  const key = JSON.stringify([site.id, lines])
  if (view.openedCell.dataset.says === key) return
  view.openedCell.dataset.says = key
  const link = build("a", "", "All about this plant")
  link.href = `plant?site=${encodeURIComponent(site.id)}`
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    view.tell("plant", { site: site.id })
  }
  const town = build("p", "", `${site.town || "Town not published"}, ${site.country}`)
  view.openedCell.replaceChildren(town, ...lines.map((text) => build("p", "", text)), link)
}

/** @param {View} view */
export function lightRow(view) {
  for (const { row, column } of view.rows ?? []) row.classList.toggle("lit", column === view.lit)
}

// Only the list itself is moved, never the page.
/** @param {View} view @param {HTMLElement | null | undefined} row */
export function bringInSight(view, row) {
  if (!row || row.hidden) return
  const box = view.scroller
  const top = row.offsetTop - view.headRow.offsetHeight
  const bottom = row.offsetTop + row.offsetHeight + (view.opened.hidden ? 0 : view.opened.offsetHeight)
  if (top < box.scrollTop || bottom > box.scrollTop + box.clientHeight) box.scrollTop = Math.max(top - 20, 0)
}
