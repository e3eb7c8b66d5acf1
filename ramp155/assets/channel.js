// What the stage and the presenter's window of one browser tell each other. Nothing leaves the browser.

/**
 * @typedef {object} Word
 * @property {"hello" | "here" | "go" | "lever" | "left"} kind
 * @property {"stage" | "notes"} role who says it
 * @property {string} [story] which story is shown
 * @property {string} [address] under which address
 * @property {number} [at] place of the screen in turn, from 0
 * @property {number | null} [lever] where its lever stands; null where it has none
 * @property {boolean} [done] whether the lever was let go
 */

/**
 * Speak with the windows of the other role.
 * @param {"stage" | "notes"} role
 * @param {(word: Word) => void} hear
 * @returns {{ say: (word: Omit<Word, "role">) => void, close: () => void }}
 */
export function openChannel(role, hear) {
  const channel = new BroadcastChannel("ramp155-present")
  channel.onmessage = (event) => {
    /** @type {Word} */
    const word = event.data
    if (word && word.role !== role) hear(word)
  }
  return {
    say: (word) => channel.postMessage({ ...word, role }),
    close: () => channel.close(),
  }
}

/**
 * Whether a number can be the place of one of some screens.
 * @param {unknown} at
 * @param {number} screens
 * @returns {at is number}
 */
export function isPlace(at, screens) {
  return typeof at === "number" && Number.isInteger(at) && at >= 0 && at < screens
}

/**
 * Minutes and seconds: 3:07.
 * @param {number} milliseconds
 */
export function sayElapsed(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}
