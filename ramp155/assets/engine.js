// The engine on a page: starts its thread, passes questions on to it, and tells the page's pictures where the levers'
// sliders stand while they move (`ramp155:levers` on the document: {lever: position}).

/** @typedef {import("./words.js").Lever} Lever */
/**
 * What pictures ask (`window.ramp155Engine`): questions of worker.js by name.
 * @typedef {{key: string, levers: Lever[], starts: [string, string][],
 *   ask: (question: string, ...asked: unknown[]) => Promise<any>, stop: () => void}} Engine
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
  /** @type {Map<number, {done: (answer: any) => void, fail: (fault: unknown) => void}>} */
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
    ask: (/** @type {string} */ question, /** @type {unknown[]} */ ...asked) => send({ question, asked }),
    stop: () => thread.terminate(),
  }
  Object.assign(window, { ramp155Engine: engine })
  return engine
}

/**
 * Follows the page's own sliders, which tell the server only when they are let go. All are read anew when a picture asks
 * (`ramp155:levers-asked`), for one that is not shown any more says nothing.
 * @param {Engine} engine
 */
function followSliders({ levers }) {
  /** @type {Record<string, number>} */
  let positions = {}
  const read = (/** @type {HTMLInputElement} */ input) => {
    const place = /** @type {HTMLElement | null} */ (input.closest("[class*=st-key-]"))
    const lever = levers.find(({ key }) => place?.classList.contains(`st-key-${key}`))
    if (!lever) return false
    positions[lever.name] = Number((Number(input.value) / lever.scale).toFixed(6))
    return true
  }
  const tell = () => document.dispatchEvent(new CustomEvent("ramp155:levers", { detail: { ...positions } }))
  const readAll = () => {
    positions = {}
    const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-testid=stSlider] input[type=range]"))
    inputs.forEach(read)
    tell()
  }
  const observer = new MutationObserver((changes) => {
    const inputs = new Set(changes.map(({ target }) => /** @type {HTMLInputElement} */ (target)))
    if ([...inputs].filter((input) => input.type === "range" && read(input)).length) tell()
  })
  observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["value", "aria-valuetext"] })
  document.addEventListener("ramp155:levers-asked", readAll)
  readAll()
  return () => {
    observer.disconnect()
    document.removeEventListener("ramp155:levers-asked", readAll)
  }
}

/** @type {WeakMap<object, {leave: (() => void) | null, key: string}>} */
const mounted = new WeakMap()

/**
 * @param {{parentElement: object, data: Uint8Array}} component
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
      const stopFollowing = followSliders(engine)
      mount.leave = () => {
        stopFollowing()
        engine.stop()
        Object.assign(window, { ramp155Engine: null })
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
/** @param {{parentElement: object, data: Uint8Array}} component */
// @ts-ignore
export default (component) => mountEngine(component, THREAD)
