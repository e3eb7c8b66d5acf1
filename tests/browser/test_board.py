"""The board of lines in a browser: rows, order and words as the library has them, and its pace while the month moves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from ramp155.answers.ramp_ups import count_group
from ramp155.history.standing.months import tabulate_months
from ramp155.model.model import Model
from ramp155.pictures.board.rows import (
    GROUP_COLUMNS,
    list_board_rows,
    order_groups,
    sort_board_rows,
)
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.board import write_board_title
from tests.browser.conftest import Watched
from tests.oracles import write_group

# Months told as the slider tells them, one a frame, and what came of it: how many pictures differ, in how long.
MOVE = """count => new Promise(done => {
  const board = [...document.querySelectorAll("*")].map(e => e.shadowRoot?.querySelector(".board")).find(Boolean)
  const seen = new Set(), began = performance.now()
  let step = 0
  const frame = () => {
    const shown = [...board.querySelectorAll(".row:not([hidden])")].slice(0, 20)
    seen.add(board.querySelector("h2").textContent + board.querySelector(".now").style.transform
      + shown.map(row => row.querySelector(".past").style.clipPath).join())
    if (step === count) return done([seen.size, (performance.now() - began) / 1000])
    const index = step++ % 50
    window.ramp155Month = { index, hindsight: false }
    document.dispatchEvent(new CustomEvent("ramp155:month", { detail: window.ramp155Month }))
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
})"""
TELL = """([index, hindsight]) => document.dispatchEvent(
  new CustomEvent("ramp155:month", { detail: { index, hindsight } }))"""
REST = 700  # longer than the board waits before rows take their order


def find_rows(page: Page) -> list[str]:
    """The names of the rows that are shown, from the top down."""
    names: list[str] = page.locator(".board .row:not([hidden]) .name a").all_text_contents()
    return names


def test_every_line_has_a_row_in_the_order_of_the_library(
    watched: Watched, records: Records
) -> None:
    page = watched.open("ramp_up")
    rows = list_board_rows(Model(records), View())
    expected = [
        name
        for group in order_groups(rows, "product")
        for name in sort_board_rows(rows[rows["stage"] == group], "late")["name"]
    ]
    assert find_rows(page) == expected
    assert len(expected) == len(records.lines)
    title = page.locator(".board h2").inner_text()
    assert title == f"All products: {write_board_title(count_group(records, rows))}"
    names = page.locator(".board .row:not([hidden]) .name")
    for box in names.evaluate_all("cells => cells.map(c => [c.scrollWidth, c.clientWidth])"):
        assert box[0] <= box[1]  # whole: wrapped rather than cut
    bars = page.locator(".board .row:not([hidden]) .runs")
    assert bars.evaluate_all("bars => bars.every(bar => bar.childElementCount > 0)")
    assert watched.errors == []
    assert watched.outside == []


def test_large_lines_come_first_where_size_is_asked_for(watched: Watched, records: Records) -> None:
    page = watched.open("ramp_up?board_group=country&board_sort=size")
    rows = list_board_rows(Model(records), View())
    groups = order_groups(rows, "country")
    expected = [
        name
        for group in groups
        for name in sort_board_rows(rows[rows["country_name"] == group], "size")["name"]
    ]
    assert find_rows(page) == expected
    headings = page.locator(".board .summary strong").all_inner_texts()
    assert [heading.rstrip(": ") for heading in headings] == groups


@pytest.mark.parametrize("hindsight", [False, True])
def test_words_follow_the_month_as_the_library_has_them(
    watched: Watched, records: Records, hindsight: bool
) -> None:
    page, model = watched.open("ramp_up"), Model(records)
    days = tabulate_months(records).days
    for index in (3, 20, 41):
        page.evaluate(TELL, [index, hindsight])
        page.wait_for_timeout(REST)
        rows = list_board_rows(model, View(as_of=days[index], hindsight=hindsight))
        said = {
            name: write_group(count_group(records, rows[rows[GROUP_COLUMNS["product"]] == name]))
            for name in order_groups(rows, "product")
        }
        summaries = page.locator(".board .group:not([hidden]) .summary").all_inner_texts()
        assert summaries == [f"{name}: {words}" for name, words in said.items()]
        assert (
            write_board_title(count_group(records, rows)) in page.locator(".board h2").inner_text()
        )
        assert "as known today" in page.locator(".board h2").inner_text() or not hindsight
        late = page.locator(".board .row:not([hidden]) .late").all_text_contents()
        assert sorted(filter(None, late)) == sorted(filter(None, rows["late_words"]))
    assert watched.errors == []


def test_a_month_drag_is_smooth_and_tells_the_server_nothing(watched: Watched) -> None:
    """Thirty pictures a second, the best of three tries: other work may stand in the way."""
    sent: list[object] = []
    watched.page.on("websocket", lambda ws: ws.on("framesent", lambda _: sent.append(1)))
    page = watched.open("ramp_up")
    slider = page.locator("input[type=range]").first
    box = slider.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(300)
    before = len(sent)
    title = page.locator(".board h2").inner_text()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=12)
    page.wait_for_timeout(200)
    assert page.locator(".board h2").inner_text() != title
    rates = []
    for _ in range(3):
        pictures, seconds = page.evaluate(MOVE, 50)
        assert pictures >= 50
        rates.append(pictures / seconds)
        if rates[-1] >= 30:
            break
    assert max(rates) >= 30, rates
    assert len(sent) == before
    page.mouse.up()
    page.wait_for_function("() => location.search.includes('as_of=')", timeout=10_000)
    assert watched.errors == []


def test_axis_and_month_stay_in_sight(watched: Watched) -> None:
    page = watched.open("ramp_up")
    page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 1500)")
    page.wait_for_timeout(300)
    header = page.locator("[data-testid=stHeader]").bounding_box()
    for place in (".board .columns .year >> nth=0", ".board .flag"):
        box = page.locator(place).bounding_box()
        assert box is not None
        assert header is not None
        assert header["height"] - 1 <= box["y"] < 140


def test_rows_are_walked_by_arrow_keys_and_opened(watched: Watched) -> None:
    page = watched.open("ramp_up?country=DE")
    names = page.locator(".board .row:not([hidden]) .name a")
    assert names.evaluate_all("links => links.filter(link => link.tabIndex === 0).length") == 1
    names.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    focused = page.evaluate(
        "() => { let e = document.activeElement; while (e.shadowRoot) e = e.shadowRoot.activeElement; return e.innerText }"
    )
    assert focused == names.nth(2).inner_text()
    tip = page.locator(".board .tip")
    assert tip.is_visible()
    assert "confidence" in tip.inner_text()
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/plant?site=*", timeout=20_000)
    assert watched.errors == []


def test_a_screen_reader_gets_a_table(watched: Watched, records: Records) -> None:
    page = watched.open("ramp_up?country=FR")
    table = page.get_by_role("table", name="Lines, one a row")
    rows = list_board_rows(Model(records), View(countries=("FR",)))
    assert table.get_by_role("row").count() == 1 + len(rows) + rows["stage"].nunique()
    said = page.locator(".board .row:not([hidden]) .said").all_text_contents()
    assert all(" since " in text or " before " in text for text in said)


def test_which_plants_in_germany_are_late_takes_one_press(
    watched: Watched, records: Records
) -> None:
    page = watched.open("ramp_up")
    lates = page.get_by_role("group", name="Late lines of one country")
    germany = lates.get_by_role("button", name="Germany")
    numbers = [int(text.split()[-1]) for text in lates.get_by_role("button").all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    rows = list_board_rows(Model(records), View(late_only=True))
    assert sum(numbers) == len(rows)
    germany.click()
    watched.settle()
    assert sorted(find_rows(page)) == sorted(rows.loc[rows["country"] == "DE", "name"])
    assert page.locator(".board h2").inner_text().startswith("In Germany: ")
    assert germany.get_attribute("aria-pressed") == "true"
    germany.click()
    watched.settle()
    assert len(find_rows(page)) == len(records.lines)
    assert watched.errors == []


def test_a_list_of_filters_closes_once_something_is_chosen(watched: Watched) -> None:
    page = watched.open("ramp_up")
    page.get_by_role("combobox", name="Country").click()
    choices = page.locator("[role=listbox][aria-multiselectable=true]")
    page.get_by_role("option", name="Germany", exact=True).last.click()
    watched.settle()
    assert "country=DE" in page.url
    assert not choices.count()


def test_the_box_of_a_row_hides_neither_it_nor_its_neighbours(watched: Watched) -> None:
    page = watched.open("ramp_up")
    rows = page.locator(".board .row:not([hidden])")
    tip = page.locator(".board .tip")
    for place in (1, 4, 7):
        rows.nth(place).locator(".status").hover()
        box = tip.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 768
        for neighbour in (place - 1, place, place + 1):
            row = rows.nth(neighbour).bounding_box()
            assert row is not None
            is_free = row["y"] + row["height"] <= box["y"] or box["y"] + box["height"] <= row["y"]
            assert is_free or row["y"] > 768, (place, neighbour)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_gets_a_card_a_line(
    visit: Callable[..., Watched], records: Records, theme: str
) -> None:
    watched = visit("ramp_up?product=propellant", 390, 844, theme)
    page = watched.page
    rows = list_board_rows(Model(records), View(products=("propellant",)))
    cards = page.locator(".board .row:not([hidden])")
    assert cards.count() == len(rows)
    assert not page.locator(".board .track").first.is_visible()
    late = cards.filter(has_text="late by").first
    labels = late.locator("[data-label]:visible").evaluate_all(
        "cells => cells.map(cell => cell.dataset.label)"
    )
    assert {"Status", "Promised", "Late by"} <= set(labels)
    assert page.locator(".board .summary").first.is_visible()
    board, filters = (
        page.locator(place).bounding_box() for place in (".board", ".st-key-board_filters")
    )
    assert board is not None
    assert filters is not None
    assert board["y"] + board["height"] <= filters["y"]
    assert board["height"] < 1.2 * 844  # what is below it is within reach
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert watched.errors == []
