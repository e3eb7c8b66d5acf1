"""Lessons in Chromium: each is completed by following its own words, drawn and guessed by mouse, finger and keys, on both grounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from ramp155.answers.lessons import Answer, answer_question
from ramp155.files.lesson.lesson import Step
from ramp155.files.lesson.lesson_file import read_shipped_lessons
from ramp155.files.story.dial import build_dial, find_lever_position
from ramp155.model.model import Model
from ramp155.text.lessons.answers import name_choices
from tests.browser.conftest import Watched
from tests.browser.test_pages import WIDE
from tests.shared import record

if TYPE_CHECKING:
    from bench.server import Server

LESSONS = read_shipped_lessons(record())
ANSWERS = {
    (key, number): answer_question(Model(record()), step.question)
    for key, lesson in LESSONS.items()
    for number, step in enumerate(lesson.steps, 1)
    if step.question
}
PHONE, DESK = (390, 844), (1366, 768)
WALKS = [
    ("scarcest", "mouse", DESK, "light"),
    ("scarcest", "finger", PHONE, "dark"),
    ("scarcest", "keys", DESK, "dark"),
    ("late", "keys", PHONE, "light"),
    pytest.param("map", "mouse", DESK, "dark", marks=pytest.mark.nightly),
    pytest.param("capacity", "finger", PHONE, "light", marks=pytest.mark.nightly),
    pytest.param("tide", "mouse", DESK, "light", marks=pytest.mark.nightly),
    pytest.param("brief", "keys", PHONE, "dark", marks=pytest.mark.nightly),
]
# Letters of the sheet that are smaller than 12 px, leave it sideways, or lie on one another.
SHEET_FAULTS = """() => {
  const faults = []
  const svg = (function find(root) {
    for (const element of root.querySelectorAll("*")) {
      if (element.matches(".guess svg")) return element
      const inner = element.shadowRoot && find(element.shadowRoot)
      if (inner) return inner
    }
  })(document)
  if (!svg) return ["no sheet"]
  const words = [...svg.querySelectorAll("text")].map(text => [text, text.getBoundingClientRect()])
  words.forEach(([text, box], place) => {
    if (parseFloat(getComputedStyle(text).fontSize) < 12) faults.push(`${text.textContent}: small`)
    if (box.left < -1 || box.right > innerWidth + 1) faults.push(`${text.textContent}: out of the window`)
    for (const [other, taken] of words.slice(0, place)) {
      const across = Math.min(box.right, taken.right) - Math.max(box.left, taken.left)
      const down = Math.min(box.bottom, taken.bottom) - Math.max(box.top, taken.top)
      if (across > 1 && down > 5) faults.push(`${text.textContent} on ${other.textContent}`)
    }
  })
  return faults
}"""


@pytest.fixture
def walked(browser: Browser, server: Server) -> Iterator[Callable[..., Watched]]:
    """A page in a context of its own, with a touch screen where it is a phone's."""
    contexts = []

    def open_context(size: tuple[int, int], theme: str, address: str) -> Watched:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(
            viewport=viewport, color_scheme=theme, has_touch=size == PHONE, is_mobile=size == PHONE
        )
        contexts.append(context)
        watch = Watched(context.new_page(), server.url)
        watch.open(address)
        return watch

    yield open_context
    for context in contexts:
        context.close()


def find_points(page: Page, count: int) -> list[tuple[float, float]]:
    """Points of a straight line from the sheet's lower left to its middle right, as the window has them."""
    sheet = page.locator("svg.sheet")
    sheet.evaluate("sheet => sheet.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(200)
    box = sheet.bounding_box()
    left, right = box["x"] + 30, box["x"] + box["width"] - 4
    bottom, top = box["y"] + box["height"] - 50, box["y"] + box["height"] * 0.4
    return [
        (left + (right - left) * place / count, bottom + (top - bottom) * place / count)
        for place in range(count + 1)
    ]


def draw(page: Page, way: str) -> None:
    """Draw a rising line over the whole sheet."""
    if way == "keys":
        sheet = page.locator("svg.sheet")
        sheet.focus()
        for _ in range(20):
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowUp")
        return
    points = find_points(page, 24)
    if way == "mouse":
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points:
            page.mouse.move(*point)
        page.mouse.up()
        return
    touch = page.context.new_cdp_session(page)
    for place, (x, y) in enumerate(points):
        kind = "touchStart" if place == 0 else "touchMove"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def slide(page: Page, way: str) -> None:
    """Set the slider of a guess to about a third."""
    slider = page.locator("input[type=range]")
    slider.evaluate("slider => slider.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(200)
    if way == "keys":
        slider.focus()
        for _ in range(4):
            page.keyboard.press("PageUp")
        return
    box = slider.bounding_box()
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    if way == "mouse":
        page.mouse.click(x, y)
    else:
        page.touchscreen.tap(x, y)


def predict(watch: Watched, way: str, answer: Answer) -> None:
    """Guess, see that nothing was shown before, and reveal the answer."""
    page = watch.page
    reveal = page.get_by_role("button", name="Show the answer")
    assert reveal.is_disabled()
    assert page.evaluate(SHEET_FAULTS) == []
    assert page.get_by_text("Guess again").count() == 0
    if answer.kind == "curve":
        draw(page, way)
    else:
        slide(page, way)
    assert reveal.is_enabled()
    if way == "keys":
        reveal.focus()
        page.keyboard.press("Enter")
    else:
        reveal.click()
    page.get_by_role("button", name="Guess again").wait_for()
    watch.settle()
    assert page.evaluate(SHEET_FAULTS) == []
    page.get_by_text("You have it").or_(
        page.get_by_text("too high")
        .or_(page.get_by_text("too low"))
        .or_(page.get_by_text("rounds off"))
    ).first.wait_for()


def move(watch: Watched, step: Step) -> None:
    """Move the lever all the way to the side the step asks for."""
    page = watch.page
    model = Model(record())
    before = find_lever_position(model.record, step.view, step.task.lever)
    label = build_dial(model.record, step.task.lever).label
    page.get_by_role("slider", name=label).press("End" if step.task.to > before else "Home")
    page.get_by_text("Moved. Look at what has changed.").wait_for()
    watch.settle()


def check(watch: Watched, step: Step, answer: Answer) -> None:
    """Give the answer that is right at this moment."""
    page = watch.page
    if answer.kind != "choice":
        field = page.get_by_role("spinbutton", name="Your answer")
        field.fill(str(round(answer.number / 1000)))
        field.press("Enter")
    else:
        name = name_choices(Model(record()), step.question, answer)[answer.right[0]]
        if page.locator("[data-testid=stRadio]").count():
            page.locator("[data-testid=stRadio] label", has_text=name).first.click()
        else:
            page.get_by_role("combobox").click()
            page.keyboard.type(name)
            page.keyboard.press("Enter")
    watch.settle()
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_text("Right. You said").wait_for()
    watch.settle()


@pytest.mark.parametrize(("key", "way", "size", "theme"), WALKS)
def test_a_lesson_is_completed_by_its_own_words(
    walked: Callable[..., Watched], key: str, way: str, size: tuple[int, int], theme: str
) -> None:
    watch = walked(size, theme, "learn")
    page = watch.page
    lesson = LESSONS[key]
    page.locator(f".st-key-begin_{key} button").click()
    for number, step in enumerate(lesson.steps, 1):
        page.get_by_role("heading", name=step.title, exact=True).wait_for()
        watch.settle()
        if step.kind == "predict":
            predict(watch, way, ANSWERS[key, number])
        elif step.kind == "move":
            move(watch, step)
        elif step.kind == "check":
            check(watch, step, ANSWERS[key, number])
        sideways = page.evaluate(WIDE)
        assert sideways["page"] <= 0, (number, sideways)
        assert sideways["main"] <= 0, (number, sideways)
        assert sideways["out"] == [], (number, sideways)
        assert f"{key}~" in page.url or number == 1
        # The way on is in sight, however long the step is.
        way_on = page.get_by_role(
            "button", name="Finish" if number == len(lesson.steps) else "On →"
        )
        box = way_on.bounding_box()
        assert box["y"] + box["height"] <= size[1]
        way_on.click()
    page.get_by_role("heading", name=f"{lesson.title}: done").wait_for()
    assert page.get_by_text("Not answered yet").count() == 0
    assert watch.errors == []
    assert watch.outside == []


def test_a_curve_comes_back_with_its_link(walked: Callable[..., Watched]) -> None:
    watch = walked(DESK, "light", "learn?lesson=scarcest&step=2")
    page = watch.page
    draw(page, "mouse")
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="Guess again").wait_for()
    watch.settle()
    said = page.get_by_text("rounds off").first.inner_text()
    address = page.url
    again = walked(PHONE, "dark", address.partition("/learn")[2].join(("learn", "")))
    assert again.page.get_by_text("rounds off").first.inner_text() == said
    again.page.get_by_role("button", name="Guess again").click()
    again.page.locator("svg.sheet").wait_for()
    again.settle()
    assert "given" not in again.page.url
    assert again.page.get_by_role("button", name="Show the answer").is_disabled()


def test_a_stroke_that_is_quick_leaves_no_gaps_and_can_be_mended(
    walked: Callable[..., Watched],
) -> None:
    watch = walked(DESK, "light", "learn?lesson=scarcest&step=2")
    page = watch.page
    points = find_points(page, 24)
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[-1])
    page.mouse.up()
    reveal = page.get_by_role("button", name="Show the answer")
    assert reveal.is_enabled()
    sheet = page.locator("svg.sheet")
    sheet.focus()
    page.keyboard.press("Home")
    page.keyboard.press("PageUp")
    assert sheet.get_attribute("aria-valuetext").startswith("at 0 %: ")
    number = float(sheet.get_attribute("aria-valuenow"))
    page.keyboard.press("ArrowUp")
    assert float(sheet.get_attribute("aria-valuenow")) == number + 50_000
    assert watch.errors == []


def test_from_a_step_to_a_page_and_back(walked: Callable[..., Watched]) -> None:
    watch = walked(DESK, "light", "learn?lesson=late&step=6&done=late~1")
    page = watch.page
    page.get_by_role("link", name="Open Ramp-up").click()
    page.wait_for_url("**/ramp_up?**")
    watch.settle()
    page.get_by_role("link", name="Learn", exact=True).click()
    page.get_by_role("heading", name=LESSONS["late"].steps[5].title).wait_for()
    watch.settle()
    assert "done=late" in page.url
    assert watch.outside == []
