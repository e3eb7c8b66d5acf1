// Pictures are drawn by the server for a light or a dark ground. Where the browser changes the ground of an open page (at
// dusk, or by the menu) the server is told, and draws them anew: else light words stay on a light ground.
/** @typedef {{drawn: string, told?: string | null, observer?: MutationObserver}} State the ground drawn, and the one told of */
/** @type {WeakMap<object, State>} */
const watched = new WeakMap()

/** @param {import("./types").Component<string>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const app = document.querySelector("[data-testid=stApp]")
  if (!app) return
  const state = watched.get(parentElement) ?? { drawn: data }
  const readGround = () => getComputedStyle(app).colorScheme
  const compare = () => {
    const ground = readGround()
    document.documentElement.style.colorScheme = ground // dialogs and panels stand beside the app, not in it
    if (ground === state.drawn) state.told = null
    else if (ground !== state.told) setTriggerValue("ground", (state.told = ground))
  }
  state.drawn = data
  watched.set(parentElement, state)
  state.observer?.disconnect()
  state.observer = new MutationObserver(compare)
  state.observer.observe(app, { attributes: true, attributeFilter: ["class"] })
  compare()
  return () => state.observer?.disconnect()
}
