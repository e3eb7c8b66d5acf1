"""Every page and view can be read, on a laptop, a phone and a tablet, light and dark: no words too small, too pale, cut
or one over another, no % alone in a line, nothing that scrolls within the page.

Views of a page are gone through in one session, which is resized and changes its ground as it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bench.server import Server
from tests.browser.conftest import MAPS, Watched
from tests.browser.legible import read_page, read_whole
from tests.browser.test_pages import FIRST, GROUND, GROUNDS
from ui.link.fields import EVIDENCE_VIEWS, GAP_VIEWS, SHIPPED_LESSONS, WHAT_IF_PANELS

if TYPE_CHECKING:
    from collections.abc import Iterator

LAPTOP, PHONE, TABLET = (1366, 768), (390, 844), (768, 1024)
# How many views each page has; they are chosen in the first row of choices of its main part.
VIEWS = {"gap": GAP_VIEWS, "evidence": EVIDENCE_VIEWS, "what_if": WHAT_IF_PANELS}
LESSONS = tuple(f"learn?lesson={name}&lesson_step=2" for name in SHIPPED_LESSONS[:2])
ADDRESSES = (*FIRST, "plant?site=tarbes-europlasma", *LESSONS)
LOOKS = (
    (LAPTOP, "light"),
    (PHONE, "dark"),
    (TABLET, "light"),
    (LAPTOP, "dark"),
    (PHONE, "light"),
    (TABLET, "dark"),
)
# In every run each view has one look, and the next another; at night every view has all six.
RUNS = [
    pytest.param(False, id="one look"),
    pytest.param(True, id="all looks", marks=pytest.mark.nightly),
]


@pytest.fixture
def opened(
    contexts: Callable[..., BrowserContext], server: Server
) -> Iterator[Callable[[str, tuple[int, int], str], Watched]]:
    pages: list[Page] = []

    def open_page(address: str, size: tuple[int, int], theme: str) -> Watched:
        pages.append(contexts(*size, theme, address in MAPS).new_page())
        watch = Watched(pages[-1], server.url)
        watch.open(address)
        return watch

    yield open_page
    for page in pages:
        page.close()


def choose_look(watch: Watched, size: tuple[int, int], theme: str) -> None:
    watch.page.set_viewport_size({"width": size[0], "height": size[1]})
    watch.page.emulate_media(color_scheme=theme)
    watch.page.wait_for_function(f"() => {GROUND} === '{GROUNDS[theme]}'", timeout=30_000)
    watch.settle()


def choose_view(watch: Watched, place: int, count: int) -> None:
    """A view, as a reader would choose it."""
    rows = watch.page.locator("[data-testid=stMain] [role=radiogroup]").all()
    row = next(row for row in rows if row.get_by_role("radio").count() == count)
    row.get_by_role("radio").nth(place).click()
    watch.page.mouse.move(0, 300)
    watch.settle()


@pytest.mark.parametrize("is_night", RUNS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_and_its_views_can_be_read(
    opened: Callable[..., Watched], address: str, is_night: bool
) -> None:
    name = address.partition("?")[0]
    views = VIEWS.get(name, (name,))
    looks = LOOKS if is_night else LOOKS[:3]
    first = ADDRESSES.index(address) % 3  # pages of one view have now this look, now that
    places_of = {
        look: [p for p in range(len(views)) if is_night or (p + first) % 3 == k]
        for k, look in enumerate(looks)
    }
    watch = opened(address, *next(look for look, places in places_of.items() if places))
    faults = {}
    for (size, theme), places in places_of.items():
        if places:
            choose_look(watch, size, theme)
        for place in places:
            if len(views) > 1:
                choose_view(watch, place, len(views))
            found = read_whole(watch.page, watch.settle, is_tall=name not in MAPS)
            if found:
                faults[(*size, theme, views[place])] = found
    assert not faults
    assert watch.errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_over_a_page_can_be_read(opened: Callable[..., Watched], theme: str) -> None:
    """Panels, dialogs and help; none of them sticks out of the window."""
    watch = opened("what_if", LAPTOP, theme)
    page = watch.page
    faults = {}
    for role, name in (("button", "Share"), ("button", "Save the chart")):
        page.get_by_role(role, name=name, exact=True).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        watch.settle()
        faults[name] = read_page(page, "[role=dialog]").list_faults()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    for popover in page.locator(
        "[data-testid=stMain] [data-testid=stPopover] button:visible"
    ).all()[:3]:
        popover.click()
        watch.settle()
        body = page.locator("[data-testid=stPopoverBody]")
        expect(body).to_be_visible()
        box = body.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= LAPTOP[0]
        found = read_page(page, "[data-testid=stPopoverBody]").list_faults()
        # Arithmetic is printed with as many digits as make it true.
        faults[popover.inner_text()] = [f for f in found if not f.startswith("unread")]
        page.keyboard.press("Escape")
    assert not {name: found for name, found in faults.items() if found}


def test_pictures_of_an_open_page_follow_its_ground(opened: Callable[..., Watched]) -> None:
    watch = opened("gap?show=gap", LAPTOP, "light")
    letters = "getComputedStyle(document.querySelector('svg.marks .role-axis-label text')).fill"
    colours = []
    for theme in ("light", "dark", "light"):
        choose_look(watch, LAPTOP, theme)
        colours.append(watch.page.evaluate(letters))
    assert colours[0] == colours[2] != colours[1]


@pytest.mark.parametrize("address", ["what_if", "gap?show=tracks"])
def test_what_can_be_pressed_is_there_on_every_screen(
    opened: Callable[..., Watched], address: str
) -> None:
    watch = opened(address, LAPTOP, "light")
    names_of = {}
    for size in (LAPTOP, TABLET, PHONE):
        choose_look(watch, size, "light")
        buttons = watch.page.locator("[data-testid=stMain] button:visible").all()
        names_of[size] = sorted(button.inner_text().split("\n")[0] for button in buttons)
    assert names_of[TABLET] == names_of[LAPTOP] == names_of[PHONE]
