// Numbers in words and places of the live slider, the guess, the months and the machine.
import assert from "node:assert/strict"
import { test } from "node:test"
import { part, say, trace } from "../../ramp155/assets/guess.js"
import { between, chance, longest, rate } from "../../ramp155/assets/live.js"
import { place } from "../../ramp155/assets/machine.js"
import { sayDay } from "../../ramp155/assets/months.js"
import { followRange, holdLever } from "../../ramp155/assets/release.js"
import { store } from "../../ramp155/assets/sliders.js"

test("thousands of rounds have the digits they bear", () => {
  assert.deepEqual([0, 45.4, 640.1, 999.5, 1310, 2000].map(rate), ["0", "45,000", "640,000", "1 million", "1.31 million", "2 million"])
})

test("odds are a whole percent, and neither none nor all", () => {
  assert.deepEqual([0, 0.004, 0.005, 0.125, 0.994, 0.999, 1].map(chance), ["under 1 %", "under 1 %", "under 1 %", "13 %", "over 99 %", "over 99 %", "over 99 %"])
})

test("a percent lies between two positions, the last in the last but one", () => {
  assert.deepEqual([0, 7.5, 100].map(between), [[0, 0], [1, 0.5], [20, 0]])
  const [lower, share] = between(200)
  assert.equal(lower, 39)
  assert.ok(share > 0.99999)
})

test("of several stretches the longest is taken, the first of two alike", () => {
  const holds = [1, 0, 1, 1, 0, 1, 1]
  assert.deepEqual(longest(holds.length, (i) => holds[i] === 1), [2, 4])
  assert.deepEqual(longest(3, () => false), [0, 0])
})

test("a guess is said as its question counts", () => {
  assert.deepEqual([say("share", 0.256), say("times", 2.04), say("count", 1234), say("rounds", 1_310_000), say("rounds", 45_600)], ["26 %", "2.0 times", "1,234", "1.31 million", "46,000"])
})

test("two names at one edge keep apart", () => {
  for (const [first, second] of [[50, 55], [55, 50], [50, 200]]) {
    const [one, other] = part(first, second)
    assert.ok(Math.abs(one - other) >= 30, `${one} ${other}`)
    assert.equal(one < other, first <= second)
  }
  assert.equal(trace([[1, 2], [3, 4.25]]), "M1.0,2.0L3.0,4.3")
})

test("a day is said as a month where it ends one", () => {
  assert.equal(sayDay("2026-02-28", true), "February 2026")
  assert.equal(sayDay("2026-02-13", false), "13 February 2026")
})

test("months that nothing moves stand once, the others position by position", () => {
  const data = { moves: 2, months: ["a", "b", "c", "d"] }
  const seen = new Set()
  for (let position = 0; position < 3; position++)
    for (let row = 0; row < 2; row++) for (let month = 0; month < 4; month++) seen.add(place(data, 2, position, row, month))
  assert.deepEqual([...seen].sort((a, b) => a - b), Array.from({ length: 2 * 2 + 3 * 2 * 2 }, (_, k) => k))
  assert.equal(place(data, 2, 0, 1, 1), place(data, 2, 2, 1, 1))
})

test("a shown position is stored in the unit of the library", () => {
  assert.equal(store({ scale: 100 }, 67), 0.67)
  assert.equal(store({ scale: 1 }, 12), 12)
})

const makeRange = () => ({ value: "100", style: { setProperty() {} } })

test("keys let go once they rest, a pointer at once", async () => {
  const range = makeRange()
  const said = []
  followRange(range, (position) => said.push(position), () => said.push("let go"), {})
  range.value = "90"
  range.oninput()
  range.onchange()
  range.onchange()
  assert.deepEqual(said, [90])
  await new Promise((done) => setTimeout(done, 300))
  assert.deepEqual(said, [90, "let go"])
  range.onpointerup()
  assert.deepEqual(said, [90, "let go", "let go"])
})

test("a lever tells what it was let go at once, and takes a value of the server's under each stamp once", () => {
  const [range, number] = [makeRange(), makeRange()]
  const held = { percent: 100 }
  const sent = []
  const told = { move: () => {}, send: (percent) => sent.push(percent), sendAgain: (percent) => sent.push(`again ${percent}`) }
  const hold = (value, stamp, token = "a") => holdLever(held, { range, number }, { value, stamp, token }, told)
  assert.equal(hold(80, 1).hear(), true)
  assert.equal(held.percent, 80)
  range.value = "60"
  range.oninput()
  assert.equal(hold(70, 2).hear(), false) // a newer one is being set here
  assert.equal(held.percent, 60)
  range.onpointerup()
  range.onpointerup()
  assert.deepEqual(sent, [60])
  assert.equal(hold(60, 2).hear(), false)
  // A server that was away knows the address alone.
  assert.equal(hold(100, 1, "b").hear(), false)
  assert.deepEqual(sent, [60, "again 60"])
  assert.equal(held.percent, 60)
})

test("what is typed stays within the lever, and what is no number leaves it as it was", () => {
  const [range, number] = [makeRange(), makeRange()]
  const held = { percent: 100, sent: 100 }
  const sent = []
  holdLever(held, { range, number }, { value: 100, stamp: 1 }, { move: () => {}, send: (percent) => sent.push(percent), sendAgain: () => {} })
  for (const typed of ["250", "-3", "", "33.4"]) {
    number.value = typed
    number.onchange()
  }
  assert.deepEqual(sent, [200, 0, 33])
})
