"""Ten plants' pages in Chromium, in both themes and at three sizes; printed; and the search of the header."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Watched

PLANTS = [
    "unterluess-rheinmetall",  # three lines, reports that disagree
    "bergerac-eurenco",  # most is reported of it
    "tarbes-europlasma",
    "varpalota-rheinmetall",  # steps without rates
    "dubnica-nad-vahom-zvs",
    "bulgaria-155-us-contract",  # no town
    "bulgaria-emco-powder",  # given up
    "croatia-large-calibre",  # one line, announced
    "undisclosed-ua-knds",  # outside the totals
    "murcia-rheinmetall-expal",  # unknown
]
SIZES = {"light": (1366, 768), "dark": (390, 844)}


def find_overflow(page: Page) -> list[str]:
    """What is wider than the page, by its text."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".st-key-plant *")]
          .filter(e => e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1)
          .filter(e => !e.closest("svg"))
          .map(e => e.tagName + " " + (e.textContent || "").slice(0, 60))"""
    )


@pytest.mark.parametrize("theme", SIZES)
@pytest.mark.parametrize("site_id", PLANTS)
def test_a_plants_page_is_whole(visit: Callable[..., Watched], site_id: str, theme: str) -> None:
    watch = visit(f"plant?site={site_id}", *SIZES[theme], theme)
    assert watch.errors == []
    assert watch.outside == []
    assert find_overflow(watch.page) == []
    assert watch.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watch.page.locator(".st-key-plant_reports table").first.is_visible()


def list_boxes(page: Page) -> dict[str, dict[str, float]]:
    """Where the parts of the header stand."""
    parts = {
        "search": ".st-key-plant_search input",
        "actions": ".st-key-actions",
        "logo": "[data-testid=stHeaderLogo], [data-testid=stLogo]",
        "last page": "[data-testid=stTopNavLinkContainer] >> nth=-1",
    }
    boxes = {}
    for name, selector in parts.items():
        found = page.locator(selector)
        if found.count() and found.first.is_visible():
            boxes[name] = found.first.bounding_box()
    return boxes


@pytest.mark.parametrize("width", [390, 1366, 1920])
def test_the_search_stands_clear_of_all_else_in_the_header(
    visit: Callable[..., Watched], width: int
) -> None:
    boxes = list_boxes(visit("gap", width, 800).page)
    assert {"search", "actions"} <= set(boxes)
    for (one, first), (other, second) in itertools.combinations(boxes.items(), 2):
        is_apart = (
            first["x"] + first["width"] <= second["x"] + 1
            or second["x"] + second["width"] <= first["x"] + 1
        )
        assert is_apart, (one, other, boxes)


SEARCH = "Find a plant, a maker or a town"
STARTS = ("", "map", "ramp_up", "gap")


class Steps:
    """What somebody does with a page, a click or a word typed at a time, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def click(self, what: Locator) -> None:
        what.click()
        self.count += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.count += 1


@pytest.mark.parametrize("address", STARTS)
def test_what_unterluess_promised_and_did_is_two_steps_away(
    visit: Callable[..., Watched], address: str
) -> None:
    watch = visit(address, 1366, 768)
    steps = Steps(watch.page)
    steps.click(watch.page.get_by_label(SEARCH))
    steps.type("unterluess")
    row = watch.page.get_by_role("option", name=re.compile("^.?Rheinmetall Unterlüß"))
    expect(row).to_contain_text("Opened August 2025, promised for February 2025")
    expect(row).to_contain_text("140,000 / 350,000 rounds a year promised for 2025 / 2026 / 2027")
    assert steps.count == 2
    watch.page.keyboard.press("Enter")
    watch.page.wait_for_url("**/plant?site=unterluess-rheinmetall")
    watch.settle()
    assert watch.errors == []


@pytest.mark.parametrize("address", STARTS)
def test_what_is_late_in_germany_is_two_steps_away(
    visit: Callable[..., Watched], address: str
) -> None:
    watch = visit(address, 1366, 768)
    steps = Steps(watch.page)
    steps.click(watch.page.get_by_label(SEARCH))
    steps.click(watch.page.get_by_role("option", name=re.compile("^Germany")))
    watch.page.get_by_text(re.compile(r"plants for “Germany”, \w+ (is|are) late")).wait_for()
    expect(watch.page.get_by_role("option").first).to_contain_text("late by")
    assert steps.count == 2
    watch.page.get_by_role("button", name="Show what is late on the map").click()
    watch.page.wait_for_url("**/map?country=DE&late=1")
    watch.settle()
    assert watch.errors == []


def test_the_search_opens_a_plant_by_keys_alone(watched: Watched) -> None:
    page = watched.open("gap")
    box = page.get_by_label(SEARCH)
    box.focus()
    page.keyboard.type("Unterluess")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plant?site=unterluess-rheinmetall")
    watched.settle()
    assert page.locator("h2").first.inner_text().startswith("Rheinmetall Unterlüß")
    box.focus()
    page.keyboard.type("PGZ")
    page.get_by_text("6 plants for “PGZ”").wait_for()
    options = page.get_by_role("option")
    place = [text.split("\n")[1] for text in options.all_inner_texts()].index("Mesko Kraśnik")
    for _ in range(place + 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plant?site=krasnik-mesko")
    watched.settle()
    assert not options.first.is_visible()
    box.focus()
    assert options.first.is_visible()
    page.keyboard.press("Escape")
    assert not options.first.is_visible()
    page.go_back()
    page.get_by_role("heading", name=re.compile("Unterlüß")).wait_for()
    assert watched.errors == []
    assert watched.outside == []


def test_a_plant_with_two_lines_prints_on_one_sheet(watched: Watched) -> None:
    page = watched.open("plant?site=dubnica-nad-vahom-zvs")
    assert page.locator("[class*=st-key-plant_line_]").count() == 2
    pdf = page.pdf(prefer_css_page_size=True)
    assert re.findall(rb"/Count (\d+)", pdf) == [b"1"]
    page.emulate_media(media="print")
    for hidden in ("stHeader", "stExpander"):
        assert not any(e.is_visible() for e in page.locator(f"[data-testid={hidden}]").all())
    assert not page.locator(".st-key-plant_search").is_visible()
    assert page.locator("h2").first.is_visible()
