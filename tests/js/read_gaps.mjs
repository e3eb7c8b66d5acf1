// The gap that the browser would draw and say under scenarios, as JSON: node read_gaps.mjs BLOCK SIDES SCENARIOS, of which
// each is { levers, rate }.
import { readFileSync } from "node:fs"
import { inflate, openEngine } from "../../ramp155/assets/chain.js"
import { QUESTIONS } from "../../ramp155/assets/worker.js"

const [block, sent, scenarios] = process.argv.slice(2)
const engine = openEngine(await inflate(readFileSync(block)))
const sides = JSON.parse(readFileSync(sent, "utf-8"))
const answers = JSON.parse(readFileSync(scenarios, "utf-8")).map(({ levers, rate }, place) =>
  QUESTIONS.gap(engine, levers, sides.key, rate, place ? undefined : sides),
)
if (QUESTIONS.gap(engine, engine.baseline, "another", 1) !== null) throw new Error("an unknown comparison is answered")
process.stdout.write(JSON.stringify(answers, (_, value) => (ArrayBuffer.isView(value) ? [...value] : value)))
