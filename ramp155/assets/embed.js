// An embed's picture at every position of its lever: drawings that the server made, put together from a table of nodes
// of which each stands there once. Words are only ever text. What is sent for a position is what a page shows there.
const NS = "http://www.w3.org/2000/svg"
const REST = 400 // milliseconds without a move, after which the finding is told to who cannot see it
const TAGS = new Set(["g", "path", "text", "tspan", "rect", "line", "circle", "defs", "clipPath", "linearGradient", "stop", "image"])
const data = JSON.parse(document.getElementById("embed").textContent)
const find = (selector) => document.querySelector(selector)

function build({ nodes }, place) {
  const [tag, attributes, content] = nodes[place]
  const node = document.createElementNS(NS, TAGS.has(tag) ? tag : "g")
  for (const name in attributes) if (!name.startsWith("on") && name !== "href") node.setAttribute(name, attributes[name])
  if (typeof content === "string") node.textContent = content
  else for (const child of content) node.appendChild(build({ nodes }, child))
  return node
}

const sets = {} // name of a width -> its drawings, or the promise of them
async function load(name) {
  const answer = await fetch(data.moves[name])
  if (!answer.ok) throw new Error(`${answer.status}`)
  return (sets[name] = await answer.json())
}

const shownWidth = () => {
  const shown = [...document.querySelectorAll(".drawing")].find((drawing) => drawing.offsetParent)
  return Object.keys(data.moves).find((name) => shown?.classList.contains(name)) ?? "wide"
}

function startLever() {
  const [lever, output, title, status, back] = ["#lever", ".move output", "h1", "[role=status]", ".back a"].map(find)
  const sent = Number(lever.defaultValue)
  let resting = 0
  let waiting = false

  const draw = () => {
    waiting = false
    const position = Number(lever.value)
    const name = shownWidth()
    const set = sets[name]
    output.textContent = set?.nodes || position === sent ? data.words[position] : `${data.words[position]}, being drawn`
    lever.setAttribute("aria-valuetext", data.words[position])
    const address = new URL(back.href)
    address.searchParams.set(data.key, data.positions[position])
    back.href = address
    find(".move").setAttribute("aria-busy", String(!set?.nodes))
    if (!set) return void (sets[name] = load(name).then(draw, giveUp))
    if (!set.nodes) return
    const svg = find(`.drawing.${name} svg`)
    if (position !== sent || svg.dataset.drawn) {
      svg.replaceChildren(build(set, set.roots[position]))
      svg.dataset.drawn = position
      svg.setAttribute("aria-label", set.titles[position])
    }
    if (title.textContent !== set.titles[position]) title.textContent = set.titles[position]
    clearTimeout(resting)
    if (document.activeElement === lever) resting = setTimeout(() => (status.textContent = title.textContent), REST)
  }
  // Without the other positions the lever leads to the page alone, at the address that it stands for.
  const giveUp = () => {
    lever.value = sent
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
  lever.value = sent
  ;(window.requestIdleCallback ?? setTimeout)(draw)
}

if (data.moves) startLever()
