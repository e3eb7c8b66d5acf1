// The clocks of bench/repaint.py, put into a page before its own scripts: from a key or a release to the picture that
// answers it, each picture and each move while a lever is dragged, and what the page tells its server.
/**
 * What the bench calls, beside what is kept.
 * @typedef {{arm: () => void, start: (isDragged: boolean) => void, isAtRest: (quiet: number) => boolean,
 *   isAnswered: (quiet: number) => boolean}} Calls
 */
(() => {
  const clock = {
    pressed: 0, painted: 0, isArmed: false, before: "", // a key, and the first other picture after it
    moves: /** @type {number[]} */ ([]), frames: /** @type {number[]} */ ([]), isDragged: false, // a drag: each move, and each distinct picture
    released: 0, changed: 0, address: 0, isOn: false, // a release, and the last change of the page's main part or address
    chart: 0, heard: 0, sent: 0, // which chart is looked at; when anything last changed; messages to the server
  }
  /** @returns {(Document | ShadowRoot)[]} */
  const roots = () => [document, ...[...document.querySelectorAll("*")].flatMap((element) => element.shadowRoot ?? [])]
  /** @param {string[]} selectors */
  const find = (...selectors) => {
    const all = roots()
    for (const css of selectors) for (const root of all) {
      const element = root.querySelector(css)
      if (element) return element
    }
  }
  // A page's charts, of which a lever may move another than the first.
  const findChart = () => document.querySelectorAll("[data-testid=stVegaLiteChart] svg.marks")[clock.chart]
  // The line of the month stands for the board: it moves with each picture, and all of the board takes long to read.
  const readKeyed = () => (find(".live svg", ".plants", ".board .under") ?? findChart())?.outerHTML ?? ""
  const readDragged = () => (find(".live .chart svg", ".plants .overlay", ".board .under") ?? findChart())?.outerHTML ?? ""

  addEventListener("keydown", () => { if (clock.isArmed) clock.pressed = performance.now() }, true)
  addEventListener("pointermove", (event) => { if (clock.isDragged) clock.moves.push(event.timeStamp) }, true)
  addEventListener("pointerup", () => { if (clock.isOn) clock.released = performance.now() }, true)
  for (const name of /** @type {const} */ (["pushState", "replaceState"])) {
    const plain = history[name].bind(history)
    /** @param {Parameters<History["pushState"]>} given */
    history[name] = (...given) => {
      clock.heard = performance.now()
      if (clock.isOn) clock.address = clock.heard
      return plain(...given)
    }
  }
  const send = WebSocket.prototype.send
  /** @param {Parameters<WebSocket["send"]>} message */
  WebSocket.prototype.send = function (...message) {
    clock.sent++
    clock.heard = performance.now()
    return send.apply(this, message)
  }

  // A change counts from when the frame that shows it has been handed over.
  /** @param {(now: number) => void} look */
  const afterFrame = (look) => {
    const channel = new MessageChannel()
    let isWaiting = false
    channel.port1.onmessage = () => {
      isWaiting = false
      look(performance.now())
    }
    return () => {
      if (isWaiting) return
      isWaiting = true
      requestAnimationFrame(() => channel.port2.postMessage(0))
    }
  }
  const lookForKey = afterFrame((now) => {
    if (!clock.isArmed || !clock.pressed) return
    const drawn = readKeyed()
    if (drawn && drawn !== clock.before) Object.assign(clock, { painted: now, isArmed: false })
  })
  let picture = ""
  const lookForPointer = afterFrame((now) => {
    clock.changed = now
    if (!clock.isDragged) return
    const drawn = readDragged()
    if (drawn && drawn !== picture) {
      picture = drawn
      clock.frames.push(now)
    }
  })
  // Streamlit marks elements of a run as stale and fresh again; nothing of that is drawn, nor of what is set to what it was.
  /** @param {MutationRecord} change */
  const isDrawn = ({ type, attributeName, oldValue, target }) => {
    if (type !== "attributes" || !attributeName || !(target instanceof Element)) return true
    const isContainer = target instanceof HTMLElement && target.dataset.testid === "stElementContainer"
    return !(attributeName === "data-stale" || target.getAttribute(attributeName) === oldValue || (attributeName === "class" && isContainer))
  }
  /** @param {MutationRecord} change */
  const isInMain = ({ target }) => {
    const root = target.getRootNode()
    const place = root instanceof ShadowRoot ? root.host : target instanceof Element ? target : target.parentElement
    return place?.closest("[data-testid=stMain]")
  }
  const watched = new WeakSet()
  const watch = () => {
    const observer = new MutationObserver((changes) => {
      if (!changes.some(isDrawn)) return
      clock.heard = performance.now()
      if (clock.isArmed) lookForKey()
      if (clock.isOn && changes.some((change) => isDrawn(change) && isInMain(change))) lookForPointer()
    })
    for (const root of roots()) if (!watched.has(root)) {
      watched.add(root)
      observer.observe(root, { subtree: true, childList: true, attributes: true, attributeOldValue: true, characterData: true })
    }
  }
  /** @type {Calls} */
  const calls = {
    arm() {
      watch()
      Object.assign(clock, { before: readKeyed(), pressed: 0, painted: 0, isArmed: true, isOn: false })
    },
    start(isDragged) {
      watch()
      Object.assign(clock, { moves: [], frames: [], released: 0, changed: 0, address: 0, isOn: true, isArmed: false, isDragged })
    },
    // Whether the server is done, and for so many milliseconds nothing has changed and nothing was said.
    isAtRest(quiet) {
      const app = document.querySelector("[data-testid=stApp]")
      return app instanceof HTMLElement && app.dataset.testScriptState === "notRunning" && performance.now() - clock.heard > quiet
    },
    isAnswered: (quiet) => Math.max(clock.changed, clock.address) > clock.released && clock.released > 0 && calls.isAtRest(quiet),
  }
  Object.assign(window, { __clock: Object.assign(clock, calls) })
})()
