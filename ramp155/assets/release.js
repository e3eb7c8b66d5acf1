// A range input whose value is told to the server when it is let go: moves as it is dragged or stepped, and the release.

export const KEYS_REST = 200 // milliseconds without a key, after which what keys chose is let go
const PATIENCE = 8000 // milliseconds in which a value let go should stand in the address

/**
 * Listens to a range input: `move` is told each position, `letGo` that it stays.
 * @param {HTMLInputElement} range
 * @param {(position: number) => void} move
 * @param {() => void} letGo
 * @returns {() => void} stops what still waits
 */
export function followRange(range, move, letGo) {
  let rest = 0
  const end = () => {
    clearTimeout(rest)
    letGo()
  }
  range.oninput = () => move(Number(range.value))
  range.onpointerup = range.onpointercancel = end
  // Keys change the value one step at a time: wait until they rest.
  range.onchange = () => {
    clearTimeout(rest)
    rest = setTimeout(end, KEYS_REST)
  }
  return () => clearTimeout(rest)
}

/**
 * The nitrocellulose lever's state in a component, shared by the live slider and the lever alone: what was sent, and
 * what the server last said.
 * @typedef {{percent: number, sent?: number, stamp?: number, token?: string, busy?: boolean, stop?: () => void,
 *   watch?: number, obey?: (event: CustomEvent<{percent: number, done?: boolean}>) => void}} Held
 */
/**
 * What the server says of the lever: its value under a stamp, the session's token, the lever's name in the address.
 * @typedef {{value: number, stamp: number, token?: string, address?: string}} Said
 */

/**
 * The lever as two inputs, a range and a number that is typed, and as other pictures' handles of it.
 * @param {Held} held
 * @param {{range: HTMLInputElement, number: HTMLInputElement}} inputs
 * @param {Said} said
 * @param {{move: (percent: number) => void, send: (percent: number) => void, sendAgain: (percent: number) => void}} told
 */
export function holdLever(held, { range, number }, said, { move, send, sendAgain }) {
  const place = (/** @type {number} */ percent) => {
    held.percent = percent
    range.value = number.value = String(percent)
    range.style.setProperty("--filled", `${percent / 2}%`)
  }
  const go = (/** @type {number} */ percent) => {
    place(percent)
    move(percent)
  }
  // What was let go has arrived once it stands in the address. A server that came back knows nothing of the part of the
  // page that the slider asks for, and Streamlit asks it for nothing else: then the address is put right here, and the
  // page opened from it as it is after a step back.
  const watch = (/** @type {boolean} */ isAsked) => {
    clearTimeout(held.watch)
    const { address: name } = said
    if (!name) return
    held.watch = setTimeout(() => {
      const address = new URL(location.href)
      if (held.busy || Number(address.searchParams.get(name) ?? 100) === held.sent) return
      if (!isAsked) {
        sendAgain(held.percent)
        return watch(true)
      }
      address.searchParams.set(name, String(held.sent))
      history.replaceState(history.state, "", address)
      dispatchEvent(new PopStateEvent("popstate", { state: history.state }))
    }, PATIENCE)
  }
  const letGo = () => {
    held.busy = false
    if (held.percent === held.sent) return
    held.sent = held.percent
    send(held.percent)
    watch(false)
  }
  const keep = (/** @type {number} */ percent) => Math.round(Math.min(200, Math.max(0, percent)))
  held.stop?.()
  held.stop = followRange(
    range,
    (percent) => {
      held.busy = true
      go(percent)
    },
    letGo,
  )
  number.onchange = () => {
    const typed = Number(number.value)
    const isValid = number.value !== "" && Number.isFinite(typed)
    go(isValid ? keep(typed) : held.percent)
    letGo()
  }
  // Another picture's handle of this lever: it moves here, and is let go here.
  held.obey = ({ detail }) => {
    held.busy = true
    if (detail.percent !== held.percent) go(detail.percent)
    if (detail.done) letGo()
  }
  return { place, go, letGo, keep, hear: () => hearServer(held, said, place, sendAgain) }
}

/**
 * Takes what the server says of the value: it counts once, and not while a newer one is being set here. A server that
 * was away knows the address alone: what was set here meanwhile is newer, and is sent again.
 * @param {Held} held
 * @param {Said} said
 * @param {(percent: number) => void} place
 * @param {(percent: number) => void} sendAgain
 * @returns {boolean} whether the value is a new one
 */
function hearServer(held, said, place, sendAgain) {
  const isRenewed = held.token !== undefined && held.token !== said.token
  held.token = said.token
  const isNew = !isRenewed && !held.busy && held.stamp !== said.stamp
  held.stamp = said.stamp
  if (isRenewed) {
    held.sent = said.value
    if (!held.busy && held.percent !== said.value) {
      held.sent = held.percent
      sendAgain(held.percent)
    }
  } else if (isNew) {
    held.sent = said.value
    place(said.value)
  }
  return isNew
}

/**
 * What is to be stopped when a component goes.
 * @param {Held} held
 */
export function dropLever(held) {
  held.stop?.()
  clearTimeout(held.watch)
}
