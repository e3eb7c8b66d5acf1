"""Replay: on no day does the app show what had not been said by then."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from ramp155.answers.stages.on_record import count_rounds_on_record
from ramp155.history.as_known import rewind_records
from ramp155.history.milestones import list_milestones
from ramp155.history.slips import list_dated_milestones
from ramp155.history.status import list_statuses
from ramp155.model.coefficients.modes import read_modes
from ramp155.model.model import Model
from ramp155.pictures.map.sites import build_site_table
from ramp155.pictures.ramp.rates import list_ramp_rows
from ramp155.record.dates import last_day
from ramp155.record.records import Records
from tests import shared

RECORDS = shared.record()
DAYS = st.dates(dt.date(2021, 6, 1), RECORDS.end)
PLENTY = settings(max_examples=25, deadline=None)


def truncated(day: dt.date) -> Records:
    """The record as a file that simply ends before the day: no later row was ever in it."""
    events = RECORDS.events[RECORDS.events["known_on"] <= day]
    return dataclasses.replace(RECORDS, events=events, end=day)


@given(DAYS)
@PLENTY
def test_no_event_is_known_before_it_was_reported(day: dt.date) -> None:
    known = rewind_records(RECORDS, day)
    said = dict(zip(RECORDS.events["event_id"], RECORDS.events["known_on"], strict=True))
    assert all(said[event] <= day for event in known.events["event_id"])
    assert set(known.events["event_id"]) == {e for e, on in said.items() if on <= day}
    if day < RECORDS.end:  # at its end the record is whole, with what bears no date
        assert all(
            reported_on and last_day(reported_on) <= day
            for reported_on in known.claims["reported_on"]
        )


@given(DAYS)
@PLENTY
def test_everything_shown_follows_from_what_was_said_by_then(day: dt.date) -> None:
    """Status, milestones, map, charts and capacity are those of a record that ends on the day."""
    known, alone = rewind_records(RECORDS, day), truncated(day)
    pd.testing.assert_frame_equal(list_statuses(known), list_statuses(alone))
    pd.testing.assert_frame_equal(list_statuses(known), list_statuses(RECORDS, day))
    pd.testing.assert_frame_equal(list_milestones(known), list_milestones(alone))
    pd.testing.assert_frame_equal(list_dated_milestones(known), list_dated_milestones(alone))
    lines = list_statuses(known)
    pd.testing.assert_frame_equal(
        build_site_table(Model(RECORDS), lines),
        build_site_table(Model(RECORDS), list_statuses(alone)),
    )
    ids = list(RECORDS.lines["line_id"])
    pd.testing.assert_frame_equal(
        list_ramp_rows(Model(known), ids), list_ramp_rows(Model(alone), ids)
    )
    middle = read_modes(RECORDS)
    assert count_rounds_on_record(known, middle) == count_rounds_on_record(alone, middle)


@given(DAYS)
@PLENTY
def test_hindsight_adds_only_what_had_happened_by_then(day: dt.date) -> None:
    then = set(rewind_records(RECORDS, day).events["event_id"])
    today = rewind_records(RECORDS, day, hindsight=True).events
    added = today[~today["event_id"].isin(then)]
    assert then <= set(today["event_id"])
    assert (added["status"] == "done").all()
    assert all(last <= day for last in added["last_day"])
    assert (added["rate_status"] != "planned").all()
    assert all(known <= day for known in today["known_on"])


def test_hindsight_shows_what_was_reported_later() -> None:
    """A plant that opened before a report of it stands as open only with hindsight."""
    difference_count = 0
    for day in pd.date_range("2023-01-31", "2026-01-31", freq="6ME").date:
        then = list_statuses(rewind_records(RECORDS, day)).set_index("line_id")["status"]
        today = list_statuses(rewind_records(RECORDS, day, True)).set_index("line_id")["status"]
        difference_count += int((then != today).sum())
    assert difference_count > 10


def test_at_the_records_end_nothing_is_left_out() -> None:
    assert rewind_records(RECORDS) == RECORDS
    assert rewind_records(RECORDS, "2031-01-01") == RECORDS
