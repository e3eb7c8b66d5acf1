// Runs the browser's chain under scenarios and writes every draw's output: node run_chain.mjs BLOCK SCENARIOS OUTPUT.
import { readFileSync, writeFileSync } from "node:fs"
import { inflate, openEngine, runChain } from "../../ramp155/assets/chain.js"

const [block, scenarios, output] = process.argv.slice(2)
const engine = openEngine(await inflate(readFileSync(block)))
const runs = JSON.parse(readFileSync(scenarios, "utf-8")).map((levers) => {
  const { output, limiters, stored } = runChain(engine, levers)
  return [output.slice(), limiters.slice(), stored.slice()] // the next run takes their room
})
const parts = runs.flat()
writeFileSync(output, Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))))
