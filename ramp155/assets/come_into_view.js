// Brings what stands below it into sight, for whoever followed a link to it: again while the page still grows, until they move it themselves.
/** @param {import("./types").Component} component */
export default function ({ parentElement }) {
  const root = parentElement.getRootNode()
  const place = /** @type {HTMLElement} */ (root instanceof ShadowRoot ? root.host : parentElement)
  const page = document.querySelector("[data-testid=stMain]")
  if (!page) return
  place.style.scrollMarginTop = "4.5rem" // the header lies over the page
  const grown = new ResizeObserver(() => place.scrollIntoView({ block: "start" }))
  const moves = ["wheel", "touchmove", "pointerdown", "keydown"]
  const leave = () => {
    grown.disconnect()
    moves.forEach((move) => removeEventListener(move, leave, true))
  }
  moves.forEach((move) => addEventListener(move, leave, true))
  for (const part of page.children) grown.observe(part)
  return leave
}
