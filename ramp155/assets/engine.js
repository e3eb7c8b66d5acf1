// The engine on a page: opens what the server sent once, answers for any levers, and tells the page's pictures where
// the levers' sliders stand while they move (`ramp155:levers` on the document: {lever: position}).
import { inflate, openEngine } from "./chain.js"
import { findEvenMonth, findTonneGain, MEDIAN, readOutlook, readResponse } from "./outlook.js"
import { writeGain, writeReading, writeReadout, writeTitle, writeWarnings } from "./words.js"

/** @typedef {import("./chain.js").Levers} Levers */

/**
 * What the live slider asks: a scenario's answer at once, and piece by piece the response to nitrocellulose.
 * @param {import("./chain.js").Engine} engine
 */
export function buildAnswerer(engine) {
  const { words, targets, key } = engine
  return {
    key,
    levers: words.levers,
    baseline: engine.baseline,
    /**
     * @param {Levers} levers
     * @param {number} at
     */
    answer(levers, at) {
      const outlook = readOutlook(engine, levers, { month: at, targets })
      const { reading, quantiles, figures, stores, shares, reached, nameplate, years } = outlook
      const stages = engine.order.length
      return {
        p10: quantiles[0],
        p50: quantiles[MEDIAN],
        p90: quantiles[4],
        figureLow: figures[0],
        figureHigh: figures[1],
        stores,
        share: (/** @type {number} */ month, /** @type {number} */ stage) => shares[month * stages + stage],
        nameplate,
        year: years[MEDIAN],
        odds: targets.map((_, k) => reached[at * targets.length + k]),
        even: targets.map((_, k) => findEvenMonth(engine, reached, k)),
        title: writeTitle(words, levers, reading),
        readout: writeReadout(words, levers, reading),
        reading: writeReading(words, levers, reading),
        warning: writeWarnings(words, levers),
        gain: (/** @type {number[]} */ rounds, /** @type {number} */ percent) =>
          writeGain(words, reading, findTonneGain(engine, levers, at, rounds, percent)),
      }
    },
    /**
     * @param {Levers} levers
     * @param {number} at
     */
    respond: (levers, at) => readResponse(engine, levers, at),
  }
}

/**
 * Opens the engine and makes it known to the page.
 * @param {Uint8Array} packed
 */
export async function startEngine(packed) {
  const answerer = buildAnswerer(openEngine(await inflate(packed)))
  Object.assign(window, { ramp155Engine: answerer })
  document.dispatchEvent(new CustomEvent("ramp155:engine"))
  return answerer
}

/**
 * Follows the page's own sliders, which tell the server only when they are let go.
 * @param {ReturnType<typeof buildAnswerer>} answerer
 */
function followSliders({ levers }) {
  const tell = () => {
    /** @type {Record<string, number>} */
    const positions = {}
    for (const { name, key, scale } of levers) {
      const input = /** @type {HTMLInputElement | null} */ (document.querySelector(`.st-key-${CSS.escape(key)} input[type=range]`))
      if (input) positions[name] = Number(input.value) / scale
    }
    document.dispatchEvent(new CustomEvent("ramp155:levers", { detail: positions }))
  }
  const observer = new MutationObserver((changes) => {
    if (changes.some(({ target }) => target instanceof HTMLInputElement && target.type === "range")) tell()
  })
  observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["value", "aria-valuetext"] })
  tell()
  return observer
}

/** @type {WeakMap<object, {observer: MutationObserver | null, key: string}>} */
const mounted = new WeakMap()

/** @param {{parentElement: object, data: Uint8Array}} component */
export default function mountEngine({ parentElement, data }) {
  // A line with the engine's name, then its block: the same engine is opened once.
  const end = data.indexOf(10)
  const key = new TextDecoder().decode(data.subarray(0, end))
  const mount = mounted.get(parentElement) ?? { observer: null, key: "" }
  if (mount.key !== key) {
    mount.key = key
    mounted.set(parentElement, mount)
    startEngine(data.slice(end + 1)).then((answerer) => {
      if (mount.key !== key) return
      mount.observer?.disconnect()
      mount.observer = followSliders(answerer)
    })
  }
  return () => {
    mount.key = ""
    mount.observer?.disconnect()
    mounted.delete(parentElement)
  }
}
