// Charts and words of Streamlit's that are given other numbers and other texts: a chart's Vega view is found through React's
// own tree, and words are written on a copy laid over them, so that nothing that React made is changed.
import { findKept } from "./react.js"

/** @typedef {import("./types").Row} Row */
/** @typedef {import("./types").VegaView} VegaView */
/** @typedef {{current: VegaView | null}} Holder React's, of a chart's view */
/** @typedef {Record<string, {element: Element, holder: Holder, percent?: number | null}>} Charts by key; the position each was drawn for */
/** @typedef {Map<string, HTMLElement>} Copies of words, by the key of their container */

// Vega's own maker of changes, which gives numbers of rows that stay another value: it is reached by looking at what
// `view.data` would have made. Null where that is no longer so.
/** @param {VegaView} view @param {string} name */
export function findChangeset(view, name) {
  /** @type {import("./types").Changes[]} */
  const given = []
  const pulse = (/** @type {unknown} */ _, /** @type {import("./types").Changes} */ changes) => given.push(changes)
  view.data.call(Object.create(view, { pulse: { value: pulse } }), name, [])
  const maker = given[0]?.constructor
  return typeof maker === "function" && "modify" in given[0] ? /** @type {() => import("./types").Changes} */ (maker) : null
}

// Other numbers for the rows of a table of a chart, which stay; whether there was another.
/** @param {VegaView} view @param {string} name @param {(row: Row) => Row} lay */
export function changeRows(view, name, lay) {
  const present = view.data(name)
  const changeset = findChangeset(view, name)
  if (!changeset) {
    // New objects, for Vega marks what it is given.
    view.data(name, present.map((row) => ({ ...Object.fromEntries(Object.entries(row)), ...lay(row) })))
    return true
  }
  const changes = changeset()
  let isChanged = false
  for (const row of present)
    for (const [column, value] of Object.entries(lay(row))) {
      if (row[column] === value) continue
      changes.modify(row, column, value)
      isChanged = true
    }
  if (isChanged) view.change(name, changes)
  return isChanged
}

// The place in React's tree where Streamlit keeps a chart's Vega view: it stays while the view changes.
/** @param {Element} chart @returns {Holder | null} */
function findHolder(chart) {
  return findKept(chart, 12, (kept) => {
    const view = kept?.current
    return view?.runAsync && view.data && view.signal ? kept : null
  })
}

/** @param {Charts} charts @param {string} key */
export function findView(charts, key) {
  const chart = charts[key]
  if (chart?.element.isConnected && chart.holder.current) return chart.holder.current
  const heading = document.querySelector(`.st-key-head_${key}`)
  if (!heading) return null
  const isAfter = (/** @type {Element} */ one) => heading.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING
  const element = [...document.querySelectorAll("[data-testid=stVegaLiteChart]")].find(isAfter)
  const holder = element && findHolder(element)
  if (!holder) return null
  charts[key] = { element, holder }
  return holder.current
}

/** @param {Element} element */
export const isInSight = (element) => {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < innerHeight
}

// **Bold** parts and paragraphs, as the page's sentences carry them; never read as HTML.
/** @param {HTMLElement} node @param {string} text */
function writeWords(node, text) {
  if (node.dataset.text === text) return
  node.dataset.text = text
  /** @param {string} line */
  const write = (line) =>
    line.split("**").map((part, k) => {
      const piece = document.createElement(k % 2 ? "strong" : "span")
      piece.textContent = part.replace(/(\d) (?=%)/g, "$1\u00a0") // as the page has it: no line ends between a figure and its %
      return piece
    })
  const [first] = node.querySelectorAll("h2, p")
  if (!first) return
  if (first.localName === "h2") return void first.replaceChildren(...write(text))
  const paragraphs = text.split("\n\n").map((line) => {
    const paragraph = /** @type {HTMLElement} */ (first.cloneNode(false))
    paragraph.replaceChildren(...write(line))
    return paragraph
  })
  first.parentElement?.replaceChildren(...paragraphs)
}

// A copy of what Streamlit wrote, shown in its place: what React made is never changed.
/** @param {Copies} copies @param {string} key @param {string} text */
export function cover(copies, key, text) {
  /** @type {HTMLElement | null} */
  const original = document.querySelector(`.st-key-${key} [data-testid=stMarkdown]:not([data-follow])`)
  if (!original) return
  let copy = copies.get(key)
  if (!copy?.isConnected || copy.previousSibling !== original) {
    copy?.remove()
    copy = /** @type {HTMLElement} */ (original.cloneNode(true))
    copy.dataset.follow = key
    for (const node of copy.querySelectorAll("[id]")) node.removeAttribute("id")
    original.after(copy)
    copies.set(key, copy)
  }
  original.style.setProperty("display", "none")
  writeWords(copy, text)
}

/** @param {Copies} copies */
export function uncover(copies) {
  for (const copy of copies.values()) {
    const original = copy.previousSibling
    if (original instanceof HTMLElement) original.style.removeProperty("display")
    copy.remove()
  }
  copies.clear()
}
