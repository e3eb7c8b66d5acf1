// The engine, in a thread of its own so that the page never waits for it: opens what the server sent once, then answers
// one question after the other. Asked by engine.js.
import { inflate, openEngine } from "./chain.js"
import { openSides, readGap } from "./gap.js"
import { findEvenMonth, findTonneGain, MEDIAN, readOutlook, readResponse } from "./outlook.js"
import { sayMonth, writeGain, writeReading, writeReadout, writeTitle, writeWarnings } from "./words.js"

/** @typedef {import("./chain.js").Engine} Engine */
/** @typedef {import("./chain.js").Levers} Levers */

const WARM_UPS = 6

/**
 * What a page is told of an engine before it asks.
 * @param {Engine} engine
 */
export function introduce({ key, words, months }) {
  /** @type {[string, string][]} from which levers may act, with their names */
  const starts = months.filter((month) => month >= words.start).map((month) => [month, sayMonth(month, 3)])
  return { key, levers: words.levers, starts }
}

/** @type {import("./gap.js").Opened | null} */
let compared = null

/** The questions, by name. */
export const QUESTIONS = {
  /**
   * All that is drawn and said of a scenario, but for its response to nitrocellulose.
   * @param {Engine} engine
   * @param {Levers} levers
   * @param {number} at
   */
  answer(engine, levers, at) {
    const { targets, words } = engine
    const outlook = readOutlook(engine, levers, { month: at, targets })
    const { reading, quantiles, figures, reached } = outlook
    return {
      p10: quantiles[0],
      p50: quantiles[MEDIAN],
      p90: quantiles[4],
      figureLow: figures[0],
      figureHigh: figures[1],
      stores: outlook.stores,
      shares: outlook.shares,
      nameplate: outlook.nameplate,
      year: outlook.years[MEDIAN],
      odds: targets.map((_, k) => reached[at * targets.length + k]),
      even: targets.map((_, k) => findEvenMonth(engine, reached, k)),
      title: writeTitle(words, levers, reading),
      readout: writeReadout(words, levers, reading),
      reading: writeReading(words, levers, reading),
      warning: writeWarnings(words, levers),
    }
  },
  /**
   * The response to nitrocellulose at one position of it.
   * @param {Engine} engine
   * @param {Levers} levers
   * @param {number} at
   */
  respond: (engine, levers, at) => readResponse(engine, levers, at),
  /**
   * What one more tonne brings, given all rounds until the month at each position.
   * @param {Engine} engine
   * @param {Levers} levers
   * @param {number} at
   * @param {number[]} rounds
   */
  gain(engine, levers, at, rounds) {
    const { reading } = readOutlook(engine, levers, { month: at, targets: engine.targets })
    const percent = Math.round(levers.nitrocellulose * 100)
    return writeGain(engine.words, reading, findTonneGain(engine, levers, at, rounds, percent))
  },
  /**
   * The gap under levers and a lever of Russia's rate. Its sides come with the first question of a comparison.
   * @param {Engine} engine
   * @param {Levers} levers
   * @param {string} key - of the comparison
   * @param {number} rate
   * @param {import("./gap.js").Sides} [sides]
   */
  gap(engine, levers, key, rate, sides) {
    if (sides) compared = openSides(sides, engine.months.length)
    if (compared?.sides.key !== key) return null
    return readGap(engine, levers, compared, rate)
  },
}

/** @type {Promise<Engine> | null} */
let opened = null

/**
 * The engine, once it has run often enough to be quick.
 * @param {Uint8Array} packed
 */
async function open(packed) {
  const engine = openEngine(await inflate(packed))
  for (let k = 0; k < WARM_UPS; k++) QUESTIONS.answer(engine, { ...engine.baseline, extra_delay: k % 2, shifts: 1 - k / 100 }, 0)
  return engine
}

/** @param {MessageEvent} message */
async function reply({ data: { id, question, packed, asked } }) {
  /** @type {Record<string, (engine: Engine, ...asked: any[]) => unknown>} */
  const questions = QUESTIONS
  try {
    if (packed) opened = open(packed)
    const engine = await /** @type {Promise<Engine>} */ (opened)
    postMessage({ id, answer: packed ? introduce(engine) : questions[question](engine, ...asked) })
  } catch (fault) {
    postMessage({ id, fault: String(fault) })
  }
}

if (typeof postMessage === "function" && typeof document === "undefined") globalThis.onmessage = reply
