// The chain in the browser: capacities from totals, lines and levers, and the monthly loop over all draws, step for
// step that of the library (ramp155/model/capacity/stages.py, chain/kernel.py, simulation/levers.py). No DOM: tests
// run it beside the library. Arrays are months x draws, one row of draws a month.

/**
 * A stage of the chain: what it feeds, months to a finished round, store in months, and how its capacity comes about.
 * @typedef {{stage: string, feeds: string, lead: number, buffer: number, levers: string[], rule: string,
 *   followed: string, knots?: number[]}} Stage
 */
/**
 * A named line: its reported and promised rates as [month, units a year], and the array that says how late it is.
 * @typedef {{stage: string, stand: number, done: number[][], planned: number[][], start: number | null,
 *   startPlanned: boolean, base: number, recordEnd: number, also: string, delay: string}} Line
 */
/**
 * What travels, and what was worked out from it so far.
 * @typedef {{key: string, draws: number, months: string[], recordMonth: number, longestShift: number, order: string[],
 *   roles: Record<string, string>, stages: Stage[], lines: Line[], arrays: Record<string, Float64Array | Uint8Array>,
 *   inputs: number[][], tables: Map<Line, Float64Array>, totals: Map<string, Float64Array>, plans: Plans | null, room?: Room,
 *   pasts: Map<string, Past>, baseline: Levers, targets: number[], lastPlanned: number,
 *   words: import("./words.js").Words, rested: {path: number[], years: number[]},
 *   figure: {weights: number[][], error: number, levels: number[], starts: number[]}}} Engine
 */
/**
 * Where every lever stands, as the library stores it (1 = baseline), with the months in which they act.
 * @typedef {{start: string, months: number, also: string[], orders: number, [lever: string]: any}} Levers
 */
/** @typedef {{key: string, also: string, totals: Map<string, Float64Array>, capacities: (Float64Array | null)[]}} Plans */
/** @typedef {{months: number, stores: Float64Array[], output: Float64Array, limiters: Uint8Array, stored: Float64Array}} Past */
/**
 * Rounds a month, the place of the stage that limits them, and rounds in store in every so many draws.
 * @typedef {{output: Float64Array, limiters: Uint8Array, stored: Float64Array}} Run
 */
/**
 * Room for a run, taken once.
 * @typedef {Run & {ready: Float64Array[], limit: Uint8Array[], make: Float64Array, cap: Float64Array,
 *   offered: Float64Array, every: number, traced: number, past?: Past}} Room
 */

const NOT_BEGUN = 2
const BUILDING = 1
export const NO_LIMIT = 3000000 // orders at the end of their lever limit nothing
const TRACED = 50 // draws whose stores are kept

/**
 * The engine from its block (the library packs it), inflated.
 * @param {ArrayBuffer} block
 * @returns {Engine}
 */
export function openEngine(block) {
  const length = new DataView(block).getUint32(0, true)
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(block, 4, length)))
  /** @type {Record<string, Float64Array | Uint8Array>} */
  const arrays = {}
  let offset = 4 + length
  for (const [name, type, size] of head.arrays) {
    arrays[name] = type === "f8" ? new Float64Array(block, offset, size) : new Uint8Array(block, offset, size)
    offset += Math.ceil((type === "f8" ? 8 * size : size) / 8) * 8
  }
  const places = new Map(head.order.map((/** @type {string} */ stage, /** @type {number} */ place) => [stage, place]))
  const inputs = head.order.map((/** @type {string} */ stage) =>
    head.stages
      .filter((/** @type {Stage} */ entry) => entry.feeds === stage)
      .map((/** @type {Stage} */ entry) => places.get(entry.stage))
      .sort((/** @type {number} */ a, /** @type {number} */ b) => a - b),
  )
  return { ...head, arrays, inputs, tables: new Map(), totals: new Map(), plans: null, pasts: new Map() }
}

/**
 * The block as it was sent, inflated.
 * @param {Uint8Array} packed
 * @returns {Promise<ArrayBuffer>}
 */
export async function inflate(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))
  return new Response(stream).arrayBuffer()
}

/**
 * Straight lines between knots, flat outside them; of two knots in a month the later counts.
 * @param {number[][]} knots
 * @param {number} month
 */
function readKnots(knots, month) {
  let place = -1
  while (place + 1 < knots.length && knots[place + 1][0] <= month) place++
  if (place < 0) return knots[0][1]
  if (place === knots.length - 1) return knots[place][1]
  const [from, low] = knots[place]
  const [to, high] = knots[place + 1]
  return low + ((high - low) / (to - from)) * (month - from)
}

/**
 * Annual rate of a line by month with its promises some months late.
 * @param {Line} line
 * @param {number} shift
 * @param {number} months
 */
function traceRate(line, shift, months) {
  const rates = new Float64Array(months)
  const promised = line.planned.map(([month, rate]) => [month + shift, rate])
  let knots = [...line.done, ...promised].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  if (line.start !== null) {
    const start = line.start + (line.startPlanned ? shift : 0)
    knots = [[start, 0], ...knots.map(([month, rate]) => [Math.max(month, start + 1), rate])]
  } else if (!line.done.length && knots.length) {
    knots = [[Math.min(line.recordEnd, knots[0][0] - 1), line.base], ...knots]
  }
  if (knots.length) for (let month = 0; month < months; month++) rates[month] = readKnots(knots, month)
  return rates
}

/**
 * What a line adds, by months late and month: growth after the record's end, or all it has where totals leave it out.
 * @param {Engine} engine
 * @param {Line} line
 */
function tabulateLine(engine, line) {
  const made = engine.tables.get(line)
  if (made) return made
  const months = engine.months.length
  const table = new Float64Array((engine.longestShift + 1) * months)
  const standing = traceRate(line, 0, months)[engine.recordMonth]
  for (let shift = 0; shift <= engine.longestShift; shift++) {
    const rates = traceRate(line, shift, months)
    for (let month = 0; month < months; month++) {
      const growth = month > engine.recordMonth ? Math.max(rates[month] - standing, 0) : 0
      table[month * (engine.longestShift + 1) + shift] = line.also ? rates[month] : growth
    }
  }
  engine.tables.set(line, table)
  return table
}

/**
 * A stage's total without named lines, months x draws, before delays.
 * @param {Engine} engine
 * @param {Stage} entry
 */
function readTotal(engine, entry) {
  const made = engine.totals.get(entry.stage)
  if (made) return made
  const { draws } = engine
  const months = engine.months.length
  const knots = /** @type {number[]} */ (entry.knots)
  const drawn = engine.arrays[`total_${entry.stage}`]
  const total = new Float64Array(months * draws)
  for (let month = 0; month < months; month++) {
    let place = 0
    while (place + 1 < knots.length - 1 && knots[place + 1] <= month) place++
    const part = Math.min(Math.max((month - knots[place]) / (knots[place + 1] - knots[place]), 0), 1)
    for (let d = 0; d < draws; d++) {
      total[month * draws + d] = drawn[place * draws + d] * (1 - part) + drawn[(place + 1) * draws + d] * part
    }
  }
  engine.totals.set(entry.stage, total)
  return total
}

/**
 * The same under a scenario: growth after the record's end comes later, and only some of it; a fall does not.
 * @param {Engine} engine
 * @param {Stage} entry
 * @param {Levers} levers
 * @param {number} from - first month that may have changed
 * @param {Float64Array} delayed - filled
 */
function delayTotal(engine, entry, levers, from, delayed) {
  const total = readTotal(engine, entry)
  const { draws, recordMonth } = engine
  delayed.set(total.subarray(from * draws), from * draws)
  if (!levers.extra_delay && levers.under_way === 1) return
  const standing = total.subarray(recordMonth * draws, (recordMonth + 1) * draws)
  for (let month = recordMonth + 1; month < engine.months.length; month++) {
    const source = Math.max(month - levers.extra_delay, recordMonth) * draws
    const row = month * draws
    for (let d = 0; d < draws; d++) {
      const value = standing[d] + (total[source + d] - standing[d]) * levers.under_way
      if (value < delayed[row + d]) delayed[row + d] = value
    }
  }
}

/**
 * Adds a stage's named lines, each late by its own draw, to capacities.
 * @param {Engine} engine
 * @param {Stage} entry
 * @param {Levers} levers
 * @param {Line[]} lines
 * @param {Float64Array} capacity
 */
function addLines(engine, entry, levers, lines, capacity) {
  const { draws, arrays, longestShift } = engine
  const months = engine.months.length
  const scale = arrays[`lines_${entry.stage}`]
  const weight = new Float64Array(draws)
  const shift = new Uint8Array(draws)
  for (const line of lines) {
    if (line.stage !== entry.stage) continue
    const table = tabulateLine(engine, line)
    const late = arrays[line.delay]
    for (let d = 0; d < draws; d++) {
      shift[d] = Math.min(late[d] + levers.extra_delay, longestShift)
      weight[d] = scale.length > 1 ? scale[d] : scale[0]
      if (line.stand === NOT_BEGUN) weight[d] *= Math.min(arrays.realised[d] * levers.realised, 1)
      else if (line.stand === BUILDING) weight[d] *= levers.under_way
    }
    for (let month = line.also ? 0 : engine.recordMonth + 1; month < months; month++) {
      const row = month * draws
      const rates = month * (longestShift + 1)
      for (let d = 0; d < draws; d++) capacity[row + d] += table[rates + shift[d]] * weight[d]
    }
  }
}

/**
 * Capacity as run by place in the chain's order, in the month in which it is there; null is without limit.
 * Room is taken once: of months that no plan moves nothing is worked out again.
 * @param {Engine} engine
 * @param {Levers} levers
 * @returns {Plans}
 */
export function buildCapacity(engine, levers) {
  const also = levers.also.join()
  const key = [levers.extra_delay, levers.under_way, levers.realised, also].join()
  const plans = engine.plans ?? { key: "", also: "", totals: new Map(), capacities: engine.order.map(() => null) }
  if (plans.key === key) return plans
  const { draws, arrays } = engine
  const size = engine.months.length * draws
  const from = engine.plans && !also && !plans.also ? engine.recordMonth + 1 : 0
  const counted = engine.lines.filter((line) => !line.also)
  const onRequest = engine.lines.filter((line) => levers.also.includes(line.also))
  const roomFor = (/** @type {Stage} */ entry) => (plans.capacities[engine.order.indexOf(entry.stage)] ??= new Float64Array(size))
  const find = (/** @type {string} */ stage) => /** @type {Float64Array} */ (plans.capacities[engine.order.indexOf(stage)])
  for (const entry of engine.stages) {
    if (entry.rule !== "knots") continue
    if (!plans.totals.has(entry.stage)) plans.totals.set(entry.stage, new Float64Array(size))
    delayTotal(engine, entry, levers, from, /** @type {Float64Array} */ (plans.totals.get(entry.stage)))
  }
  for (const entry of engine.stages) {
    if (entry.rule === "unlimited") continue
    const total = plans.totals.get(entry.rule === "knots" ? entry.stage : entry.followed)
    if (entry.rule === "knots") roomFor(entry).set(/** @type {Float64Array} */ (total).subarray(from * draws), from * draws)
    else if (entry.rule === "ratio" && total) multiply(total, arrays[`ratio_${entry.stage}`], from * draws, roomFor(entry))
    else roomFor(entry).fill(0, from * draws)
    if (entry.rule !== "follows") addLines(engine, entry, levers, counted, roomFor(entry))
    addLines(engine, entry, levers, onRequest, roomFor(entry))
    if (entry.rule === "follows" || entry.rule === "knots" || entry.rule === "ratio") continue
    // A stage of another rule has what countries on request have, or no limit.
    if (!onRequest.some((line) => line.stage === entry.stage)) plans.capacities[engine.order.indexOf(entry.stage)] = null
  }
  for (const entry of engine.stages) {
    if (entry.rule !== "follows") continue
    const [own, followed, ratio] = [roomFor(entry), find(entry.followed), arrays[`ratio_${entry.stage}`]]
    for (let row = from * draws; row < size; row += draws) for (let d = 0; d < draws; d++) own[row + d] += followed[row + d] * ratio[d]
  }
  Object.assign(plans, { key, also })
  engine.plans = plans
  return plans
}

/**
 * @param {Float64Array} values
 * @param {ArrayLike<number>} ratio
 * @param {number} from
 * @param {Float64Array} product - filled from there on
 */
function multiply(values, ratio, from, product) {
  const draws = ratio.length
  for (let row = from; row < values.length; row += draws) for (let d = 0; d < draws; d++) product[row + d] = values[row + d] * ratio[d]
}

/**
 * Delivery months in which levers act on a stage some months upstream of the finished product.
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {number} lead
 */
export function findActing(engine, levers, lead) {
  const first = engine.months.indexOf(levers.start) + lead
  const last = levers.months ? first + levers.months : engine.months.length
  return engine.months.map((_, month) => month >= first && month < last)
}

/**
 * Nitrocellulose and its cellulose under their levers, draw by draw: factor, fibre, safety stock in rounds.
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {Plans} plans
 */
function buildSupply(engine, levers, plans) {
  const { draws, arrays, order, roles } = engine
  const place = order.indexOf(roles.supply)
  const lead = findStage(engine, roles.supply).lead
  const acts = findActing(engine, levers, lead)
  const first = acts.includes(true) ? acts.indexOf(true) : acts.length - 1
  const capacity = /** @type {Float64Array} */ (plans.capacities[place])
  const row = Math.max(first - lead, 0) * draws
  const missing = Math.max(1 - levers.linters, 0)
  const factor = new Float64Array(draws)
  const fibre = new Float64Array(draws)
  const stock = new Float64Array(draws)
  for (let d = 0; d < draws; d++) {
    factor[d] = levers.nitrocellulose * findShareFactor(engine, levers, d)
    fibre[d] = 1 - arrays.asia[d] + arrays.asia[d] * (levers.linters + missing * levers.wood_pulp)
    stock[d] = arrays.reserve[d] * levers.reserve * capacity[row + d]
  }
  return { place, feed: order.indexOf(roles.fibre), acts, factor, fibre, stock }
}

/**
 * What the share for 155 mm makes of nitrocellulose in a draw; it takes no more than all.
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {number} d
 */
export function findShareFactor(engine, levers, d) {
  const share = engine.arrays.share[d]
  return Math.min(share * levers.share_for_155, 1) / share
}

/**
 * @param {Engine} engine
 * @param {string} stage
 */
export function findStage(engine, stage) {
  return /** @type {Stage} */ (engine.stages.find((entry) => entry.stage === stage))
}

/**
 * The chain under levers, in every draw. What it returns lasts until the next run.
 * @param {Engine} engine
 * @param {Levers} levers
 * @returns {Run}
 */
export function runChain(engine, levers) {
  const plans = buildCapacity(engine, levers)
  // No lever changes the past: it is run once. Countries on request are in the past as well.
  const start = levers.also.length ? 0 : Math.min(engine.months.indexOf(levers.start), engine.recordMonth + 1)
  let past = start ? engine.pasts.get(`${start}`) : null
  if (start && !past) {
    past = runPast(engine, levers, plans, start)
    engine.pasts.clear()
    engine.pasts.set(`${start}`, past)
  }
  return runMonths(engine, levers, plans, past ?? null, engine.months.length)
}

/**
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {Plans} plans
 * @param {number} months
 * @returns {Past}
 */
function runPast(engine, levers, plans, months) {
  /** @type {Float64Array[]} */
  const stores = []
  const resting = { ...levers, start: "", months: 0 }
  const run = runMonths(engine, resting, plans, null, months, stores)
  const end = months * engine.draws
  return { months, stores, output: run.output.slice(0, end), limiters: run.limiters.slice(0, end), stored: run.stored.slice() }
}

/**
 * Months in turn, in each every stage, in each every draw: the loop of chain/kernel.py.
 * @param {Engine} engine
 * @param {Levers} levers
 * @param {Plans} plans
 * @param {Past | null} past
 * @param {number} end
 * @param {Float64Array[]} [closing] - filled with the stores at the end
 * @returns {Run}
 */
function runMonths(engine, levers, plans, past, end, closing) {
  const { draws, order, inputs } = engine
  const root = order.length - 1
  const entries = order.map((stage) => findStage(engine, stage))
  const rests = levers.start === ""
  const supply = buildSupply(engine, rests ? { ...levers, start: engine.months[0] } : levers, plans)
  const scales = entries.map((entry) => {
    const scale = entry.levers.reduce((product, name) => product * levers[name], 1)
    const acts = rests ? [] : findActing(engine, levers, entry.lead)
    return engine.months.map((_, month) => (acts[month] ? scale : 1))
  })
  const acting = rests ? [] : findActing(engine, levers, 0)
  const charge = order.indexOf(engine.roles.charge)
  const orders = order.indexOf(engine.roles.orders)
  const limitsOrders = levers.orders < NO_LIMIT && !plans.capacities[orders]
  const { ready, limit, make, cap, offered, output, limiters, stored, every, traced } = findRoom(engine)
  const stores = past ? past.stores.map((store) => store.slice()) : openStores(engine, entries, plans, scales)
  const rest = supply.stock.slice()
  if (past) {
    const room = findRoom(engine)
    if (room.past !== past) {
      output.set(past.output)
      limiters.set(past.limiters)
      room.past = past
    }
    for (let i = 0; i < past.months * traced; i++) stored[i] = past.stored[i] + rest[(i % traced) * every]
  }
  else findRoom(engine).past = undefined
  const first = past ? past.months : 0
  for (let month = first; month < end; month++) {
    const levered = !rests && supply.acts[month]
    const rowOf = (/** @type {number} */ stage) => Math.max(month - entries[stage].lead, 0) * draws
    for (let stage = 0; stage <= root; stage++) {
      const { buffer } = entries[stage]
      if (!inputs[stage].length && buffer === 0) continue
      const capacity = plans.capacities[stage]
      const isSupply = levered && stage === supply.place
      const row = rowOf(stage)
      const scale = scales[stage][month]
      const own = ready[stage]
      if (!capacity) own.fill(Infinity)
      else if (isSupply) for (let d = 0; d < draws; d++) own[d] = capacity[row + d] * scale * supply.factor[d]
      else for (let d = 0; d < draws; d++) own[d] = capacity[row + d] * scale
      if (buffer > 0) cap.set(own)
      limit[stage].fill(stage)
      for (const source of inputs[stage]) {
        if (levered && source === supply.place && (stage === root || buffer > 0)) {
          offerStock(engine, plans, supply, entries, month, stores[source], ready[source], rest, offered)
        }
        const perIntake = stage === root && source === charge && acting[month] ? 1 / levers.propellant_per_round : 1
        const hasLoop = inputs[source].length > 0 || entries[source].buffer > 0
        const from = plans.capacities[source]
        if (hasLoop) takeLeast(own, limit[stage], ready[source], limit[source], perIntake)
        else if (levered && source === supply.feed && from) {
          takeFibre(own, limit[stage], from, rowOf(source), scales[source][month] * perIntake, source, supply)
        } else if (from) takeCapacity(own, limit[stage], from, rowOf(source), scales[source][month] * perIntake, source)
        else if (source === orders && limitsOrders && acting[month]) takeConstant(own, limit[stage], (levers.orders / 12) * perIntake, source)
      }
      if (buffer === 0) continue
      // Less if the store is full; what is ready is the store and what is made.
      if (isSupply && capacity) for (let d = 0; d < draws; d++) if (capacity[row + d] > cap[d]) cap[d] = capacity[row + d]
      const store = stores[stage]
      for (let d = 0; d < draws; d++) {
        const room = (1 + buffer) * cap[d] - store[d]
        const most = room > 0 ? room : 0
        make[d] = most < own[d] ? most : own[d]
        own[d] = store[d] + make[d]
      }
      for (const source of inputs[stage]) {
        const keeps = entries[source].buffer > 0
        if (keeps || source === supply.place) for (let d = 0; d < draws; d++) stores[source][d] = ready[source][d] - make[d]
        if (levered && source === supply.place) takeBack(offered, keeps, stores[source], rest)
      }
    }
    output.set(ready[root], month * draws)
    limiters.set(limit[root], month * draws)
    for (const source of inputs[root]) {
      const keeps = entries[source].buffer > 0
      if (keeps || source === supply.place) {
        const intake = source === charge && acting[month] ? levers.propellant_per_round : 1
        for (let d = 0; d < draws; d++) stores[source][d] = Math.max(ready[source][d] - ready[root][d] * intake, 0)
      }
      if (levered && source === supply.place) takeBack(offered, keeps, stores[source], rest)
    }
    for (let k = 0; k < traced; k++) {
      let sum = rests ? 0 : rest[k * every]
      for (let stage = 0; stage <= root; stage++) if (entries[stage].buffer > 0) sum += stores[stage][k * every]
      stored[month * traced + k] = sum
    }
  }
  closing?.push(...stores)
  return { output, limiters, stored }
}

/**
 * @param {Engine} engine
 * @returns {Room}
 */
function findRoom(engine) {
  const { draws, order, months } = engine
  const every = Math.ceil(draws / TRACED)
  const traced = Math.ceil(draws / every)
  engine.room ??= {
    ready: order.map(() => new Float64Array(draws)),
    limit: order.map(() => new Uint8Array(draws)),
    make: new Float64Array(draws),
    cap: new Float64Array(draws),
    offered: new Float64Array(draws),
    output: new Float64Array(months.length * draws),
    limiters: new Uint8Array(months.length * draws),
    stored: new Float64Array(months.length * traced),
    every,
    traced,
  }
  return engine.room
}

/**
 * Stores open with the buffer at the first month's flow.
 * @param {Engine} engine
 * @param {Stage[]} entries
 * @param {Plans} plans
 * @param {number[][]} scales
 */
function openStores(engine, entries, plans, scales) {
  const least = new Float64Array(engine.draws).fill(Infinity)
  plans.capacities.forEach((capacity, stage) => {
    if (capacity) for (let d = 0; d < engine.draws; d++) least[d] = Math.min(least[d], capacity[d] * scales[stage][0])
  })
  return entries.map(({ buffer }) => least.map((rounds) => (buffer > 0 ? buffer * rounds : 0)))
}

/**
 * Less if an input with a loop of its own allows less; then what limits that input limits this stage.
 * @param {Float64Array} own
 * @param {Uint8Array} limit
 * @param {Float64Array} ready
 * @param {Uint8Array} limits
 * @param {number} perIntake
 */
function takeLeast(own, limit, ready, limits, perIntake) {
  for (let d = 0; d < own.length; d++) {
    const value = ready[d] * perIntake
    if (value < own[d]) {
      own[d] = value
      limit[d] = limits[d]
    }
  }
}

/**
 * @param {Float64Array} own
 * @param {Uint8Array} limit
 * @param {Float64Array} capacity
 * @param {number} row
 * @param {number} scale
 * @param {number} source
 */
function takeCapacity(own, limit, capacity, row, scale, source) {
  for (let d = 0; d < own.length; d++) {
    const value = capacity[row + d] * scale
    if (value < own[d]) {
      own[d] = value
      limit[d] = source
    }
  }
}

/**
 * @param {Float64Array} own
 * @param {Uint8Array} limit
 * @param {Float64Array} capacity
 * @param {number} row
 * @param {number} scale
 * @param {number} source
 * @param {{factor: Float64Array, fibre: Float64Array}} supply
 */
function takeFibre(own, limit, capacity, row, scale, source, { factor, fibre }) {
  for (let d = 0; d < own.length; d++) {
    const value = capacity[row + d] * scale * factor[d] * fibre[d]
    if (value < own[d]) {
      own[d] = value
      limit[d] = source
    }
  }
}

/**
 * @param {Float64Array} own
 * @param {Uint8Array} limit
 * @param {number} value
 * @param {number} source
 */
function takeConstant(own, limit, value, source) {
  for (let d = 0; d < own.length; d++) {
    if (value < own[d]) {
      own[d] = value
      limit[d] = source
    }
  }
}

/**
 * The safety stock offers what would be ready at full supply, and is not, while it lasts.
 * @param {Engine} engine
 * @param {Plans} plans
 * @param {{place: number, feed: number}} supply
 * @param {Stage[]} entries
 * @param {number} month
 * @param {Float64Array} store
 * @param {Float64Array} ready
 * @param {Float64Array} rest
 * @param {Float64Array} offered
 */
function offerStock(engine, plans, supply, entries, month, store, ready, rest, offered) {
  const nominal = /** @type {Float64Array} */ (plans.capacities[supply.place])
  const feed = /** @type {Float64Array} */ (plans.capacities[supply.feed])
  const row = Math.max(month - entries[supply.place].lead, 0) * engine.draws
  const feedRow = Math.max(month - entries[supply.feed].lead, 0) * engine.draws
  const fullest = 1 + entries[supply.place].buffer
  for (let d = 0; d < engine.draws; d++) {
    const room = Math.max(fullest * nominal[row + d] - store[d], 0)
    const full = Math.min(nominal[row + d], feed[feedRow + d], room)
    offered[d] = Math.min(Math.max(store[d] + full - ready[d], 0), rest[d])
    ready[d] += offered[d]
  }
}

/**
 * What of the offer nobody took stays in the safety stock.
 * @param {Float64Array} offered
 * @param {boolean} keeps
 * @param {Float64Array} store
 * @param {Float64Array} rest
 */
function takeBack(offered, keeps, store, rest) {
  for (let d = 0; d < offered.length; d++) {
    const unused = Math.min(offered[d], store[d])
    store[d] = keeps ? store[d] - unused : 0
    rest[d] -= offered[d] - unused
  }
}
