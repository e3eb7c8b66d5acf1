// The live slider in an embed: its title is the page's own heading, and the way back goes along with it.
import { default as start } from "./live.js"
/** @typedef {{body: string, key: string, value: number}} Sent what the live slider is given, and the lever's name in an address */
/** @type {Sent} */
const embedded = JSON.parse(document.getElementById("embed")?.textContent ?? "")
const title = /** @type {HTMLElement} */ (document.querySelector("h1"))
const back = /** @type {HTMLAnchorElement} */ (document.querySelector(".back a"))
/** @type {string[]} */
const titles = JSON.parse(embedded.body).words.titles
document.addEventListener("ramp155:supply", ({ detail }) => {
  const words = titles[detail.percent].replaceAll("**", "")
  if (title.textContent !== words) title.textContent = words
  const address = new URL(back.href)
  address.searchParams.set(embedded.key, String(detail.percent))
  back.href = String(address)
})
const head = JSON.stringify({ value: embedded.value, stamp: 1, version: "embed" })
start({
  parentElement: /** @type {HTMLElement} */ (document.querySelector(".at-work")),
  data: new TextEncoder().encode(`${head}\n${embedded.body}`),
  setStateValue() {},
  setTriggerValue() {},
})
