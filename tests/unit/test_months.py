"""Where lines stood month by month, held against the questions asked of single days."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.counts import count_openings
from ramp155.history.as_known import rewind_records
from ramp155.history.milestones import LATE_STATES, list_milestones
from ramp155.history.standing.months import (
    LATE_CODES,
    MARK_BITS,
    STATUS_CODES,
    lead_sites,
    tabulate_months,
)
from ramp155.history.standing.sites import list_site_statuses
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.plants.lines import list_shown_lines
from ramp155.pictures.view import View
from ramp155.record.records import Records

DAYS = [0, 17, 36, -1]


@pytest.mark.parametrize("hindsight", [False, True])
@pytest.mark.parametrize("place", DAYS)
def test_a_month_says_what_its_day_says(records: Records, place: int, hindsight: bool) -> None:
    table = tabulate_months(records, hindsight)
    day = table.days[place]
    known = rewind_records(records, day, hindsight)
    statuses = list_statuses(known)
    assert list(statuses["line_id"]) == list(table.line_ids)
    assert list(table.status[place]) == [STATUS_CODES[word] for word in statuses["status"]]
    assert list(table.late[place]) == [LATE_CODES[word] for word in statuses["late"]]
    assert list(table.lateness[place]) == list(statuses["lateness_months"])
    for flag, bit in MARK_BITS.items():
        is_marked = (table.marks[place] & bit) > 0
        assert list(is_marked) == [flag in flags for flags in statuses["flags"]]
    assert table.opened[place].sum() == count_openings(known, as_of=day).number


def test_the_table_spans_the_record(records: Records) -> None:
    table = tabulate_months(records)
    assert table.days[0].isoformat() == "2022-01-31"
    assert table.days[-1] == records.end
    assert table.status.shape == (len(table.days), len(records.lines))
    assert (table.status[0] == STATUS_CODES["not yet reported"]).sum() > 50
    assert (table.status[-1] == STATUS_CODES["not yet reported"]).sum() == 0


@pytest.mark.parametrize("place", DAYS)
def test_sites_stand_as_their_shown_lines_do(records: Records, place: int) -> None:
    table = tabulate_months(records)
    is_shown = np.array(records.lines["product"].isin(["round", "charge", "propellant"]))
    site_of_line = records.lines.set_index("line_id")["site_id"]
    led = lead_sites(table, site_of_line, is_shown).iloc[place]
    lines = list_statuses(records, table.days[place])
    by_site = list_site_statuses(lines[is_shown]).set_index("site_id")["status"]
    expected = by_site.map(STATUS_CODES).reindex(led.index, fill_value=0)
    assert dict(led) == dict(expected)


def test_a_line_is_as_late_as_its_latest_milestone(records: Records) -> None:
    statuses = list_statuses(records).set_index("line_id")
    milestones = list_milestones(records)
    late = milestones[milestones["state"].isin(LATE_STATES)].groupby("line_id")["least_late"].max()
    is_late = statuses["late"] == "late"
    assert dict(statuses.loc[is_late, "lateness_months"]) == dict(late)
    assert (statuses.loc[statuses["late"] == "", "lateness_months"] == 0).all()
    assert statuses.loc["unterluess-rheinmetall--round", "lateness_months"] == 6


def test_another_record_has_a_table_of_its_own(records: Records) -> None:
    line_id = "burgos-rheinmetall-expal--round"
    events = records.events[records.events["line_id"] != line_id]
    place = list(records.lines["line_id"]).index(line_id)
    changed = tabulate_months(dataclasses.replace(records, events=events))
    assert (changed.status[:, place] == 0).all()
    assert (tabulate_months(records).status[:, place] > 0).any()


def list_ids(lines: pd.DataFrame) -> set[str]:
    return set(lines["line_id"])


def test_a_view_means_the_lines_that_all_its_choices_leave(records: Records) -> None:
    model = Model(records)
    full_lines = model.record.full_lines
    in_germany = list_ids(list_shown_lines(model, View(countries=("DE",))))
    assert in_germany == set(full_lines.index[full_lines["country"] == "DE"])
    late = list_ids(list_shown_lines(model, View(late_only=True)))
    late_in_germany = list_ids(list_shown_lines(model, View(countries=("DE",), late_only=True)))
    assert late_in_germany == late & in_germany
    assert late_in_germany
    maker = full_lines["operator"].iloc[0]
    of_maker = list_ids(list_shown_lines(model, View(makers=(maker,))))
    assert of_maker == set(full_lines.index[full_lines["operator"] == maker])
    named = list_ids(list_shown_lines(model, View(find="Unterluess")))
    assert named == set(full_lines.index[full_lines["site_id"] == "unterluess-rheinmetall"])
