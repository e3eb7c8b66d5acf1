"""Replay: on no day does the app show what had not been said by then."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ramp155.model.hindcast.hindcast import CUTOFFS, run_hindcast

from ramp155.answers.stages.on_record import count_rounds_on_record
from ramp155.history.as_known import rewind_records
from ramp155.history.milestones import list_milestones
from ramp155.history.slips import list_dated_milestones
from ramp155.history.status import list_statuses
from ramp155.model.coefficients.modes import read_modes
from ramp155.model.model import Model
from ramp155.pictures.map.sites import build_site_table
from ramp155.pictures.plants.ramps import list_ramp_rows
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


# --- hindcast -------------------------------------------------------------------------------------


def poisoned(cutoff: dt.date) -> Records:
    """Every report made after the cut-off tells of another world."""
    events, claims = RECORDS.events.copy(), RECORDS.claims.copy()
    late = events["known_on"] > cutoff
    events.loc[late, "rate"] = events.loc[late, "rate"] * 50
    events.loc[late, "date"] = "2031"
    events.loc[late, "first_day"] = dt.date(2031, 1, 1)
    events.loc[late, "last_day"] = dt.date(2031, 12, 31)
    said = [
        not reported_on or last_day(reported_on) > cutoff for reported_on in claims["reported_on"]
    ]
    claims.loc[said, ["low", "high"]] = claims.loc[said, ["low", "high"]] * 50
    rows = RECORDS.assumptions.copy()
    # Levels before the war stay today's: they are the first total of each stage.
    totals = rows[rows["assumption_id"].str.startswith("total_")].copy()
    family = totals["assumption_id"].str.rsplit("_", n=1).str[0]
    later = totals.index[
        totals.groupby(family)["assumption_id"].transform("min") != totals["assumption_id"]
    ]
    rows.loc[later, ["low", "mode", "high"]] *= 50
    fit = RECORDS.calibration.copy()
    fit[["low", "high"]] *= 50
    return dataclasses.replace(
        RECORDS, events=events, claims=claims, assumptions=rows, calibration=fit
    )


@pytest.mark.parametrize("cutoff", CUTOFFS, ids=str)
def test_a_hindcast_uses_only_what_was_reported_before(cutoff: dt.date) -> None:
    """Poison all that came later: the forecast does not move, and the reports it is held against do."""
    clean = run_hindcast(RECORDS, cutoff, draws=60)
    bad = run_hindcast(poisoned(cutoff), cutoff, draws=60)
    pd.testing.assert_frame_equal(clean.path, bad.path)
    pd.testing.assert_frame_equal(clean.known, bad.known)
    columns = ["p10", "p50", "p90"]
    pd.testing.assert_frame_equal(clean.totals[columns], bad.totals[columns])
    assert not clean.totals["high"].equals(bad.totals["high"])


def test_poison_before_the_cutoff_is_felt() -> None:
    cutoff = dt.date(2024, 12, 31)
    claims = RECORDS.claims.copy()
    early = claims["claim_id"].isin(run_hindcast(RECORDS, cutoff, 60).known["claim_id"])
    claims.loc[early, ["low", "high"]] *= 1.3
    moved = dataclasses.replace(RECORDS, claims=claims)
    assert not run_hindcast(moved, cutoff, 60).path.equals(run_hindcast(RECORDS, cutoff, 60).path)


def test_coverage_is_counted_from_the_reports() -> None:
    for cutoff in CUTOFFS:
        hindcast = run_hindcast(RECORDS, cutoff)
        assert (hindcast.totals["known_on"] > cutoff).all()
        assert (hindcast.totals["year"] > cutoff.year).all()
        assert (hindcast.totals["status"] != "target").all()
        inside = 0
        for row in hindcast.totals.itertuples():
            low = row.low if row.low == row.low else 0.0
            high = row.high if row.high == row.high else float("inf")
            inside += low <= row.p90 and high >= row.p10
        table = hindcast.count_hits()
        kinds = ["nameplate", "output", "bounds"]
        assert table.loc[kinds, "hits"].sum() == inside
        assert table.loc[kinds, "of"].sum() == len(hindcast.totals)
        assert (
            table.loc["bounds", "of"] == hindcast.totals[["low", "high"]].isna().any(axis=1).sum()
        )
        checked = hindcast.dates[hindcast.dates["hit"].notna()]
        assert table.loc["dates", "of"] == len(checked)
        assert hindcast.known["known_on"].le(cutoff).all()


def test_an_overdue_milestone_without_a_word_is_no_miss() -> None:
    dates = run_hindcast(RECORDS, dt.date(2024, 12, 31)).dates
    silent = dates[dates["state"] == "no report that it came"]
    assert len(silent)
    assert silent["hit"].isna().all()
    assert (silent["came"] == "").all()
