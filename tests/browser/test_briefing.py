"""Briefing in Chromium: stories by keys alone, a lever on the stage, links that restore, a page
without server.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from bench.server import Server
from ramp155.files.live_page import write_live_page
from ramp155.files.story.answers import build_screen_picture
from ramp155.files.story.story_file import read_shipped_stories
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import list_page_pictures
from ramp155.pictures.picture import strip_markup
from ramp155.pictures.view import View
from ramp155.record.records import Records

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

# What stands on the stage, and what of it leaves the window or is cut: "" where all is well.
_CLIPPED = """() => {
  const root = [...document.querySelectorAll("*")].map(e => e.shadowRoot).find(r => r?.querySelector("dialog.present"))
  const dialog = root.querySelector("dialog.present")
  const [wide, high] = [innerWidth, innerHeight]
  const faults = []
  if (document.documentElement.scrollHeight > high + 1) faults.push("the page scrolls")
  if (dialog.scrollHeight > dialog.clientHeight + 1) faults.push("the stage scrolls")
  const poster = root.querySelector(".poster").shadowRoot
  const inside = [...root.querySelectorAll(".foot *, .lever, .lever *, p.kicker, p.source, .holder h2, .holder .readout, .holder .chart svg text, .qr, .buttons button"),
    ...poster.querySelectorAll("text")]
  const boxes = []
  for (const e of inside) {
    const box = e.getBoundingClientRect()
    if (!box.width || !box.height) continue
    if (box.left < -1 || box.top < -1 || box.right > wide + 1 || box.bottom > high + 1)
      faults.push(`${e.className?.baseVal ?? e.className} ${e.textContent.slice(0, 40)} leaves the window`)
  }
  // Words of the picture never run into the source below it.
  const source = root.querySelector("p.source").getBoundingClientRect()
  if (source.height)
    for (const e of root.querySelectorAll(".holder .chart svg text"))
      if (e.getBoundingClientRect().bottom > source.top + 2) faults.push(`${e.textContent} runs into the source`)
  const body = [...poster.querySelectorAll("text"), ...root.querySelectorAll("p.source, p.kicker, .foot p, .lever")]
    .filter(e => e.getBoundingClientRect().height)
    .map(e => parseFloat(getComputedStyle(e).fontSize) * (e.getScreenCTM ? Math.hypot(e.getScreenCTM().a, e.getScreenCTM().b) : dialog.querySelector(".stage").getBoundingClientRect().width / 1920))
  return { faults, smallest: Math.min(...body), place: root.querySelector(".place").textContent,
    told: root.querySelector(".poster").getAttribute("aria-label"), live: !root.querySelector(".holder").hidden,
    title: (root.querySelector("h1.answer:not([hidden])") ?? root.querySelector(".holder h2"))?.textContent ?? "" }
}"""


def stage(page: Page, place: str = "") -> dict:
    """What stands on the stage, once the screen asked for has come."""
    page.locator("dialog.present[open]").wait_for(timeout=60_000)
    if place:
        page.locator(".place", has_text=re.compile(f"^{place} of")).wait_for(timeout=30_000)
    page.wait_for_timeout(250)
    return page.evaluate(_CLIPPED)


@pytest.mark.parametrize(
    "key",
    ["nitrocellulose", *(pytest.param(k, marks=pytest.mark.nightly) for k in ("tide", "plants"))],
)
def test_a_story_runs_by_keys_alone_and_nothing_is_clipped(
    browser: Browser, server: Server, records: Records, key: str
) -> None:
    from tests.browser.conftest import Watched

    theme = "dark" if key == "plants" else "light"
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, color_scheme=theme)
    watch = Watched(context.new_page(), server.url)
    page = watch.page
    page.goto(f"{server.url}/?present=1&story={key}")
    screens_ = read_shipped_stories(records)[key].screens
    steps = ["ArrowRight", "PageDown", "Space"]
    for number, screen in enumerate(screens_, 1):
        measured = stage(page, str(number))
        assert measured["faults"] == [], f"{key} {number} at 1920x1080"
        if screen.picture not in ("sites", "board"):
            assert measured["smallest"] >= 27.5, f"{key} {number}: {measured['smallest']}"
        finding = strip_markup(build_screen_picture(Model(records), screen).finding)
        shown = measured["title"] if measured["live"] else measured["told"]
        assert finding[:60] in shown.replace("\u00a0", " ")
        page.set_viewport_size({"width": 1280, "height": 720})
        assert stage(page)["faults"] == [], f"{key} {number} at 1280x720"
        page.set_viewport_size({"width": 1920, "height": 1080})
        if number < len(screens_):
            page.keyboard.press(steps[number % 3])
    page.keyboard.press("PageUp")
    stage(page, str(len(screens_) - 1))
    page.keyboard.press("Escape")
    page.locator("dialog.present").wait_for(state="detached", timeout=30_000)
    watch.settle()
    assert screens_[-2].page.partition("?")[0] in page.url
    assert "present" not in page.url
    assert watch.errors == []
    assert watch.outside == []
    context.close()


def test_what_if_becomes_a_slide_in_few_steps(watched: Watched, tmp_path: Path) -> None:
    """From the open app to slides of nitrocellulose at 60 % from January 2027 for a year."""
    page = watched.open("what_if")
    typed = page.get_by_role("spinbutton", name="Nitrocellulose supply, typed")
    typed.fill("60")
    typed.press("Enter")
    page.get_by_role("combobox", name="From", exact=True).fill("Jan 2027")
    page.keyboard.press("Enter")
    months = page.get_by_role("spinbutton", name="Months")
    months.fill("12")
    months.press("Enter")
    watched.settle()
    page.get_by_role("button", name="Share", exact=True).click()
    with page.expect_download(timeout=30_000) as download:
        page.get_by_role("button", name=re.compile("Slides")).click()
    download.value.save_as(tmp_path / "slides.pptx")
    from pptx import Presentation

    deck = Presentation(tmp_path / "slides.pptx")
    cover, first = deck.slides[0], deck.slides[1]
    asked = "What happens at 60 % nitrocellulose for 12 months from January 2027?"
    assert cover.shapes.title.text == asked
    assert first.shapes.title.text.startswith("60 % nitrocellulose: ")
    shared = page.locator("[data-testid=stDialog] [data-testid=stCode] code").first.inner_text()
    assert "nc=60" in shared
    assert "start=2027-01" in shared
    assert "made_with=" in shared
    assert shared in first.notes_slide.notes_text_frame.text
    assert watched.outside == []


def test_present_from_a_page_with_its_lever_live_and_back(watched: Watched) -> None:
    page = watched.open("what_if?nc=80")
    page.locator("h2").first.click()
    page.keyboard.press("p")
    first = stage(page, "1")
    assert first["live"]
    assert "80 % nitrocellulose" in first["title"].replace("\u00a0", " ")
    handle = page.locator("dialog.present .holder input[type=range]")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    assert "At 79 %" in stage(page, "1")["title"]
    page.keyboard.press("PageDown")
    before = stage(page, "2")
    lever = page.locator("dialog.present .lever input")
    lever.focus()
    lever.fill("120")
    page.wait_for_function(
        """() => [...document.querySelectorAll("*")].map(e => e.shadowRoot).find(r => r?.querySelector("dialog.present"))
        .querySelector(".lever output").textContent === "120 %" && location.href.includes("lever=120")""",
        timeout=20_000,
    )
    assert before["place"] == f"2 of {len(list_page_pictures('what_if'))}"
    # Dragged and let go of, the lever gives the keys back: an arrow steps, it does not move the lever.
    box = lever.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    page.wait_for_timeout(600)
    page.keyboard.press("ArrowRight")
    stage(page, "3")
    page.keyboard.press("ArrowLeft")
    stage(page, "2")
    lever.focus()
    lever.fill("120")
    page.wait_for_function("() => location.href.includes('lever=120')", timeout=20_000)
    page.keyboard.press("Escape")
    page.locator("dialog.present").wait_for(state="detached", timeout=30_000)
    watched.settle()
    assert "nc=120" in page.url
    assert watched.errors == []


@pytest.mark.nightly
def test_a_lever_moved_on_a_server_started_anew_is_told_to_it(browser: Browser) -> None:
    """The new session knows the address alone, and hears of no change: another token asks for the value."""
    with Server("app.py") as first:
        page = browser.new_page()
        page.goto(f"{first.url}/what_if?present=1&nc=80")
        assert "80 % nitrocellulose" in stage(page, "1")["title"].replace("\u00a0", " ")
        handle = page.locator("dialog.present .holder input[type=range]")
        handle.focus()
    page.keyboard.press("ArrowLeft")
    with Server("app.py", port=first.port):
        page.wait_for_timeout(8_000)  # until the browser has found it
        page.keyboard.press("ArrowLeft")
        page.wait_for_function("() => location.href.includes('lever=78')", timeout=60_000)
        assert "At 78 %" in stage(page, "1")["title"]
    page.close()


def picture(page: Page) -> np.ndarray:
    page.mouse.move(2, 2)
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("L"), float)


@pytest.mark.nightly
@pytest.mark.parametrize(
    "address",
    ["what_if?nc=60&start=2027-01&for=12", "?present=1&story=tide&screen=7&lever=65"],
)
def test_a_link_restores_the_same_picture_in_a_fresh_profile(
    browser: Browser, server: Server, address: str
) -> None:
    from tests.browser.conftest import Watched

    shots = []
    for _ in range(2):
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        watch = Watched(context.new_page(), server.url)
        if "present" in address:
            watch.page.goto(f"{server.url}/{address}")
            stage(watch.page, "7")
            watch.page.wait_for_timeout(500)
        else:
            watch.open(address)
        address = watch.page.url.removeprefix(f"{server.url}/")
        shots.append(picture(watch.page))
        context.close()
    assert (np.abs(shots[0] - shots[1]) > 16).mean() < 0.01


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.nightly)])
def test_the_live_page_answers_from_a_file_and_asks_nobody(
    browser: Browser, records: Records, tmp_path: Path, theme: str
) -> None:
    view = View(Scenario(nitrocellulose=0.6, start="2027-01", months=12))
    file = tmp_path / "live.html"
    file.write_bytes(write_live_page(Model(records), view))
    context = browser.new_context(
        viewport={"width": 1366, "height": 900}, offline=True, color_scheme=theme
    )
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.goto(file.as_uri())
    line = page.locator("svg path.scenario").first
    line.wait_for(state="attached", timeout=20_000)
    before, title = line.get_attribute("d"), page.locator("h2").inner_text()
    assert title.startswith("At 60 % nitrocellulose for 12 months")
    page.get_by_role("slider", name="Nitrocellulose supply").press("End")
    page.wait_for_timeout(200)
    assert line.get_attribute("d") != before
    assert page.locator("h2").inner_text() != title
    assert [a for a in asked if not a.startswith(("data:", "blob:", file.as_uri()))] == []
    assert faults == []
    context.close()
