// A run of the chain read off: quantiles, shares, odds and the figures of one month, as the library reads its surface
// (ramp155/model/quantiles.py, answers/output/reading.py, figure_band.py). No DOM.

import { buildCapacity, findActing, findShareFactor, findStage, runChain } from "./chain.js"

/** @typedef {import("./chain.js").Engine} Engine */
/** @typedef {import("./chain.js").Levers} Levers */
/**
 * What is asked beside the levers: the month read off, by place, and targets in rounds a year.
 * @typedef {{month: number, targets: number[]}} Question
 */
/**
 * One position of nitrocellulose: rounds a year by month (P10 to P90, where a figure should fall), the month's change
 * and the year's rounds, shares of runs that each stage limits, shares that reach a target, stores in months.
 * @typedef {{quantiles: Float64Array[], figures: Float64Array[], change: number[], years: number[],
 *   shares: Float64Array, reached: Float64Array, stores: Float64Array}} Position
 */
/**
 * A scenario read off in one month, as the library's Reading: all that sentences are made from.
 * @typedef {{month: string, rounds: number, baseline: number, nameplate: number, p10: number, p90: number,
 *   changeP10: number, changeP90: number, yearRounds: number, yearBaseline: number, yearP10: number, yearP90: number,
 *   shares: [string, number][], falls: string, back: string, lost: number}} Reading
 */
/** @typedef {Position & {reading: Reading, nameplate: Float64Array, nearest: Float64Array}} Outlook */

const LEVELS = [0.1, 0.25, 0.5, 0.75, 0.9]
const CHANGE_LEVELS = [0.1, 0.5, 0.9]
export const MEDIAN = 2
const STEP = 0.05 // between two positions of nitrocellulose; between them values are joined by lines
const SMALL_CHANGE = 0.005
const SMALL_FALL = 0.01
const MOST_STEPS = 12
const LONGEST_STEP = 0.5

/**
 * Afterwards work[k] is what a full sort would put there (quickselect).
 * @param {Float64Array} work
 * @param {number} left
 * @param {number} right
 * @param {number} k
 */
function select(work, left, right, k) {
  while (left < right) {
    const pivot = work[k]
    let [i, j] = [left, right]
    while (i <= j) {
      while (work[i] < pivot) i++
      while (pivot < work[j]) j--
      if (i <= j) {
        const swapped = work[i]
        work[i] = work[j]
        work[j] = swapped
        i++
        j--
      }
    }
    if (j < k) left = i
    if (k < i) right = j
  }
}

/**
 * Quantiles at rising levels, joined by straight lines; `work` is put in another order.
 * @param {Float64Array} work
 * @param {number[]} levels
 */
export function findQuantiles(work, levels) {
  const last = work.length - 1
  let begin = 0
  return levels.map((level) => {
    const place = level * last
    const lower = Math.floor(place)
    select(work, begin, last, lower)
    begin = lower
    if (place === lower) return work[lower]
    let upper = work[lower + 1]
    for (let d = lower + 2; d <= last; d++) if (work[d] < upper) upper = work[d]
    return work[lower] + (upper - work[lower]) * (place - lower)
  })
}

/**
 * Where a published figure should fall about a path known by its quantiles, rounds a year.
 * @param {Engine} engine
 * @param {number[]} quantiles
 */
export function widenBand(engine, quantiles) {
  const { weights, error, levels, starts } = engine.figure
  const logs = quantiles.map((rounds) => Math.log(Math.max(rounds, 1)))
  const points = weights.map((row) => row.reduce((sum, weight, k) => sum + weight * logs[k], 0))
  const middle = points.reduce((sum, point) => sum + point, 0) / points.length
  const spread = Math.sqrt(points.reduce((sum, point) => sum + (point - middle) ** 2, 0) / points.length)
  return levels.map((level, k) => {
    let place = middle + starts[k] * Math.sqrt(spread ** 2 + (1.2 * error) ** 2)
    const wanted = Math.log(level / (1 - level))
    for (let round = 0; round < MOST_STEPS; round++) {
      let [below, density] = [0, 0]
      for (const point of points) {
        const deviation = (place - point) / error
        const square = 1 + (deviation * deviation) / 4
        const root = Math.sqrt(square)
        const scaled = deviation / root
        below += 0.5 + 0.375 * scaled * (1 - (scaled * scaled) / 12)
        density += 1 / (square * square * root)
      }
      below /= points.length
      density *= 0.375 / error / points.length
      const step = ((wanted - Math.log(below / (1 - below))) * below * (1 - below)) / density
      place += Math.min(Math.max(step, -LONGEST_STEP), LONGEST_STEP)
      if (Math.abs(step) < 1e-6) break
    }
    return place > Math.log(10) ? Math.exp(place) : 0
  })
}

/** @type {WeakMap<Engine, {output: Float64Array, position: Position | null}>} */
const rests = new WeakMap()

/**
 * The runs without any lever, and what they come to: months that a lever does not reach are taken from there.
 * @param {Engine} engine
 */
function findRest(engine) {
  const known = rests.get(engine)
  if (known) return known
  /** @type {{output: Float64Array, position: Position | null}} */
  const rest = { output: runChain(engine, engine.baseline).output.slice(), position: null }
  rests.set(engine, rest)
  rest.position = readPosition(engine, engine.baseline, { month: engine.months.length - 1, targets: engine.targets })
  return rest
}

/**
 * One position of nitrocellulose over all months.
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {Question} question
 * @returns {Position}
 */
export function readPosition(engine, levers, { month: at, targets }) {
  const { output: resting, position: known } = findRest(engine)
  const run = runChain(engine, levers)
  const { draws } = engine
  const months = engine.months.length
  const stages = engine.order.length
  const work = new Float64Array(draws)
  const first = known && !levers.also.length ? Math.min(engine.months.indexOf(levers.start), engine.recordMonth + 1) : 0
  const copy = (/** @type {Float64Array} */ values) => values.slice()
  const position = known
    ? { ...known, quantiles: known.quantiles.map(copy), figures: known.figures.map(copy), shares: copy(known.shares), reached: copy(known.reached), stores: copy(known.stores) }
    : {
        quantiles: LEVELS.map(() => new Float64Array(months)),
        figures: engine.figure.levels.map(() => new Float64Array(months)),
        change: [],
        years: [],
        shares: new Float64Array(months * stages),
        reached: new Float64Array(months * targets.length),
        stores: new Float64Array(months),
      }
  const traced = run.stored.length / months
  const every = Math.ceil(draws / traced)
  for (let month = first; month < months; month++) {
    const output = run.output.subarray(month * draws, (month + 1) * draws)
    targets.forEach((target, k) => {
      let over = 0
      for (let d = 0; d < draws; d++) if (output[d] >= target / 12) over++
      position.reached[month * targets.length + k] = over / draws
    })
    const shares = position.shares.subarray(month * stages, (month + 1) * stages).fill(0)
    for (let i = month * draws; i < (month + 1) * draws; i++) shares[run.limiters[i]]++
    for (let stage = 0; stage < stages; stage++) shares[stage] /= draws
    work.set(output)
    const quantiles = findQuantiles(work, LEVELS).map((rounds) => rounds * 12)
    quantiles.forEach((rounds, k) => (position.quantiles[k][month] = rounds))
    widenBand(engine, quantiles).forEach((rounds, k) => (position.figures[k][month] = rounds))
  }
  // A safety stock of another size is another from the first month on.
  const stored = new Float64Array(traced)
  for (let month = 0; month < months; month++) {
    for (let k = 0; k < traced; k++) {
      stored[k] = run.stored[month * traced + k] / Math.max(resting[month * draws + k * every], 1)
    }
    position.stores[month] = findQuantiles(stored, [0.5])[0]
  }
  const before = engine.arrays.baseline ?? resting
  for (let d = 0; d < draws; d++) work[d] = run.output[at * draws + d] - before[at * draws + d]
  position.change = findQuantiles(work, CHANGE_LEVELS).map((rounds) => rounds * 12)
  position.years = findQuantiles(sumYear(engine, run.output, at), LEVELS)
  return position
}

/**
 * Rounds of the calendar year of a month, draw by draw.
 * @param {Engine} engine
 * @param {Float64Array} output
 * @param {number} at
 */
function sumYear({ draws }, output, at) {
  const sums = new Float64Array(draws)
  const january = at - (at % 12)
  for (let i = january * draws; i < (january + 12) * draws; i++) sums[i % draws] += output[i]
  return sums
}

/**
 * Between two positions of nitrocellulose values are joined by straight lines, as the library does.
 * @param {Position} lower
 * @param {Position} upper
 * @param {number} part
 * @returns {Position}
 */
function joinPositions(lower, upper, part) {
  /**
   * @template {Float64Array | number[]} T
   * @param {T} low
   * @param {T} high
   * @returns {T}
   */
  const join = (low, high) => /** @type {T} */ (low.map((/** @type {number} */ value, /** @type {number} */ i) => value * (1 - part) + high[i] * part))
  return {
    quantiles: lower.quantiles.map((row, k) => join(row, upper.quantiles[k])),
    figures: lower.figures.map((row, k) => join(row, upper.figures[k])),
    change: join(lower.change, upper.change),
    years: join(lower.years, upper.years),
    shares: join(lower.shares, upper.shares),
    reached: join(lower.reached, upper.reached),
    stores: join(lower.stores, upper.stores),
  }
}

/**
 * A scenario over all months and read off in one.
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {Question} question
 * @returns {Outlook}
 */
export function readOutlook(engine, levers, question) {
  const place = levers.nitrocellulose / STEP
  const below = Math.min(Math.floor(place + 1e-9), 39)
  const part = place - below
  const at = (/** @type {number} */ k) => readPosition(engine, { ...levers, nitrocellulose: Math.round(k * 5) / 100 }, question)
  const isBelow = Math.abs(part) < 1e-9
  const isAbove = Math.abs(part - 1) < 1e-9
  const lower = isAbove ? at(below + 1) : at(below)
  const upper = isBelow || isAbove ? lower : at(below + 1)
  const position = lower === upper ? lower : joinPositions(lower, upper, part)
  const nearest = part > 0.5 ? upper.shares : lower.shares
  const nameplate = findNameplate(engine, levers, question.month)
  return { ...position, nearest, nameplate, reading: readMonth(engine, levers, question.month, position, nearest, nameplate) }
}

/**
 * Capacity as officials count it: what filling alone could finish, the median of runs, rounds a year.
 * No plan on record reaches further than some month; later ones are left out, but for the one that is read off.
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {number} at
 */
function findNameplate(engine, levers, at) {
  const { roles } = engine
  const { levers: names } = findStage(engine, roles.filling)
  const scale = names.filter((name) => name !== "shifts").reduce((product, name) => product * levers[name], 1)
  const acts = findActing(engine, levers, 0)
  const plans = buildCapacity(engine, levers)
  if (filled.get(plans)?.key !== plans.key) filled.set(plans, { key: plans.key, medians: new Map() })
  const { medians } = /** @type {Filled} */ (filled.get(plans))
  return Float64Array.from(engine.months, (_, month) => {
    if (month > engine.lastPlanned && month !== at) return NaN
    if (!medians.has(month)) medians.set(month, findFilled(engine, plans, month))
    return /** @type {number} */ (medians.get(month)) * (acts[month] ? scale : 1)
  })
}

/** @typedef {{key: string, medians: Map<number, number>}} Filled */
/** @type {WeakMap<import("./chain.js").Plans, Filled>} */
const filled = new WeakMap()

/**
 * What filling alone could finish in a month, rounds a year: as long as no plan moves, no lever changes it.
 * @param {Engine} engine
 * @param {import("./chain.js").Plans} plans
 * @param {number} month
 */
function findFilled({ draws, order, roles, arrays }, plans, month) {
  const capacity = /** @type {Float64Array} */ (plans.capacities[order.indexOf(roles.filling)])
  const work = new Float64Array(draws)
  for (let d = 0; d < draws; d++) work[d] = capacity[month * draws + d] / arrays.utilisation[d]
  return findQuantiles(work, [0.5])[0] * 12
}

/**
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {number} at
 * @param {Position} position
 * @param {Float64Array} nearest
 * @param {Float64Array} nameplate
 * @returns {Reading}
 */
function readMonth(engine, levers, at, position, nearest, nameplate) {
  const stages = engine.order.length
  const { rested } = engine
  const year = Math.floor(at / 12)
  const shares = engine.order
    .map((stage, k) => /** @type {[string, number]} */ ([stage, nearest[at * stages + k]]))
    .sort((a, b) => b[1] - a[1])
    .filter(([, share]) => share > 0)
  const path = position.quantiles[MEDIAN]
  const reading = {
    month: engine.months[at],
    rounds: path[at],
    baseline: rested.path[at],
    nameplate: nameplate[at],
    p10: position.quantiles[0][at],
    p90: position.quantiles[4][at],
    changeP10: position.change[0],
    changeP90: position.change[2],
    yearRounds: position.years[MEDIAN],
    yearBaseline: rested.years[year],
    yearP10: position.years[0],
    yearP90: position.years[4],
    shares,
    ...findFall(engine, path, engine.months.indexOf(levers.start)),
  }
  const [rounds, baseline] = findHeadline(reading)
  const isRise = rounds > baseline * (1 + SMALL_CHANGE)
  return isRise || reading.lost < SMALL_FALL * reading.yearBaseline ? { ...reading, falls: "", back: "", lost: 0 } : reading
}

/**
 * What the headline tells, and the same of the baseline: the year's rounds at a year's end, else the month's rate.
 * @param {Reading} reading
 */
export function findHeadline(reading) {
  return reading.month.endsWith("-12") ? [reading.yearRounds, reading.yearBaseline] : [reading.rounds, reading.baseline]
}

/**
 * The first month under the baseline, the first back after the last such one, and the rounds lost.
 * @param {Engine} engine
 * @param {Float64Array} path
 * @param {number} start
 */
function findFall({ months, rested }, path, start) {
  let [first, last, lost] = [-1, -1, 0]
  for (let month = start; month < months.length; month++) {
    lost += Math.max(rested.path[month] - path[month], 0) / 12
    if (path[month] >= rested.path[month] * (1 - SMALL_FALL)) continue
    if (first < 0) first = month
    last = month
  }
  return first < 0 ? { falls: "", back: "", lost: 0 } : { falls: months[first], back: months[last + 1] ?? "", lost }
}

/**
 * First month from which half of the runs or more reach a target; "" for none.
 * @param {Engine} engine
 * @param {Float64Array} reached
 * @param {number} target
 */
export function findEvenMonth({ months, targets }, reached, target) {
  let first = 0
  months.forEach((_, month) => {
    if (reached[month * targets.length + target] < 0.5) first = month + 1
  })
  return months[first] ?? ""
}

/**
 * The response of a year's rounds to nitrocellulose at one position, and all rounds until the month: for the curve and
 * for what one more tonne brings.
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {number} at
 */
export function readResponse(engine, levers, at) {
  const run = runChain(engine, levers)
  const [p10, p50, p90] = findQuantiles(sumYear(engine, run.output, at), CHANGE_LEVELS)
  const work = new Float64Array(engine.draws)
  let rounds = 0
  for (let month = 0; month <= at; month++) {
    if (month < engine.months.indexOf(levers.start)) continue // the same at every position
    work.set(run.output.subarray(month * engine.draws, (month + 1) * engine.draws))
    rounds += findQuantiles(work, [0.5])[0]
  }
  return { p10, p50, p90, rounds }
}

/**
 * Rounds gained by one more tonne of nitrocellulose by a month at a percent of supply.
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {number} at
 * @param {number[]} rounds - all rounds until the month at each position
 * @param {number} percent
 */
export function findTonneGain(engine, levers, at, rounds, percent) {
  const { draws, roles, arrays } = engine
  const { lead } = findStage(engine, roles.supply)
  const acts = findActing(engine, levers, lead)
  const capacity = /** @type {Float64Array} */ (buildCapacity(engine, levers).capacities[engine.order.indexOf(roles.supply)])
  const tonnes = new Float64Array(draws)
  for (let month = 0; month <= at; month++) {
    if (!acts[month]) continue
    const row = Math.max(month - lead, 0) * draws
    for (let d = 0; d < draws; d++) tonnes[d] += capacity[row + d] * arrays.need[d]
  }
  for (let d = 0; d < draws; d++) tonnes[d] *= findShareFactor(engine, levers, d)
  const supplied = findQuantiles(tonnes, [0.5])[0] / 100
  if (supplied <= 0) return 0
  const place = Math.min(Math.floor(percent / 5), 39)
  const gained = (rounds[place + 1] - rounds[place]) / 5
  const most = 1 / findQuantiles(Float64Array.from(arrays.need), [0.5])[0] / levers.propellant_per_round
  return Math.min(Math.max(gained / supplied, 0), most)
}
