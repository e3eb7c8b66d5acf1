// A group of levers on a page of the app: sliders that tell pictures where they stand while they move, and the server
// when they are let go. A part of the page that is drawn anew by itself may take that over (`ramp155:let-go`).
import { followRange } from "./release.js"
import { addSlider, store } from "./sliders.js"

/** @typedef {import("./sliders.js").Shown} Shown */
/** @typedef {import("./sliders.js").Slider} Slider */
/**
 * What the server sends: the levers, where they stand, under a stamp and the session's token.
 * @typedef {{levers: Shown[], values: Record<string, number>, stamp: number, token: string}} Sent
 */
/**
 * @typedef {{sliders: Map<string, Slider>, levers: Shown[], made: string, known: Record<string, number>, stamp: number,
 *   token: string, busy: Set<string>, waits: {rest?: number}[], send: (changed: Record<string, number>) => void}} Group
 */

/** @type {WeakMap<object, Group>} */
const groups = new WeakMap()

// Where all levers of all groups stand; a group that goes takes its own away.
/** @returns {Record<string, number>} */
function findPositions() {
  return (window.ramp155Levers ??= {})
}

const tell = () => document.dispatchEvent(new CustomEvent("ramp155:levers", { detail: { ...findPositions() } }))

/**
 * @param {Group} group
 * @param {Element} parent
 */
function build(group, parent) {
  drop(group)
  parent.replaceChildren()
  group.sliders = new Map()
  for (const lever of group.levers) {
    const slider = addSlider(parent, lever)
    group.sliders.set(lever.key, slider)
    const move = (/** @type {number} */ shown) => {
      group.busy.add(lever.key)
      findPositions()[lever.name] = store(lever, shown)
      tell()
    }
    const letGo = () => {
      group.busy.delete(lever.key)
      const shown = slider.read()
      if (shown === group.known[lever.key]) return
      group.known[lever.key] = shown
      group.send({ [lever.key]: shown })
    }
    /** @type {{rest?: number}} */
    const waiting = {}
    group.waits.push(waiting)
    followRange(slider.range, move, letGo, waiting)
  }
}

/** @param {Group} group */
function drop(group) {
  for (const { rest } of group.waits) clearTimeout(rest)
  group.waits = []
  for (const { name } of group.levers) delete findPositions()[name]
}

/**
 * The server's values: they count once, and not of a lever that is being moved.
 * @param {Group} group
 * @param {Sent} sent
 */
function take(group, { values }) {
  for (const lever of group.levers) {
    if (group.busy.has(lever.key)) continue
    const shown = (group.known[lever.key] = values[lever.key])
    const slider = group.sliders.get(lever.key)
    if (slider?.read() !== shown) slider?.put(shown)
    findPositions()[lever.name] = store(lever, shown)
  }
  tell()
}

/** @param {import("./types").Component<Sent>} component */
export default function (component) {
  const { parentElement, data, setTriggerValue } = component
  const parent = /** @type {Element} */ (parentElement.querySelector(".levers"))
  let group = groups.get(parentElement)
  if (!group) {
    group = { sliders: new Map(), levers: [], made: "", known: {}, stamp: -1, token: data.token, busy: new Set(), waits: [], send: () => {} }
    groups.set(parentElement, group)
    document.addEventListener("ramp155:levers-asked", tell)
  }
  const held = group
  held.send = (changed) => {
    const letGo = new CustomEvent("ramp155:let-go", { detail: changed, cancelable: true })
    if (document.dispatchEvent(letGo)) setTriggerValue("let_go", changed)
  }
  const made = JSON.stringify(data.levers)
  const isMade = held.made !== made
  if (isMade) {
    held.levers = data.levers
    held.made = made
    held.busy.clear()
    build(held, parent)
  }
  // A server that was away knows the address alone: what was set here meanwhile is newer, and is sent again.
  if (held.token !== data.token) {
    const newer = Object.entries(held.known).filter(([key, shown]) => key in data.values && data.values[key] !== shown)
    if (newer.length) setTriggerValue("let_go", Object.fromEntries(newer))
  } else if (isMade || held.stamp !== data.stamp) take(held, data)
  held.token = data.token
  held.stamp = data.stamp
  return () => {
    drop(held)
    document.removeEventListener("ramp155:levers-asked", tell)
    groups.delete(parentElement)
    tell()
  }
}
