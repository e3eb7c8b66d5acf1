// Levers as plain sliders, one beneath the other: each says at once where it is while it moves
// (`ramp155:levers` on the document: {lever: position}), for pictures that follow. One that is drawn anew at each step, as
// Streamlit's is, takes more of the processor than the chain and its picture together.

/**
 * A lever as it is shown: its range in the unit it is shown in, and what turns what is stored into that.
 * @typedef {{name: string, key: string, label: string, low: number, high: number, step: number, scale: number,
 *   unit: string, explains: string}} Shown
 */
/** @typedef {{put: (shown: number) => void, read: () => number, range: HTMLInputElement, row: HTMLElement}} Slider */

let count = 0

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {Element} parent
 * @param {T} name
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function add(parent, name, text = "") {
  const node = document.createElement(name)
  node.textContent = text
  parent.appendChild(node)
  return node
}

/**
 * A lever's slider with its name, what it says and where it stands.
 * @param {Element} parent
 * @param {Shown} lever
 * @returns {Slider}
 */
export function addSlider(parent, lever) {
  const row = add(parent, "div")
  row.className = "one"
  const head = add(row, "div")
  head.className = "head"
  const label = add(head, "label", lever.label)
  const help = add(head, "button", "?")
  const shown = add(head, "output")
  const range = add(row, "input")
  const more = add(row, "p", lever.explains)
  label.htmlFor = range.id = `lever-${lever.key}`
  more.id = `explained-${lever.key}-${++count}`
  more.hidden = true
  Object.assign(range, { type: "range", min: lever.low, max: lever.high, step: lever.step })
  range.setAttribute("aria-label", lever.label)
  Object.assign(help, { type: "button", title: lever.explains })
  help.setAttribute("aria-label", `What ${lever.label} is`)
  help.setAttribute("aria-controls", more.id)
  help.setAttribute("aria-expanded", "false")
  help.onclick = () => {
    more.hidden = !more.hidden
    help.setAttribute("aria-expanded", String(!more.hidden))
  }
  const unit = lever.unit.startsWith("thousand") ? "" : ` ${lever.unit}`
  const say = () => {
    shown.textContent = `${Number(range.value).toLocaleString("en-GB")}${unit}`
    range.setAttribute("aria-valuetext", shown.textContent)
    range.style.setProperty("--filled", `${((Number(range.value) - lever.low) / (lever.high - lever.low)) * 100}%`)
  }
  range.addEventListener("input", say)
  const put = (/** @type {number} */ position) => {
    range.value = String(position)
    say()
  }
  return { put, read: () => Number(range.value), range, row }
}

/**
 * A shown position as it is stored.
 * @param {Shown} lever
 * @param {number} shown
 */
export const store = ({ scale }, shown) => Number((shown / scale).toFixed(6))
