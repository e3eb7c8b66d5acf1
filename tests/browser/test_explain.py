"""Explain in a real browser: by mouse and by keyboard, read aloud by name, inside the screen in both themes and sizes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watched

PANEL = "[class*=st-key-explanation_]"
# Text of a panel under 12 px or under 4.5:1 on its ground.
_ILLEGIBLE = """panel => {
  const read = colour => (colour.match(/[\\d.]+/g) || []).map(Number)
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = read(getComputedStyle(e).backgroundColor)
      if (colour.length === 3 || colour[3] === 1) return colour
    }
    return [255, 255, 255]
  }
  const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT)
  const faults = []
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!walker.currentNode.textContent.trim()) continue
    const style = getComputedStyle(element)
    const [a, b] = [light(read(style.color)), light(ground(element))].sort((x, y) => y - x)
    const contrast = (a + 0.05) / (b + 0.05)
    if (parseFloat(style.fontSize) < 12 || contrast < 4.5)
      faults.push([element.textContent.slice(0, 40), style.fontSize, contrast])
  }
  return faults
}"""


def open_panel(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.locator(PANEL).first.wait_for()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("gap", "Explain: Russia for each of NATO's"),
        ("evidence", "Explain: the average miss"),
        ("what_if", "odds"),
        ("what_if", "Likely range"),
    ],
)
@pytest.mark.parametrize(("width", "theme"), [(1366, "light"), (390, "dark")])
def test_a_panel_opens_inside_the_screen_and_can_be_read(
    visit: Callable[..., Watched], address: str, name: str, width: int, theme: str
) -> None:
    watched = visit(address, width, 844, theme)
    page = watched.page
    open_panel(page, name)
    watched.settle()
    box = page.locator(PANEL).first.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(PANEL).first.evaluate(_ILLEGIBLE) == []
    assert watched.errors == []
    assert watched.outside == []


def test_the_keyboard_opens_and_closes_a_panel_and_keeps_its_place(watched: Watched) -> None:
    page = watched.open("evidence")
    name = "Explain: figures inside the range"
    button = page.get_by_role("button", name=name, exact=True)
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    button.focus()
    page.keyboard.press("Enter")
    page.locator(PANEL).first.wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    page.locator(PANEL).first.wait_for(state="detached")
    assert page.evaluate("document.activeElement.textContent").startswith(name)


def test_a_panel_leads_to_the_glossary(watched: Watched) -> None:
    page = watched.open("gap")
    open_panel(page, "Explain: odds of parity")
    page.get_by_role("link", name="Odds in the glossary").click()
    page.get_by_role("heading", name="Odds", exact=True).first.wait_for()
    assert "term=odds" in page.url
