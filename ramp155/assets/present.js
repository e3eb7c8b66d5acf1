// A screen of a briefing over the whole window: keys step, the lever is live, Esc leaves.
// `liveSlider` is the live slider's own function, put before this text.
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
    show = { dialog: $("dialog"), stage: $(".stage"), room: $(".room"), poster: $(".poster").attachShadow({ mode: "open" }) }
    shows.set(parentElement, show)
  }
  const moved = show.at !== screen.at || show.story !== screen.story
  // A server that was away knows the address alone: what was set here meanwhile is newer, and is sent again.
  const renewed = !moved && show.token !== undefined && show.token !== screen.token
  Object.assign(show, { at: screen.at, story: screen.story, target: screen.at, token: screen.token })

  // What is shown.
  const live = end + 1 < bytes.length
  $(".holder").hidden = !live
  $(".poster").hidden = live
  $("p.kicker").hidden = !live
  $("p.source").hidden = !live
  $(".poster").setAttribute("aria-label", screen.told)
  if (live) {
    $("p.kicker").textContent = screen.kicker
    $("p.source").textContent = screen.source
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
    show.poster.innerHTML = screen.svg
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
  const note = $(".note")
  note.querySelector("p").textContent = screen.note || "No note."

  const fit = () => {
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
    else if (!typing && key === "n") {
      note.hidden = !note.hidden
      fit()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  document.addEventListener("keydown", show.keys, true)
  // Let go of with the pointer, a lever gives the keys back to the stage.
  show.stage.onpointerup = (event) => {
    if (event.composedPath()[0].type !== "number") setTimeout(() => show.stage.focus({ preventScroll: true }))
  }
  if (!show.dialog.open) show.dialog.showModal()
  if (moved) show.stage.focus()
  fit()
  if (!show.observer) {
    show.observer = new ResizeObserver(fit)
    show.observer.observe(show.room)
  }
  return () => {
    document.removeEventListener("keydown", show.keys, true)
    clearTimeout(show.timer)
    if (show.unmount) show.unmount()
    show.observer.disconnect()
    if (show.dialog.open) show.dialog.close()
    shows.delete(parentElement)
  }
}
