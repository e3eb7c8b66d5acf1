// The engine on a page: opens what the server sent once, answers for any levers, and tells the page's pictures where
// the levers' sliders stand while they move (`ramp155:levers` on the document: {lever: position}).
import { inflate, openEngine } from "./chain.js"
import { findEvenMonth, findTonneGain, MEDIAN, readOutlook, readResponse } from "./outlook.js"
import { sayMonth, writeGain, writeReading, writeReadout, writeTitle, writeWarnings } from "./words.js"

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
    /** @type {[string, string][]} the months from which levers may act, with their names */
    months: engine.months.filter((month) => month >= words.start).map((month) => [month, sayMonth(month, 3)]),
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

const WARM_UPS = 6

/**
 * Opens the engine and makes it known to the page, once it has run often enough to be quick: a piece at a time, so that
 * nothing on the page waits for it.
 * @param {Uint8Array} packed
 */
export async function startEngine(packed) {
  const answerer = buildAnswerer(openEngine(await inflate(packed)))
  for (let k = 0; k < WARM_UPS; k++) {
    await new Promise((done) => setTimeout(done))
    answerer.answer({ ...answerer.baseline, extra_delay: k % 2, shifts: 1 - k / 100 }, 0)
  }
  Object.assign(window, { ramp155Engine: answerer })
  document.dispatchEvent(new CustomEvent("ramp155:engine"))
  return answerer
}

/**
 * Follows the page's own sliders, which tell the server only when they are let go. All are read anew when a picture asks
 * (`ramp155:levers-asked`), for one that is not shown any more says nothing.
 * @param {ReturnType<typeof buildAnswerer>} answerer
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

/** @param {{parentElement: object, data: Uint8Array}} component */
export default function mountEngine({ parentElement, data }) {
  // A line with the engine's name, then its block: the same engine is opened once.
  const end = data.indexOf(10)
  const key = new TextDecoder().decode(data.subarray(0, end))
  const mount = mounted.get(parentElement) ?? { leave: null, key: "" }
  if (mount.key !== key) {
    mount.key = key
    mounted.set(parentElement, mount)
    startEngine(data.slice(end + 1)).then((answerer) => {
      if (mount.key !== key) return
      mount.leave?.()
      mount.leave = followSliders(answerer)
    })
  }
  return () => {
    mount.key = ""
    mount.leave?.()
    mounted.delete(parentElement)
  }
}
