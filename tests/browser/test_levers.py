"""Every lever of What-if is live: drawn and said while it moves, told to the server when it is let go."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from ramp155.answers.output.reading import read_outlook
from ramp155.files.live_page import write_live_page
from ramp155.model.model import Model
from ramp155.model.scenario.levers import LEVERS
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.output.title import write_output_title
from tests.browser.test_browser import path

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

SAID = (".live h2", ".live .readout", ".live .reading", ".live .gain", ".live .odds")
QUICK = ("fuzes", "delay")
DRAGGED = [
    pytest.param(lever.key, marks=[] if lever.key in QUICK else pytest.mark.nightly)
    for lever in LEVERS
    if lever.name not in ("nitrocellulose", "months")
]


# Without the title, which may take another line.
HEIGHT = (
    "e => e.getBoundingClientRect().height - e.querySelector('h2').getBoundingClientRect().height"
)


def wait_for_engine(page: Page) -> None:
    page.wait_for_function("() => window.ramp155Engine", timeout=60_000)


def open_levers(page: Page) -> None:
    for folded in ("stages", "more"):
        page.locator(f".st-key-{folded} summary").click()
    lever(page, "orders").wait_for(state="attached")


def lever(page: Page, key: str) -> Locator:
    return page.locator(f"input[id=lever-{key}]")


def take_hold(page: Page, key: str) -> tuple[float, float, float]:
    """Press on a slider's thumb; its track from left to right, and how high it lies."""
    places: list[list[float]] = []
    while (
        len(places) < 3 or places[-1] != places[-3]
    ):  # what is unfolded takes a moment to come to rest
        lever(page, key).scroll_into_view_if_needed()
        places.append(
            lever(page, key).evaluate(
                "e => { const r = e.getBoundingClientRect(), thumb = 22;"
                " const part = (e.value - e.min) / (e.max - e.min);"
                " return [r.x + thumb / 2 + (r.width - thumb) * part, r.y + r.height / 2, r.x, r.width] }"
            )
        )
        page.wait_for_timeout(150)
    x, y, left, width = places[-1]
    page.mouse.move(x, y)
    page.mouse.down()
    return left, width, y


def rest(page: Page) -> None:
    """Until for a while no word has changed, nothing is pale and nothing waits to be read out."""
    page.wait_for_function(
        "() => { const find = css => { for (const r of [document, ...[...document.querySelectorAll('*')]"
        ".map(e => e.shadowRoot).filter(Boolean)]) { const e = r.querySelector(css); if (e) return e } };"
        " const seen = (window.__rest ??= { words: '', since: 0 }), now = performance.now();"
        " const words = find('.live').textContent;"
        " const is_busy = find('.live .stale') || find('.live .readout').ariaBusy !== 'false';"
        " if (is_busy || words !== seen.words) Object.assign(seen, { words, since: now });"
        " return now - seen.since > 1000 }",
        timeout=60_000,
        polling=50,
    )


def read_words(page: Page) -> list[str]:
    return [page.locator(part).inner_text() for part in SAID]


@pytest.mark.parametrize("key", DRAGGED)
def test_a_lever_draws_while_it_moves_and_says_on_release_what_it_said(
    watched: Watched, key: str
) -> None:
    sent: list[str] = []
    watched.page.on("websocket", lambda ws: ws.on("framesent", lambda _: sent.append(ws.url)))
    page = watched.open("what_if?linters=80")
    open_levers(page)
    watched.settle()
    wait_for_engine(page)
    before, title, pictures = len(sent), page.locator("h2").inner_text(), {path(page)}
    height = page.locator(".live").evaluate(HEIGHT)
    left, width, y = take_hold(page, key)
    for step in range(1, 13):
        page.mouse.move(left + width * (0.06 + step * 0.015), y)
        page.wait_for_timeout(60)
        pictures.add(path(page))
    rest(page)
    dragged, shown = read_words(page), path(page)
    assert len(sent) == before  # not a word to the server
    # Where other stages limit output, a lever changes little for some of the way.
    assert len(pictures) >= (8 if key == "fuzes" else 3)
    assert dragged[0] != title
    page.mouse.up()
    watched.settle()
    assert len(sent) > before
    assert read_words(page) == dragged
    assert page.locator(".live").evaluate(HEIGHT) == height  # nothing below it moves
    assert re.search(rf"\b{key}=\d+", page.url)
    # The surface is sent in whole thousands: no point of the path lies elsewhere by a pixel.
    numbers = [
        [float(n) for n in re.findall(r"[\d.]+", d)] for d in map(find_line, (shown, path(page)))
    ]
    assert len(numbers[0]) == len(numbers[1])
    assert max(abs(a - b) for a, b in zip(*numbers, strict=True)) < 1
    assert watched.errors == []


def find_line(svg: str) -> str:
    """The path of output in a picture."""
    tag = re.search(r"<path[^>]*class=\"scenario\"[^>]*>", svg)
    assert tag
    return re.search(r' d="([^"]*)"', tag.group())[1]


def test_keys_move_the_picture_of_a_lever(watched: Watched) -> None:
    page = watched.open("what_if")
    open_levers(page)
    watched.settle()
    wait_for_engine(page)
    first = path(page)
    lever(page, "fuzes").focus()
    page.keyboard.press("Home")
    page.wait_for_function(
        "() => [...document.querySelectorAll('*')].some(e => e.shadowRoot?.querySelector('.live h2')"
        "?.textContent.includes('fuzes at 0 %'))"
    )
    assert path(page) != first
    watched.settle()
    assert "fuzes=0" in page.url
    # What moves the sliders from elsewhere moves the picture too: nothing of the key is left.
    page.get_by_role("button", name="Back to the baseline").click()
    watched.settle()
    page.locator("h2", has_text="In 2027 Europe will most likely complete").wait_for()
    assert "fuzes" not in page.url
    assert watched.errors == []


def test_levers_answer_with_coefficients_of_ones_own(watched: Watched) -> None:
    page = watched.open("what_if?assume=utilisation:0.9&nc=73")
    open_levers(page)
    watched.settle()
    wait_for_engine(page)
    left, width, y = take_hold(page, "shifts")
    page.mouse.move(left + width * 0.2, y)
    rest(page)
    dragged = read_words(page)
    assert "your own value for one assumption" in dragged[0]
    page.mouse.up()
    watched.settle()
    assert read_words(page) == dragged
    assert watched.errors == []


@pytest.mark.parametrize(("view", "key"), [("tracks", "pref"), ("gap", "rate")])
def test_a_lever_beside_gap_has_only_the_view_drawn_anew(
    watched: Watched, view: str, key: str
) -> None:
    sent: list[bytes] = []
    watched.page.on(
        "websocket", lambda ws: ws.on("framesent", lambda frame: sent.append(bytes(frame)))
    )
    page = watched.open(f"gap?show={view}")
    watched.settle()
    title = page.locator("h2").first.inner_text()
    before = len(sent)
    lever(page, key).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => /[?&]{key}=/.test(location.search)")
    watched.settle()
    runs = [message.rerun_script for message in map(BackMsg.FromString, sent[before:])]
    assert any("let_go" in str(run.widget_states) for run in runs)
    assert all(run.fragment_id for run in runs)
    expect(page.locator("h2").first).not_to_have_text(title)
    said = page.locator("h2").first.inner_text()
    address = page.url
    page = watched.open(address.split("/", 3)[3])
    watched.settle()
    assert page.locator("h2").first.inner_text() == said
    assert lever(page, key).input_value() in page.url
    assert watched.errors == []


def test_without_a_thread_levers_answer_when_they_are_let_go(watched: Watched) -> None:
    watched.page.add_init_script("delete window.Worker")
    page = watched.open("what_if")
    open_levers(page)
    watched.settle()
    title = page.locator("h2").inner_text()
    left, width, y = take_hold(page, "fuzes")
    page.mouse.move(left + width * 0.2, y)
    page.wait_for_timeout(300)
    assert page.locator("h2").inner_text() == title
    page.mouse.up()
    watched.settle()
    assert page.locator("h2").inner_text() != title
    assert watched.errors == []


@pytest.mark.parametrize("width", [1366, pytest.param(390, marks=pytest.mark.nightly)])
def test_the_page_that_is_one_file_has_every_lever(
    browser: Browser, records: Records, tmp_path: Path, width: int
) -> None:
    model, file = Model(records), tmp_path / "live.html"
    view = View(Scenario(nitrocellulose=0.6, start="2027-01", months=12))
    file.write_bytes(write_live_page(model, view))
    context = browser.new_context(viewport={"width": width, "height": 844}, offline=True)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.goto(file.as_uri())
    sliders = page.locator(".levers input[type=range]")
    sliders.first.wait_for(timeout=20_000)
    assert sliders.count() == len(LEVERS) - 1  # nitrocellulose stands by itself
    sent_title = page.locator("h2").inner_text()
    for place, moved in enumerate(LEVERS[1:]):
        shown = sliders.nth(place)
        assert shown.get_attribute("aria-valuetext")
        assert page.get_by_role("slider", name=moved.label, exact=True).count() == 1
    page.get_by_role("slider", name="Fuze capacity").press("Home")
    scenario = Scenario(nitrocellulose=0.6, start="2027-01", months=12, fuzes=0.0)
    expected = write_output_title(records, scenario, read_outlook(model, scenario, view.month))
    page.locator("h2", has_text=expected).wait_for()
    page.get_by_role("button", name="As the page was sent").click()
    page.locator("h2", has_text=sent_title).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults == []
    context.close()
