// What levers outside a part of the page let go is told to the server from within it (`ramp155:let-go`), so that this
// part alone is drawn anew.

/** @type {WeakMap<object, (event: DocumentEventMap["ramp155:let-go"]) => void>} */
const messengers = new WeakMap()

/** @param {import("./types").Component} component */
export default function ({ parentElement, setTriggerValue }) {
  const before = messengers.get(parentElement)
  if (before) document.removeEventListener("ramp155:let-go", before)
  const carry = (/** @type {DocumentEventMap["ramp155:let-go"]} */ event) => {
    event.preventDefault()
    setTriggerValue("let_go", event.detail)
  }
  messengers.set(parentElement, carry)
  document.addEventListener("ramp155:let-go", carry)
  return () => {
    document.removeEventListener("ramp155:let-go", carry)
    messengers.delete(parentElement)
  }
}
