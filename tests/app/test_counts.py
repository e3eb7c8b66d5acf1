"""What the pages count of lines, sites and openings agrees with the one counter."""

from __future__ import annotations

import base64
import re

import pytest

from ramp155.answers.counts import count_lines, count_openings, count_statuses
from ramp155.history.standing.sites import STATUS_GROUPS, list_site_statuses
from ramp155.history.status import list_statuses
from ramp155.record.records import Records
from tests.app.clicks import read_plants
from tests.app.test_pages import open_page, texts
from tests.counting import count_statements, find_disagreements


@pytest.mark.parametrize(
    ("page", "query", "least"),
    [
        ("overview", {}, 2),
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


def test_the_key_of_the_map_counts_plants(records: Records) -> None:
    _, body = read_plants(open_page("map"))
    groups = body["key"]["groups"]
    numbers = list(base64.b64decode(body["known"][0]["groups"]))[-len(groups) :]
    counts = count_statuses(list_site_statuses(list_statuses(records)))
    for words, number in zip(groups, numbers, strict=True):
        assert number == sum(counts.get(status, 0) for status in STATUS_GROUPS[words]), words
    assert sum(numbers) == count_lines(records, "sites").number
