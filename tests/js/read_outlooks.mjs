// What the browser would draw and say under scenarios, as JSON: node read_outlooks.mjs BLOCK SCENARIOS MONTH.
import { readFileSync } from "node:fs"
import { inflate, openEngine } from "../../ramp155/assets/chain.js"
import { introduce, QUESTIONS } from "../../ramp155/assets/worker.js"

const [block, scenarios, month] = process.argv.slice(2)
const engine = openEngine(await inflate(readFileSync(block)))
const at = engine.months.indexOf(month)
const answers = JSON.parse(readFileSync(scenarios, "utf-8")).map((levers) => {
  const totals = []
  const place = Math.min(Math.floor((levers.nitrocellulose * 100) / 5 + 1e-9), 39)
  for (const k of [place, place + 1]) totals[k] = QUESTIONS.respond(engine, { ...levers, nitrocellulose: k / 20 }, at).rounds
  return { ...QUESTIONS.answer(engine, levers, at), gain: QUESTIONS.gain(engine, levers, at, totals) }
})
const asList = (_, value) => (ArrayBuffer.isView(value) ? [...value] : value)
process.stdout.write(JSON.stringify({ ...introduce(engine), answers }, asList))
