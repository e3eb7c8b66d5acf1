// Tells the server once that what stands before this on the page has been drawn.
/** @param {import("./types").Component} component */
export default function ({ setTriggerValue }) {
  let isHeard = true
  requestAnimationFrame(() => requestAnimationFrame(() => isHeard && setTriggerValue("drawn", true)))
  return () => {
    isHeard = false
  }
}
