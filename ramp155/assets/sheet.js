// On a phone the levers open as a sheet at the foot of the window (app.css): the chart they move is brought into the room above.
const PHONE = 640 // pixels
const HEADER = 64 // pixels that the page's header covers
const PLACED = 350 // milliseconds after which the sheet has its place
const LOADED = 1500 // milliseconds after which a page that opens with its sheet has its chart
const watched = new WeakSet()

/** @param {import("./types").Component} component */
export default function ({ parentElement }) {
  const sidebar = /** @type {HTMLElement | null} */ (document.querySelector("[data-testid=stSidebar]"))
  const main = document.querySelector("[data-testid=stMain]")
  if (!sidebar || !main || watched.has(parentElement)) return
  watched.add(parentElement)
  const isOpen = () => sidebar.dataset.collapsed === "false" || sidebar.getAttribute("aria-expanded") === "true"
  const findChart = () => {
    for (const node of main.querySelectorAll("*")) {
      const chart = node.shadowRoot?.querySelector(".live .chart") ?? node.querySelector?.(":scope > .live .chart")
      if (chart) return chart
    }
    return main.querySelector("[data-testid=stVegaLiteChart]")
  }
  const bringChart = () => {
    const chart = isOpen() && innerWidth <= PHONE && findChart()
    if (chart) main.scrollBy({ top: chart.getBoundingClientRect().top - HEADER })
  }
  let wasOpen = isOpen()
  if (wasOpen) setTimeout(bringChart, LOADED)
  const observer = new MutationObserver(() => {
    if (wasOpen === isOpen()) return
    wasOpen = !wasOpen
    if (wasOpen) setTimeout(bringChart, PLACED)
  })
  observer.observe(sidebar, { attributes: true })
  return () => {
    observer.disconnect()
    watched.delete(parentElement)
  }
}
