// The nitrocellulose lever by itself, for pages whose pictures are Vega's: it tells them each frame where it is, and
// the server only what is let go. Pictures listen to `ramp155:supply` on the document, and find the last position told
// on `window.ramp155Supply`: { percent, shown, exact }, where `shown` is the position the page was last drawn for, and
// `exact` what the server said of the position that was last let go.
import { dropLever, holdLever } from "./release.js"

/** @typedef {import("./release.js").Held} Held */
/** @typedef {import("./release.js").Said} Said */
/** @typedef {import("./types").Exact} Exact */
/**
 * @typedef {Held & {range: HTMLInputElement, number: HTMLInputElement, words?: string[] | null, isFollowed?: boolean,
 *   shown?: number, exact?: Exact | null, waiting?: boolean, say: () => void,
 *   heard: (event: CustomEvent<import("./types").Asked>) => void,
 *   learn: (event: CustomEvent<import("./types").Followed>) => void}} Lever
 */

/** @type {WeakMap<object, Lever>} */
const levers = new WeakMap()

/**
 * Once a frame at most, however often the pointer moves.
 * @param {Lever} lever
 */
function tell(lever) {
  if (lever.waiting) return
  lever.waiting = true
  requestAnimationFrame(() => {
    lever.waiting = false
    window.ramp155Supply = { percent: lever.percent, shown: lever.shown, exact: lever.exact }
    document.dispatchEvent(new CustomEvent("ramp155:supply", { detail: window.ramp155Supply }))
  })
}

/**
 * @param {Element} parent
 * @returns {Lever}
 */
function make(parent) {
  const find = (/** @type {string} */ type) => /** @type {HTMLInputElement} */ (parent.querySelector(`input[type=${type}]`))
  /** @type {Lever} */
  const lever = {
    percent: 100,
    range: find("range"),
    number: find("number"),
    // What is read aloud: the page's title at that position, once a picture knows it.
    say: () => {
      const title = lever.words?.[lever.percent]
      lever.range.setAttribute("aria-valuetext", `${lever.percent} percent${title ? `. ${title}` : ""}`)
    },
    heard: (event) => lever.obey?.(event),
    // And whether the pictures follow: then the server need not draw what is let go.
    learn: ({ detail }) => {
      lever.words = detail.titles
      lever.isFollowed = detail.isFollowed
      lever.say()
    },
  }
  Object.assign(lever, { words: window.ramp155Followed?.titles, isFollowed: window.ramp155Followed?.isFollowed })
  document.addEventListener("ramp155:supply-followed", lever.learn)
  document.addEventListener("ramp155:supply-asked", lever.heard)
  return lever
}

/** @param {import("./types").Component} component */
export default function (component) {
  const { parentElement, setTriggerValue } = component
  const text = new TextDecoder().decode(component.data)
  const cut = text.indexOf("\n")
  /** @type {Said & {shown: number}} */
  const head = JSON.parse(text.slice(0, cut))
  const lever = levers.get(parentElement) ?? make(parentElement)
  levers.set(parentElement, lever)
  const move = () => {
    lever.say()
    tell(lever)
  }
  const { hear } = holdLever(lever, lever, head, {
    move,
    send: (percent) => setTriggerValue(lever.isFollowed ? "followed" : "again", percent),
    sendAgain: (percent) => setTriggerValue("again", percent),
  })
  lever.shown = head.shown
  /** @type {Exact | null} */
  const exact = cut + 1 < text.length ? JSON.parse(text.slice(cut + 1)) : null
  lever.exact = exact
  hear()
  move()
  return () => {
    dropLever(lever)
    document.removeEventListener("ramp155:supply-asked", lever.heard)
    document.removeEventListener("ramp155:supply-followed", lever.learn)
    levers.delete(parentElement)
  }
}
