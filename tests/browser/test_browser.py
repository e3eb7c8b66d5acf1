"""What only a browser can show: pictures that are drawn, sliders that answer, links that restore."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path
from struct import unpack
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bench.server import Server
from ramp155.answers.output.odds import compute_target_odds
from ramp155.answers.output.reading import read_outlook
from ramp155.model.model import Model
from ramp155.model.scenario.levers import LEVERS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import load
from ramp155.text.numbers import say_chance
from ramp155.text.output.goal import say_even_month
from ramp155.text.output.reading import write_reading, write_readout
from ramp155.text.output.title import write_output_title

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

LEVER_KEYS = {lever.key for lever in LEVERS}
SIZES = [(1366, 768), (1920, 1080)]


def curve(page: Page) -> str:
    """The live response curve with its handle, as SVG text."""
    svg = page.locator(".live .curve svg")
    svg.locator("circle.handle").wait_for(timeout=30_000, state="attached")
    return svg.evaluate("e => e.outerHTML")


def path(page: Page) -> str:
    """The live output path, as SVG text."""
    svg = page.locator(".live .chart svg")
    svg.locator("path.scenario").wait_for(timeout=30_000, state="attached")
    return svg.evaluate("e => e.outerHTML")


def drawn(canvas: Locator) -> bool:
    """Whether the map comes to be drawn: a blank canvas of one colour packs into next to nothing."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        picture = canvas.screenshot()
        width, height = unpack(">II", picture[16:24])
        if len(picture) > width * height * 0.05:
            return True
        canvas.page.wait_for_timeout(200)
    return False


def at_rest(canvas: Locator) -> bytes:
    """The map once it moves no more: two pictures in a row are the same."""
    before = canvas.screenshot()
    for _ in range(60):
        canvas.page.wait_for_timeout(250)
        after = canvas.screenshot()
        if after == before:
            return after
        before = after
    pytest.fail("the map does not come to rest")


def next_frame(page: Page) -> None:
    """Until what was asked for has been drawn."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Nitrocellulose supply")


LIST_NAMES = """window.__lists = []
new MutationObserver(() => {
  const links = document.querySelectorAll("[data-testid=stTopNavLink], [data-testid=stSidebarNavLink]")
  const names = [...links].map((link) => link.textContent).join(" ")
  if (names && names !== window.__lists.at(-1)) window.__lists.push(names)
}).observe(document, { childList: true, characterData: true, subtree: true })"""


def test_a_link_to_a_page_works_on_a_server_just_started(browser: Browser) -> None:
    """Streamlit takes a folder called pages beside its script for the navigation, until the script has run."""
    with Server("app.py") as fresh:
        page = browser.new_page()
        page.add_init_script(LIST_NAMES)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{fresh.url}/ramp_up?made=charge")
        page.get_by_role("heading", name=re.compile("Propelling charges")).wait_for(timeout=60_000)
        assert page.get_by_role("link", name="What-if", exact=True).is_visible()
        names = "Overview Map Ramp-up What-if Gap Evidence Briefing Learn Glossary"
        assert page.evaluate("window.__lists") == [names]  # and no other, not for a moment
        assert errors == []
        assert page.request.get(f"{fresh.url}/healthz").text() == "ok"
        assert page.request.get(f"{fresh.url}/ready").ok
        page.wait_for_url(
            re.compile("product=charge")
        )  # `made` of older links is read, and written as today
        page.close()


@pytest.mark.parametrize("address", [pytest.param("", marks=pytest.mark.nightly), "map"])
def test_the_map_is_drawn(mapped: Watched, address: str) -> None:
    page = mapped.open(address)
    canvas = page.locator("[data-testid=stDeckGlJsonChart] canvas").first
    canvas.wait_for(timeout=30_000)
    assert drawn(canvas)


def test_a_drag_redraws_at_once_and_tells_the_server_on_release(watched: Watched) -> None:
    sent: list[str] = []
    watched.page.on("websocket", lambda ws: ws.on("framesent", lambda _: sent.append(ws.url)))
    page = watched.open("what_if")
    title, first, response = page.locator("h2").inner_text(), path(page), curve(page)
    axis = page.locator(".live .chart svg .tick").all_inner_texts()
    box = slider(page).bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    before, pictures = len(sent), set()
    for step in range(1, 31):
        page.mouse.move(box["x"] + box["width"] * (0.5 - step * 0.012), middle)
        next_frame(page)
        pictures.add(path(page))
    assert len(pictures) >= 25  # a picture of its own for nearly every move
    assert len(sent) == before  # and not a word to the server
    assert page.locator("h2").inner_text() != title  # the finding moves along
    assert page.locator(".live .chart svg .tick").all_inner_texts() == axis
    assert page.locator(".live .chart svg path.baseline").count() == 1
    page.mouse.up()
    watched.settle()
    assert len(sent) > before
    assert re.match(r"At \d+ % nitrocellulose", page.locator("h2").inner_text())
    assert path(page) != first
    assert curve(page) != response
    assert re.search(r"nc=\d+", page.url)
    assert watched.errors == []


@pytest.mark.nightly
def test_the_response_curve_is_a_second_handle(watched: Watched) -> None:
    sent: list[str] = []
    watched.page.on("websocket", lambda ws: ws.on("framesent", lambda _: sent.append(ws.url)))
    page = watched.open("what_if")
    first = path(page)
    box = page.locator(".live .curve svg").bounding_box()
    left, right = box["x"] + 50, box["x"] + box["width"] - 18  # the axis from 0 to 200 %
    middle = box["y"] + box["height"] / 2
    page.mouse.move(left + (right - left) * 0.3, middle)
    page.mouse.down()
    page.mouse.move(left + (right - left) * 0.25, middle, steps=5)
    next_frame(page)
    assert slider(page).input_value() == "50"
    before = len(sent)
    assert path(page) != first
    page.mouse.up()
    watched.settle()
    assert len(sent) > before
    assert "nc=50" in page.url
    page.mouse.click(left + (right - left) * 0.75, middle)
    watched.settle()
    assert "nc=150" in page.url


@pytest.mark.nightly
def test_back_to_the_baseline_moves_the_live_slider(mapped: Watched) -> None:
    page = mapped.open("what_if?nc=40")
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    mapped.settle()
    assert "nc=39" in page.url
    page.get_by_role("button", name="Back to the baseline").click()
    mapped.settle()
    assert slider(page).input_value() == "100"
    assert "nc=" not in page.url
    page.get_by_role("link", name="Map", exact=True).click()
    mapped.settle()
    page.get_by_role("link", name="What-if", exact=True).click()
    mapped.settle()
    assert slider(page).input_value() == "100"


def test_levers_that_a_panel_sets_outlast_the_next_click(watched: Watched) -> None:
    """The panels run apart from the levers at the side, whose widgets must be told what was set."""
    page = watched.open("what_if?pin=Less+powder%7Cpowder%3D70%26shifts%3D110")

    def read_levers() -> dict[str, list[str]]:
        query = parse_qs(urlsplit(page.url).query)
        return {key: value for key, value in query.items() if key in LEVER_KEYS}

    def show_panel(name: str) -> None:
        page.get_by_role("radio", name=name).click()
        watched.settle()

    target = page.get_by_role("combobox", name="Target")
    target.scroll_into_view_if_needed()  # a list of choices closes when the page is scrolled
    watched.settle()
    target.click()
    page.get_by_role("option", name="EU: 2 million a year").click()
    watched.settle()
    page.get_by_role("button", name=re.compile(r"^Set \w+ levers? to reach it")).click()
    watched.settle()
    levers = read_levers()
    assert levers.keys() - {"nc"}
    for name in ("What holds it back?", "Compare"):
        show_panel(name)
        assert read_levers() == levers
    page.get_by_role("button", name="Use", exact=True).click()
    watched.settle()
    show_panel("What would it take?")
    assert read_levers() == {"powder": ["70"], "shifts": ["110"]}
    assert page.get_by_text("2 million rounds a year in December 2027").first.is_visible()


@pytest.mark.nightly
def test_a_released_slider_is_where_it_was_left_on_another_page(mapped: Watched) -> None:
    page = mapped.open("what_if")
    slider(page).focus()
    page.keyboard.press("Home")
    mapped.settle()
    page.get_by_role("link", name="Overview", exact=True).click()
    mapped.settle()
    assert slider(page).input_value() == "0"
    page.keyboard.press("Tab")
    slider(page).focus()
    page.keyboard.press("End")
    mapped.settle()
    page.get_by_role("link", name="What-if", exact=True).click()
    mapped.settle()
    assert slider(page).input_value() == "200"


@pytest.mark.nightly
def test_a_release_sends_little_back(watched: Watched) -> None:
    """The surface stays in the browser: only what changed comes back."""
    got: list[int] = []
    watched.page.on("websocket", lambda ws: ws.on("framereceived", lambda f: got.append(len(f))))
    page = watched.open("what_if")
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    watched.settle()
    page.keyboard.press("ArrowLeft")
    before = len(got)
    watched.settle()
    assert 0 < sum(got[before:]) < 30_000


@pytest.mark.nightly
def test_pins_are_drawn_and_come_back_from_the_link(watched: Watched) -> None:
    page = watched.open("what_if?nc=50")
    page.get_by_role("button", name="Pin for comparison").click()
    watched.settle()
    assert page.locator(".live path.pin").count() == 1
    address = page.url
    page.goto(address)
    watched.settle()
    page.locator(".live path.pin").wait_for(timeout=30_000, state="attached")
    assert "pin=" in page.url


def test_keys_and_typing_move_the_slider(watched: Watched) -> None:
    page = watched.open("what_if")
    slider(page).focus()
    for key, value in (("ArrowLeft", "99"), ("Home", "0"), ("End", "200"), ("PageDown", "180")):
        page.keyboard.press(key)
        assert slider(page).input_value() == value
    watched.settle()
    assert "nc=180" in page.url
    typed = page.get_by_role("spinbutton", name="Nitrocellulose supply, typed")
    typed.fill("72")
    typed.press("Enter")
    watched.settle()
    assert "nc=72" in page.url
    assert "At 72 %" in page.locator("h2").inner_text()
    assert "72 percent" in slider(page).get_attribute("aria-valuetext")
    typed.fill("999")
    typed.press("Enter")
    watched.settle()
    assert slider(page).input_value() == "200"


def test_the_readout_says_what_the_library_says(watched: Watched) -> None:

    page = watched.open("what_if?nc=63")
    records, scenario = load(), Scenario(nitrocellulose=0.63)
    at = read_outlook(Model(records), scenario, "2027-12")
    assert page.locator(".live .readout").inner_text() == write_readout(scenario, at)
    assert page.locator(".live h2").inner_text() == write_output_title(records, scenario, at)
    said = page.locator(".live .reading").inner_text()
    assert said == write_reading(records, scenario, at).replace("**", "")
    table = compute_target_odds(Model(records), scenario, "2027-12")
    shown = page.locator(".live .odds li .value").all_inner_texts()
    assert shown == [say_chance(odds) for odds in table["odds"]]
    # From when odds are even is told in steps of 5 %.
    table = compute_target_odds(Model(records), Scenario(nitrocellulose=0.65), "2027-12")
    assert page.locator(".live .odds-title .even").inner_text() == "even odds"
    assert page.locator(".live .odds li .even").all_inner_texts() == [
        say_even_month(month).removeprefix("from ") for month in table["even_from"]
    ]


@pytest.mark.nightly
def test_the_plain_slider_does_the_same_job(watched: Watched) -> None:
    page = watched.open("what_if?plain=1")
    before = page.locator("h2").inner_text()
    handle = page.locator("[data-testid=stSlider]", has_text="Nitrocellulose supply")
    handle.locator("input[type=range]").focus()
    for _ in range(4):
        page.keyboard.press("PageDown")
    watched.settle()
    assert page.locator("h2").inner_text() != before
    assert "plain=1" in page.url


def test_a_pasted_link_restores_the_view(browser: Browser, server: Server) -> None:
    from tests.browser.conftest import Watched

    link = "what_if?nc=55&linters=80&start=2027-01&for=18&month=2028-06"
    pictures = []
    for _ in range(2):
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = Watched(context.new_page(), server.url).open(link)
        pictures.append((path(page), curve(page), page.locator("h2").inner_text()))
        kept = [p for p in page.url.split("?")[1].split("&") if not p.startswith("made_with=")]
        assert sorted(kept) == sorted(link.split("?")[1].split("&"))
        context.close()
    assert pictures[0] == pictures[1]
    assert (
        "At 55 % nitrocellulose and one other lever moved for 18 months from January 2027"
        in pictures[0][2]
    )


@pytest.mark.nightly
def test_levers_follow_through_the_pages(mapped: Watched) -> None:
    page = mapped.open("?nc=40")
    assert "At 40 %" in page.locator("h2").inner_text()
    for name in ("Map", "Ramp-up", "What-if"):
        page.get_by_role("link", name=name, exact=True).click()
        mapped.settle()
        assert "nc=40" in page.url
    assert "At 40 %" in page.locator("h2").inner_text()
    assert slider(page).input_value() == "40"


@pytest.mark.nightly
@pytest.mark.parametrize("address", ["", "what_if"])
def test_slider_and_answer_are_in_sight(mapped: Watched, address: str) -> None:
    page = mapped.open(address)
    path(page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        mapped.settle()
        for part in (page.locator("h2").first, slider(page), page.locator(".live .chart svg")):
            box = part.bounding_box()
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= height
            assert box["x"] + box["width"] <= width


@pytest.mark.nightly
def test_whose_figure_and_the_slider_move_the_gap_and_its_link_restores(
    browser: Browser, server: Server
) -> None:
    from tests.browser.conftest import Watched

    context = browser.new_context(viewport={"width": 1366, "height": 768})
    watch = Watched(context.new_page(), server.url)
    page = watch.open("gap")
    seen = [page.locator("h2").inner_text()]
    box = page.locator("[data-testid=stSelectbox]", has_text="Whose figure for Russia")
    box.locator("[role=combobox], input").first.click()
    page.get_by_role("option", name="Estonian intelligence, with refurbished").click()
    watch.settle()
    seen.append(page.locator("h2").inner_text())
    assert "russia=ru-efis" in page.url
    slider(page).focus()
    for _ in range(5):
        page.keyboard.press("PageDown")
    watch.settle()
    seen.append(page.locator("h2:visible").inner_text())
    assert len(set(seen)) == 3
    address = page.url
    picture = page.locator("[data-testid=stVegaLiteChart] svg.marks").first.inner_html()
    context.close()
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    watch = Watched(context.new_page(), server.url)
    page = watch.open(address.removeprefix(f"{server.url}/"))
    assert page.locator("h2").inner_text() == seen[-1]
    again = page.locator("[data-testid=stVegaLiteChart] svg.marks").first.inner_html()
    strip = re.compile(r"clip\d+|gradient_\d+")

    def round_off(drawn: str) -> str:
        """Rows that the browser laid out itself have seven digits."""
        return re.sub(r"\d+\.\d+", lambda number: f"{float(number[0]):.1f}", strip.sub("", drawn))

    assert round_off(again) == round_off(picture)
    assert watch.errors == []
    context.close()


def test_turning_between_views_keeps_every_lever(browser: Browser, server: Server) -> None:
    """Also those that another view did not show, and the one that moves without the server."""
    from tests.browser.conftest import Watched

    watch = Watched(browser.new_page(), server.url)
    page = watch.open("gap?show=tracks&nc=60&aid=150&russia=rusi-new&calibres=all")
    for view in ("The gap", "Money", "Two tracks", "The gap"):
        chosen = page.get_by_role("radio", name=view, exact=True)
        chosen.click()
        expect(chosen).to_have_attribute("aria-checked", "true", timeout=30_000)
        if view == "Two tracks":
            expect(page).to_have_url(re.compile("aid=150"), timeout=30_000)
        if view != "Money":
            expect(slider(page)).to_have_value("60", timeout=30_000)
        page.wait_for_timeout(1500)  # what follows the lever asks for a run of its own
        assert page.locator("[data-testid=stException]").count() == 0
        expect(page).to_have_url(re.compile("nc=60"), timeout=30_000)
    expect(page).to_have_url(re.compile("calibres=all"), timeout=30_000)
    pressed = page.get_by_role("radio", name="All", exact=True)
    expect(pressed).to_have_attribute("aria-checked", "true")
    page.context.close()


@pytest.mark.parametrize("view", ["gap", "tracks"])
def test_charts_title_and_sentences_follow_the_lever_without_the_server(
    browser: Browser, server: Server, view: str
) -> None:
    from tests.browser.conftest import Watched

    context = browser.new_context(viewport={"width": 1366, "height": 768})
    tab = context.new_page()
    sent: list[int] = []
    tab.on("websocket", lambda ws: ws.on("framesent", lambda _: sent.append(1)))
    watch = Watched(tab, server.url)
    page = watch.open(f"gap?show={view}")
    page.locator("input[aria-label='Nitrocellulose supply'][aria-valuetext*='. ']").wait_for(
        timeout=60_000
    )
    title, chart = (
        page.locator("h2:visible"),
        page.locator("[data-testid=stVegaLiteChart] svg.marks").first,
    )
    before = title.inner_text(), chart.inner_html()
    names_before = [name for name in chart.locator("text").all_text_contents() if name]
    most_often = max(Counter(names_before).values())
    box = slider(page).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    messages = len(sent)
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2, steps=5)
    page.wait_for_timeout(500)
    dragged = title.inner_text(), chart.inner_html()
    assert dragged[0] != before[0]
    assert dragged[1] != before[1]
    # No row is drawn twice: of each line as many points as before, and no name more often than one was.
    names = [name for name in chart.locator("text").all_text_contents() if name]
    assert max(Counter(names).values()) <= most_often
    points = [
        max(map(len, re.findall(r' d="([^"]*)"', drawn))) for drawn in (before[1], dragged[1])
    ]
    assert points[1] < 1.2 * points[0]
    assert len(sent) == messages
    assert title.inner_text().replace("\u00a0", " ") in slider(page).get_attribute("aria-valuetext")
    page.mouse.up()
    watch.settle()
    percent = slider(page).input_value()
    assert f"nc={percent}" in page.url
    let_go = title.inner_text()
    page.reload()
    watch.settle()
    assert page.locator("h2:visible").inner_text() == let_go
    assert watch.errors == []
    context.close()


# Pictures of each view of the evidence page.
LOOKS = {
    "Track record": 4,
    "Promises": 4,
    "Claims": 1,
    "Sources": 0,
    "Assumptions": 0,
    "Model": 0,
    "Quality": 1,
    "Take away": 0,
    "Your data": 0,
}


@pytest.mark.nightly
def test_every_view_of_the_evidence_is_drawn_and_calls_nobody(watched: Watched) -> None:
    page = watched.open("evidence")
    for name, charts in LOOKS.items():
        page.get_by_role("radio", name=name).or_(
            page.get_by_role("button", name=name, exact=True)
        ).first.click()
        watched.settle()
        page.wait_for_function(
            "n => document.querySelectorAll('[data-testid=stVegaLiteChart] svg.marks').length == n",
            arg=charts,
            timeout=30_000,
        )
        assert page.locator("[data-testid=stException]").count() == 0, name
        box = page.locator("h2").first.bounding_box()
        assert 0 <= box["y"] <= 300, name
        assert box["x"] + box["width"] <= 1366, name
        for drawn in page.locator("[data-testid=stVegaLiteChart] svg.marks").all():
            inside = drawn.bounding_box()
            assert inside["width"] > 150, name
            assert inside["height"] > 60, name
            assert drawn.locator("path").count() > 3, name
        if name == "Model":
            page.locator("[data-testid=stGraphVizChart] svg g.node").first.wait_for(timeout=20_000)
    assert watched.errors == []
    assert watched.outside == []


@pytest.mark.parametrize("address", ["map", pytest.param("ramp_up", marks=pytest.mark.nightly)])
def test_replay_plays_pauses_and_steps(mapped: Watched, address: str) -> None:
    """On Ramp-up for someone who asked for less motion: it waits to be started, and is no faster."""
    if address == "ramp_up":
        mapped.page.emulate_media(reduced_motion="reduce")
    page = mapped.open(f"{address}?as_of=2023-12-31")
    play = page.get_by_role("button", name="Play the record month by month")
    play.wait_for(timeout=10_000)  # it does not play by itself
    assert "as_of=2023-12-31" in page.url
    month = page.locator(".months .month")
    assert month.inner_text() == "December 2023"
    started = time.monotonic()
    play.click()
    page.wait_for_function("() => (window.ramp155Month?.day ?? '') >= '2024-03-01'", timeout=30_000)
    assert time.monotonic() - started > 2 * 0.4  # three months, a pause after each
    assert "as_of=2023-12-31" in page.url  # the server has not heard of it
    page.get_by_role("button", name="Pause").click()
    play.wait_for(timeout=10_000)
    mapped.settle()
    stopped = month.inner_text()
    assert "2024" in stopped
    assert re.search("as_of=2024-", page.url)
    page.wait_for_timeout(1500)  # three steps
    assert month.inner_text() == stopped
    page.get_by_label("As known on").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    mapped.settle()
    assert month.inner_text() != stopped
    assert mapped.errors == []


def test_own_data_comes_and_goes_and_what_is_broken_is_told(
    mapped: Watched, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.csv"
    header = "event_id,line_id,reported_on,event,date,status,rate,unit,rate_status,basis"
    row = (
        "my-1,unterluess-rheinmetall--round,2026-05-01,rate,2026-04,done,250000,rounds/yr,done,Seen"
    )
    page = mapped.open("evidence?look=yours")

    def send(path: Path) -> None:
        page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(path)
        page.get_by_role("button", name="Check and use").click()
        mapped.settle()

    mine.write_text(f"{header}\n{row.replace('250000', 'many')}\n")
    send(mine)
    said = page.locator("[data-testid=stCode]").inner_text()
    assert "mine.csv, line 2, rate: 'many' not a finite number" in said
    mine.write_text(f"{header}\n{row}\n")
    send(mine)
    assert page.get_by_text("is on the record in this session").is_visible()
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * 6_000_000)
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(large)
    page.get_by_text(re.compile("File must be 5.0MB or smaller")).wait_for(timeout=10_000)
    page.get_by_role("link", name="Map", exact=True).click()
    mapped.settle()
    page.get_by_role("button", name="Remove it").click()
    mapped.settle()
    assert page.get_by_text("is on the record in this session").count() == 0
    assert mapped.errors == []


@pytest.mark.nightly
def test_the_package_is_downloaded_whole(watched: Watched, tmp_path: Path) -> None:
    import zipfile

    page = watched.open("evidence?look=take")
    with page.expect_download(timeout=30_000) as waiting:
        page.get_by_role("button", name="Everything as a data package (zip)").click()
    path = tmp_path / "package.zip"
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename.startswith("ramp155-")
    assert "datapackage.json" in zipfile.ZipFile(path).namelist()
    assert watched.outside == []


@pytest.mark.nightly
def test_a_mangled_link_is_told(mapped: Watched) -> None:
    page = mapped.open("?nc=999&made=tanks")
    alert = page.locator("[data-testid=stAlert]")
    assert "nc=999" in alert.inner_text()
    assert "made=tanks" in alert.inner_text()
    page.get_by_role("button", name="Got it").click()
    mapped.settle()
    assert page.locator("[data-testid=stAlert]").count() == 0
