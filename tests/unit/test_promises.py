"""Promises: both sources of every slip, its spread with its uncertainty, steps that have not ended."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

import ramp155
from ramp155 import evidence_words, promises, timeline
from ramp155.record import dates


@pytest.fixture(scope="module")
def dated(records: ramp155.Records) -> pd.DataFrame:
    return promises.dated(records)


def test_at_least_fifty_milestones_have_two_dates_and_both_sources(
    records: ramp155.Records, dated: pd.DataFrame
) -> None:
    assert len(dated) >= 50
    known = set(records.sources["source_id"])
    assert set(dated["first_source"]) | set(dated["end_source"]) <= known
    assert (dated["first_event"] != dated["end_event"]).all()
    assert (dated[["first_promise", "end", "first_said"]] != "").all().all()
    events = records.events.set_index("event_id")
    for row in dated.itertuples():
        first, end = events.loc[row.first_event], events.loc[row.end_event]
        assert first["status"] == "planned"
        assert first["event"] == end["event"] == row.milestone
        assert end["status"] == ("done" if row.kept == "delivered" else "planned")


def test_median_and_p90_carry_their_uncertainty(
    records: ramp155.Records, dated: pd.DataFrame
) -> None:
    found = promises.spread(dated["slip_months"])
    assert found.count == len(dated)
    assert found.median == dated["slip_months"].median()
    assert found.p90 == pytest.approx(dated["slip_months"].quantile(0.9))
    for value, (low, high) in ((found.median, found.median_range), (found.p90, found.p90_range)):
        assert low <= value <= high
        assert high > low
    said = evidence_words.slips_range(records)
    assert f"{found.median_range[0]:.0f} to {found.median_range[1]:.0f}" in said
    assert f"{found.p90_range[0]:.0f} to {found.p90_range[1]:.0f}" in said


def test_a_bootstrap_range_shrinks_with_the_number_of_slips() -> None:
    few = promises.spread(pd.Series(np.arange(10.0)))
    many = promises.spread(pd.Series(np.repeat(np.arange(10.0), 20)))
    assert np.diff(many.median_range) < np.diff(few.median_range)


def test_few_slips_give_no_range_and_none_no_number() -> None:
    few = promises.spread(pd.Series([1.0, 2.0]))
    assert few.count == 2
    assert math.isnan(few.median_range[0])
    assert promises.spread(pd.Series([], dtype=float)).count == 0


@pytest.mark.parametrize("column", promises.GROUPS)
def test_groups_add_up_to_the_whole(records: ramp155.Records, column: str) -> None:
    table = promises.by(records, column)
    assert table["count"].sum() == len(promises.dated(records))
    assert table["count"].is_monotonic_decreasing


def test_the_slips_feed_the_model(records: ramp155.Records, dated: pd.DataFrame) -> None:
    assert len(timeline.slips(records)) == len(dated)
    assert f"{len(dated)} slips" in evidence_words.feeds(records)


def test_survival_counts_what_has_not_ended() -> None:
    """Against a textbook sum: with nobody censored it is the share left, with censoring it is more."""
    whole = pd.DataFrame({"months": [1, 2, 3, 4], "ended": [True] * 4})
    curve = promises.survival(whole).set_index("months")["share"]
    assert curve.to_dict() == {0: 1.0, 1: 0.75, 2: 0.5, 3: 0.25, 4: 0.0}
    part = pd.DataFrame({"months": [1, 2, 3, 4, 5], "ended": [True, False, True, True, False]})
    curve = promises.survival(part)
    # lifelines 0.30.3 gives the same: 0.8, 0.8, 0.5333, 0.2667, 0.2667
    assert curve["share"].round(4).tolist() == [1.0, 0.8, 0.8, 0.5333, 0.2667, 0.2667]
    assert promises.half(curve)[0] == 4
    lone = pd.DataFrame({"months": [6, 12], "ended": [False, False]})
    assert promises.half(promises.survival(lone)) == (math.inf, math.inf, math.inf)


def test_durations_run_to_the_records_end_where_nothing_ended(records: ramp155.Records) -> None:
    end = records.end.year * 12 + records.end.month - 1
    for step in promises.STEPS:
        table = promises.durations(records, step)
        assert len(table) > 10
        assert (table["months"] >= 0).all()
        open_ = table[~table["ended"]]
        assert (open_["end"] == "").all()
        assert len(open_)
        for row in open_.itertuples():
            assert row.months == end - dates.month_number(row.start)
        assert table["line_id"].is_unique
