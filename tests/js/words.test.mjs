// What needs no record: numbers in words, quantiles. Run by tests/unit/test_browser_scripts.py (`node --test`).
import assert from "node:assert/strict"
import { test } from "node:test"
import { findQuantiles } from "../../ramp155/assets/outlook.js"
import { sayMonth, sayPercent, sayRounds } from "../../ramp155/assets/words.js"

test("rounds have the digits they bear, and a half goes to the even neighbour", () => {
  const said = [[0, "0"], [640_123, "640,000"], [45_000, "45,000"], [945_000, "940,000"], [999_499, "1,000,000"]]
  const millions = [[999_500, "1 million"], [1_125_000, "1.12 million"], [1_375_000, "1.38 million"], [1_310_000, "1.31 million"]]
  for (const [rounds, words] of [...said, ...millions]) assert.equal(sayRounds(rounds), words)
})

test("shares are whole percents, a half rounded up", () => {
  assert.deepEqual([0, 0.005, 0.125, 0.994, 1].map(sayPercent), ["0 %", "1 %", "13 %", "99 %", "100 %"])
})

test("a month has its name, or three letters of it", () => {
  assert.equal(sayMonth("2027-12"), "December 2027")
  assert.equal(sayMonth("2027-12", 3), "Dec 2027")
})

test("quantiles lie on straight lines between the sorted values", () => {
  const values = Float64Array.from({ length: 12 }, (_, k) => ((k * 7) % 12) ** 2)
  const sorted = [...values].sort((a, b) => a - b)
  const levels = [0, 0.1, 0.5, 0.9, 1]
  const expected = levels.map((level) => {
    const place = level * 11
    const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
    return low + (high - low) * (place - Math.floor(place))
  })
  findQuantiles(values, levels).forEach((value, k) => assert.ok(Math.abs(value - expected[k]) < 1e-9))
})
