// What the gap's pictures need beside the engine, made known to the page (`window.ramp155Sides`).

/** @param {import("./types").Component<Uint8Array>} component */
export default function ({ data }) {
  /** @type {import("./gap.js").Sides} */
  const sides = JSON.parse(new TextDecoder().decode(data))
  window.ramp155Sides = sides
  document.dispatchEvent(new CustomEvent("ramp155:levers-asked"))
  return () => {
    if (window.ramp155Sides === sides) window.ramp155Sides = null
  }
}
