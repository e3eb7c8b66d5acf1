"""Back undoes what was done, forward does it again: one step of the browser's history for each release."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page

from tests.browser.test_browser import path, slider
from tests.browser.test_levers import find_line, lever, open_levers, wait_for_engine

if TYPE_CHECKING:
    from tests.browser.conftest import Watched


def count_steps(page: Page) -> int:
    return int(page.evaluate("history.length"))


def drag(watched: Watched, share: float) -> None:
    """Drag the one slider by many small moves to a share of its width, and let it go."""
    page, box = watched.page, slider(watched.page).bounding_box()
    assert box
    start = int(slider(page).input_value()) / 200
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * start, y)
    page.mouse.down()
    for step in range(1, 16):
        page.mouse.move(box["x"] + box["width"] * (start + (share - start) * step / 15), y)
    page.mouse.up()
    watched.settle()


def say_state(page: Page) -> tuple[str, str, str, list[float]]:
    """What the address, the lever and the words say, and the points of the picture's line in pixels."""
    points = [float(number) for number in re.findall(r"[\d.]+", find_line(path(page)))]
    return page.url, slider(page).input_value(), page.locator("h2").first.inner_text(), points


def assert_same(page: Page, state: tuple[str, str, str, list[float]]) -> None:
    """The page is as it was; of the line no point lies elsewhere by a pixel."""
    now = say_state(page)
    assert now[:3] == state[:3]
    assert now[3] == pytest.approx(state[3], abs=1)


def test_back_undoes_a_release_and_forward_does_it_again(watched: Watched) -> None:
    page = watched.open("what_if?nc=90")
    states, steps = [say_state(page)], [count_steps(page)]
    for share in (0.35, 0.7):
        drag(watched, share)
        states.append(say_state(page))
        steps.append(count_steps(page))
    assert [after - before for before, after in itertools.pairwise(steps)] == [1, 1]
    assert len({state[1] for state in states}) == 3
    for state in reversed(states[:-1]):
        page.go_back()
        watched.settle()
        assert_same(page, state)
    for state in states[1:]:
        page.go_forward()
        watched.settle()
        assert_same(page, state)
    assert count_steps(page) == steps[-1]
    assert watched.errors == []


@pytest.mark.nightly
def test_back_undoes_a_lever_at_the_side(watched: Watched) -> None:
    page = watched.open("what_if?nc=90")
    open_levers(page)
    watched.settle()
    wait_for_engine(page)
    before, steps = say_state(page), count_steps(page)
    lever(page, "fuzes").focus()
    page.keyboard.press("Home")
    page.wait_for_url(re.compile("fuzes=0"))
    watched.settle()
    assert count_steps(page) == steps + 1
    page.go_back()
    watched.settle()
    assert_same(page, before)
    assert lever(page, "fuzes").input_value() == "100"
    assert watched.errors == []


def test_back_undoes_a_choice_of_view(watched: Watched) -> None:
    page = watched.open("gap?nc=80")
    first = page.url
    page.get_by_text("Two tracks", exact=True).first.click()
    watched.settle()
    second = page.url
    assert second != first
    page.go_back()
    watched.settle()
    assert page.url == first
    page.go_forward()
    watched.settle()
    assert page.url == second
    assert watched.errors == []


def test_a_step_back_over_pages_brings_what_was_set_there(watched: Watched) -> None:
    page = watched.open("what_if?nc=90")
    drag(watched, 0.3)
    before, steps = say_state(page), count_steps(page)
    page.get_by_role("link", name="Gap", exact=True).first.click()
    page.wait_for_url(re.compile(r"/gap.*nc="))
    watched.settle()
    assert count_steps(page) == steps + 1  # a page's own address is no step of its own
    page.go_back()
    page.wait_for_url(re.compile("/what_if"))
    watched.settle()
    assert_same(page, before)
    page.go_back()
    watched.settle()
    assert "nc=90" in page.url
    assert slider(page).input_value() == "90"
    assert watched.errors == []


@pytest.mark.nightly
def test_two_tabs_keep_their_own_view(watched: Watched) -> None:
    page = watched.open("what_if?nc=90")
    other = page.context.new_page()
    other.goto(f"{watched.base}/what_if?nc=60")
    slider(other).wait_for(timeout=60_000)
    drag(watched, 0.25)
    mine = say_state(page)
    other.reload()
    slider(other).wait_for(timeout=60_000)
    assert slider(other).input_value() == "60"
    assert "nc=60" in other.url
    other.close()
    watched.settle()
    assert_same(page, mine)
