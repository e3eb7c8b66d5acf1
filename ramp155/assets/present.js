// A screen of a briefing over the whole window: keys step, the lever is live, Esc leaves.
// A window as narrow as a phone's has one column, which scrolls. The presenter's window, opened by N, follows and leads.
// `liveSlider` is the live slider's own function; it and `channel.js` are put before this text.
const NARROW = [700, 1000] // pixels: a narrower window has one column, and one that is taller than wide up to the second
const SAID_FOR = 8000 // milliseconds
const shows = new WeakMap()

export default function (component) {
  const { parentElement, setStateValue, setTriggerValue } = component
  const bytes = component.data
  const end = bytes.indexOf(10)
  const screen = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)))
  const $ = (name) => parentElement.querySelector(name)
  let show = shows.get(parentElement)
  if (!show) {
    // The poster has a root of its own, where no style of the page's reaches it.
    const [poster, plain] = [".poster", ".plain"].map((name) => $(name).attachShadow({ mode: "open" }))
    show = { dialog: $("dialog"), stage: $(".stage"), room: $(".room"), poster, plain }
    shows.set(parentElement, show)
  }
  const moved = show.at !== screen.at || show.story !== screen.story
  // A server that was away knows the address alone: what was set here meanwhile is newer, and is sent again.
  const renewed = !moved && show.token !== undefined && show.token !== screen.token
  Object.assign(show, { at: screen.at, story: screen.story, target: screen.at, token: screen.token })
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
      const head = new TextEncoder().encode(JSON.stringify({ value: screen.lever.value, stamp: screen.stamp, token: screen.token, version: screen.body }) + "\n")
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
    if (screen.narrow) {
      const sized = screen.least ? { minWidth: `${screen.least}px`, maxWidth: `${screen.least * 1.2}px` } : { maxHeight: screen.unknown.length ? "46dvh" : "56dvh" }
      Object.assign(sheet.firstElementChild.style, { display: "block", width: "100%", height: "auto", margin: "0 auto", ...sized })
    }
  }
  if (!live && show.unmount) {
    show.unmount()
    show.unmount = null
    show.body = null
  }

  // The lever of a picture that the server draws: it answers while it is dragged, a few times a second.
  const lever = $(".lever")
  lever.hidden = live || !screen.lever
  if (!lever.hidden) {
    const input = lever.querySelector("input")
    const told = (value) => (screen.lever.words.length ? screen.lever.words[value - screen.lever.low] : `${value} ${screen.lever.unit}`.trim())
    lever.querySelector(".name").textContent = screen.lever.label
    const put = (value) => {
      lever.querySelector("output").textContent = told(value)
      input.setAttribute("aria-valuetext", told(value))
      const share = (value - screen.lever.low) / (screen.lever.high - screen.lever.low)
      input.style.setProperty("--filled", `${share * 100}%`)
    }
    Object.assign(input, { min: screen.lever.low, max: screen.lever.high, step: screen.lever.step })
    if (renewed && Number(input.value) !== screen.lever.value) setTriggerValue("again", Number(input.value))
    else if (moved || !show.dragging) {
      input.value = screen.lever.value
      put(screen.lever.value)
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
      clearTimeout(show.timer)
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
    const stands = live ? show.percent : lever.hidden ? null : Number(lever.querySelector("input").value)
    show.channel.say({ kind: "here", story: screen.story, at, lever: at === screen.at ? stands : null })
  }
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
    if (word.kind === "lever" && word.at === screen.at && Number.isInteger(word.lever)) obey(word.lever, word.done)
  }
  const obey = (value, done) => {
    if (live) document.dispatchEvent(new CustomEvent("ramp155:supply-asked", { detail: { percent: value, done } }))
    else if (!lever.hidden) {
      const input = lever.querySelector("input")
      input.value = value
      if (done) input.onchange()
      else input.oninput()
    }
  }
  if (!show.channel) {
    show.channel = openChannel("stage", (word) => show.hear(word))
    show.left = () => show.channel.say({ kind: "left", story: show.story })
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
  if (live && show.percent === undefined) show.percent = screen.lever.value

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
  const go = (to) => {
    const place = Math.min(Math.max(to, 0), screen.titles.length - 1)
    if (place === show.target) return
    show.target = place
    show.stage.focus()
    setTriggerValue("go", place)
    tellWhere()
  }
  const leave = () => {
    document.removeEventListener("keydown", show.keys, true)
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
    const inside = event.composedPath().find((node) => node.tagName === "INPUT")
    const typing = inside && inside.type !== "range"
    const key = event.key
    const steps = { PageDown: 1, PageUp: -1 }
    if (!typing) steps[" "] = 1
    // A lever that Tab has reached keeps the arrows, Home and End.
    if (!inside) Object.assign(steps, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 })
    const pressed = event.composedPath()[0]
    if (key === " " && pressed.tagName === "BUTTON") return
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
    if (event.composedPath()[0].type !== "number") setTimeout(() => show.stage.focus({ preventScroll: true }))
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
    document.removeEventListener("keydown", show.keys, true)
    clearTimeout(show.timer)
    clearTimeout(show.saying)
    document.removeEventListener("ramp155:supply", show.listens)
    removeEventListener("pagehide", show.left)
    show.left()
    show.channel.close()
    if (show.unmount) show.unmount()
    show.observer.disconnect()
    if (show.dialog.open) show.dialog.close()
    shows.delete(parentElement)
  }
}
