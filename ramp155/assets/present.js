// A screen of a briefing over the whole window: keys step, the lever is live, Esc leaves.
// A window as narrow as a phone's has one column, which scrolls. The presenter's window, opened by N, follows and leads.
import { isPlace, openChannel } from "./channel.js"
import { default as liveSlider } from "./live.js"

/** @typedef {import("./channel.js").Word} Word */
/**
 * A screen of a story: its words, its lever, and its picture unless it is live.
 * @typedef {{at: number, story: string, token: string, stamp: number, body: string, narrow: boolean, kicker: string,
 *   source: string, look: string, answer: string, told: string, rest?: number, unknown: string[], titles: string[],
 *   qr: string, svg: string, least: number, lever: import("./types").ScreenLever | null}} Screen
 */
/**
 * The stage as it stands. `target` is the screen asked for; `percent` where the live slider is.
 * @typedef {{dialog: HTMLDialogElement, stage: HTMLElement, room: HTMLElement, poster: ShadowRoot, plain: ShadowRoot,
 *   at?: number, story?: string, target: number, token?: string, percent?: number, body?: string | null, svg?: string,
 *   asked?: boolean, unmount?: (() => void) | null, dragging?: boolean, timer?: number | null, sent?: number, saying?: number,
 *   channel?: ReturnType<typeof openChannel>, hear: (word: Word) => void, left: () => void, fit: () => void, observer?: ResizeObserver,
 *   supplied: (event: CustomEvent<import("./types").Supply>) => void, keys?: (event: KeyboardEvent) => void,
 *   listens?: (event: CustomEvent<import("./types").Supply>) => void}} Show
 */

const NARROW = [700, 1000] // pixels: a narrower window has one column, and one that is taller than wide up to the second
const SAID_FOR = 8000 // milliseconds
/** @type {WeakMap<object, Show>} */
const shows = new WeakMap()

/**
 * @param {(name: string) => HTMLElement} find
 * @returns {Show}
 */
function openStage(find) {
  // The poster has a root of its own, where no style of the page's reaches it.
  const [poster, plain] = [".poster", ".plain"].map((name) => find(name).attachShadow({ mode: "open" }))
  const dialog = /** @type {HTMLDialogElement} */ (find("dialog"))
  const nothing = () => {}
  return { dialog, stage: find(".stage"), room: find(".room"), poster, plain, target: 0, hear: nothing, left: nothing, fit: nothing, supplied: nothing }
}

/** @param {import("./types").Component} component */
export default function (component) {
  const { parentElement, setStateValue, setTriggerValue } = component
  const bytes = component.data
  const end = bytes.indexOf(10)
  /** @type {Screen} */
  const screen = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)))
  /** @param {string} name */
  const $ = (name) => /** @type {HTMLElement} */ (parentElement.querySelector(name))
  const show = shows.get(parentElement) ?? openStage($)
  shows.set(parentElement, show)
  const moved = show.at !== screen.at || show.story !== screen.story
  // A server that was away knows the address alone: what was set here meanwhile is newer, and is sent again.
  const renewed = !moved && show.token !== undefined && show.token !== screen.token
  Object.assign(show, { at: screen.at, story: screen.story, target: screen.at, token: screen.token })
  /** @param {HTMLElement} node @param {string} text */
  const write = (node, text) => {
    node.textContent = text
    node.hidden = !text
  }
  // What is drawn for a phone is asked for once the window is known to be one.
  const isNarrow = () => innerWidth < NARROW[innerHeight > innerWidth ? 1 : 0]
  const askForm = () => {
    if (isNarrow() !== screen.narrow && show.asked !== isNarrow()) setStateValue("narrow", (show.asked = isNarrow()))
  }

  // What is shown.
  const live = end + 1 < bytes.length
  const lay = () => {
    const narrow = isNarrow()
    const inWords = live || narrow // else the poster has the words in it
    $(".holder").hidden = !live
    $(".poster").hidden = live || narrow
    $(".plain").hidden = live || !narrow
    write($("p.kicker"), inWords ? screen.kicker : "")
    write($("p.source"), inWords ? screen.source : "")
    write($("p.look"), inWords ? screen.look : "")
    // On a screen that is live the answer gives way to the slider's own words once the lever is moved.
    const answers = inWords && (!live || show.percent === undefined || show.percent === screen.rest)
    write($("h1.answer"), answers ? screen.answer.replace(/(\d) (%|million)/g, "$1\u00a0$2") : "") // a figure keeps its unit
    $(".holder").classList.toggle("answered", answers && Boolean(screen.answer))
    $(".unknown").hidden = !(inWords && screen.unknown.length)
    show.dialog.classList.toggle("narrow", narrow)
  }
  if (moved) show.percent = undefined
  $(".unknown ul").replaceChildren(
    ...screen.unknown.map((line) => {
      const item = document.createElement("li")
      item.textContent = line
      return item
    }),
  )
  $(".poster").setAttribute("aria-label", screen.told)
  $(".plain").setAttribute("aria-label", screen.told)
  lay()
  if (live) {
    if (moved || renewed || show.body !== screen.body) {
      show.body = screen.body
      // The body follows the slider's own line, as the component on a page has it.
      const head = new TextEncoder().encode(JSON.stringify({ value: screen.lever?.value, stamp: screen.stamp, token: screen.token, version: screen.body }) + "\n")
      const packed = new Uint8Array(head.length + bytes.length - end - 1)
      packed.set(head)
      packed.set(bytes.subarray(end + 1), head.length)
      show.dialog.open || show.dialog.showModal()
      if (show.unmount && !renewed) show.unmount() // else the slider itself compares tokens
      show.unmount = liveSlider({
        parentElement: $(".holder"),
        data: packed,
        setStateValue: (_, value) => setStateValue("lever", value),
        setTriggerValue: (_, value) => setTriggerValue("again", value),
      })
    }
  } else if (show.svg !== screen.svg) {
    show.svg = screen.svg
    const [sheet, other] = screen.narrow ? [show.plain, show.poster] : [show.poster, show.plain]
    other.replaceChildren()
    sheet.innerHTML = screen.svg
    // A chart takes the width there is, but no more height than leaves its words in sight; one with names beside its rows
    // keeps their size, and is scrolled sideways in its own box.
    const picture = sheet.firstElementChild
    if (screen.narrow && picture instanceof SVGElement) {
      const sized = screen.least ? { minWidth: `${screen.least}px`, maxWidth: `${screen.least * 1.2}px` } : { maxHeight: screen.unknown.length ? "46dvh" : "56dvh" }
      Object.assign(picture.style, { display: "block", width: "100%", height: "auto", margin: "0 auto", ...sized })
    }
  }
  if (!live && show.unmount) {
    show.unmount()
    show.unmount = null
    show.body = null
  }

  // The lever of a picture that the server draws: it answers while it is dragged, a few times a second.
  const lever = live ? null : screen.lever
  const input = /** @type {HTMLInputElement} */ ($(".lever input"))
  $(".lever").hidden = !lever
  if (lever) {
    /** @param {number} value */
    const told = (value) => (lever.words.length ? lever.words[value - lever.low] : `${value} ${lever.unit}`.trim())
    $(".lever .name").textContent = lever.label
    /** @param {number} value */
    const put = (value) => {
      $(".lever output").textContent = told(value)
      input.setAttribute("aria-valuetext", told(value))
      const share = (value - lever.low) / (lever.high - lever.low)
      input.style.setProperty("--filled", `${share * 100}%`)
    }
    Object.assign(input, { min: lever.low, max: lever.high, step: lever.step })
    if (renewed && Number(input.value) !== lever.value) setTriggerValue("again", Number(input.value))
    else if (moved || !show.dragging) {
      input.value = String(lever.value)
      put(lever.value)
    }
    const send = () => {
      show.timer = null
      show.sent = Date.now()
      setStateValue("lever", Number(input.value))
      tellWhere()
    }
    input.oninput = () => {
      show.dragging = true
      put(Number(input.value))
      show.timer ??= setTimeout(send, Math.max(0, 120 - (Date.now() - (show.sent ?? 0))))
    }
    input.onchange = () => {
      show.dragging = false
      clearTimeout(show.timer ?? undefined)
      send()
    }
  }

  // Where we are.
  $(".dots").replaceChildren(
    ...screen.titles.map((title, place) => {
      const dot = document.createElement("li")
      dot.title = title
      if (place === screen.at) dot.setAttribute("aria-current", "step")
      return dot
    }),
  )
  $(".place").textContent = `${screen.at + 1} of ${screen.titles.length}`
  $(".qr").innerHTML = screen.qr

  // The presenter's window.
  function tellWhere() {
    const at = show.target
    const stands = live ? show.percent : lever ? Number(input.value) : null
    show.channel?.say({ kind: "here", story: screen.story, at, lever: at === screen.at ? stands : null })
  }
  /** @param {string} text */
  const say = (text) => {
    write($(".word"), text)
    clearTimeout(show.saying)
    if (text) show.saying = setTimeout(() => write($(".word"), ""), SAID_FOR)
  }
  const openNotes = () => {
    const address = new URL(location.href)
    address.searchParams.set("notes", "1")
    const opened = open(address, "ramp155-notes", "popup,width=920,height=780")
    say(opened ? "" : "The browser kept the presenter's window shut. Allow windows of this page, then press N again.")
  }
  $(".notes").onclick = openNotes
  show.hear = (word) => {
    if (word.kind === "hello") tellWhere()
    if (word.story !== screen.story) return
    if (word.kind === "go" && isPlace(word.at, screen.titles.length)) go(word.at)
    if (word.kind === "lever" && word.at === screen.at && typeof word.lever === "number" && Number.isInteger(word.lever)) obey(word.lever, word.done)
  }
  /** @param {number} value @param {boolean | undefined} done */
  const obey = (value, done) => {
    if (live) document.dispatchEvent(new CustomEvent("ramp155:supply-asked", { detail: { percent: value, done } }))
    else if (lever) {
      input.value = String(value)
      input.dispatchEvent(new Event(done ? "change" : "input"))
    }
  }
  if (!show.channel) {
    show.channel = openChannel("stage", (word) => show.hear(word))
    show.left = () => show.channel?.say({ kind: "left", story: show.story })
    addEventListener("pagehide", show.left)
  }
  // The live slider says where it stands each time it has drawn.
  show.supplied = ({ detail }) => {
    if (!live) return
    if (detail.percent === show.percent) return
    const hadAnswer = show.percent === undefined || show.percent === screen.rest
    show.percent = detail.percent
    if (hadAnswer !== (show.percent === screen.rest)) show.fit()
    tellWhere()
  }
  if (!show.listens) {
    show.listens = (event) => show.supplied(event)
    document.addEventListener("ramp155:supply", show.listens)
  }
  if (live && show.percent === undefined) show.percent = screen.lever?.value

  // A window that changes its size is laid out for the screen in turn, not for the one it was opened with.
  show.fit = () => {
    askForm()
    const holder = $(".holder")
    lay()
    if (isNarrow()) {
      show.stage.style.transform = holder.style.top = holder.style.height = ""
      return
    }
    // Under an answer of one line or two the slider has what is left.
    const below = holder.classList.contains("answered") ? $("h1.answer").offsetTop + $("h1.answer").offsetHeight + 8 : 76
    const above = 892 - Math.max($("p.look").offsetHeight, 34) // where what is under the slider begins
    Object.assign(holder.style, { top: `${below}px`, height: `${(above - below) / 2.45}px` })
    const { clientWidth: wide, clientHeight: high } = show.room
    const scale = Math.min(wide / 1920, high / 1080)
    show.stage.style.transform = `translate(${(wide - 1920 * scale) / 2}px, ${(high - 1080 * scale) / 2}px) scale(${scale})`
  }
  /** @param {number} to */
  const go = (to) => {
    const place = Math.min(Math.max(to, 0), screen.titles.length - 1)
    if (place === show.target) return
    show.target = place
    show.stage.focus()
    setTriggerValue("go", place)
    tellWhere()
  }
  const leave = () => {
    if (show.keys) document.removeEventListener("keydown", show.keys, true)
    setTriggerValue("leave", true)
  }
  $(".back").onclick = () => go(show.target - 1)
  $(".next").onclick = () => go(show.target + 1)
  $(".leave").onclick = leave
  show.dialog.oncancel = (event) => {
    event.preventDefault()
    leave()
  }
  if (show.keys) document.removeEventListener("keydown", show.keys, true)
  show.keys = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const inside = event.composedPath().find((node) => node instanceof HTMLInputElement)
    const typing = inside instanceof HTMLInputElement && inside.type !== "range"
    const key = event.key
    /** @type {Record<string, number>} */
    const steps = { PageDown: 1, PageUp: -1 }
    if (!typing) steps[" "] = 1
    // A lever that Tab has reached keeps the arrows, Home and End.
    if (!inside) Object.assign(steps, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 })
    const pressed = event.composedPath()[0]
    if (key === " " && pressed instanceof HTMLButtonElement) return
    if (key in steps) go(show.target + steps[key])
    else if (key === "Escape" || (!typing && key === "p")) leave()
    else if (!inside && key === "Home") go(0)
    else if (!inside && key === "End") go(screen.titles.length - 1)
    else if (!typing && key === "n") openNotes()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  document.addEventListener("keydown", show.keys, true)
  // Let go of with the pointer, a lever gives the keys back to the stage.
  show.stage.onpointerup = (event) => {
    const [pressed] = event.composedPath()
    if (!(pressed instanceof HTMLInputElement && pressed.type === "number")) setTimeout(() => show.stage.focus({ preventScroll: true }))
  }
  if (!show.dialog.open) show.dialog.showModal()
  if (moved) {
    show.stage.focus()
    show.room.scrollTop = 0
  }
  show.fit()
  tellWhere()
  if (!show.observer) {
    show.observer = new ResizeObserver(() => show.fit())
    show.observer.observe(show.room)
  }
  return () => {
    if (show.keys) document.removeEventListener("keydown", show.keys, true)
    clearTimeout(show.timer ?? undefined)
    clearTimeout(show.saying)
    if (show.listens) document.removeEventListener("ramp155:supply", show.listens)
    removeEventListener("pagehide", show.left)
    show.left()
    show.channel?.close()
    if (show.unmount) show.unmount()
    show.observer?.disconnect()
    if (show.dialog.open) show.dialog.close()
    shows.delete(parentElement)
  }
}
