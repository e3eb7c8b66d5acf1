// One step of the browser's history for each thing that a visitor does. Streamlit makes a step of every change of the
// address; what follows by itself (a page writes what it shows, a link is put in order) replaces the step it belongs to.
const DEEDS = ["pointerup", "keydown", "change", "drop"]

function countSteps() {
  if (window.ramp155Steps) return
  window.ramp155Steps = true
  const push = history.pushState
  let isDone = false // whether something was done since the address last changed
  /** @param {Event} event */
  const note = (event) => (isDone ||= event.isTrusted)
  for (const deed of DEEDS) addEventListener(deed, note, true)
  history.pushState = (state, title, address) => {
    const isSamePage = new URL(address ?? "", location.href).pathname === location.pathname
    if (isSamePage && !isDone) history.replaceState(state, title, address)
    else push.call(history, state, title, address)
    isDone = false
  }
}

countSteps()
