// The sentences that follow a lever, made in the browser from a reading: the templates are the library's
// (ramp155/text/phrases.py), and so is what is said when (text/output/title.py, text/output/reading.py,
// text/scenario.py). No DOM.

import { findHeadline } from "./outlook.js"

/** @typedef {import("./chain.js").Levers} Levers */
/** @typedef {import("./outlook.js").Reading} Reading */
/**
 * A lever: its name, its short one, unit, what turns it into what is shown, and its baseline.
 * @typedef {{name: string, key: string, label: string, short: string, unit: string, scale: number, base: number,
 *   low: number, high: number, step: number, timed: boolean, explains: string, group: string}} Lever
 */
/**
 * What sentences are made with: templates, levers in their order, names, and medians that warnings compare with.
 * @typedef {{phrases: Record<string, string>, levers: Lever[], stages: Record<string, string>,
 *   countries: Record<string, string>, medians: Record<string, number>, start: string}} Words
 */

const MONTHS = "January February March April May June July August September October November December".split(" ")
const SMALL_NUMBERS = "zero one two three four five six seven eight nine".split(" ")
const ABOUT_AS_BEFORE = 0.02
const NOTHING = 500 // rounds a year
const NEARLY_ALL = 0.95
const WORTH_NAMING = 0.05
const SHORT_LEAD = 10 // words

/**
 * A half goes to the even neighbour, as in the library.
 * @param {number} number
 */
function roundEven(number) {
  const low = Math.floor(number)
  if (number - low !== 0.5) return Math.round(number)
  return low % 2 ? low + 1 : low
}

/**
 * A number of rounds: 1.31 million, 640,000.
 * @param {number} rounds
 */
export function sayRounds(rounds) {
  if (rounds >= 999500) {
    const millions = rounds / 1e6
    // Only eighths lie just between two hundredths.
    const isTie = Number.isInteger(millions * 8) && (millions * 8) % 2 === 1
    const shown = isTie ? (roundEven(millions * 100) / 100).toFixed(2) : millions.toFixed(2)
    return shown.replace(/\.?0+$/, "") + " million"
  }
  const step = Math.abs(rounds) >= 100000 ? 10000 : 1000
  return (roundEven(rounds / step) * step || 0).toLocaleString("en-US")
}

/**
 * @param {number} low
 * @param {number} high
 */
function sayRange(low, high) {
  const [first, last] = [sayRounds(low), sayRounds(high)]
  return `${last.endsWith(" million") ? first.replace(/ million$/, "") : first} to ${last}`
}

/** @param {number} rounds */
function saySigned(rounds) {
  const amount = sayRounds(Math.abs(rounds))
  return amount === "0" ? amount : `${rounds < 0 ? "−" : "+"}${amount}`
}

/** @param {number} share */
export const sayPercent = (share) => `${Math.floor(Number((share * 100).toFixed(6)) + 0.5)} %`

/**
 * December 2027, or Dec 2027 with three letters.
 * @param {string} month
 * @param {number} [letters]
 */
export const sayMonth = (month, letters = 9) => `${MONTHS[Number(month.slice(5)) - 1].slice(0, letters)} ${month.slice(0, 4)}`

/**
 * @param {number} count
 * @param {string} noun
 */
export const sayCount = (count, noun) => `${roundEven(count).toLocaleString("en-US")} ${roundEven(count) === 1 ? noun : `${noun}s`}`

/** @param {number} number */
const saySmall = (number) => (number > 0 && number < 10 ? SMALL_NUMBERS[number] : number.toLocaleString("en-US"))

/**
 * @param {string[]} words
 * @param {string} [joint]
 */
function joinWords(words, joint = "and") {
  const last = words.at(-1) ?? ""
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} ${joint} ${last}` : last
}

/**
 * A template with its parts filled in.
 * @param {Words} words
 * @param {string} name
 * @param {Record<string, string>} [parts]
 */
export const fill = ({ phrases }, name, parts = {}) => phrases[name].replace(/\{(\w+)\}/g, (_, part) => parts[part])

/**
 * The levers away from the baseline, duration left out: it says how long, not how far.
 * @param {Words} words
 * @param {Levers} levers
 */
export const listMoved = (words, levers) => words.levers.filter(({ name, base }) => name !== "months" && levers[name] !== base)

/**
 * Whether nothing is changed against the baseline.
 * @param {Words} words
 * @param {Levers} levers
 */
export function isBaseline(words, levers) {
  const own = Object.keys(levers.assume ?? {})
  return !listMoved(words, levers).length && !levers.months && levers.start === words.start && !levers.also.length && !own.length
}

/**
 * A position as it is shown, in at most six digits.
 * @param {Lever} lever
 * @param {Levers} levers
 */
export const showPosition = ({ name, scale }, levers) => `${Number((levers[name] * scale).toPrecision(6)).toLocaleString("en-US", { maximumFractionDigits: 6 })}`

/**
 * What was moved, in words.
 * @param {Words} words
 * @param {Levers} levers
 */
function writeLead(words, levers) {
  const moved = listMoved(words, levers)
  let lead
  if (moved[0]?.name === "nitrocellulose") {
    lead = fill(words, "at_supply", { percent: sayPercent(levers.nitrocellulose) })
    if (moved.length === 2) lead = fill(words, "one_other", { lead })
    else if (moved.length > 2) lead = fill(words, "others", { lead, count: saySmall(moved.length - 1) })
  } else if (moved.length && moved.length <= (levers.months ? 1 : 2)) {
    const moves = moved.map((lever) =>
      fill(words, "lever_at", { lever: lever.short, position: showPosition(lever, levers), unit: lever.unit }),
    )
    lead = fill(words, "with_levers", { levers: joinWords(moves) })
  } else lead = fill(words, moved.length ? "as_set" : "not_moved")
  const start = sayMonth(levers.start)
  if (moved.length && levers.months) lead = fill(words, "lasting", { lead, months: sayCount(levers.months, "month"), start })
  else if (moved.length && levers.start !== words.start) lead = fill(words, "starting", { lead, start })
  const own = Object.keys(levers.assume ?? {}).length
  if (own) {
    const values = own === 1 ? fill(words, "own_value") : fill(words, "own_values", { count: saySmall(own) })
    lead = moved.length ? fill(words, "and", { lead, more: values }) : fill(words, "with_levers", { levers: values })
  }
  if (levers.also.length) {
    lead = fill(words, "counting", { lead, countries: joinWords(levers.also.map((country) => words.countries[country])) })
  }
  return lead
}

/**
 * What stands after a lead: a colon where it is long or has two figures, which is enough for one sentence.
 * @param {string} lead
 */
function pause(lead) {
  const figures = lead.match(/\d+ (?:%|months?\b|thousand)/g) ?? []
  return figures.length > 1 || lead.split(" ").length > SHORT_LEAD ? ":" : ","
}

/**
 * Every stage needed to cover seven draws in ten.
 * @param {Words} words
 * @param {Reading} reading
 */
function sayTightest(words, { shares }) {
  let covered = 0
  const named = shares.filter(([, share]) => {
    const isNeeded = covered < 0.7
    covered += share
    return isNeeded
  })
  return joinWords(named.map(([stage]) => words.stages[stage]), "or")
}

/**
 * @param {Words} words
 * @param {Levers} levers
 * @param {Reading} reading
 */
export function writeTitle(words, levers, reading) {
  const limit = fill(words, "limit", { stages: sayTightest(words, reading) })
  const [rounds, baseline] = findHeadline(reading)
  const isYear = reading.month.endsWith("-12")
  const amount = fill(words, isYear ? "rounds_of_year" : "rounds_a_year", { rounds: sayRounds(rounds) })
  const when = fill(words, "in_time", { time: isYear ? reading.month.slice(0, 4) : sayMonth(reading.month) })
  const isPast = reading.month < words.start
  if (isBaseline(words, levers)) {
    const nameplate = sayRounds(reading.nameplate)
    const opening = when[0].toUpperCase() + when.slice(1)
    return fill(words, isPast ? "baseline_past" : "baseline_ahead", { when: opening, amount, nameplate, limit })
  }
  const said = writeLead(words, levers)
  const lead = said + pause(said)
  if (rounds < 1000) return fill(words, "stopped", { lead, when, limit })
  const start = fill(words, isPast ? "completed" : "completes", { lead, amount, when })
  const change = rounds / baseline - 1
  if (Math.abs(change) < ABOUT_AS_BEFORE) return fill(words, "as_before", { start, limit })
  return fill(words, change < 0 ? "fewer" : "more", { start, change: sayPercent(Math.abs(change)), limit })
}

/**
 * @param {Words} words
 * @param {Levers} levers
 * @param {Reading} reading
 */
export function writeReadout(words, levers, reading) {
  const rests = isBaseline(words, levers)
  const [month, rounds] = [sayMonth(reading.month, 3), sayRounds(reading.rounds)]
  const sentences = [fill(words, rests ? "median_of_baseline" : "median", { month, rounds })]
  if (reading.p90 >= NOTHING) sentences.push(fill(words, "likely_range", { range: sayRange(reading.p10, reading.p90) }))
  if (rests) return sentences.join(" ")
  const [low, high] = [reading.changeP10, reading.changeP90]
  const isShort = Math.min(levers.nitrocellulose, levers.linters) < 1
  const isCovered = isShort && levers.start <= reading.month && reading.month < reading.falls
  const cover = isCovered ? fill(words, "cover") : ""
  if (Math.abs(low) < NOTHING && Math.abs(high) < NOTHING) return [...sentences, fill(words, "no_change", { cover })].join(" ")
  const small = ABOUT_AS_BEFORE * reading.baseline
  if (Math.abs(reading.rounds - reading.baseline) < small) sentences.push(fill(words, "about_as_before", { cover }))
  if (Math.max(Math.abs(low), Math.abs(high)) >= small) {
    sentences.push(fill(words, "likely_change", { low: saySigned(low), high: saySigned(high) }))
  }
  return sentences.join(" ")
}

/**
 * @param {Words} words
 * @param {Levers} levers
 * @param {Reading} reading
 */
export function writeReading(words, levers, reading) {
  return [writeLimits(words, reading), writeRecovery(words, levers, reading)].filter(Boolean).join(" ")
}

/**
 * @param {Words} words
 * @param {Reading} reading
 */
function writeLimits(words, reading) {
  const [[first, leading], ...rest] = reading.shares
  const others = rest
    .filter(([, share]) => share >= WORTH_NAMING)
    .slice(0, 2)
    .map(([stage, share]) => fill(words, "with_share", { stage: words.stages[stage], share: sayPercent(share) }))
  const said = { stage: words.stages[first], month: sayMonth(reading.month), share: sayPercent(leading) }
  if (leading >= NEARLY_ALL || !others.length) return fill(words, "nearly_all", said)
  return fill(words, "most_often", { ...said, others: joinWords(others, "or") })
}

/**
 * @param {Words} words
 * @param {Levers} levers
 * @param {Reading} reading
 */
function writeRecovery(words, levers, reading) {
  if (!reading.falls) return ""
  let start = fill(words, reading.falls === levers.start ? "is_below" : "falls", { month: sayMonth(reading.falls) })
  const count = (/** @type {string} */ month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5))
  const waited = count(reading.falls) - count(levers.start)
  if (waited > 1 && waited <= 12 && !levers.extra_delay && listMoved(words, levers).length) {
    start = fill(words, "once_used", { start, months: sayCount(waited, "month") })
  }
  const rounds = sayRounds(reading.lost)
  if (!reading.back) return fill(words, "not_back", { start, rounds })
  return fill(words, "back", { start, month: sayMonth(reading.back), rounds })
}

/**
 * @param {Words} words
 * @param {Reading} reading
 * @param {number} rounds - that one more tonne adds
 */
export function writeGain(words, reading, rounds) {
  const month = sayMonth(reading.month)
  if (rounds < 0.5) return fill(words, "tonne_adds_nothing", { month, stage: words.stages[reading.shares[0][0]] })
  return fill(words, "tonne_adds", { month, rounds: sayCount(rounds, "round") })
}

/**
 * What about a mix of levers cannot be, or does nothing.
 * @param {Words} words
 * @param {Levers} levers
 */
export function writeWarnings(words, levers) {
  const { medians } = words
  const messages = []
  const supply = sayPercent(levers.nitrocellulose)
  const missing = Math.max(1 - levers.linters, 0) * (1 - levers.wood_pulp)
  const fibre = (1 - medians.linters_asia_share * missing) * medians.ratio_cellulose
  if (fibre < 1 && levers.nitrocellulose > 0) {
    const enough = sayPercent(fibre * levers.nitrocellulose)
    messages.push(fill(words, "fibre_short", { supply, linters: sayPercent(levers.linters), enough }))
  }
  if (levers.nitrocellulose > 1.3 && levers.start < "2028-01") {
    messages.push(fill(words, "too_soon", { supply, start: sayMonth(levers.start) }))
  }
  if (medians.share_155_nitrocellulose * levers.share_for_155 > 1) messages.push(fill(words, "share_capped"))
  const running = medians.utilisation * levers.shifts
  if (running > 1.2) messages.push(fill(words, "too_many_hours", { hours: sayPercent(levers.shifts), running: sayPercent(running) }))
  if (levers.wood_pulp > 0 && levers.linters >= 1) messages.push(fill(words, "no_linters_missing"))
  if (levers.propellant_per_round < 0.8) messages.push(fill(words, "short_shots", { powder: sayPercent(levers.propellant_per_round) }))
  if (levers.extra_delay && !levers.under_way && !levers.realised) messages.push(fill(words, "nothing_to_delay"))
  if (levers.months && !listMoved(words, levers).some(({ timed }) => timed)) messages.push(fill(words, "duration_idle"))
  return messages.join(" ")
}

