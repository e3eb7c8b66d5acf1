// Every lever but nitrocellulose as a slider of its own, for the page that is one file: it tells the live slider where
// they stand while they move (`ramp155:levers`), as the app's own sliders do there.

/** @typedef {import("./engine.js").Engine} Engine */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {Element} parent
 * @param {T} name
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[T]}
 */
function add(parent, name, text = "") {
  const node = document.createElement(name)
  node.textContent = text
  parent.appendChild(node)
  return node
}

/**
 * @param {Engine} engine
 * @param {Element} parent
 * @param {Record<string, any>} sent - where the levers stood when the page was made
 */
export function showLevers(engine, parent, sent) {
  const positions = { ...sent }
  /** @type {(() => void)[]} */
  const resets = []
  const tell = () => document.dispatchEvent(new CustomEvent("ramp155:levers", { detail: { ...positions } }))
  const reset = add(parent, "button", "As the page was sent")
  reset.type = "button"
  reset.onclick = () => {
    for (const put of resets) put()
    tell()
  }
  const groups = [...new Set(engine.levers.map(({ group }) => group))]
  const levers = groups.flatMap((group) => engine.levers.filter((lever) => lever.group === group))
  let group = ""
  for (const lever of levers) {
    if (lever.name === "nitrocellulose") continue
    if (lever.group !== group && lever.name !== "months") add(parent, "h3", lever.group)
    group = lever.group
    const label = add(parent, "label")
    const head = add(label, "span")
    add(head, "span", lever.label)
    const shown = add(head, "output")
    const input = add(label, "input")
    const [low, high] = [lever.low * lever.scale, lever.high * lever.scale]
    const step = lever.unit === "%" ? 1 : Math.max(Math.round(lever.step * lever.scale), 1)
    Object.assign(input, { type: "range", min: Math.round(low), max: Math.round(high), step, title: lever.explains })
    input.setAttribute("aria-label", lever.label)
    const put = (/** @type {number} */ position) => {
      positions[lever.name] = position
      input.value = String(Math.round(position * lever.scale))
      const unit = lever.unit === "thousand" ? "" : ` ${lever.unit}`
      shown.textContent = `${input.value}${unit}`
      input.setAttribute("aria-valuetext", shown.textContent)
      input.style.setProperty("--filled", `${((Number(input.value) - low) / (high - low)) * 100}%`)
    }
    input.oninput = () => {
      put(Number((Number(input.value) / lever.scale).toFixed(6)))
      tell()
    }
    resets.push(() => put(sent[lever.name]))
    put(sent[lever.name])
    if (lever.name === "months") showStart(engine, parent, positions, sent, resets, tell)
  }
}

/**
 * The month in which levers begin to act.
 * @param {Engine} engine
 * @param {Element} parent
 * @param {Record<string, any>} positions
 * @param {Record<string, any>} sent
 * @param {(() => void)[]} resets
 * @param {() => void} tell
 */
function showStart({ starts }, parent, positions, sent, resets, tell) {
  const label = add(parent, "label")
  add(label, "span", "From")
  const choice = add(label, "select")
  for (const [month, name] of starts) add(choice, "option", name).value = month
  choice.value = sent.start
  choice.onchange = () => {
    positions.start = choice.value
    tell()
  }
  resets.push(() => (choice.value = positions.start = sent.start))
}
