"""What a page shows in words: how large, how dark against what lies beneath, and whether it is there to the end.

What words stand on is seen, not worked out: the page is photographed with its words made transparent. Words drawn on a
canvas (the data grid, the ground of the map) are not seen by this: the grid has the page's own type and
colours, and of the map's ground tests/unit/test_maps.py measures the names.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from tests.lettering import contrast, is_unread

SMALLEST = 12  # px
READABLE, SEEN = 4.5, 3.0  # of words, and of signs and what cannot be pressed

# Every line of words in sight, with its size, colour and place; what is cut; boxes that scroll within the page.
_READ = """within => {
  const letterings = [], cut = [], scrolling = [], loose = []
  const main = document.querySelector("[data-testid=stMain]")
  const clip = (box, element) => {
    let { left, top, right, bottom } = box
    for (let e = element; e; e = e.parentElement ?? e.getRootNode().host) {
      const style = getComputedStyle(e)
      if (style.position === "fixed") break
      if (e instanceof SVGElement && !(e instanceof SVGSVGElement)) continue
      if (style.overflowX === "visible" && style.overflowY === "visible" && style.clipPath === "none") continue
      const edge = e.getBoundingClientRect()
      left = Math.max(left, edge.left); top = Math.max(top, edge.top)
      right = Math.min(right, edge.right); bottom = Math.min(bottom, edge.bottom)
    }
    return { left, top, right, bottom }
  }
  const fade = element => {
    let opacity = 1
    for (let e = element; e; e = e.parentElement ?? e.getRootNode().host) {
      const style = getComputedStyle(e)
      opacity *= style.opacity
      if (style.clipPath.startsWith("inset(50%")) return 0
    }
    return opacity
  }
  const help = e => {
    for (let up = e; up && up !== main; up = up.parentElement ?? up.getRootNode().host)
      if (up.getAttribute?.("title") || up.getAttribute?.("aria-describedby") || up.matches?.("[data-testid=stTooltipHoverTarget]")) return true
    return false
  }
  // The nearest box that ends the words before their end, and does not scroll to it.
  const clipper = (box, element) => {
    for (let e = element; e && e !== main; e = e.parentElement ?? e.getRootNode().host) {
      const style = getComputedStyle(e)
      if (style.position === "fixed") return null
      if (e instanceof SVGElement && !(e instanceof SVGSVGElement)) continue
      if (style.overflowX === "visible") continue
      const edge = e.getBoundingClientRect()
      const sides = Math.max(edge.left - box.left, box.right - edge.right)
      const ends = Math.max(edge.top - box.top, box.bottom - edge.bottom)
      if (sides <= 2 && ends <= 0.3 * (box.bottom - box.top)) continue
      return /auto|scroll/.test(style.overflowX + style.overflowY) ? null : e
    }
    return null
  }
  // A sign of percent that stands on the next line from its number.
  const isLoose = node => {
    for (const found of node.data.matchAll(/\\d(\\s)%/g)) {
      const place = at => { const r = document.createRange(); r.setStart(node, at); r.setEnd(node, at + 1); return r.getBoundingClientRect() }
      if (place(found.index + 2).top > place(found.index).top + 4) return true
    }
    return false
  }
  const hear = element => {
    const box = element.getBoundingClientRect()
    return box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  }
  const read = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.shadowRoot) read(node.shadowRoot)
        if (node instanceof SVGElement || node.tagName === "CANVAS" || !hear(node)) continue
        const style = getComputedStyle(node)
        const tight = style.overflowX === "hidden" || style.overflowX === "clip"
        if (tight && node.scrollWidth > node.clientWidth + 1 && node.innerText?.trim() && node.clientWidth > 1
          && (style.textOverflow === "ellipsis" || [...node.childNodes].some(n => n.nodeType === 3 && n.data.trim())) && !help(node))
          cut.push(node.innerText.slice(0, 80))
        if (style.webkitLineClamp !== "none" && node.scrollHeight > node.clientHeight + 1 && !help(node)) cut.push(node.innerText.slice(0, 80))
        // A grid draws only the rows in sight of thousands.
        if (/auto|scroll/.test(style.overflowY) && !node.closest("[data-testid=stDataFrame]") && node.scrollHeight > node.clientHeight + 1 && node !== main && main?.contains(node))
          scrolling.push(`${node.dataset?.testid || node.className || node.tagName} in ${node.closest("[class*=st-key-]")?.className.match(/st-key-\\S+/)?.[0]}, ${node.scrollHeight - node.clientHeight} px more`)
        continue
      }
      const words = node.data.trim(), element = node.parentElement ?? root.host
      if (!words || element.closest("canvas, style, script, noscript, title, desc")) continue
      if (!hear(element)) continue
      const style = getComputedStyle(element)
      const isDrawn = element instanceof SVGElement
      const opacity = fade(element) * (isDrawn ? style.fillOpacity : 1)
      if (opacity < 0.02) continue
      let size = parseFloat(style.fontSize)
      if (isDrawn) { const m = element.getScreenCTM(); size *= Math.hypot(m.a, m.b) }
      const range = document.createRange()
      range.selectNodeContents(node)
      if (!isDrawn && isLoose(node)) loose.push(words.slice(0, 80))
      const boxes = (isDrawn ? [element.getBoundingClientRect()] : [...range.getClientRects()])
        .map(box => clip(box, element)).filter(box => box.right - box.left > 1 && box.bottom - box.top > 1)
      if (!boxes.length) continue
      const isEdge = isDrawn && !style.paintOrder.startsWith("stroke") && style.stroke !== "none" && parseFloat(style.strokeWidth) > 0 && style.strokeOpacity > 0
      if (isEdge) continue
      const whole = isDrawn ? element.getBoundingClientRect() : null
      if (whole && clipper(whole, element)) cut.push(`${words.slice(0, 80)} at the edge of its picture`)
      letterings.push({
        words: words.slice(0, 400), size, boxes, opacity,
        colour: isDrawn ? style.fill : style.webkitTextFillColor || style.color,
        drawn: isDrawn, icon: /Material/.test(style.fontFamily),
        off: !!element.closest(":disabled, [aria-disabled=true], [disabled]"),
      })
    }
  }
  read(within ? document.querySelector(within) : document.body)
  const cells = [...document.querySelectorAll("canvas td, canvas th")].map(cell => cell.textContent)
  return { letterings, cut, scrolling, loose, cells }
}"""
# Words out of sight, and what keeps their edge free still there.
_HIDE = """() => {
  const hide = root => {
    const style = document.createElement("style")
    style.className = "no-words"
    style.textContent = `*, *::before, *::after { color: transparent !important; -webkit-text-fill-color: transparent !important;
      caret-color: transparent !important; transition: none !important; animation: none !important; text-shadow: none !important }
      text, tspan { fill-opacity: 0 !important }`
    ;(root.head ?? root).append(style)
    for (const e of root.querySelectorAll("*")) if (e.shadowRoot) hide(e.shadowRoot)
  }
  hide(document)
}"""
_SHOW = """() => {
  const show = root => {
    for (const style of root.querySelectorAll("style.no-words")) style.remove()
    for (const e of root.querySelectorAll("*")) if (e.shadowRoot) show(e.shadowRoot)
  }
  show(document)
}"""


_MAIN = "document.querySelector('[data-testid=stMain]')"
_END = f"{_MAIN}.scrollHeight"
_SCROLL = f"top => {_MAIN}.scrollTo(0, top)"


@dataclass(frozen=True)
class Legible:
    """What is wrong with the words of a page as it stands."""

    small: list[str]
    weak: list[str]
    cut: list[str]
    scrolling: list[str]
    unread: list[str]
    loose: list[str]
    over: list[str]

    def list_faults(self) -> list[str]:
        return [
            f"{kind}: {fault}"
            for kind in ("small", "weak", "cut", "scrolling", "unread", "loose", "over")
            for fault in dict.fromkeys(getattr(self, kind))
        ]


def read_page(page: Page, within: str = "") -> Legible:
    """Measure every line of words that the window shows, or an element of it."""
    told = page.evaluate(_READ, within)
    page.evaluate(_HIDE)
    picture = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    page.evaluate(_SHOW)
    small, weak, unread = [], [], [cell for cell in told["cells"] if is_unread(cell)]
    for lettering in told["letterings"]:
        if lettering["size"] < SMALLEST - 0.05 and not lettering["icon"]:
            small.append(f"{lettering['words']!r} {lettering['size']:.1f} px")
        if is_unread(lettering["words"]):
            unread.append(lettering["words"])
        if lettering["words"].endswith("…") and lettering["drawn"]:
            told["cut"].append(lettering["words"])
        found = measure(picture, lettering)
        wanted = SEEN if lettering["icon"] or lettering["off"] else READABLE
        if found is not None and found < wanted:
            weak.append(f"{lettering['words']!r} {found:.2f} {lettering['colour']}")
    over = list_covered(told["letterings"])
    return Legible(small, weak, told["cut"], told["scrolling"], unread, told["loose"], over)


def read_whole(page: Page, settle: Callable[[], None], is_tall: bool = True) -> list[str]:
    """The faults of a page from its top to its end: in a window as high as it is, or by scrolling where a map would grow."""
    size = page.viewport_size
    end = page.evaluate(_END)
    if is_tall and end > size["height"]:
        page.set_viewport_size({"width": size["width"], "height": end + 10})
        settle()
        faults = read_page(page).list_faults()
        page.set_viewport_size(size)
        return faults
    faults = []
    for top in range(0, max(end - size["height"], 0) + size["height"], size["height"] - 120):
        page.evaluate(_SCROLL, top)
        page.wait_for_timeout(60)
        faults += read_page(page).list_faults()
    page.evaluate(_SCROLL, 0)
    return list(dict.fromkeys(faults))


def list_covered(letterings: list[dict[str, Any]]) -> list[str]:
    """Words of pictures whose letters lie over those of others."""
    drawn = [
        (lettering["words"], box["left"], box["top"] + 0.25 * height, box["right"], box["bottom"] - 0.25 * height)
        for lettering in letterings
        if lettering["drawn"] and lettering["opacity"] > 0.2
        for box in lettering["boxes"]
        for height in [box["bottom"] - box["top"]]
    ]  # fmt: skip
    return [
        f"{one[0]!r} and {other[0]!r}"
        for place, one in enumerate(drawn)
        for other in drawn[place + 1 :]
        if min(one[3], other[3]) - max(one[1], other[1]) > 2
        and min(one[4], other[4]) - max(one[2], other[2]) > 1
        and one[0] != other[0]
    ]


def measure(picture: np.ndarray, lettering: dict[str, Any]) -> float | None:
    """The contrast of words with most of what they stand on; None for words outside the picture."""
    faintest = None
    colour = read_css_colour(lettering["colour"])
    for box in lettering["boxes"]:
        ground = picture[
            max(round(box["top"]), 0) : max(round(box["bottom"]), 0),
            max(round(box["left"]), 0) : max(round(box["right"]), 0),
        ].reshape(-1, 3)
        if not len(ground):
            continue
        beneath = np.median(ground, axis=0)
        opacity = lettering["opacity"] * colour[3]
        seen = colour[:3] * opacity + beneath * (1 - opacity)
        found = float(contrast(seen, beneath))
        faintest = found if faintest is None else min(faintest, found)
    return faintest


def read_css_colour(colour: str) -> np.ndarray:
    """`rgb(...)`, `rgba(...)` or `color(srgb ...)` as red, green, blue (0 to 255) and opacity (0 to 1)."""
    inside = colour[colour.index("(") + 1 : colour.rindex(")")].replace(",", " ").replace("/", " ")
    parts = inside.split()
    scale = 1.0
    if parts[0] == "srgb":
        parts, scale = parts[1:], 255.0
    numbers = [float(part) for part in parts]
    opacity = numbers[3] if len(numbers) > 3 else 1.0
    return np.array([*(part * scale for part in numbers[:3]), opacity])
