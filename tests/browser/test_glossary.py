"""The glossary in Chromium: every picture is drawn whole on either ground, nothing sticks out, cards and links open terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ramp155.pictures.palette import THEMES, split_colour
from ramp155.text.glossary.terms import find_term, list_terms
from tests.browser.test_pages import WIDE

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

# Pictures that are seen, their words that leave the sheet or lie on one another, and the smallest letters on screen.
DRAWINGS = """() => {
  const drawings = [], faults = []
  let smallest = 99
  const look = root => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) look(element.shadowRoot)
      if (element.localName !== "svg" || !element.closest(".drawing")) continue
      drawings.push(element)
      const { left, right, top, bottom, width } = element.getBoundingClientRect()
      const words = [...element.querySelectorAll("text")].map(text => [text, text.getBoundingClientRect()])
      words.forEach(([text, box], place) => {
        smallest = Math.min(smallest, parseFloat(getComputedStyle(text).fontSize) * width / 320)
        if (box.left < left - 1 || box.right > right + 1 || box.top < top - 1 || box.bottom > bottom + 1)
          faults.push(`${text.textContent}: off the sheet`)
        for (const [other, taken] of words.slice(0, place)) {
          const across = Math.min(box.right, taken.right) - Math.max(box.left, taken.left)
          const down = Math.min(box.bottom, taken.bottom) - Math.max(box.top, taken.top)
          if (across > 1 && down > 6) faults.push(`${text.textContent} on ${other.textContent}`)
        }
      })
    }
  }
  look(document)
  return {
    labels: drawings.map(svg => svg.getAttribute("aria-label")),
    narrow: drawings.filter(svg => svg.getBoundingClientRect().width < 280).length,
    inks: [...new Set(drawings.map(svg => getComputedStyle(svg.querySelector("text")).fill))],
    smallest, faults,
  }
}"""


def write_rgb(colour: str) -> str:
    """A colour as a browser tells it."""
    return f"rgb({', '.join(map(str, split_colour(colour)))})"


def list_inks(theme: str) -> set[str]:
    return {write_rgb(colour) for colour in THEMES[theme].values()}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1366, 768)])
def test_every_picture_is_drawn_whole(
    visit: Callable[..., Watched], width: int, height: int, theme: str
) -> None:
    watch = visit("glossary?term=nitrocellulose", width, height, theme)
    seen = watch.page.evaluate(DRAWINGS)
    terms = len(list_terms())
    assert len(seen["labels"]) == terms + 1  # a card each, and the one that is open
    assert len(set(seen["labels"])) == terms
    assert seen["narrow"] == 0
    assert seen["smallest"] >= 12
    assert seen["faults"] == []
    assert set(seen["inks"]) <= list_inks(theme)
    sideways = watch.page.evaluate(WIDE)
    assert sideways["page"] <= 0
    assert sideways["main"] <= 0
    assert sideways["out"] == []
    assert watch.errors == []
    assert watch.outside == []


def test_pictures_follow_the_theme_of_an_open_page(visit: Callable[..., Watched]) -> None:
    watch = visit("glossary", 1366, 768, "light")
    watch.page.emulate_media(color_scheme="dark")
    watch.page.wait_for_function(
        f"ink => ({DRAWINGS})().inks.includes(ink)",
        arg=write_rgb(THEMES["dark"]["ink"]),
        timeout=30_000,
    )
    assert set(watch.page.evaluate(DRAWINGS)["inks"]) <= list_inks("dark")


def test_the_slider_leads_to_its_term_and_the_term_back(visit: Callable[..., Watched]) -> None:
    """Within the session: a lever that was moved stays moved."""
    watch = visit("what_if?nc=60", 1366, 768)
    page = watch.page
    page.get_by_role("link", name="What is it?").click()
    term = page.get_by_role("heading", name="Nitrocellulose", exact=True)
    term.wait_for()
    watch.settle()
    box = term.bounding_box()
    assert box["y"] + box["height"] <= 768
    page.get_by_role("link", name=find_term("nitrocellulose").where).first.click()
    page.get_by_role("spinbutton", name="Nitrocellulose supply, typed").wait_for()
    assert page.get_by_role("spinbutton", name="Nitrocellulose supply, typed").input_value() == "60"
    assert watch.outside == []


def test_a_card_opens_its_term_in_sight(visit: Callable[..., Watched]) -> None:
    watch = visit("glossary", 390, 844)
    page = watch.page
    page.get_by_role("button", name="Odds", exact=True).click()
    term = page.get_by_role("heading", name="Odds", exact=True)
    term.wait_for()
    watch.settle()
    page.wait_for_timeout(500)
    box = term.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 844
    assert "term=odds" in page.url


def test_a_search_is_typed_and_suggests(visit: Callable[..., Watched]) -> None:
    watch = visit("glossary", 1366, 768)
    page = watch.page
    search = page.get_by_role("textbox", name="Search the glossary")
    search.fill("nitrocelulose")
    search.press("Enter")
    page.get_by_text("Did you mean Nitrocellulose").wait_for()
    watch.settle()
    assert page.get_by_text(find_term("nitrocellulose").sentence).count() == 1
    assert watch.errors == []
