"""What became of public targets: counts, shares and delays, of rows made by hand and of the record."""

from __future__ import annotations

import dataclasses
import math

import pandas as pd
import pytest

from ramp155.answers.targets import (
    KNOWN_OUTCOMES,
    MAKING_KINDS,
    drop_restated_targets,
    find_target_kind,
    group_targets,
    list_targets,
    list_western_targets,
    tally_targets,
)
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.evidence.targets import list_target_marks
from ramp155.pictures.view import View
from ramp155.record.dates import first_day, last_day
from ramp155.record.records import Records
from ramp155.record.schema import NUMBERS, SCHEMAS
from ramp155.text.evidence.targets import (
    write_kind_outcome,
    write_targets_cautions,
    write_targets_reading,
    write_targets_title,
)
from ramp155.text.numbers import say_month

TABLE = "targets_outcomes"


def with_targets(records: Records, *rows: dict[str, object]) -> Records:
    """The record with these targets and no others; what a row leaves out is blank or plain."""
    plain = {name: float("nan") if name in NUMBERS[TABLE] else "" for name in SCHEMAS[TABLE]}
    plain |= {"speaker": "A", "speaker_kind": "maker", "western": "yes", "what": "rounds"}
    plain |= {"counts": "output", "due": "2024-12", "outcome": "not met", "unit": "rounds/yr"}
    frame = pd.DataFrame(
        [plain | {"outcome_id": f"row-{number}"} | row for number, row in enumerate(rows)],
        columns=list(SCHEMAS[TABLE]),
    )
    return dataclasses.replace(records, targets_outcomes=frame)


def test_only_known_outcomes_are_met_or_not(records: Records) -> None:
    outcomes = [*KNOWN_OUTCOMES, "no report", "pending", "disputed", "disputed"]
    made_up = with_targets(records, *({"outcome": outcome} for outcome in outcomes))
    tally = tally_targets(list_western_targets(made_up))
    assert (tally.known, tally.met, tally.late, tally.not_met, tally.moved) == (4, 1, 1, 1, 1)
    assert (tally.silent, tally.pending, tally.disputed) == (1, 1, 2)
    assert tally.share == 0.25
    # Wilson's interval by hand: z = 1.6449, n = 4, p = 1/4.
    z = 1.6448536
    middle, width = (0.25 + z * z / 8) / (1 + z * z / 4), 1 + z * z / 4
    half = z * math.sqrt(0.25 * 0.75 / 4 + z * z / 64) / width
    assert tally.low == pytest.approx(middle - half, abs=1e-6)
    assert tally.high == pytest.approx(middle + half, abs=1e-6)


def test_a_share_is_of_known_outcomes_with_numbers_on_both_sides(records: Records) -> None:
    made_up = with_targets(
        records,
        {"target": 100.0, "came": 50.0},
        {"target": 100.0, "came": 80.0, "outcome": "disputed"},
        {"target": 100.0},
        {"target": 200.0, "came": 0.0},
        {"target": 100.0, "came": 120.0, "outcome": "met"},
    )
    targets = list_targets(made_up)
    assert list(targets["ratio"].dropna()) == [0.5, 0.0, 1.2]
    tally = tally_targets(targets)
    assert (tally.measured, tally.median_ratio) == (3, 0.5)


def test_a_delay_is_the_least_that_the_dates_allow(records: Records) -> None:
    made_up = with_targets(
        records,
        {"due": "2024-12", "came_on": "2025-03-01", "outcome": "met late"},
        {"due": "2024", "came_on": "2025", "outcome": "not met"},
        {"due": "2024-12", "came_on": "2024-10", "outcome": "not met"},
        {"due": "2024-12", "came_on": "2025-06", "outcome": "met"},
        {"due": "2024-12", "outcome": "not met"},
    )
    months = list_targets(made_up)["months_late"]
    assert list(months.dropna()) == [3.0, 1.0]


def test_a_target_said_anew_counts_once_by_its_last_word(records: Records) -> None:
    made_up = with_targets(
        records,
        {"programme": "p", "said_on": "2024-05", "outcome": "met"},
        {"programme": "p", "said_on": "2023-01"},
        {"programme": "p", "said_on": "2025-01", "outcome": "pending"},
        {"programme": ""},
        {"programme": ""},
    )
    left = drop_restated_targets(list_targets(made_up))
    assert list(left["outcome_id"]) == ["row-0", "row-3", "row-4"]


def test_a_record_without_targets_says_so(records: Records) -> None:
    empty = with_targets(records)
    assert write_targets_title(empty) == "No outcome of a western target is on record"
    assert "No target" in write_targets_reading(empty)
    assert write_kind_outcome(empty, "eu") == ""
    assert group_targets(empty).empty
    assert math.isnan(tally_targets(list_targets(empty)).low)
    picture = build_picture(Model(empty), "targets", View())
    assert picture.finding == write_targets_title(empty)


def test_what_the_record_says(records: Records) -> None:
    western = list_western_targets(records)
    tally = tally_targets(western)
    assert (tally.known, tally.met, tally.measured) == (69, 12, 28)
    assert 0.10 < tally.low < tally.share < tally.high < 0.28
    assert tally.median_ratio == pytest.approx(0.533, abs=0.001)
    making = tally_targets(western[western["speaker_kind"].isin(MAKING_KINDS)])
    assert (making.known, making.met) == (59, 7)
    title = write_targets_title(records)
    assert (
        title == "Of 69 western targets with a known outcome 12 were met on time, about one in six"
    )
    assert "7 of 59" in write_targets_reading(records)
    assert "over-represented" in write_targets_cautions(records)


def test_at_most_four_us_rows_of_rounds_are_left(records: Records) -> None:
    once = drop_restated_targets(list_western_targets(records))
    rounds = once[once["programme"].str.startswith("us-rounds")]
    assert len(rounds) <= 4
    assert len(once) == 60


def test_rows_of_the_record_hold_together(records: Records) -> None:
    targets = list_targets(records)
    for row in targets.itertuples():
        has_came = not math.isnan(row.came)
        assert has_came == bool(row.came_status), row.outcome_id
        assert not has_came or (row.is_known and row.target > 0), row.outcome_id
        assert math.isnan(row.target) or row.unit, row.outcome_id
        assert (row.western == "no") == (row.speaker_kind == "russia"), row.outcome_id
        if row.outcome == "no report":
            assert last_day(row.due) <= records.end, row.outcome_id
        if row.said_on:
            assert first_day(row.said_on) <= last_day(row.due), row.outcome_id
        if row.outcome == "met" and has_came and row.due != row.came_on:
            assert row.ratio >= 0.95, row.outcome_id


def test_a_plan_that_stands_for_an_outcome_is_drawn_as_a_promise(records: Records) -> None:
    marks = list_target_marks(records)
    assert len(marks) == list_targets(records)["ratio"].notna().sum()
    plans = marks[marks["came_status"] == "target"]
    assert set(plans["sign"]) == {"promise"}
    assert not marks.duplicated(["speaker_kind", "ratio", "level"]).any()


def test_a_standing_target_says_what_its_kind_came_to(records: Records) -> None:
    kinds = {
        target.target_id: find_target_kind(records, target.claim_ids)
        for target in records.targets.itertuples()
    }
    assert kinds["eu-2m"] == kinds["million"] == "eu"
    assert kinds["us-100k"] == "us"
    assert kinds["russia"] == "russia"
    assert (
        write_kind_outcome(records, "eu")
        == "Of 6 EU targets with a known outcome 1 was met on time."
    )


def test_why_a_target_is_asked_names_the_month_that_stands_for_it(records: Records) -> None:
    """Odds are read off in a month that is chosen; a date of its own beside them would be another."""
    for target in records.targets.itertuples():
        asked = f"in the month that is read off (where none is chosen: {say_month(target.by)})."
        assert target.reasoning.endswith(asked)
