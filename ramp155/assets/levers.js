// Every lever but nitrocellulose as a slider of its own, for the page that is one file: it tells the live slider where
// they stand while they move (`ramp155:levers`), as the app's own sliders do there.
import { add, addSlider, store } from "./sliders.js"

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./chain.js").Levers} Levers */

/**
 * @param {Engine} engine
 * @param {Element} parent
 * @param {Levers} sent - where the levers stood when the page was made
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
    const { low, high, step, ...rest } = lever
    const shown = {
      ...rest,
      low: Math.round(low * lever.scale),
      high: Math.round(high * lever.scale),
      step: lever.unit === "%" ? 1 : Math.max(Math.round(step * lever.scale), 1),
    }
    const slider = addSlider(parent, shown)
    const put = (/** @type {number} */ position) => {
      positions[lever.name] = position
      slider.put(Math.round(position * lever.scale))
    }
    slider.range.oninput = () => {
      positions[lever.name] = store(shown, slider.read())
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
 * @param {Levers} positions
 * @param {Levers} sent
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
