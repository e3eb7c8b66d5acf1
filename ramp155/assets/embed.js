// An embed's picture at every position of its lever: drawings that the server made, put together from a table of nodes
// of which each stands there once. Words are only ever text. What is sent for a position is what a page shows there.

/**
 * What the server sent: words and addresses of each position of the lever, and where drawings of each width are.
 * @typedef {{moves: Record<string, string> | null, words: string[], positions: string[], key: string}} Sent
 */
/** @typedef {[tag: string, attributes: Record<string, string>, content: string | number[]]} Node a node, with its text or children by place */
/** @typedef {{nodes: Node[], roots: number[], titles: string[]}} Drawings of every position, in one width */

const NS = "http://www.w3.org/2000/svg"
const REST = 400 // milliseconds without a move, after which the finding is told to who cannot see it
const TAGS = new Set(["g", "path", "text", "tspan", "rect", "line", "circle", "defs", "clipPath", "linearGradient", "stop", "image"])
/** @type {Sent} */
const data = JSON.parse(document.getElementById("embed")?.textContent ?? "")
const moves = data.moves ?? {}
const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (document.querySelector(selector))

/**
 * @param {Drawings} drawings
 * @param {number} place
 * @returns {SVGElement}
 */
function build(drawings, place) {
  const [tag, attributes, content] = drawings.nodes[place]
  const node = document.createElementNS(NS, TAGS.has(tag) ? tag : "g")
  for (const name in attributes) if (!name.startsWith("on") && name !== "href") node.setAttribute(name, attributes[name])
  if (typeof content === "string") node.textContent = content
  else for (const child of content) node.appendChild(build(drawings, child))
  return node
}

/** @type {Record<string, Drawings | Promise<void>>} name of a width -> its drawings, or the promise of them */
const sets = {}
/** @param {string} name */
async function load(name) {
  const answer = await fetch(moves[name])
  if (!answer.ok) throw new Error(`${answer.status}`)
  return (sets[name] = await answer.json())
}

/** @returns {string} */
const shownWidth = () => {
  const shown = [...document.querySelectorAll(".drawing")].find((drawing) => /** @type {HTMLElement} */ (drawing).offsetParent)
  return Object.keys(moves).find((name) => shown?.classList.contains(name)) ?? "wide"
}

function startLever() {
  const [output, title, status] = [".move output", "h1", "[role=status]"].map(find)
  const lever = /** @type {HTMLInputElement} */ (find("#lever"))
  const back = /** @type {HTMLAnchorElement} */ (find(".back a"))
  const sent = Number(lever.defaultValue)
  /** @type {number | undefined} */
  let resting
  let waiting = false

  /** @returns {void} */
  const draw = () => {
    waiting = false
    const position = Number(lever.value)
    const name = shownWidth()
    const held = sets[name]
    const set = held instanceof Promise ? null : held
    output.textContent = set || position === sent ? data.words[position] : `${data.words[position]}, being drawn`
    lever.setAttribute("aria-valuetext", data.words[position])
    const address = new URL(back.href)
    address.searchParams.set(data.key, data.positions[position])
    back.href = String(address)
    find(".move").setAttribute("aria-busy", String(!set))
    if (!held) return void (sets[name] = load(name).then(draw, giveUp))
    if (!set) return
    const svg = /** @type {SVGElement} */ (document.querySelector(`.drawing.${name} svg`))
    if (position !== sent || svg.dataset.drawn) {
      svg.replaceChildren(build(set, set.roots[position]))
      svg.dataset.drawn = String(position)
      svg.setAttribute("aria-label", set.titles[position])
    }
    if (title.textContent !== set.titles[position]) title.textContent = set.titles[position]
    clearTimeout(resting)
    if (document.activeElement === lever) resting = setTimeout(() => (status.textContent = title.textContent), REST)
  }
  // Without the other positions the lever leads to the page alone, at the address that it stands for.
  const giveUp = () => {
    lever.value = String(sent)
    lever.disabled = true
    output.textContent = "move it on the page"
    find(".move").removeAttribute("aria-busy")
  }
  lever.oninput = () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(draw)
  }
  addEventListener("resize", () => requestAnimationFrame(draw))
  lever.value = String(sent)
  ;(window.requestIdleCallback ?? setTimeout)(draw)
}

if (data.moves) startLever()
