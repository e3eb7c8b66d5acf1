// The month slider: tells the pictures on the page each frame which month they are to show, and the server
// only what is let go. Pictures listen to `ramp155:month` on the document, and find the last one told on
// `window.ramp155Month`: { index (into the month ends), day (YYYY-MM-DD), hindsight }.

/** @typedef {{days: string[], day: string, hindsight: boolean, stamp: string, token: string}} Head what the server says of the month */
/**
 * The slider with its days and what of it was sent.
 * @typedef {{range: HTMLInputElement, month: HTMLElement, play: HTMLElement, years: HTMLElement, knowledge: HTMLElement[],
 *   days: string[], monthEnds: string[], place: number, hindsight: boolean, released: number, sent?: string, stamp?: string,
 *   token?: string, busy?: boolean, held?: boolean, waiting?: boolean, timer?: number, rest?: number}} View
 */

const MONTHS = "January February March April May June July August September October November December".split(" ")
const STEP = 450 // milliseconds a month while it plays
const REST = 300 // milliseconds without a key, after which what keys chose is let go
const SIGNS = { play: "M2 1L13 7L2 13Z", pause: "M2 1H5.5V13H2ZM8.5 1H12V13H8.5Z" }
/** @type {WeakMap<object, View>} */
const views = new WeakMap()

// A day in the middle of a month, as a link may name one, is said as a day.
/** @param {string} day @param {boolean} isMonthEnd */
export function sayDay(day, isMonthEnd) {
  const [year, month, date] = day.split("-").map(Number)
  return `${isMonthEnd ? "" : `${date} `}${MONTHS[month - 1]} ${year}`
}

/** @param {HTMLElement} button @param {"play" | "pause"} name */
function writeSign(button, name) {
  if (button.dataset.sign === name) return
  button.dataset.sign = name
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  for (const [key, value] of Object.entries({ width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" })) svg.setAttribute(key, String(value))
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path")
  path.setAttribute("d", SIGNS[name])
  svg.append(path)
  button.replaceChildren(svg)
  button.setAttribute("aria-label", name === "play" ? "Play the record month by month" : "Pause")
}

/** @param {View} view */
function layYears(view) {
  const { days, years } = view
  years.replaceChildren(
    ...days.flatMap((day, k) => {
      if (!day.slice(5).startsWith("01")) return []
      const label = document.createElement("span")
      label.textContent = day.slice(0, 4)
      label.style.left = `${(k / (days.length - 1)) * 100}%`
      return [label]
    }),
  )
}

/** @param {View} view */
function show(view) {
  const { range, days, place } = view
  range.max = String(days.length - 1)
  range.value = String(place)
  range.style.setProperty("--filled", `${(place / Math.max(days.length - 1, 1)) * 100}%`)
  const words = sayDay(days[place], view.monthEnds.includes(days[place]))
  range.setAttribute("aria-valuetext", words)
  if (view.month.textContent !== words) view.month.textContent = words
  for (const button of view.knowledge) {
    const chosen = (button.dataset.hindsight === "1") === view.hindsight
    button.setAttribute("aria-checked", String(chosen))
    button.tabIndex = chosen ? 0 : -1
  }
  writeSign(view.play, view.timer ? "pause" : "play")
}

// Once a frame at most, however often the pointer moves.
/** @param {View} view */
function tell(view) {
  if (view.waiting) return
  view.waiting = true
  requestAnimationFrame(() => {
    view.waiting = false
    const day = view.days[view.place]
    const index = view.monthEnds.filter((end) => end <= day).length - 1
    window.ramp155Month = { index: Math.max(index, 0), day, hindsight: view.hindsight }
    document.dispatchEvent(new CustomEvent("ramp155:month", { detail: window.ramp155Month }))
  })
}

/** @param {HTMLElement} parent */
function openView(parent) {
  const find = (/** @type {string} */ where) => /** @type {HTMLElement} */ (parent.querySelector(where))
  /** @type {View} */
  const view = {
    range: /** @type {HTMLInputElement} */ (find("input")),
    month: find(".month"),
    play: find(".play"),
    years: find(".years"),
    knowledge: [...parent.querySelectorAll("[data-hindsight]")].map((button) => /** @type {HTMLElement} */ (button)),
    days: [],
    monthEnds: [],
    place: 0,
    hindsight: false,
    released: 0,
  }
  views.set(parent, view)
  return view
}

/** @param {import("./types").Component<string>} component */
export default function (component) {
  const { parentElement, data, setStateValue } = component
  /** @type {Head} */
  const head = JSON.parse(data)
  const view = views.get(parentElement) ?? openView(parentElement)
  /** @param {number} place */
  const choose = (place) => {
    view.place = Math.min(Math.max(place, 0), view.days.length - 1)
    show(view)
    tell(view)
  }
  const release = () => {
    clearTimeout(view.rest)
    view.busy = false
    const sent = `${view.days[view.place]} ${view.hindsight}`
    if (sent === view.sent) return
    view.sent = sent
    view.released += 1
    setStateValue("released", { day: view.days[view.place], hindsight: view.hindsight, count: `${head.stamp}.${view.released}` })
  }
  const pause = () => {
    clearInterval(view.timer)
    view.timer = 0
    show(view)
    release()
  }
  const step = () => {
    if (!parentElement.isConnected) return clearInterval(view.timer)
    choose(view.place + 1)
    if (view.place >= view.days.length - 1) pause()
  }
  view.play.onclick = () => {
    if (view.timer) return pause()
    view.busy = true
    view.timer = setInterval(step, STEP)
    choose(view.place >= view.days.length - 1 ? 0 : view.place)
  }
  const stop = () => {
    clearInterval(view.timer)
    view.timer = 0
  }
  view.range.oninput = () => {
    stop()
    view.busy = true
    choose(Number(view.range.value))
  }
  view.range.onpointerdown = () => {
    stop()
    view.busy = view.held = true
    show(view)
  }
  view.range.onpointerup = view.range.onpointercancel = () => {
    view.held = false
    release()
  }
  // Keys change the month one step at a time: wait until they rest.
  view.range.onchange = () => {
    clearTimeout(view.rest)
    if (!view.held) view.rest = setTimeout(release, REST)
  }
  for (const button of view.knowledge) {
    button.onclick = () => {
      view.hindsight = button.dataset.hindsight === "1"
      show(view)
      tell(view)
      if (!view.timer) release()
    }
    button.onkeydown = (event) => {
      if (!/^Arrow/.test(event.key)) return
      event.preventDefault()
      const other = view.knowledge.find((one) => one !== button)
      other?.focus()
      other?.click()
    }
  }
  // A value from the server counts once, and not while a newer one is being set here. A server that was away
  // knows the address alone.
  if (!view.busy && (view.stamp !== head.stamp || view.token !== head.token)) {
    view.monthEnds = head.days
    view.days = [...new Set([...head.days, head.day])].sort()
    view.hindsight = head.hindsight
    view.sent = `${head.day} ${head.hindsight}`
    view.stamp = head.stamp
    view.token = head.token
    layYears(view)
    choose(view.days.indexOf(head.day))
  } else show(view)
  return () => {
    clearInterval(view.timer)
    clearTimeout(view.rest)
    views.delete(parentElement)
  }
}
