// What the browser would draw and say under scenarios, as JSON: node read_outlooks.mjs BLOCK SCENARIOS MONTH.
import { readFileSync } from "node:fs"
import { inflate, openEngine } from "../../ramp155/assets/chain.js"
import { findEvenMonth, findTonneGain, readOutlook, readResponse } from "../../ramp155/assets/outlook.js"
import { writeGain, writeReading, writeReadout, writeTitle, writeWarnings } from "../../ramp155/assets/words.js"

const [block, scenarios, month] = process.argv.slice(2)
const engine = openEngine(await inflate(readFileSync(block)))
const { targets, words } = engine
const at = engine.months.indexOf(month)
const answers = JSON.parse(readFileSync(scenarios, "utf-8")).map((levers) => {
  const outlook = readOutlook(engine, levers, { month: at, targets })
  const { reading } = outlook
  const percent = Math.round(levers.nitrocellulose * 100)
  const places = [0, 1].map((more) => Math.min(Math.floor(percent / 5), 39) + more)
  const totals = []
  for (const place of places) totals[place] = readResponse(engine, { ...levers, nitrocellulose: place / 20 }, at).rounds
  return {
    title: writeTitle(words, levers, reading),
    readout: writeReadout(words, levers, reading),
    reading: writeReading(words, levers, reading),
    gain: writeGain(words, reading, findTonneGain(engine, levers, at, totals, percent)),
    warnings: writeWarnings(words, levers),
    quantiles: outlook.quantiles.map((row) => [...row]),
    figures: outlook.figures.map((row) => [...row]),
    years: outlook.years,
    stores: [...outlook.stores],
    shares: [...outlook.shares],
    odds: targets.map((_, k) => outlook.reached[at * targets.length + k]),
    even: targets.map((_, k) => findEvenMonth(engine, outlook.reached, k)),
    nameplate: [...outlook.nameplate.subarray(0, engine.lastPlanned + 1)],
  }
})
process.stdout.write(JSON.stringify(answers))
