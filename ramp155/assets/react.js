// React's own tree, through which a chart of Streamlit's is reached, as Streamlit gives no way to it.

/** @typedef {import("./types").Fiber} Fiber */

const MOST_HOOKS = 60 // of one component

/**
 * What the components about an element keep: the first that `pick` takes, from the element outwards; else null.
 * @template T
 * @param {Element | null | undefined} element
 * @param {number} depth - how many components outwards
 * @param {(kept: any) => T | null | undefined} pick
 * @returns {T | null}
 */
export function findKept(element, depth, pick) {
  const isFiber = (/** @type {string} */ name) => name.startsWith("__reactFiber")
  let node = element
  while (node && !Object.keys(node).some(isFiber)) node = node.parentElement
  if (!node) return null
  /** @type {Fiber | null} */
  let fiber = /** @type {Record<string, any>} */ (node)[Object.keys(node).find(isFiber) ?? ""]
  for (let step = 0; fiber && step < depth; step++, fiber = fiber.return) {
    let hook = fiber.memoizedState
    for (let place = 0; hook && typeof hook === "object" && place < MOST_HOOKS; place++, hook = hook.next) {
      const kept = pick(hook.memoizedState)
      if (kept) return kept
    }
  }
  return null
}
