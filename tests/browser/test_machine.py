"""The machine in a browser: it follows slider and month frame by frame, by pointer and keys, and the server
hears only of what is let go."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page

from ramp155.answers.stages.flow import read_flow
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.numbers import say_percent
from ramp155.text.output.machine import write_flow_state

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

PANEL = "what_if?panel=flow"
# Draws a slider through values a frame each, for a second; how many distinct pictures came, in how many seconds
# and frames.
_DRAG = """([name, from, to]) => new Promise(done => {
  const find = (root, css) => root.querySelector(css) ??
    [...root.querySelectorAll("*")].filter(e => e.shadowRoot).map(e => find(e.shadowRoot, css)).find(Boolean)
  const input = find(document, `input[type=range][aria-label="${name}"]`)
  const svg = find(document, ".machine .drawing svg")
  const seen = new Set(), begin = performance.now()
  let step = 0
  const frame = () => {
    seen.add(svg.innerHTML)
    const passed = performance.now() - begin
    if (passed > 1000) return done([seen.size, passed / 1000, step])
    step += 1
    input.value = Math.round(from + (to - from) * (passed / 1000))
    input.dispatchEvent(new Event("input", { bubbles: true }))
    requestAnimationFrame(frame)
  }
  input.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }))
  requestAnimationFrame(frame)
})"""
# Words of the drawing that run over each other or out of it, and the smallest type.
_FAULTS = """() => {
  const find = (root, css) => root.querySelector(css) ??
    [...root.querySelectorAll("*")].filter(e => e.shadowRoot).map(e => find(e.shadowRoot, css)).find(Boolean)
  const svg = find(document, ".machine .drawing svg")
  const whole = svg.getBoundingClientRect()
  const texts = [...svg.querySelectorAll("text")].filter(t => t.textContent && t.getBoundingClientRect().width)
  const faults = []
  const boxes = texts.map(t => t.getBoundingClientRect())
  boxes.forEach((a, i) => {
    if (a.left < whole.left - 1 || a.right > whole.right + 1) faults.push(`${texts[i].textContent} leaves the drawing`)
    boxes.slice(i + 1).forEach((b, k) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (wide > 2 && high > 4) faults.push(`${texts[i].textContent} over ${texts[i + 1 + k].textContent}`)
    })
  })
  return { faults, smallest: Math.min(...texts.map(t => parseFloat(getComputedStyle(t).fontSize))),
    scroll: document.documentElement.scrollWidth - innerWidth }
}"""


def supply(page: Page) -> Locator:
    return page.get_by_role("slider", name="Nitrocellulose supply", exact=True)


def months(page: Page) -> Locator:
    return page.get_by_role("slider", name="Month of the machine")


def drawing(page: Page) -> str:
    svg = page.locator(".machine .drawing svg")
    svg.locator("text").first.wait_for(timeout=30_000, state="attached")
    return svg.evaluate("e => e.innerHTML")


def read_page(page: Page) -> tuple[str, str]:
    """The sentence, and the mark of the narrow place."""
    mark = page.locator(".machine text.tagged").text_content()
    return page.locator(".machine .said").inner_text(), mark or ""


def expect(records: Records, percent: int, month: str) -> tuple[str, str]:
    """The same by the library."""
    answer = read_flow(Model(records), Scenario(nitrocellulose=percent / 100), month)
    limits = answer.stages.set_index("stage")["limits"]
    said = write_flow_state(records, answer.state)
    return said, f"narrow place: {say_percent(limits[answer.state.narrow])}"


def count_sent(watched: Watched) -> list[str]:
    sent: list[str] = []
    watched.page.on("websocket", lambda ws: ws.on("framesent", lambda _: sent.append(ws.url)))
    return sent


def is_fluid(page: Page, name: str, start: float, end: float) -> bool:
    """Whether a drag brings 30 distinct pictures a second, or one for nearly every frame that a busy machine draws."""
    for _ in range(2):
        pictures, seconds, frames = page.evaluate(_DRAG, [name, start, end])
        if pictures / seconds >= 30 or pictures >= 0.8 * frames > 0:
            return True
    return False


def wait_for_frame(page: Page) -> None:
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def test_the_machine_follows_the_slider_and_tells_nobody(
    watched: Watched, records: Records
) -> None:
    sent = count_sent(watched)
    page = watched.open(PANEL)
    first = drawing(page)
    assert read_page(page) == expect(records, 100, "2027-12")
    before = len(sent)
    assert is_fluid(page, "Nitrocellulose supply", 100, 10)
    assert len(sent) == before
    assert drawing(page) != first
    percent = int(supply(page).input_value())
    assert percent < 60
    supply(page).dispatch_event("pointerup")
    watched.settle()
    assert len(sent) > before
    assert f"nc={percent}&" in page.url
    assert read_page(page) == expect(records, percent, "2027-12")
    assert watched.errors == []


def test_its_own_handle_is_the_same_lever(watched: Watched, records: Records) -> None:
    sent = count_sent(watched)
    page = watched.open(PANEL)
    drawing(page)
    before = len(sent)
    handle = page.get_by_role("slider", name="Supply of nitrocellulose, the lever above")
    assert is_fluid(page, "Supply of nitrocellulose, the lever above", 100, 180)
    assert len(sent) == before
    percent = int(handle.input_value())
    assert supply(page).input_value() == str(percent)
    handle.dispatch_event("pointerup")
    watched.settle()
    assert len(sent) > before
    assert f"nc={percent}&" in page.url
    assert read_page(page) == expect(records, percent, "2027-12")
    # Keys, and the slider above leads as well.
    handle.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(400)
    watched.settle()
    assert f"nc={percent - 1}&" in page.url
    supply(page).focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(400)
    watched.settle()
    assert handle.input_value() == "0"
    assert "nc=0&" in page.url
    assert watched.errors == []


def test_the_machine_steps_through_the_months_and_tells_of_the_last(
    watched: Watched, records: Records
) -> None:
    sent = count_sent(watched)
    page = watched.open(PANEL + "&nc=60")
    drawing(page)
    before = len(sent)
    assert is_fluid(page, "Month of the machine", 0, 107)
    assert len(sent) == before
    let_go_at = MONTHS[int(months(page).input_value())]
    months(page).dispatch_event("pointerup")
    watched.settle()
    assert len(sent) > before
    assert let_go_at > "2029"
    assert f"flow_month={let_go_at}" in page.url
    # Keys: a month a step, and the server is told when they rest.
    months(page).focus()
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("PageUp" if _ == 0 else "ArrowRight")
    page.wait_for_timeout(400)
    watched.settle()
    month = page.url.partition("flow_month=")[2][:7]
    assert month < "2024-01"
    assert read_page(page) == expect(records, 60, month)
    assert months(page).get_attribute("aria-valuetext").endswith(", past")
    # The link restores it.
    page.reload()
    watched.settle()
    assert read_page(page) == expect(records, 60, month)
    assert watched.errors == []
    assert watched.outside == []


def test_it_plays_by_itself_until_it_is_stopped(watched: Watched) -> None:
    sent = count_sent(watched)
    page = watched.open(PANEL + "&flow_month=2025-12")
    first = drawing(page)
    before = len(sent)
    page.get_by_role("button", name="Play the machine month by month").click()
    time.sleep(1.2)
    assert drawing(page) != first
    assert len(sent) == before
    page.get_by_role("button", name="Pause").click()
    watched.settle()
    assert len(sent) > before
    assert "flow_month=2026-0" in page.url


@pytest.mark.parametrize(
    ("width", "height", "theme"),
    [
        (1366, 768, "light"),
        (390, 844, "dark"),
        pytest.param(1920, 1080, "dark", marks=pytest.mark.nightly),
        pytest.param(768, 1024, "light", marks=pytest.mark.nightly),
    ],
)
@pytest.mark.parametrize(
    "address",
    [
        PANEL,
        PANEL + "&nc=40&flow_month=2026-09",
        PANEL + "&nc=200&flow_month=2022-04",
        PANEL + "&orders=500&flow_month=2026-08",
    ],
)
def test_every_word_of_the_machine_has_room(
    visit: Callable[..., Watched], address: str, width: int, height: int, theme: str
) -> None:
    watch = visit(address, width, height, theme)
    drawing(watch.page)
    wait_for_frame(watch.page)
    measured = watch.page.evaluate(_FAULTS)
    assert measured["faults"] == []
    assert measured["smallest"] >= 12
    assert measured["scroll"] <= 0
    assert watch.errors == []


@pytest.mark.nightly
def test_without_the_live_slider_the_machine_moves_when_the_server_says(
    watched: Watched, records: Records
) -> None:
    page = watched.open(PANEL + "&plain=1&nc=40")
    drawing(page)
    assert page.locator(".machine .supply").is_hidden()
    assert read_page(page) == expect(records, 40, "2027-12")
