// The engine on a page: starts its thread, and passes questions on to it.

/** @typedef {import("./words.js").Lever} Lever */
/**
 * What pictures ask (`window.ramp155Engine`): questions of worker.js by name.
 * @typedef {{key: string, levers: Lever[], starts: [string, string][],
 *   ask: import("./types").Ask, stop: () => void}} Engine
 */

/**
 * Starts an engine and makes it known to the page. Where no thread may be started, levers answer when they are let go.
 * @param {string} script - the thread's
 * @param {Uint8Array} packed
 * @returns {Promise<Engine>}
 */
export async function startEngine(script, packed) {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }))
  const thread = new Worker(address)
  /** @type {Map<number, {done: (answer: unknown) => void, fail: (fault: unknown) => void}>} */
  const waiting = new Map()
  let count = 0
  const send = (/** @type {object} */ message) =>
    new Promise((done, fail) => {
      waiting.set(++count, { done, fail })
      thread.postMessage({ ...message, id: count })
    })
  const failAll = (/** @type {unknown} */ fault) => {
    for (const { fail } of waiting.values()) fail(fault)
    waiting.clear()
  }
  thread.onmessage = ({ data: { id, answer, fault } }) => {
    if (fault) return failAll(fault)
    waiting.get(id)?.done(answer)
    waiting.delete(id)
  }
  thread.onerror = ({ message }) => failAll(message)
  const introduced = /** @type {{key: string, levers: Lever[], starts: [string, string][]}} */ (await send({ packed }))
  URL.revokeObjectURL(address)
  const engine = {
    ...introduced,
    ask: /** @type {import("./types").Ask} */ ((question, ...asked) => send({ question, asked })),
    stop: () => thread.terminate(),
  }
  window.ramp155Engine = engine
  return engine
}

/** @type {WeakMap<object, {leave: (() => void) | null, key: string}>} */
const mounted = new WeakMap()

/**
 * @param {import("./types").Component} component
 * @param {string} script
 */
function mountEngine({ parentElement, data }, script) {
  // A line with the engine's name, then its block: the same engine is started once.
  const end = data.indexOf(10)
  const key = new TextDecoder().decode(data.subarray(0, end))
  const mount = mounted.get(parentElement) ?? { leave: null, key: "" }
  if (mount.key !== key) {
    mount.leave?.()
    Object.assign(mount, { key, leave: null })
    mounted.set(parentElement, mount)
    const start = async () => {
      const engine = await startEngine(script, data.slice(end + 1))
      if (mount.key !== key) return engine.stop()
      document.dispatchEvent(new CustomEvent("ramp155:levers-asked"))
      mount.leave = () => {
        engine.stop()
        window.ramp155Engine = null
      }
    }
    start().catch((fault) => console.warn("Levers answer when they are let go:", fault))
  }
  return () => {
    mount.key = ""
    mount.leave?.()
    mounted.delete(parentElement)
  }
}

// The text of the thread stands before this script on a page.
/** @param {import("./types").Component} component */
export default (component) => mountEngine(component, THREAD)
