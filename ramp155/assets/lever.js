// The nitrocellulose lever by itself, for pages whose pictures are Vega's: it tells them each frame where it is, and
// the server only what is let go. Pictures listen to `ramp155:supply` on the document, and find the last position told
// on `window.ramp155Supply`: { percent, shown, exact }, where `shown` is the position the page was last drawn for, and
// `exact` what the server said of the position that was last let go.
const PATIENCE = 8000 // milliseconds in which a value let go should stand in the address
const REST = 250 // milliseconds without a key, after which what keys chose is let go
const levers = new WeakMap()

// Once a frame at most, however often the pointer moves.
function tell(lever) {
  if (lever.waiting) return
  lever.waiting = true
  requestAnimationFrame(() => {
    lever.waiting = false
    window.ramp155Supply = { percent: lever.percent, shown: lever.shown, exact: lever.exact }
    document.dispatchEvent(new CustomEvent("ramp155:supply", { detail: window.ramp155Supply }))
  })
}

function move(lever, percentage) {
  lever.percent = percentage
  lever.range.value = lever.number.value = percentage
  lever.range.style.setProperty("--filled", `${percentage / 2}%`)
  lever.say()
  tell(lever)
}

export default function (component) {
  const { parentElement, setTriggerValue } = component
  const text = new TextDecoder().decode(component.data)
  const cut = text.indexOf("\n")
  const head = JSON.parse(text.slice(0, cut))
  let lever = levers.get(parentElement)
  if (!lever) {
    lever = { range: parentElement.querySelector("input[type=range]"), number: parentElement.querySelector("input[type=number]") }
    // What is read aloud: the page's title at that position, once a picture knows it.
    lever.say = () => lever.range.setAttribute("aria-valuetext", `${lever.percent} percent${lever.words?.[lever.percent] ? `. ${lever.words[lever.percent]}` : ""}`)
    // And whether the pictures follow: then the server need not draw what is let go.
    lever.learn = ({ detail }) => {
      lever.words = detail.titles
      lever.isFollowed = detail.isFollowed
      lever.say()
    }
    Object.assign(lever, { words: window.ramp155Followed?.titles, isFollowed: window.ramp155Followed?.isFollowed })
    document.addEventListener("ramp155:supply-followed", lever.learn)
    levers.set(parentElement, lever)
  }
  // What was let go has arrived once it stands in the address. A server that came back knows nothing of the part of
  // the page that the slider asks for: then the address is put right here, and the page opened from it.
  const watch = (said) => {
    clearTimeout(lever.watch)
    lever.watch = setTimeout(() => {
      const address = new URL(location.href)
      if (lever.busy || Number(address.searchParams.get(head.address) ?? 100) === lever.sent) return
      if (!said) {
        setTriggerValue("again", lever.sent)
        return watch(true)
      }
      address.searchParams.set(head.address, lever.sent)
      history.replaceState(history.state, "", address)
      dispatchEvent(new PopStateEvent("popstate", { state: history.state }))
    }, PATIENCE)
  }
  const release = () => {
    clearTimeout(lever.rest)
    lever.busy = false
    if (lever.percent === lever.sent) return
    setTriggerValue(lever.isFollowed ? "followed" : "again", (lever.sent = lever.percent))
    watch(false)
  }
  lever.range.oninput = () => {
    lever.busy = true
    move(lever, Number(lever.range.value))
  }
  lever.range.onpointerup = lever.range.onpointercancel = release
  // Keys change the value one step at a time: wait until they rest.
  lever.range.onchange = () => {
    clearTimeout(lever.rest)
    lever.rest = setTimeout(release, REST)
  }
  lever.number.onchange = () => {
    const typed = Number(lever.number.value)
    const isValid = lever.number.value !== "" && Number.isFinite(typed)
    move(lever, isValid ? Math.round(Math.min(200, Math.max(0, typed))) : lever.percent)
    release()
  }
  // Another picture's handle of this lever: it moves here, and is let go here.
  lever.obey = ({ detail }) => {
    lever.busy = true
    if (detail.percent !== lever.percent) move(lever, detail.percent)
    if (detail.done) release()
  }
  if (!lever.heard) {
    lever.heard = (event) => lever.obey(event)
    document.addEventListener("ramp155:supply-asked", lever.heard)
  }
  lever.shown = head.shown
  lever.exact = cut + 1 < text.length ? JSON.parse(text.slice(cut + 1)) : null
  // A server that was away knows the address alone: what was set here meanwhile is newer, and is sent again.
  const isRenewed = lever.token !== undefined && lever.token !== head.token
  lever.token = head.token
  if (isRenewed) {
    lever.sent = head.value
    if (!lever.busy && lever.percent !== head.value) setTriggerValue("again", (lever.sent = lever.percent))
    tell(lever)
  }
  // A value from the server counts once, and not while a newer one is being set here.
  else if (!lever.busy && lever.stamp !== head.stamp) {
    lever.sent = head.value
    move(lever, head.value)
  } else tell(lever)
  lever.stamp = head.stamp
  return () => {
    clearTimeout(lever.rest)
    clearTimeout(lever.watch)
    document.removeEventListener("ramp155:supply-asked", lever.heard)
    document.removeEventListener("ramp155:supply-followed", lever.learn)
    levers.delete(parentElement)
  }
}
