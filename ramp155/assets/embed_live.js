// The live slider in an embed: its title is the page's own heading, and the way back goes along with it.
const embedded = JSON.parse(document.getElementById("embed").textContent)
const title = document.querySelector("h1")
const back = document.querySelector(".back a")
const titles = JSON.parse(embedded.body).words.titles
document.addEventListener("ramp155:supply", ({ detail }) => {
  const words = titles[detail.percent].replaceAll("**", "")
  if (title.textContent !== words) title.textContent = words
  const address = new URL(back.href)
  address.searchParams.set(embedded.key, detail.percent)
  back.href = address
})
const head = JSON.stringify({ value: embedded.value, stamp: 1, version: "embed" })
start({
  parentElement: document.querySelector(".at-work"),
  data: new TextEncoder().encode(`${head}\n${embedded.body}`),
  setStateValue() {},
  setTriggerValue() {},
})
