"""On Gap every lever moves ratio, rates and odds while it is dragged, and is told to the server when it is let go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from bench.server import Server
from tests.browser.test_levers import lever, take_hold

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

_CHARTS = "[data-testid=stVegaLiteChart] svg.marks"
_WORDS = ("h2:visible", ".st-key-gap_reading [data-testid=stMarkdown]:visible")
# Names that Vega makes up, and what it says of an axis for who listens, which it never says anew.
_ASIDE = re.compile(r'clip\d+|gradient_\d+|aria-label="[XY]-axis[^"]*"')
_NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")
_DRAGGED = [
    "fuzes",
    pytest.param("rate", marks=pytest.mark.nightly),
    pytest.param("delay", marks=pytest.mark.nightly),
    pytest.param("orders", marks=pytest.mark.nightly),
]


def read_pictures(page: Page) -> list[str]:
    """Ratio, rates and odds as they are drawn."""
    return [_ASIDE.sub("", chart.inner_html()) for chart in page.locator(_CHARTS).all()]


def check_alike(drawn: list[str], others: list[str]) -> None:
    """The same pictures, to a quarter of a pixel: the browser's runs have nine digits."""
    assert len(drawn) == len(others) == 3
    for one, other in zip(drawn, others, strict=True):
        assert _NUMBER.sub("", one) == _NUMBER.sub("", other)
        places = [np.array(_NUMBER.findall(picture), float) for picture in (one, other)]
        assert np.abs(places[0] - places[1]).max() < 0.25


def read_words(page: Page) -> list[str]:
    return [page.locator(part).first.inner_text() for part in _WORDS]


def rest(page: Page) -> None:
    """Until charts and words have stayed the same for a while."""
    seen: list[object] = []
    while len(seen) < 3 or seen[-1] != seen[-3]:
        page.wait_for_timeout(300)
        seen.append((read_pictures(page), read_words(page)))


@pytest.mark.parametrize("key", _DRAGGED)
def test_a_lever_moves_the_gap_and_says_on_release_what_it_said(
    watched: Watched, browser: Browser, server: Server, key: str
) -> None:
    from tests.browser.conftest import Watched as Watch

    sent: list[str] = []
    watched.page.on("websocket", lambda ws: ws.on("framesent", lambda _: sent.append(ws.url)))
    page = watched.open("gap?explosive=80")
    page.wait_for_function("() => window.ramp155Engine && window.ramp155Sides", timeout=60_000)
    page.locator(".st-key-more summary").click()
    # What else the page asks for when it is at rest has come by then.
    page.wait_for_function("() => window.ramp155Followed?.isFollowed", timeout=60_000)
    watched.settle()
    before, at_rest = len(sent), (read_pictures(page), read_words(page))
    pictures = {tuple(at_rest[0])}
    left, width, y = take_hold(page, key)
    for step in range(1, 13):
        page.mouse.move(left + width * (0.06 + step * 0.015), y)
        page.wait_for_timeout(80)
        pictures.add(tuple(read_pictures(page)))
    rest(page)
    dragged = read_pictures(page), read_words(page)
    assert len(sent) == before  # not a word to the server
    assert len(pictures) >= 4
    assert dragged[1][0] != at_rest[1][0]
    page.mouse.up()
    watched.settle()
    rest(page)
    assert len(sent) > before
    assert read_words(page) == dragged[1]
    check_alike(read_pictures(page), dragged[0])
    address = page.url.removeprefix(f"{server.url}/")
    context = browser.new_context(viewport=page.viewport_size)
    fresh = Watch(context.new_page(), server.url)
    page_of_its_own = fresh.open(address)
    assert read_words(page_of_its_own) == dragged[1]
    check_alike(read_pictures(page_of_its_own), dragged[0])
    context.close()


def test_a_lever_brought_back_leaves_the_gap_as_it_was(watched: Watched) -> None:
    page = watched.open("gap")
    page.wait_for_function("() => window.ramp155Engine && window.ramp155Sides", timeout=60_000)
    page.locator(".st-key-more summary").click()
    watched.settle()
    at_rest = read_pictures(page), read_words(page)
    box = lever(page, "fuzes")
    for _ in range(6):
        box.press("ArrowLeft", delay=0)
    for _ in range(6):
        box.press("ArrowRight", delay=0)
    watched.settle()
    rest(page)
    assert "fuzes" not in page.url
    assert read_words(page) == at_rest[1]
    check_alike(read_pictures(page), at_rest[0])
    assert watched.errors == []
