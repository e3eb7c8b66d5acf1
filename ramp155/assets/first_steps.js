// The steps of a first visit: shown until they are put away; the browser remembers, and nothing is told to the server.
const PUT_AWAY = "ramp155.first_steps"

function isPutAway() {
  try {
    return localStorage.getItem(PUT_AWAY) === "1"
  } catch {
    return true // where nothing can be remembered, nothing is shown again and again
  }
}

/** @param {import("./types").Component<string[]>} component */
export default function ({ parentElement, data }) {
  const section = /** @type {HTMLElement} */ (parentElement.querySelector("section"))
  const list = /** @type {HTMLElement} */ (section.querySelector("ol"))
  const button = /** @type {HTMLButtonElement} */ (section.querySelector("button"))
  list.replaceChildren(
    ...data.map((text) => {
      const item = document.createElement("li")
      item.textContent = text
      return item
    }),
  )
  section.hidden = isPutAway()
  button.onclick = () => {
    section.hidden = true
    try {
      localStorage.setItem(PUT_AWAY, "1")
    } catch {
      // nothing to remember it with
    }
  }
}
