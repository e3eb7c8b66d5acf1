// What stage and presenter's window tell each other. Run by tests/unit/test_browser_scripts.py (`node --test`).
import assert from "node:assert/strict"
import { test } from "node:test"
import { isPlace, openChannel, sayElapsed } from "../../ramp155/assets/channel.js"

test("only a whole number within the screens is a place", () => {
  assert.deepEqual([0, 4, 5, -1, 1.5, "2", undefined, NaN].map((at) => isPlace(at, 5)), [true, true, false, false, false, false, false, false])
})

test("time gone is minutes and seconds, and never less than none", () => {
  assert.deepEqual([0, 59_999, 187_000, 3_600_000, -500].map(sayElapsed), ["0:00", "0:59", "3:07", "60:00", "0:00"])
})

test("a window hears the other role alone", async () => {
  const heard = []
  const stage = openChannel("stage", (word) => heard.push(word))
  const otherStage = openChannel("stage", () => {})
  const notes = openChannel("notes", () => {})
  otherStage.say({ kind: "here", at: 1 })
  notes.say({ kind: "go", at: 2 })
  for (let turn = 0; turn < 20 && !heard.length; turn++) await new Promise((done) => setTimeout(done, 10))
  for (const channel of [stage, otherStage, notes]) channel.close()
  assert.deepEqual(heard, [{ kind: "go", at: 2, role: "notes" }])
})
