// The rows and texts that follow.js lays out at some positions, from standard input { body, percents }, as JSON.
import { readFileSync } from "node:fs"
import { layRows, readText, unpack } from "../../ramp155/assets/follow.js"

const asked = JSON.parse(readFileSync(0, "utf8"))
const body = unpack(asked.body)
const at = (percent) => ({
  pictures: Object.fromEntries(
    Object.entries(body.pictures).map(([name, tables]) => [
      name,
      Object.fromEntries(Object.entries(tables).map(([table, spans]) => [table, layRows(spans, percent)])),
    ]),
  ),
  words: Object.fromEntries(Object.entries(body.words).map(([name, texts]) => [name, readText(texts, percent)])),
})
console.log(JSON.stringify(asked.percents.map(at)))
