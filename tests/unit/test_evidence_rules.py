"""What a report may prove, and what became of promises, on a line made up for it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math

import pandas as pd
import pytest

from ramp155.history.milestones import LATE_STATES, MILESTONE_STATES, list_milestones
from ramp155.history.openings import find_openings
from ramp155.record.dates import find_span
from ramp155.record.records import Records
from tests.unit.test_status_rules import DAY, GROUND, OPENED, stand, tell

RATE = ("2025-09-01", "rate", "2025-09-01", "done", 100.0)


def change(record: Records, place: int, **columns: str) -> Records:
    """The record with columns of one of its events changed."""
    events = record.events.copy()
    for column, value in columns.items():
        events.loc[place, column] = value
    if "precision" in columns:
        spans = [
            find_span(date, precision) if date else (None, None)
            for date, precision in zip(events["date"], events["precision"], strict=True)
        ]
        events["first_day"] = [span[0] for span in spans]
        events["last_day"] = [span[1] for span in spans]
    if columns.get("reported_on") == "":
        events.loc[place, "known_on"] = record.end
    return dataclasses.replace(record, events=events)


def test_a_capacity_proves_no_output(records: Records) -> None:
    record = tell(records, OPENED, RATE)
    assert stand(record)["status"] == "ramping"
    able = stand(change(record, 1, counts="capacity"))
    assert (able["status"], able["rule"]) == ("commissioning", "opened")
    assert (able["last_rate"], able["rate_counts"]) == (100.0, "capacity")


@pytest.mark.parametrize("scope", ["older", "group", "national"])
def test_a_figure_of_something_else_proves_nothing(records: Records, scope: str) -> None:
    record = change(tell(records, GROUND, RATE), 1, scope=scope)
    row = stand(record)
    assert (row["status"], row["one_report"]) == ("construction", "")
    assert math.isnan(row["last_rate"])


def test_one_weak_report_marks_and_does_not_lift(records: Records) -> None:
    weak = (*RATE[:4], 100.0, "C")
    lone = stand(tell(records, GROUND, weak))
    assert (lone["status"], lone["one_report"]) == ("construction", "report-1")
    assert "one report" in lone["flags"]
    same_page = stand(tell(records, GROUND, weak, weak))
    assert same_page["status"] == "construction"
    two_pages = change(
        tell(records, GROUND, weak, weak), 2, source_id=records.sources["source_id"][1]
    )
    assert stand(two_pages)["status"] == "ramping"
    assert "one report" not in stand(two_pages)["flags"]
    beside_better = stand(tell(records, GROUND, weak, RATE))
    assert (beside_better["status"], beside_better["evidence"]) == ("ramping", "report-2")


def test_a_later_word_as_good_undoes_an_older_report(records: Records) -> None:
    still_to_come = ("2025-08-01", "opened", "2026-05", "planned")
    assert stand(tell(records, GROUND, OPENED, still_to_come))["status"] == "construction"
    earlier_word = ("2025-04-01", "opened", "2026-05", "planned")
    assert stand(tell(records, GROUND, OPENED, earlier_word))["status"] == "commissioning"
    weaker_word = (*still_to_come, 1.0, "C")
    assert stand(tell(records, GROUND, OPENED, weaker_word))["status"] == "commissioning"


@pytest.mark.parametrize(
    ("opened_on", "status", "is_inferred"),
    [
        ("2024-08-01", "commissioning", False),  # 17 months
        ("2024-07-31", "ramping", True),  # 18 months
        ("2021-12-01", "operating", True),
    ],
)
def test_what_opened_long_ago_is_taken_as_running(
    records: Records, opened_on: str, status: str, is_inferred: bool
) -> None:
    word = ("2025-11-01", "announced", "2025-11-01", "done")
    opening = (opened_on, "opened", opened_on, "done")
    row = stand(tell(records, opening, word))
    assert (row["status"], row["inferred"]) == (status, is_inferred)
    assert ("inferred" in row["flags"]) is is_inferred
    bad_news = ("2025-10-01", "delayed", "2025-10-01", "done")
    assert stand(tell(records, opening, bad_news))["status"] == "commissioning"


def test_a_weak_word_of_a_stop_leaves_a_running_line_unknown(records: Records) -> None:
    weak_stop = ("2025-11-01", "suspended", "2025-11-01", "done", 1.0, "C")
    assert stand(tell(records, RATE, weak_stop))["status"] == "unknown"
    assert stand(tell(records, GROUND, weak_stop))["status"] == "construction"  # it never ran


def test_what_a_restart_restarts_had_been_stopped(records: Records) -> None:
    reports = (
        ("2019-05-01", "suspended", "2019-05-01", "done"),
        ("2024-01-01", "announced", "2024-01-01", "done"),
    )
    assert stand(tell(records, *reports, origin="restart"))["status"] == "announced"
    assert stand(tell(records, *reports, origin="expansion"))["status"] == "suspended"


def test_an_undated_report_proves_and_has_no_age(records: Records) -> None:
    record = change(
        tell(records, ("2023-01-01", "announced", "2023-01-01", "done"), RATE), 1, reported_on=""
    )
    row = stand(record, record.end.isoformat())
    assert (row["status"], row["last_report"]) == ("ramping", "2023-01-01")
    assert "no recent news" in row["flags"]


# Promises


def read_milestone(record: Records, day: str = DAY) -> dict[str, object]:
    (row,) = list_milestones(record, day).to_dict("records")
    return row


@pytest.mark.parametrize(
    ("reports", "state"),
    [
        ([("2024-01-01", "opened", "2025-06", "planned"), OPENED], "came early"),
        ([("2024-01-01", "opened", "2025", "planned"), OPENED], "came on time"),
        ([("2024-01-01", "opened", "2025-02", "planned"), OPENED], "came late"),
        ([OPENED], "delivered"),
        ([("2024-01-01", "opened", "2025-02", "planned"), RATE], "under way"),
        (
            [
                ("2024-01-01", "opened", "2026-06", "planned"),
                ("2025-01-01", "opened", "2027", "planned"),
            ],
            "moved",
        ),
        ([("2024-01-01", "opened", "2025-12", "planned")], "overdue"),
        (
            [
                ("2024-01-01", "opened", "2027", "planned"),
                ("2025-01-01", "opened", "2026-06", "planned"),
            ],
            "brought forward",
        ),
        ([("2024-01-01", "opened", "2026", "planned")], "ahead"),  # the year is not over
    ],
)
def test_what_became_of_a_promise(
    records: Records, reports: list[tuple[object, ...]], state: str
) -> None:
    record = tell(records, *reports)
    assert read_milestone(record)["state"] == state
    late = stand(record)["late"]
    assert late == ("late" if state in LATE_STATES else "came late" if state == "came late" else "")


def test_every_state_of_a_promise_has_words() -> None:
    assert set(MILESTONE_STATES) >= LATE_STATES


@pytest.mark.parametrize(
    ("precision", "low", "high"),
    [("", 2, 2), ("season", 0, 2), ("half", -3, 2), ("computed", 1, 3)],
)
def test_a_date_is_as_wide_as_the_report(
    records: Records, precision: str, low: int, high: int
) -> None:
    promise = ("2024-01-01", "opened", "2025-03", "planned")
    milestone = read_milestone(change(tell(records, promise, OPENED), 0, precision=precision))
    assert (milestone["slip_low"], milestone["slip_high"]) == (low, high)
    assert milestone["slip_months"] == 0 if low <= 0 else milestone["slip_months"] > 0


def test_one_promise_told_under_two_names_is_one(records: Records) -> None:
    record = tell(
        records,
        ("2024-01-01", "opened", "2025-02", "planned"),
        ("2024-09-01", "first_output", "2025-09", "planned"),
    )
    assert len(list_milestones(record, DAY)) == 2
    for place in (0, 1):
        record = change(record, place, promise="mill-start")
    chained = read_milestone(record)
    assert (chained["first_promise"], chained["latest_promise"]) == ("2025-02", "2025-09")
    assert (chained["milestone"], chained["slip_low"]) == ("first_output", 7)


def test_a_promise_told_afterwards_comes_first(records: Records) -> None:
    record = tell(
        records,
        ("2024-01-01", "opened", "2025-06", "planned"),
        ("2024-02-01", "opened", "2022", "planned"),  # a look back
    )
    assert read_milestone(record)["first_promise"] == "2025-06"
    for place in (0, 1):
        record = change(record, place, promise="mill-start")
    milestone = read_milestone(record)
    assert (milestone["first_promise"], milestone["state"]) == ("2022", "moved")
    assert (milestone["slip_low"], milestone["slip_high"]) == (30, 41)
    assert read_milestone(record, "2024-01-31")["first_promise"] == "2025-06"  # not known yet


def test_one_weak_report_delivers_nothing(records: Records) -> None:
    promise = ("2024-01-01", "opened", "2025-02", "planned")
    weak = read_milestone(tell(records, promise, (*OPENED, 1.0, "C")))
    assert (weak["delivered"], weak["state"]) == ("", "overdue")


# Openings


def test_an_opening_is_the_first_of_its_line(records: Records) -> None:
    early = ("2021-05-01", "opened", "2021-05-01", "done")
    since = dt.date(2023, 11, 1)
    assert len(find_openings(tell(records, OPENED), since)) == 1
    assert find_openings(tell(records, early, OPENED), since).empty
    assert find_openings(tell(records, OPENED, origin="existing"), since).empty
    older = change(tell(records, OPENED), 0, scope="older")
    assert find_openings(older, since).empty


def test_a_weak_opening_is_listed_and_not_counted(records: Records) -> None:
    weak = ("2025-03-01", "first_output", "2025-03-01", "done", 1.0, "C")
    alone = find_openings(tell(records, weak), dt.date(2023, 11, 1))
    assert list(alone["one_report"]) == [True]
    assert not alone["counted"].any()
    both = find_openings(tell(records, weak, OPENED), dt.date(2023, 11, 1))
    assert list(both["event_id"]) == ["report-1"]
    assert isinstance(both, pd.DataFrame)


def test_bad_news_after_what_decides_is_marked(records: Records) -> None:
    setback = ("2025-11-01", "delayed", "2025-11-01", "done")
    assert "bad news since" in stand(tell(records, OPENED, RATE, setback))["flags"]
    weak = (*setback, 1.0, "C")
    earlier = ("2025-06-01", "delayed", "2025-06-01", "done")
    for reports in ((OPENED, RATE), (OPENED, RATE, weak), (OPENED, earlier, RATE)):
        assert "bad news since" not in stand(tell(records, *reports))["flags"]
    assert "bad news since" not in stand(tell(records, GROUND, setback))["flags"]


def test_lateness_is_counted_to_the_day(records: Records) -> None:
    overdue = read_milestone(tell(records, ("2024-01-01", "opened", "2025-06", "planned")))
    assert overdue["least_late"] == 7  # June 2025 to January 2026
    moved = tell(
        records,
        ("2024-01-01", "opened", "2025-06", "planned"),
        ("2025-01-01", "opened", "2026-06", "planned"),
    )
    assert read_milestone(moved)["least_late"] == 12
    assert read_milestone(tell(records, OPENED))["least_late"] == 0
