// Rows between two positions of the lever, texts by position, and what is found in React's tree.
import assert from "node:assert/strict"
import { test } from "node:test"
import { layRows, readText, unpack } from "../../ramp155/assets/follow.js"
import { findKept } from "../../ramp155/assets/react.js"

const pack = (...numbers) => Buffer.from(new Float32Array(numbers).buffer).toString("base64")
const SPANS = [
  {
    first: 0,
    last: 1,
    rows: [{ who: "a", x: 0, r: 1 }, { who: "b", x: 5, r: 2 }],
    moving: { x: { rows: [0], numbers: pack(0, 10), turned: false }, r: { rows: [0], numbers: pack(1, 4), turned: true } },
  },
  { first: 2, last: 40, rows: [{ who: "c", x: 7, r: 3 }], moving: {} },
]
const body = unpack({ pictures: { ratio: { rows: SPANS } }, words: {} })
const lay = (percent, only) => layRows(body.pictures.ratio.rows, percent, only).map(({ who, x, r }) => [who, x, r])

test("a number lies on a line between two positions, a ratio on that of what divides it", () => {
  assert.deepEqual(lay(0), [["a", 0, 1], ["b", 5, 2]])
  assert.deepEqual(lay(2.5), [["a", 5, 0.4], ["b", 5, 2]])
  assert.deepEqual(lay(5), [["a", 10, 0.25], ["b", 5, 2]])
})

test("where rows change their names the nearer position counts", () => {
  assert.deepEqual(lay(7), [["a", 10, 0.25], ["b", 5, 2]])
  assert.deepEqual(lay(8), [["c", 7, 3]])
  assert.deepEqual(lay(200), [["c", 7, 3]])
})

test("of some rows alone, those are laid and bear their places", () => {
  const [row] = layRows(body.pictures.ratio.rows, 5, [0])
  assert.deepEqual([row.who, row.x, row.follow_place, row.follow_span], ["a", 10, 0, 0])
})

test("what was packed is left as it was", () => {
  assert.equal(typeof SPANS[0].moving.x.numbers, "string")
  assert.equal(lay(5).length, 2)
  assert.deepEqual(SPANS[0].rows[0], { who: "a", x: 0, r: 1 })
})

test("a number that is none is no number in a row", () => {
  const spans = unpack({ pictures: { p: { t: [{ first: 0, last: 1, rows: [{ x: 1 }], moving: { x: { rows: [0], numbers: pack(NaN, NaN), turned: false } } }] } }, words: {} })
  assert.equal(layRows(spans.pictures.p.t, 3)[0].x, null)
})

test("texts stand at each percent, or at the nearest position", () => {
  const each = { texts: ["low", "high"], at: Array.from({ length: 201 }, (_, percent) => Number(percent > 99)) }
  assert.deepEqual([0, 99, 100].map((percent) => readText(each, percent)), ["low", "low", "high"])
  const nearest = { texts: ["low", "high"], at: Array.from({ length: 41 }, (_, place) => Number(place > 0)) }
  assert.deepEqual([2, 3].map((percent) => readText(nearest, percent)), ["low", "high"])
})

test("what a component about an element keeps is found, the nearest first", () => {
  const hook = (...kept) => kept.reduceRight((next, memoizedState) => ({ memoizedState, next }), null)
  const outer = { memoizedState: hook({ current: "outer" }), return: null }
  const inner = { memoizedState: hook(null, 3, { current: "inner" }), return: outer }
  const element = { parentElement: { parentElement: null, __reactFiber$x: inner } }
  assert.equal(findKept(element, 5, (kept) => kept?.current), "inner")
  assert.equal(findKept(element, 5, (kept) => (kept?.current === "outer" ? kept.current : null)), "outer")
  assert.equal(findKept(element, 1, (kept) => (kept?.current === "outer" ? kept.current : null)), null)
  assert.equal(findKept({ parentElement: null }, 5, () => "any"), null)
})
