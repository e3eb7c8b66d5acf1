// The search of the header: what is typed goes to the server after a short rest, and what it found is listed below.

/** @typedef {{site?: string, find: string, name: string, glyph: string, late: string, note?: string, says?: string[]}} Row a hit */
/** @typedef {{query: string, title: string, way: string, country?: string, more?: string, rows: Row[]}} Answer the server's, to a query */
/**
 * The box, the answer that it shows, and which row of it is marked.
 * @typedef {{box: HTMLElement, input: HTMLInputElement, answers: HTMLElement, title: HTMLElement, way: HTMLElement,
 *   rows: HTMLElement, more: HTMLElement, at: number, data: Answer, tell: (name: string, value: string) => void,
 *   rest?: number, entered?: boolean, asked?: string, key?: string}} View
 */

const REST = 120 // milliseconds without a key
/** @type {WeakMap<object, View>} */
const views = new WeakMap()

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {Element} parent
 * @param {T} name
 * @param {string} className
 * @param {string} text
 * @returns {HTMLElementTagNameMap[T]}
 */
function build(parent, name, className, text) {
  const node = document.createElement(name)
  if (className) node.className = className
  node.textContent = text
  parent.append(node)
  return node
}

/** @param {View} view */
const isAnswered = (view) => view.data.query === view.input.value.trim()

/** @param {HTMLElement} parentElement */
function openView(parentElement) {
  const find = (/** @type {string} */ where) => /** @type {HTMLElement} */ (parentElement.querySelector(where))
  /** @type {View} */
  const view = {
    box: find(".find"),
    input: /** @type {HTMLInputElement} */ (find("input")),
    answers: find(".answers"),
    title: find(".title"),
    way: find(".way"),
    rows: find(".hits"),
    more: find(".more"),
    at: -1,
    data: { query: "", title: "", way: "", rows: [] },
    tell: () => {},
  }
  const { input } = view
  input.oninput = () => {
    clearTimeout(view.rest)
    view.entered = false
    view.rest = setTimeout(() => ask(view), REST)
    show(view, true)
  }
  input.onfocus = input.onclick = () => show(view, true)
  input.onkeydown = (event) => press(view, event)
  view.way.onclick = () => leave(view, "late", view.data.country ?? "")
  // A press on the list keeps the focus in the box, which is as wide as it is while it has it.
  view.answers.onmousedown = (event) => event.preventDefault()
  view.box.addEventListener("focusout", (event) => {
    if (!view.box.contains(/** @type {Node | null} */ (event.relatedTarget))) show(view, false)
  })
  return view
}

/** @param {View} view */
function ask(view) {
  const query = view.input.value.trim()
  if (query === view.asked) return
  view.asked = query
  view.tell("query", query)
}

/** @param {View} view @param {boolean} isOpen */
function show(view, isOpen) {
  view.answers.hidden = !isOpen
  view.input.setAttribute("aria-expanded", String(isOpen))
}

// Where it leads away, the box is empty again.
/** @param {View} view @param {string} name @param {string} value */
function leave(view, name, value) {
  clearTimeout(view.rest)
  view.input.value = view.asked = ""
  show(view, false)
  view.input.blur()
  view.tell(name, value)
}

/** @param {View} view @param {Row} row */
function choose(view, row) {
  if (row.site) return leave(view, "opened", row.site)
  view.input.value = row.find
  view.input.focus()
  ask(view)
}

/** @param {View} view @param {KeyboardEvent} event */
function press(view, event) {
  const count = view.data.rows.length
  if (event.key === "Escape") {
    if (view.answers.hidden) view.input.value = ""
    show(view, false)
    ask(view)
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!count) return
    show(view, true)
    const step = event.key === "ArrowDown" ? 1 : -1
    mark(view, view.at < 0 && step < 0 ? count - 1 : (view.at + step + count) % count)
  } else if (event.key === "Enter") {
    clearTimeout(view.rest)
    if (!isAnswered(view)) {
      view.entered = true
      ask(view)
    } else enter(view)
  } else return
  event.preventDefault()
  event.stopPropagation()
}

// Enter opens the row that is marked, else the one plant found; of several none, as they are listed.
/** @param {View} view */
function enter(view) {
  view.entered = false
  const { rows } = view.data
  const row = rows[view.at] ?? (rows.length === 1 ? rows[0] : null)
  if (row) choose(view, row)
}

/** @param {View} view @param {number} at */
function mark(view, at) {
  view.at = at
  ;[...view.rows.children].forEach((node, place) => {
    node.setAttribute("aria-selected", String(place === at))
    if (place === at) node.scrollIntoView({ block: "nearest" })
  })
  if (at < 0) view.input.removeAttribute("aria-activedescendant")
  else view.input.setAttribute("aria-activedescendant", `plant-search-${at}`)
}

/** @param {View} view */
function draw(view) {
  const { data } = view
  view.title.textContent = data.title
  view.way.textContent = data.country ? data.way : ""
  view.more.textContent = data.more ?? ""
  view.rows.replaceChildren()
  data.rows.forEach((row, place) => {
    const node = build(view.rows, "div", row.site ? "hit" : "hit plain", "")
    node.id = `plant-search-${place}`
    node.setAttribute("role", "option")
    node.setAttribute("aria-selected", "false")
    if (row.site) build(node, "span", "", row.glyph).setAttribute("aria-hidden", "true")
    build(node, "b", "", row.name)
    build(node, "span", "late", row.late)
    if (row.note) build(node, "small", "", row.note)
    for (const sentence of row.says ?? []) build(node, "p", "says", sentence)
    node.onclick = () => choose(view, row)
  })
  view.answers.scrollTop = 0
  mark(view, -1)
}

/** @param {import("./types").Component<Answer>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const view = views.get(parentElement) ?? openView(parentElement)
  views.set(parentElement, view)
  view.tell = setTriggerValue
  const key = JSON.stringify(data)
  if (view.key === key) return
  view.key = key
  view.data = data
  view.asked ??= data.query
  draw(view)
  if (view.entered && isAnswered(view)) enter(view)
  return () => {
    clearTimeout(view.rest)
  }
}
