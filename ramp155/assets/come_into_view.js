// Brings what stands below it into sight, once: whoever followed a link to it need not look for it.
export default function ({ parentElement }) {
  const root = parentElement.getRootNode()
  const place = root instanceof ShadowRoot ? root.host : parentElement
  place.style.scrollMarginTop = "4.5rem" // the header lies over the page
  const frame = requestAnimationFrame(() => requestAnimationFrame(() => place.scrollIntoView({ block: "start" })))
  return () => cancelAnimationFrame(frame)
}
