"""Promises: both sources of every slip, its spread with its uncertainty, steps that have not ended."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from ramp155.history.durations import LINE_STEPS, estimate_survival, find_half_time, list_durations
from ramp155.history.slips import (
    SLIP_GROUPS,
    group_slips,
    list_dated_milestones,
    list_slips,
    measure_slips,
    measure_spread,
    read_slips,
)
from ramp155.record.dates import month_number
from ramp155.record.records import Records
from ramp155.text.evidence.promises import write_slips_range, write_slips_use


@pytest.fixture(scope="module")
def dated(records: Records) -> pd.DataFrame:
    return list_dated_milestones(records)


def test_at_least_fifty_milestones_have_two_dates_and_both_sources(
    records: Records, dated: pd.DataFrame
) -> None:
    assert len(dated) >= 50
    known = set(records.sources["source_id"])
    assert set(dated["first_source"]) | set(dated["end_source"]) <= known
    assert (dated["first_event"] != dated["end_event"]).all()
    assert (dated[["first_promise", "end"]] != "").all().all()
    events = records.events.set_index("event_id")
    for row in dated.itertuples():
        first, end = events.loc[row.first_event], events.loc[row.end_event]
        assert first["status"] == "planned"
        # One promise may be told under several milestones, and only in a later page without a date.
        assert end["event"] == row.milestone
        assert first["promise"] == end["promise"]
        assert first["promise"] or first["event"] == row.milestone
        assert first["promise"] or row.first_said
        assert end["status"] == ("done" if row.kept == "delivered" else "planned")


def test_median_and_p90_carry_their_uncertainty(records: Records, dated: pd.DataFrame) -> None:
    readings = read_slips(dated)
    for spread, column in ((readings.strict, "strict_months"), (readings.middle, "slip_months")):
        assert spread.count == len(dated)
        assert spread.median == dated[column].median()
        assert spread.p90 == pytest.approx(dated[column].quantile(0.9))
        for value, (low, high) in (
            (spread.median, spread.median_range),
            (spread.p90, spread.p90_range),
        ):
            assert low <= value <= high
            assert high > low
    said = write_slips_range(records)
    assert f"from {readings.median_low:.0f} to {readings.median_high:.0f} months" in said
    assert f"by a median of {readings.middle.median:.0f} months" in said


def test_both_readings_come_from_the_same_dates(dated: pd.DataFrame) -> None:
    readings = read_slips(dated)
    is_apart = (dated["slip_low"] > 0) | (dated["slip_high"] < 0)
    assert (dated.loc[~is_apart, ["strict_months", "slip_months"]] == 0).all().all()
    assert (dated["strict_months"].abs() <= dated["slip_months"].abs() + 1e-9).all()
    assert readings.strict.late == readings.middle.late == (dated["slip_low"] > 0).mean()
    assert readings.late_clearly == int((dated["slip_low"] >= 2).sum())
    assert readings.median_low <= readings.strict.median <= readings.median_high


def test_what_two_reviewers_read_from_one_record_follows_from_one_code() -> None:
    """32 of 50 slips rested on a bare year: read at mid-year half slip by months, strictly by one."""
    year_later = pd.DataFrame({"slip_low": [1.0], "slip_high": [12.0], "slip_months": [6.0]})
    readings = read_slips(year_later)
    assert (readings.strict.median, readings.middle.median, readings.late_clearly) == (1, 6, 0)


def test_a_bootstrap_range_shrinks_with_the_number_of_slips() -> None:
    few = measure_spread(pd.Series(np.arange(10.0)))
    many = measure_spread(pd.Series(np.repeat(np.arange(10.0), 20)))
    assert np.diff(many.median_range) < np.diff(few.median_range)


def test_few_slips_give_no_range_and_none_no_number() -> None:
    few = measure_spread(pd.Series([1.0, 2.0]))
    assert few.count == 2
    assert math.isnan(few.median_range[0])
    assert measure_spread(pd.Series([], dtype=float)).count == 0


@pytest.mark.parametrize("column", SLIP_GROUPS)
def test_groups_add_up_to_the_whole(records: Records, column: str) -> None:
    table = group_slips(records, column)
    assert table["count"].sum() == len(list_dated_milestones(records))
    assert table["count"].is_monotonic_decreasing


def test_the_slips_feed_the_model(records: Records, dated: pd.DataFrame) -> None:
    assert len(list_slips(records)) == len(dated)
    slips = measure_slips(records)
    assert f"{len(slips)} delays" in write_slips_use(records)


def test_survival_counts_what_has_not_ended() -> None:
    """Against a textbook sum: with nobody censored it is the share left, with censoring it is more."""
    whole = pd.DataFrame({"months": [1, 2, 3, 4], "ended": [True] * 4})
    curve = estimate_survival(whole).set_index("months")["share"]
    assert curve.to_dict() == {0: 1.0, 1: 0.75, 2: 0.5, 3: 0.25, 4: 0.0}
    part = pd.DataFrame({"months": [1, 2, 3, 4, 5], "ended": [True, False, True, True, False]})
    curve = estimate_survival(part)
    # lifelines 0.30.3 gives the same: 0.8, 0.8, 0.5333, 0.2667, 0.2667
    assert curve["share"].round(4).tolist() == [1.0, 0.8, 0.8, 0.5333, 0.2667, 0.2667]
    assert find_half_time(curve)[0] == 4
    lone = pd.DataFrame({"months": [6, 12], "ended": [False, False]})
    assert find_half_time(estimate_survival(lone)) == (math.inf, math.inf, math.inf)


def test_durations_run_to_the_records_end_where_nothing_ended(records: Records) -> None:
    end = records.end.year * 12 + records.end.month - 1
    for step in LINE_STEPS:
        table = list_durations(records, step)
        assert len(table) > 10
        assert (table["months"] >= 0).all()
        open_ = table[~table["ended"]]
        assert (open_["end"] == "").all()
        assert len(open_)
        for row in open_.itertuples():
            assert row.months == end - month_number(row.start)
        assert table["line_id"].is_unique
