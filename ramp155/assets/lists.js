// A list of which several can be chosen would stay open over the picture that answers: it closes once one is chosen.
function closeChosenLists() {
  if (window.ramp155ClosesLists) return
  window.ramp155ClosesLists = true
  document.addEventListener(
    "pointerup",
    (event) => {
      const target = event.target instanceof Element ? event.target : null
      const list = target?.closest("[role=option]")?.closest("[role=listbox][aria-multiselectable=true]")
      if (!list) return
      // The choice is made first.
      setTimeout(() => {
        const box = document.querySelector(`input[aria-controls="${CSS.escape(list.id)}"]`)
        box?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", code: "Escape", bubbles: true }))
      }, 60)
    },
    true,
  )
}

closeChosenLists()
