// On a phone the menu lies over the page: it closes once a page is chosen, which Streamlit leaves to the visitor.
const PHONE = "(max-width: 640px)"

function closeMenuWithChoice() {
  if (window.ramp155Menu) return
  window.ramp155Menu = true
  addEventListener("click", (event) => {
    const [pressed] = event.composedPath()
    if (!(pressed instanceof Element) || !matchMedia(PHONE).matches) return
    const sidebar = pressed.closest("[data-testid=stSidebarNavLink]")?.closest("[data-testid=stSidebar]")
    const close = sidebar?.querySelector("[data-testid=stSidebarCollapseButton] button")
    if (close instanceof HTMLElement) setTimeout(() => close.click()) // once the page has been asked for
  })
}

closeMenuWithChoice()
