// The presenter's window: the note, the clock and the lever of the screen that the stage shows in another window of
// this browser. It follows the stage and leads it; the room sees none of it.
import { isPlace, openChannel, sayElapsed } from "./channel.js"

/** @typedef {import("./channel.js").Word} Word */
/**
 * A screen with its note, and its lever where it has one.
 * @typedef {{title: string, answer: string, look: string, note: string, unknown: string[],
 *   lever?: import("./types").ScreenLever | null}} Screen
 */
/** @typedef {{story: string, at: number, screens: Screen[]}} Story */
/**
 * This window: the screen it shows, where the stage was heard to be, and where its levers stand by screen.
 * @typedef {{at: number, heard: number, levers: Map<number, number>, dragging: boolean, other: string | null, told: number,
 *   started: number, channel?: ReturnType<typeof openChannel>, asking?: number, ticking?: number,
 *   onkeys: (event: KeyboardEvent) => void, hear: (word: Word) => void, ask: () => void, tick: () => void,
 *   keys: (event: KeyboardEvent) => void}} Notes
 */

const ASK = 2000 // milliseconds from one question to the stage to the next
const LOST = 5000 // milliseconds without an answer after which there is no stage
const ECHO = 500 // milliseconds in which what the stage says of the lever just moved here is an echo
const STARTED = "ramp155-notes-started"
/** @type {WeakMap<object, Notes>} */
const windows = new WeakMap()

/**
 * @param {Story} story
 * @returns {Notes}
 */
function openWindow({ at }) {
  const nothing = () => {}
  const heard = { at, heard: 0, levers: new Map(), dragging: false, other: null, told: 0, started: 0 }
  return { ...heard, onkeys: nothing, hear: nothing, ask: nothing, tick: nothing, keys: nothing }
}

/** @param {import("./types").Component<string>} component */
export default function (component) {
  const { parentElement, data } = component
  /** @type {Story} */
  const story = JSON.parse(data)
  /** @param {string} name */
  const $ = (name) => /** @type {HTMLElement} */ (parentElement.querySelector(name))
  const [back, on] = [$(".back"), $(".on")].map((button) => /** @type {HTMLButtonElement} */ (button))
  const input = /** @type {HTMLInputElement} */ ($(".lever input"))
  const own = windows.get(parentElement) ?? openWindow(story)
  windows.set(parentElement, own)
  /** @param {HTMLElement} node @param {string | undefined} text */
  const write = (node, text) => {
    if (node.textContent !== text) node.textContent = text ?? ""
    node.hidden = !text
  }
  const { screens } = story

  // The lever where the stage has it, else where the screen puts it.
  const findLever = () => own.levers.get(own.at) ?? screens[own.at].lever?.value
  const drawLever = () => {
    const { lever } = screens[own.at]
    $(".lever").hidden = !lever
    if (!lever) return
    const value = findLever()
    Object.assign(input, { min: lever.low, max: lever.high, step: lever.step })
    if (!own.dragging) input.value = String(value)
    const said = lever.words.length ? lever.words[Number(input.value) - lever.low] : `${input.value} ${lever.unit}`.trim()
    $(".lever .name").textContent = lever.label
    $(".lever output").textContent = said
    input.setAttribute("aria-valuetext", said)
  }
  const draw = () => {
    const screen = screens[own.at]
    write($("main .question"), screen.title)
    write($("main h1"), screen.answer)
    write($("main .look"), screen.look)
    write($("main .note"), screen.note || "No note.")
    $(".unknown").replaceChildren(
      ...screen.unknown.map((line) => {
        const item = document.createElement("li")
        item.textContent = line
        return item
      }),
    )
    const next = screens[own.at + 1]
    write($(".next .question"), next ? next.title : "This is the last screen.")
    write($(".next .answer"), next ? next.answer : "")
    write($("header .place"), `${own.at + 1} of ${screens.length}`)
    back.disabled = own.at === 0
    on.disabled = !next
    drawLever()
  }
  const isThere = () => Date.now() - own.heard < LOST
  const drawLink = () => {
    const link = $(".link")
    const there = isThere()
    link.classList.toggle("lost", !there || own.other !== null)
    write(
      link,
      own.other !== null
        ? "The stage in this browser shows another story. Open this one's stage, or follow that one: open its notes there with N."
        : there
          ? "The stage follows: steps and lever here move it, and it moves this window. The room sees none of this."
          : "No stage in this browser: its window was closed, or it runs in another browser. Steps here move this window alone.",
    )
    $(".stage-open").hidden = there && own.other === null
  }
  /** @param {number} at @param {boolean} [told] */
  const go = (at, told) => {
    if (!isPlace(at, screens.length) || at === own.at) return
    own.at = at
    own.dragging = false
    draw()
    if (!told) own.channel?.say({ kind: "go", story: story.story, at })
  }

  if (!own.channel) {
    own.channel = openChannel("notes", (word) => own.hear(word))
    own.asking = setInterval(() => own.ask(), ASK)
    own.ticking = setInterval(() => own.tick(), 500)
    own.onkeys = (event) => own.keys(event)
    document.addEventListener("keydown", own.onkeys, true)
    own.started = Number(sessionStorage.getItem(STARTED)) || Date.now()
    sessionStorage.setItem(STARTED, String(own.started))
  }
  own.hear = (word) => {
    if (word.kind === "left") own.heard = 0
    if (word.kind === "here") {
      own.heard = Date.now()
      own.other = word.story === story.story ? null : (word.story ?? "")
      if (own.other === null && isPlace(word.at, screens.length)) {
        // What comes back of the lever just moved here is older than where it stands.
        if (typeof word.lever === "number" && Date.now() - own.told > ECHO) own.levers.set(word.at, word.lever)
        go(word.at, true)
        drawLever()
      }
    }
    drawLink()
  }
  own.ask = () => {
    own.channel?.say({ kind: "hello" })
    drawLink()
  }
  own.tick = () => {
    const now = new Date()
    $(".clock").textContent = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`
    $(".elapsed").textContent = `${sayElapsed(now.getTime() - own.started)} gone`
  }
  /** @param {boolean} done */
  const tell = (done) => {
    const lever = Number(input.value)
    own.levers.set(own.at, lever)
    own.told = Date.now()
    drawLever()
    own.channel?.say({ kind: "lever", story: story.story, at: own.at, lever, done })
  }
  input.oninput = () => {
    own.dragging = true
    tell(false)
  }
  input.onchange = () => {
    own.dragging = false
    tell(true)
  }
  back.onclick = () => go(own.at - 1)
  on.onclick = () => go(own.at + 1)
  $(".again").onclick = () => {
    own.started = Date.now()
    sessionStorage.setItem(STARTED, String(own.started))
    own.tick()
  }
  $(".stage-open").onclick = () => {
    const address = new URL(location.href)
    address.searchParams.delete("notes")
    address.searchParams.set("screen", String(own.at + 1))
    address.searchParams.delete("lever")
    open(address)
  }
  own.keys = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const [pressed] = event.composedPath()
    const isIn = (/** @type {string} */ name) => pressed instanceof Element && pressed.tagName === name
    /** @type {Record<string, number>} */
    const steps = { PageDown: 1, PageUp: -1 }
    // A lever that has the focus keeps the arrows.
    if (!isIn("INPUT")) Object.assign(steps, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 })
    if (event.key === " " && !isIn("BUTTON")) steps[" "] = 1
    if (!(event.key in steps)) return
    go(own.at + steps[event.key])
    event.preventDefault()
    event.stopPropagation()
  }
  const dialog = /** @type {HTMLDialogElement} */ ($("dialog"))
  dialog.oncancel = (event) => event.preventDefault() // the window is closed as any other
  if (!dialog.open) dialog.showModal()
  draw()
  own.tick()
  own.ask()
  return () => {
    clearInterval(own.asking)
    clearInterval(own.ticking)
    document.removeEventListener("keydown", own.onkeys, true)
    own.channel?.close()
    windows.delete(parentElement)
  }
}
