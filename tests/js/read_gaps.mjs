// The gap that the browser would draw and say under scenarios, as JSON: node read_gaps.mjs BLOCK SIDES SCENARIOS TABLES.
// A scenario is { levers, rate }; TABLES are the rows of the pictures at rest, to which each answer gives its numbers.
import { readFileSync } from "node:fs"
import { inflate, openEngine } from "../../ramp155/assets/chain.js"
import { layGap } from "../../ramp155/assets/gap_rows.js"
import { QUESTIONS } from "../../ramp155/assets/worker.js"

const [block, sent, scenarios, atRest] = process.argv.slice(2)
const engine = openEngine(await inflate(readFileSync(block)))
const sides = JSON.parse(readFileSync(sent, "utf-8"))
const rows = JSON.parse(readFileSync(atRest, "utf-8"))
const answers = JSON.parse(readFileSync(scenarios, "utf-8")).map(({ levers, rate }, place) => {
  const gap = QUESTIONS.gap(engine, levers, sides.key, rate, place ? undefined : sides)
  const pictures = {}
  for (const [picture, tables] of Object.entries(layGap(gap, rows.rates.rates)))
    for (const [table, lay] of Object.entries(tables)) (pictures[picture] ??= {})[table] = rows[picture][table].map((row) => ({ ...row, ...lay(row) }))
  return { ...gap, pictures }
})
if (QUESTIONS.gap(engine, engine.baseline, "another", 1) !== null) throw new Error("an unknown comparison is answered")
process.stdout.write(JSON.stringify(answers, (_, value) => (ArrayBuffer.isView(value) ? [...value] : value)))
