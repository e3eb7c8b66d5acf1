// The map's ladder, its view without deck.gl, the list's order, and the board's packed months.
import assert from "node:assert/strict"
import { test } from "node:test"
import { fill, lateOf, marksOf, sayLate, statusOf, unpack, unroll } from "../../ramp155/assets/board.js"
import { compare } from "../../ramp155/assets/plants_list.js"
import { findRung, flagOf, hit, plainView } from "../../ramp155/assets/plants_map.js"

test("a zoom lies on a rung or between two, and within the ladder", () => {
  const ladder = { zooms: [3, 3.5, 4] }
  assert.deepEqual([2, 3, 3.25, 3.49999, 4, 9].map((zoom) => findRung(ladder, zoom)), [[0, 0], [0, 0], [0, 0.5], [1, 0], [2, 0], [2, 0]])
})

test("a place becomes a pixel and comes back, its middle in the middle", () => {
  const view = plainView({ head: { view: { zoom: 4, latitude: 52, longitude: 14 } }, map: { clientWidth: 800, clientHeight: 600 } })
  assert.deepEqual(view.project([14, 52]).map(Math.round), [400, 300])
  for (const place of [[2.35, 48.86], [30.52, 50.45], [25.5, 65]]) {
    const back = view.unproject(view.project(place))
    back.forEach((degree, axis) => assert.ok(Math.abs(degree - place[axis]) < 1e-9))
  }
  assert.ok(view.project([14, 60])[1] < 300 && view.project([20, 52])[0] > 400)
})

test("the nearest mark that is shown answers to the pointer", () => {
  const places = [{ x: 10, y: 10, status: 1, size: 20 }, { x: 16, y: 10, status: 1, size: 20 }, { x: 15, y: 10, status: 0, size: 0 }]
  assert.equal(hit({ places }, 15, 10), places[1])
  assert.equal(hit({ places }, 12, 10), places[0])
  assert.equal(hit({ places }, 100, 100), null)
  assert.deepEqual(flagOf({ bits: { late: 1, "no recent news": 4 } }, 4), { late: false, silent: true })
})

test("the list has those late most first, then in the order of their names, and turned over the other way", () => {
  const sites = ["Unterlüß", "Bergerac", "Karlskoga"].map((name) => ({ name }))
  const now = { marks: [1, 1, 0], lateness: [5, 9, 0], status: [1, 2, 1], coming: [0, 3, 1], reached: [2, 0, 0] }
  const body = { sites, bits: { late: 1 }, words: { reached: ["", "a", "b", "c"], rank: [0, 1, 2] } }
  const order = (id, down) => [0, 1, 2].sort(compare({ now, body, cell: (column) => column, sort: { id, down } })).map((column) => sites[column].name)
  assert.deepEqual(order("late", false), ["Bergerac", "Unterlüß", "Karlskoga"])
  assert.deepEqual(order("late", true), ["Karlskoga", "Unterlüß", "Bergerac"])
  assert.deepEqual(order("name", false), ["Bergerac", "Karlskoga", "Unterlüß"])
  assert.deepEqual(order("date", false), ["Karlskoga", "Bergerac", "Unterlüß"]) // what is next, the nearest first; then what was reached
  assert.deepEqual(order("status", false), ["Karlskoga", "Unterlüß", "Bergerac"])
})

test("runs give a value for every month, and lateness goes on by its step", () => {
  assert.deepEqual([...unroll([[0, 4], [2, 7]], 5, (run) => run[1])], [4, 4, 7, 7, 7])
  const code = 3 | (1 << 4) | (5 << 6)
  assert.deepEqual([statusOf(code), lateOf(code), marksOf(code)], [3, 1, 5])
  const packed = { codes: [[0, 0], [1, code]], lateness: [[0, 0, 0], [2, 6, 1]], states: [[0, [], null, 0, 0, 0, 0, null, 0], [3, [[1, 20, 2]], 2, 3, 0, 0, 0, 9, 0]] }
  const months = unpack(packed, 5, ["", "promise", "said", "awaited"])
  assert.deepEqual([...months.codes], [0, code, code, code, code])
  assert.deepEqual([...months.lateness], [0, 0, 6, 7, 8])
  assert.deepEqual([...months.state], [0, 0, 0, 1, 1])
  assert.deepEqual(months.states[1].dates, [["promise", 20, "said"]])
})

test("one, several and none have forms of their own, with every part filled", () => {
  const patterns = { lines: ["{number} line", "{number} lines"], months: ["{number} month", "{number} months"], "late by": ["late by {months}", ""], "came late": ["came {months} late", ""] }
  const data = { patterns, none: { lines: "no line" }, late: { late: 1, "came late": 2 } }
  assert.deepEqual([0, 1, 1234].map((number) => fill(data, "lines", number)), ["no line", "1 line", "1,234 lines"])
  assert.deepEqual([0, 1, 2].map((late) => sayLate(data, late, 7)), ["", "late by 7 months", "came 7 months late"])
})
