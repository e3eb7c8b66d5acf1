// The gap under levers, in the engine's thread: Europe's runs beside what Russia, the US and Canada make in the same
// draws, as the library counts them (ramp155/answers/gap/rates.py, ratios.py), and its sentences. No DOM.

import { buildCapacity, findActing, findStage, runChain } from "./chain.js"
import { findQuantiles } from "./outlook.js"
import { fill, isBaseline, listMoved, sayCount, sayMonth, sayPercent, showPosition } from "./words.js"

/** @typedef {import("./chain.js").Engine} Engine */
/** @typedef {import("./chain.js").Levers} Levers */
/**
 * An estimate: straight lines between its figures, each with its range, from a month on.
 * @typedef {{places: number[], figures: [low: number, mode: number, high: number][], from: number}} Path
 */
/** @typedef {"positions_russia" | "positions_us" | "positions_canada" | "factor" | "growth" | "calibre"} SideArray */
/**
 * What the server sends of a comparison (`build_gap_sides`): estimates, what they are multiplied by in each draw as
 * base64, and its sentences with `{lead}`, `{odds}` and `{now}` left open. `first` is the month from which Russia's lever acts.
 * @typedef {{key: string, counts: "output" | "nameplate", first: number, grownFrom: number, month: number, last: number,
 *   before: number, title: string, tide: string, paths: Record<"russia" | "us" | "canada", Path>,
 *   arrays: Record<SideArray, string>}} Sides
 */
/** @typedef {{sides: Sides, russia: Float64Array, others: Float64Array, calibre: Float64Array}} Opened months x draws, rounds a year */
/** @typedef {{p10: Float64Array, p50: Float64Array, p90: Float64Array}} Bands by month; NaN where no figure is named */
/**
 * Rates of those that a lever moves, Russia's over theirs, the odds of parity, and what is said.
 * @typedef {{start: string, rates: Record<"russia" | "nato" | "europe", Bands>, ratios: Record<"nato" | "europe", Bands & {odds: Float64Array}>,
 *   words: {title: string, reading: string}}} Gap
 */

const GAP_LEVELS = [0.1, 0.5, 0.9]
const HARDLY = 0.005 // a change of the odds that is none

/** @param {string} text */
const readDoubles = (text) => new Float64Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer)

/**
 * The value at a position of a triangular distribution (ramp155/model/triangle.py).
 * @param {number} position
 * @param {[number, number, number]} span
 */
function invertTriangle(position, [low, mode, high]) {
  if (high === low) return low
  const turn = (mode - low) / (high - low)
  if (position <= turn) return low + Math.sqrt(position * (high - low) * (mode - low))
  return high - Math.sqrt((1 - position) * (high - low) * (high - mode))
}

/**
 * An estimate's path in every draw, months x draws: flat before its first figure and after its last.
 * @param {Path} path
 * @param {Float64Array} positions
 * @param {number} months
 */
function tracePath({ places, figures, from }, positions, months) {
  const draws = positions.length
  const drawn = figures.map((span) => Float64Array.from(positions, (position) => invertTriangle(position, span)))
  const rates = new Float64Array(months * draws).fill(NaN)
  for (let month = Math.max(from, 0); month < months; month++) {
    let place = 0
    while (place + 2 < places.length && places[place + 1] <= month) place++
    const next = Math.min(place + 1, places.length - 1)
    const wide = places[next] - places[place]
    const part = wide ? Math.min(Math.max((month - places[place]) / wide, 0), 1) : 0
    for (let d = 0; d < draws; d++) rates[month * draws + d] = drawn[place][d] * (1 - part) + drawn[next][d] * part
  }
  return rates
}

/**
 * @param {Sides} sides
 * @param {number} months
 * @returns {Opened}
 */
export function openSides(sides, months) {
  const [factor, growth, calibre] = [sides.arrays.factor, sides.arrays.growth, sides.arrays.calibre].map(readDoubles)
  const russia = tracePath(sides.paths.russia, readDoubles(sides.arrays.positions_russia), months)
  const others = tracePath(sides.paths.us, readDoubles(sides.arrays.positions_us), months)
  const canada = tracePath(sides.paths.canada, readDoubles(sides.arrays.positions_canada), months)
  const draws = factor.length
  for (let month = 0; month < months; month++) {
    const years = Math.max(month - sides.grownFrom, 0) / 12
    for (let d = 0; d < draws; d++) {
      const cell = month * draws + d
      russia[cell] *= factor[d] * (1 + growth[d]) ** years
      others[cell] = (others[cell] + canada[cell]) * calibre[d]
    }
  }
  return { sides, russia, others, calibre }
}

/**
 * Europe's rounds a year by month and draw as they are counted.
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {Opened} opened
 */
function readEurope(engine, levers, { sides, calibre }) {
  const { draws, arrays, roles, order } = engine
  if (sides.counts === "output") {
    const { output } = runChain(engine, levers)
    return (/** @type {number} */ month, /** @type {number} */ d) => output[month * draws + d] * 12 * calibre[d]
  }
  const { levers: names } = findStage(engine, roles.filling)
  const scale = names.filter((name) => name !== "shifts").reduce((product, name) => product * levers[name], 1)
  const acts = findActing(engine, levers, 0)
  const capacity = /** @type {Float64Array} */ (buildCapacity(engine, levers).capacities[order.indexOf(roles.filling)])
  return (/** @type {number} */ month, /** @type {number} */ d) =>
    (capacity[month * draws + d] / arrays.utilisation[d]) * 12 * (acts[month] ? scale : 1) * calibre[d]
}

/** @param {number} months @returns {Bands} */
const makeBands = (months) => ({ p10: new Float64Array(months), p50: new Float64Array(months), p90: new Float64Array(months) })

/**
 * @param {Bands} bands
 * @param {number} month
 * @param {Float64Array} work - in another order afterwards
 */
function putBands(bands, month, work) {
  const isNamed = !Number.isNaN(work[0])
  ;[bands.p10[month], bands.p50[month], bands.p90[month]] = isNamed ? findQuantiles(work, GAP_LEVELS) : [NaN, NaN, NaN]
}

/**
 * Everything of the comparison under levers; `rate` multiplies Russia's from its first month.
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {Opened} opened
 * @param {number} rate
 * @returns {Gap}
 */
export function readGap(engine, levers, opened, rate) {
  const { draws } = engine
  const months = engine.months.length
  const europeAt = readEurope(engine, levers, opened)
  const rates = { russia: makeBands(months), nato: makeBands(months), europe: makeBands(months) }
  const ratios = {
    nato: { ...makeBands(months), odds: new Float64Array(months) },
    europe: { ...makeBands(months), odds: new Float64Array(months) },
  }
  const [russia, europe, nato, work] = [0, 1, 2, 3].map(() => new Float64Array(draws))
  for (let month = 0; month < months; month++) {
    const scale = month >= opened.sides.first ? rate : 1
    for (let d = 0; d < draws; d++) {
      russia[d] = opened.russia[month * draws + d] * scale
      europe[d] = europeAt(month, d)
      nato[d] = europe[d] + opened.others[month * draws + d]
    }
    for (const [side, theirs] of /** @type {["nato" | "europe", Float64Array][]} */ ([["nato", nato], ["europe", europe]])) {
      const ratio = ratios[side]
      let even = 0
      for (let d = 0; d < draws; d++) {
        work[d] = russia[d] / Math.max(theirs[d], 1)
        if (work[d] <= 1) even++
      }
      putBands(ratio, month, work)
      ratio.odds[month] = Number.isNaN(ratio.p50[month]) ? NaN : even / draws
      work.set(theirs)
      putBands(rates[side], month, work)
    }
    putBands(rates.russia, month, russia)
  }
  const gap = { start: engine.months[0], rates, ratios }
  return { ...gap, words: { title: writeGapTitle(engine, levers, opened, rate, gap), reading: writeGapReading(engine, levers, opened, rate, gap) } }
}

/** @param {number} share */
const sayChance = (share) =>
  Number.isNaN(share) ? "unknown" : share < 0.01 ? "under 1 %" : share > 0.99 ? "over 99 %" : sayPercent(share)

/**
 * A scenario in a few words, for a label.
 * @param {Engine} engine
 * @param {Levers} levers
 */
export function nameScenario({ words }, levers) {
  const moved = listMoved(words, levers)
  const own = Object.keys(levers.assume ?? {}).length
  const names = [
    ...moved.map((lever) => `${lever.short} ${showPosition(lever, levers)} ${lever.unit}`),
    ...levers.also.map((country) => fill(words, "with", { what: country })),
    ...(own ? [sayCount(own, "own assumption")] : []),
  ]
  let label = names.slice(0, 2).join(", ")
  if (names.length > 2) label = fill(words, "and_more", { names: label })
  const start = sayMonth(levers.start, 3)
  if (moved.length && levers.months) label = fill(words, "label_lasting", { label, months: sayCount(levers.months, "month"), start })
  else if (moved.length && levers.start !== words.start) label = fill(words, "label_starting", { label, start })
  return label || "Baseline"
}

/**
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {Opened} opened
 * @param {number} rate
 * @param {Pick<Gap, "ratios">} gap
 */
function writeGapTitle(engine, levers, { sides }, rate, { ratios }) {
  const { words } = engine
  const moves = isBaseline(words, levers) ? [] : [nameScenario(engine, levers)]
  if (rate !== 1) moves.push(fill(words, "russias_rate", { percent: sayPercent(rate) }))
  const said = moves.join(", ")
  const lead = said && `${said[0].toUpperCase()}${said.slice(1)}. `
  return sides.title.replace("{lead}", () => lead).replace("{odds}", sayChance(ratios.nato.odds[sides.month]))
}

/**
 * A paragraph each, apart by a blank line.
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {Opened} opened
 * @param {number} rate
 * @param {Pick<Gap, "ratios">} gap
 */
function writeGapReading(engine, levers, { sides }, rate, { ratios }) {
  const { words, months } = engine
  const paragraphs = [sides.tide.replace("{now}", ratios.nato.p50[sides.last].toFixed(1))]
  const evens = /** @type {["nato" | "europe", string][]} */ ([["nato", "NATO"], ["europe", "Europe alone"]]).map(([side, name]) => {
    const { odds } = ratios[side]
    let first = odds.length
    while (first > 0 && odds[first - 1] >= 0.5) first--
    if (first < months.length) return fill(words, "even_from", { who: name, month: sayMonth(months[first]) })
    return fill(words, "even_late", { who: name, odds: sayChance(odds[odds.length - 1]) })
  })
  paragraphs.push(fill(words, "parity", { sides: evens.join("; ") }))
  if (!isBaseline(words, levers) || rate !== 1) {
    const [month, before, after] = [sayMonth(months[sides.month]), sides.before, ratios.nato.odds[sides.month]]
    const moved = { month, before: sayChance(before), after: sayChance(after) }
    if (Math.abs(after - before) < HARDLY) paragraphs.push(fill(words, "odds_stay", moved))
    else paragraphs.push(fill(words, after > before ? "odds_rise" : "odds_fall", moved))
  }
  return paragraphs.join("\n\n")
}
