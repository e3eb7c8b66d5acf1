"""What the pages count of lines, sites and openings agrees with the one counter."""

from __future__ import annotations

import re

import pytest

from ramp155.answers.counts import count_lines, count_openings, count_statuses
from ramp155.history.status import list_statuses
from ramp155.record.records import Records
from tests.app.test_pages import open_page, texts
from tests.counting import count_statements, find_disagreements


@pytest.mark.parametrize(
    ("page", "query", "least"),
    [
        ("overview", {}, 5),
        ("map", {}, 3),
        ("evidence", {"look": "quality"}, 2),
        ("gap", {"gap_view": "policy"}, 1),
        ("gap", {"gap_view": "statements"}, 1),
    ],
)
def test_a_page_says_what_the_counter_says(
    records: Records, page: str, query: dict[str, str], least: int
) -> None:
    said = texts(open_page(page, **query))
    assert find_disagreements(records, said) == []
    assert count_statements(records, [said]) >= least


def test_the_tile_of_openings_and_its_list_are_one(records: Records) -> None:
    app = open_page("overview")
    value = next(tile.value for tile in app.metric if tile.label.startswith("Lines opened"))
    number, for_155 = map(int, re.findall(r"\d+", value)[:2])
    assert number == count_openings(records).number
    assert for_155 == count_openings(records, "openings for 155 mm").number
    listing = next(m.value for m in app.markdown if "**Not counted**" in m.value)
    counted, aside = listing.split("**Not counted**")
    assert counted.count("\n- ") + counted.startswith("- ") == number
    assert aside.count("\n- ") == count_openings(records, "openings aside").number


def test_the_pills_of_the_map_count_lines(records: Records) -> None:
    app = open_page("map")
    options = [option for group in app.get("button_group") for option in group.proto.options]
    numbers = {
        match[1]: int(match[2])
        for option in options
        if (match := re.search(r"([a-z][a-z ]+) (\d+)$", option.content))
    }
    counts = count_statuses(list_statuses(records))
    assert {status: number for status, number in numbers.items() if number} == counts
    assert sum(numbers.values()) == count_lines(records).number
