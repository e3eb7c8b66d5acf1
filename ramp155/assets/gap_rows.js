// The gap's pictures row by row, from what the engine answers: the numbers that the library's tables have
// (`tabulate_ratio`, `tabulate_rates`, `tabulate_parity`). No DOM.

/** @typedef {import("./types").Row} Row */
/** @typedef {import("./gap.js").Gap} Gap */
/** @typedef {import("./gap.js").Bands} Bands */
/** @typedef {Record<string, number | null>} Numbers of a row, by column */
/** @typedef {(row: Row) => Numbers} Lay */

const LEAST = 2 ** -6 // ends of the axis of ratios, which holds still between a quarter and sixteen
const MOST = 2 ** 10
const EXPONENT = -6 // of two, of the first tick
const LABELS = 16 // labels that have room on an axis one over the other

/** @param {number} number */
const orNull = (number) => (Number.isNaN(number) ? null : number)

/**
 * Heights of labels near the ends of lines, pushed apart so that no two overlap.
 * @param {[name: string, end: number][]} ends
 * @param {number} gap
 */
export function spreadLabels(ends, gap) {
  /** @type {Map<string, number>} */
  const heights = new Map()
  let free = -1e12
  for (const [name, end] of [...ends].sort((a, b) => a[1] - b[1])) {
    const height = Math.max(end, free)
    heights.set(name, height)
    free = height + gap
  }
  return heights
}

/**
 * The numbers of each row of each table of each picture. What no lever moves is read from the rows of rates that are there.
 * @param {Gap} gap
 * @param {Row[]} rates
 * @returns {Record<string, Record<string, Lay>>}
 */
export function layGap({ start, rates: paths, ratios }, rates) {
  const [year, month] = start.split("-").map(Number)
  const placeOf = (/** @type {Row} */ row) => (Number(String(row.month).slice(0, 4)) - year) * 12 + Number(String(row.month).slice(5)) - month
  const readBands = (/** @type {Bands} */ bands, /** @type {number} */ place) => ({
    p10: orNull(bands.p10[place]),
    p50: orNull(bands.p50[place]),
    p90: orNull(bands.p90[place]),
  })
  const readRatio = (/** @type {Row} */ row) => {
    const ratio = row.versus === "europe" ? ratios.europe : ratios.nato
    const place = placeOf(row)
    return { ...readBands(ratio, place), odds: orNull(ratio.odds[place]) }
  }
  const readRates = (/** @type {Row} */ row) => {
    const { actor } = row
    return actor === "russia" || actor === "nato" || actor === "europe" ? readBands(paths[actor], placeOf(row)) : {}
  }
  const ratioAxis = measureRatios(ratios)
  const last = ratios.nato.p50.length - 1
  const clip = (/** @type {number} */ ratio) => Math.log2(Math.min(Math.max(ratio, ratioAxis.bottom), ratioAxis.top))
  const ends = spreadLabels([["nato", clip(ratios.nato.p50[last])], ["europe", clip(ratios.europe.p50[last])]], Math.log2(ratioAxis.top / ratioAxis.bottom) / LABELS)
  const still = rates.filter(({ actor }) => actor === "us")
  const highs = [...[paths.russia, paths.nato, paths.europe].flatMap(({ p90 }) => [...p90]), ...still.map(({ p90 }) => Number(p90 ?? NaN))]
  const top = Math.ceil(highs.reduce((most, high) => (high > most ? high : most), 0) / 1e6) * 1e6
  const us = still.find((row) => placeOf(row) === last)
  const labels = spreadLabels(
    [["europe", paths.europe.p50[last]], ["us", Number(us?.p50 ?? 0)], ["nato", paths.nato.p50[last]], ["russia", paths.russia.p50[last]]],
    top / LABELS,
  )
  return {
    ratio: {
      nato: readRatio,
      europe: readRatio,
      ends: (row) => ({ ...readRatio(row), place: 2 ** (ends.get(String(row.versus)) ?? 0) }),
      axis: () => ratioAxis,
    },
    rates: {
      rates: readRates,
      labels: (row) => ({ ...readRates(row), place: labels.get(String(row.actor)) ?? null }),
      axis: () => ({ bottom: 0, top }),
    },
    parity: {
      odds: (row) => {
        const { odds } = readRatio(row)
        return { odds, percent: odds === null ? null : odds * 100 }
      },
    },
  }
}

/**
 * The axis holds still but for what would not fit on it.
 * @param {Gap["ratios"]} ratios
 */
function measureRatios({ nato, europe }) {
  let [least, most] = [Infinity, -Infinity]
  for (const { p10, p50, p90 } of [nato, europe])
    for (const bands of [p10, p50, p90])
      for (const ratio of bands) {
        if (ratio < least) least = ratio
        if (ratio > most) most = ratio
      }
  const bottom = 2 ** Math.floor(Math.log2(Math.min(Math.max(least, LEAST), 0.25)))
  const top = 2 ** Math.ceil(Math.log2(Math.min(Math.max(most, 16), MOST)))
  return { bottom, top, first_tick: Math.log2(bottom) - EXPONENT, last_tick: Math.log2(top) - EXPONENT + 1 }
}
