"""The presenter's window and the stage: two pages of one browser that follow each other; and the stage on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from bench.server import Server
from ramp155.files.story.story_file import find_known_story
from ramp155.record.records import Records

# What stands on a phone's stage: whether anything leaves the window sideways, the smallest words, whether lever and chart touch.
_PHONE = """() => {
  const root = [...document.querySelectorAll("*")].map(e => e.shadowRoot).find(r => r?.querySelector("dialog.present"))
  const dialog = root.querySelector("dialog.present")
  const box = (node) => node && !node.closest("[hidden]") ? node.getBoundingClientRect() : null
  const chart = box(root.querySelector(".plain")) ?? box(root.querySelector(".holder .chart"))
  const steps = box(root.querySelector(".buttons"))
  const lever = box(root.querySelector(".lever")) ?? box(root.querySelector(".holder input[type=range]"))
  const words = [...root.querySelectorAll("p.kicker, h1.answer, p.look, p.source, .unknown li, .foot p, .lever, .holder .readout")]
    .filter(node => node.getBoundingClientRect().height)
  return {
    wide: Math.max(document.documentElement.scrollWidth, dialog.scrollWidth, root.querySelector(".room").scrollWidth),
    smallest: Math.min(...words.map(node => parseFloat(getComputedStyle(node).fontSize))),
    over: Boolean(chart && lever && lever.top < chart.bottom - 1 && lever.bottom > chart.top + 1),
    chart: chart ? chart.height : 0,
    steps: Boolean(steps && steps.top > innerHeight / 2 && steps.bottom <= innerHeight + 1),
    notes: root.textContent.includes("No note"),
  }
}"""

_SLIDER_AT = """(value) => [...document.querySelectorAll("*")].map(e => e.shadowRoot).find(r => r?.querySelector("dialog.present"))
  .querySelector(".holder input[type=range]").value === value"""


def wait_for_place(page: Page, place: str) -> None:
    page.locator("dialog[open] .place", has_text=place).first.wait_for(timeout=60_000)


def test_the_presenters_window_follows_and_leads(
    browser: Browser, server: Server, records: Records
) -> None:
    """Steps and levers go both ways between two windows; the note stays in one; what is closed is told."""
    screens = find_known_story(records, "nitrocellulose").screens
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    stage = context.new_page()
    stage.goto(f"{server.url}/?present=1&story=nitrocellulose")
    wait_for_place(stage, f"1 of {len(screens)}")
    with context.expect_page() as opened:
        stage.keyboard.press("n")
    notes = opened.value
    wait_for_place(notes, f"1 of {len(screens)}")
    assert "notes=1" in notes.url
    assert notes.locator(".note").inner_text() == screens[0].note
    assert screens[1].title in notes.locator(".next").inner_text()
    assert notes.locator(".clock").inner_text().count(":") == 1
    assert screens[0].note not in stage.locator("dialog.present").inner_text()
    notes.locator(".link", has_text="The stage follows").wait_for(timeout=10_000)

    stage.keyboard.press("ArrowRight")
    wait_for_place(notes, f"2 of {len(screens)}")
    assert notes.locator(".note").inner_text() == screens[1].note
    notes.keyboard.press("ArrowRight")
    wait_for_place(stage, f"3 of {len(screens)}")

    # The live lever: here, there, and back.
    lever, slider = notes.locator(".lever input"), stage.locator(".holder input[type=range]")
    slider.wait_for()
    assert lever.input_value() == "60"
    lever.fill("80")
    stage.wait_for_function(_SLIDER_AT, arg="80")
    assert stage.locator("h1.answer").is_hidden()  # the answer was for where the lever stood
    slider.fill("70")
    notes.locator(".lever output", has_text="70 %").wait_for(timeout=10_000)

    # A lever that the server draws.
    notes.keyboard.press("PageDown")
    wait_for_place(stage, f"4 of {len(screens)}")
    notes.locator(".lever input").fill("150")
    stage.wait_for_function("() => location.href.includes('lever=150')", timeout=30_000)
    stage.close()
    notes.locator(".link.lost").wait_for(timeout=15_000)
    assert "No stage in this browser" in notes.locator(".link").inner_text()
    context.close()


@pytest.mark.parametrize(
    "key", ["nitrocellulose", pytest.param("country-de", marks=pytest.mark.nightly)]
)
def test_the_stage_has_one_column_on_a_phone(
    browser: Browser, server: Server, records: Records, key: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    screens = find_known_story(records, key).screens
    page.goto(f"{server.url}/?present=1&story={key}")
    for number in range(1, 4):
        wait_for_place(page, f"{number} of")
        page.wait_for_function(
            """() => { const root = [...document.querySelectorAll("*")].map(e => e.shadowRoot).find(r => r?.querySelector("dialog.present"))
            return root.querySelector(".plain").shadowRoot.querySelector("svg") || root.querySelector(".holder .chart path.scenario")?.getAttribute("d") }""",
            timeout=30_000,
        )
        page.wait_for_timeout(300)
        seen = page.evaluate(_PHONE)
        assert seen["wide"] <= 390, number
        assert seen["smallest"] >= 18, number
        assert not seen["over"], number
        assert seen["chart"] > 120, number
        assert seen["steps"], number  # in sight without scrolling
        # A window that changes its size shows the words of the screen in turn.
        page.set_viewport_size({"width": 390, "height": 844 - 40 * number})
        page.wait_for_timeout(150)
        assert page.locator("dialog.present p.kicker").inner_text() == screens[number - 1].title
        page.locator(".buttons .next").tap()
    # The last screen says what we do not know.
    page.goto(f"{server.url}/?present=1&story={key}&screen={len(screens)}")
    wait_for_place(page, f"{len(screens)} of")
    assert page.locator(".unknown li").count() == 3
    context.close()


@pytest.mark.parametrize("address", ["what_if", "gap"])
def test_levers_on_a_phone_leave_their_chart_in_sight(
    browser: Browser, server: Server, address: str
) -> None:
    """The sheet with the levers covers the lower half at most, and the chart stands above it."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{server.url}/{address}")
    page.locator(".live .chart svg, [data-testid=stVegaLiteChart] svg.marks").first.wait_for(
        timeout=60_000
    )
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)
    page.get_by_test_id("stExpandSidebarButton").tap()
    page.wait_for_function(
        """() => {
          const main = document.querySelector("[data-testid=stMain]")
          const live = [...main.querySelectorAll("*")].map(node => node.shadowRoot?.querySelector(".live .chart"))
          const chart = live.find(Boolean) ?? main.querySelector("[data-testid=stVegaLiteChart]")
          const top = chart.getBoundingClientRect().top
          const sheet = document.querySelector("[data-testid=stSidebar]").getBoundingClientRect().top
          return sheet > 844 * 0.5 && 0 <= top && top < sheet - 200
        }""",
        timeout=15_000,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_the_menu_on_a_phone_closes_once_a_page_is_chosen(browser: Browser, server: Server) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{server.url}/glossary")
    page.locator("h2").first.wait_for(timeout=60_000)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)
    page.wait_for_function("() => window.ramp155Menu")
    page.get_by_test_id("stExpandSidebarButton").tap()
    page.locator("[data-testid=stSidebar][data-collapsed=false]").wait_for()
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Learn").tap()
    page.locator("[data-testid=stSidebar][data-collapsed=true]").wait_for(
        state="attached", timeout=15_000
    )
    page.wait_for_url("**/learn*")
    context.close()
