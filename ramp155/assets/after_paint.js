// Tells the server once that what stands before this on the page has been drawn.
export default function ({ setTriggerValue }) {
  let isHeard = true
  requestAnimationFrame(() => requestAnimationFrame(() => isHeard && setTriggerValue("drawn", true)))
  return () => {
    isHeard = false
  }
}
