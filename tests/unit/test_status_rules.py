"""Each rule of status and milestones on a line made up for it, at the edge where it turns."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math

import pandas as pd
import pytest

from ramp155.history.milestones import list_milestones
from ramp155.history.standing.rules import OUTPUT_EVENTS
from ramp155.history.status import count_silent_months, list_statuses
from ramp155.record.dates import first_day, last_day
from ramp155.record.records import Records

DAY = "2026-01-15"
Report = tuple[object, ...]  # reported on, event, its date, done or planned, and maybe a rate


def tell(records: Records, *reports: Report, origin: str = "new", **others: str) -> Records:
    """A record of one line and what was reported of it; others are columns of all its events."""
    line = records.lines.head(1).assign(line_id="mill", origin=origin)
    template = records.events.iloc[0].to_dict()
    rows = []
    for place, (reported_on, event, date, status, *rate) in enumerate(reports):
        rows.append(
            template
            | {
                "event_id": f"report-{place}",
                "line_id": "mill",
                "reported_on": reported_on,
                "event": event,
                "date": date,
                "status": status,
                "rate": rate[0] if rate else math.nan,
                "unit": "rounds/yr" if rate else "",
                "rate_status": status if rate else "",
                "scope": "site",
                "counts": "output" if status == "done" and event in OUTPUT_EVENTS else "",
                "precision": "",
                "promise": "",
                "known_on": last_day(str(reported_on)),
                "first_day": first_day(str(date)) if date else None,
                "last_day": last_day(str(date)) if date else None,
            }
            | {"confidence": rate[1] if len(rate) > 1 else "B"}
            | others
        )
    events = pd.DataFrame(rows, columns=records.events.columns)
    return dataclasses.replace(records, lines=line, events=events)


def stand(record: Records, day: str = DAY) -> dict[str, object]:
    """The one line's row of statuses."""
    (row,) = list_statuses(record, day).to_dict("records")
    return row


OPENED = ("2025-05-01", "opened", "2025-05-01", "done")
GROUND = ("2024-02-01", "groundbreaking", "2024-02-01", "done")
FIRST = ("2025-09-01", "first_output", "2025-09-01", "done")


@pytest.mark.parametrize(
    ("reports", "status", "proof"),
    [
        ((), "not yet reported", None),
        ((("2024-01-01", "announced", "2024-01-01", "done"),), "announced", 0),
        ((("2024-01-01", "opened", "2025-12", "planned"),), "announced", 0),
        ((GROUND,), "construction", 0),
        ((("2024-03-01", "construction", "2024-03-01", "done"),), "construction", 0),
        ((GROUND, OPENED), "commissioning", 1),
        ((GROUND, ("2025-06-01", "trial", "2025-06-01", "done")), "commissioning", 1),
        ((OPENED, FIRST), "ramping", 1),
        ((OPENED, ("2025-09-01", "rate", "2025-09-01", "done", 100.0)), "ramping", 1),
        ((FIRST, ("2025-11-01", "full_rate", "2025-11-01", "done")), "full rate", 1),
        # Of several that say so the last is the proof.
        ((FIRST, ("2025-10-01", "rate", "2025-10-01", "done", 10.0)), "ramping", 1),
        (
            (
                ("2025-10-01", "full_rate", "2025-10-01", "done"),
                ("2025-11-01", "full_rate", "2025-11-01", "done"),
            ),
            "full rate",
            1,
        ),
        # What is known later, or dated later, has not happened.
        ((GROUND, ("2026-01-16", "opened", "2026-01-10", "done")), "construction", 0),
        ((GROUND, ("2026-01-10", "opened", "2026-01-16", "done")), "construction", 0),
        ((GROUND, ("2026-01-15", "opened", "2026-01-15", "done")), "commissioning", 1),
        # What is reported late but happened early does not stand above what came after it.
        ((("2024-06-01", "suspended", "2024-06-01", "done"), ("2025-01-01", "rate", "2024-01-01", "done")),
         "suspended", 0),
    ],
)  # fmt: skip
def test_a_status_is_as_far_as_reports_go(
    records: Records, reports: tuple[Report, ...], status: str, proof: int | None
) -> None:
    row = stand(tell(records, *reports))
    assert row["status"] == status
    assert row["evidence"] == (None if proof is None else f"report-{proof}")


@pytest.mark.parametrize("stop", ["suspended", "cancelled"])
@pytest.mark.parametrize(
    ("event", "date", "lifts"),
    [
        ("rate", "2024-06-02", True),
        ("opened", "2024-06-02", True),
        ("construction", "2024-06-02", True),
        ("trial", "2024-06-02", True),
        ("rate", "2024-06-01", False),  # the same day
        ("rate", "2024-05-31", False),
        ("funded", "2024-06-02", False),  # money is no movement
    ],
)
def test_a_stop_stands_until_the_line_moves_again(
    records: Records, stop: str, event: str, date: str, lifts: bool
) -> None:
    record = tell(
        records,
        ("2024-06-01", stop, "2024-06-01", "done"),
        ("2024-08-01", event, date, "done"),
    )
    assert (stand(record)["status"] != stop) is lifts
    existing = dataclasses.replace(record, lines=record.lines.assign(origin="existing"))
    assert stand(existing)["status"] == ("operating" if lifts else stop)


def test_the_last_stop_counts(records: Records) -> None:
    stops = [(f"{day}", "suspended", day, "done") for day in ("2024-01-01", "2024-09-01")]
    restart = ("2024-05-01", "rate", "2024-05-01", "done")
    row = stand(tell(records, stops[0], restart, stops[1]))
    assert (row["status"], row["evidence"]) == ("suspended", "report-2")


def test_what_ran_before_2022_operates(records: Records) -> None:
    row = stand(
        tell(records, FIRST, ("2025-12-01", "opened", "2026-12", "planned"), origin="existing")
    )
    assert (row["status"], row["evidence"]) == ("operating", "report-0")
    only_promised = tell(records, ("2025-12-01", "opened", "2026-12", "planned"), origin="existing")
    assert stand(only_promised)["evidence"] == "report-0"


@pytest.mark.parametrize(
    ("date", "status"), [("2021-12-31", "operating"), ("2022-01-01", "ramping")]
)
def test_old_output_says_nothing_of_an_expansion(records: Records, date: str, status: str) -> None:
    reports = (date, "rate", date, "done", 100.0), ("2020-05-01", "opened", "2020-05-01", "done")
    assert stand(tell(records, *reports, origin="expansion"))["status"] == status
    assert stand(tell(records, *reports))["status"] == "ramping"


@pytest.mark.parametrize(
    ("made", "status"), [(89.9, "ramping"), (90.0, "full rate"), (91.0, "full rate")]
)
def test_nine_tenths_of_the_target_is_full_rate(records: Records, made: float, status: str) -> None:
    record = tell(
        records,
        ("2024-01-01", "full_rate", "2027", "planned", 100.0),
        ("2025-09-01", "rate", "2025-09-01", "done", made),
    )
    row = stand(record)
    assert row["status"] == status
    assert row["progress"] == pytest.approx(made / 100)
    assert (row["last_rate"], row["target_rate"], row["unit"]) == (made, 100.0, "rounds/yr")


def test_without_a_target_output_is_ramping_and_has_no_progress(records: Records) -> None:
    row = stand(tell(records, ("2025-09-01", "rate", "2025-09-01", "done", 100.0)))
    assert row["status"] == "ramping"
    assert math.isnan(row["progress"])
    assert math.isnan(row["target_rate"])
    no_output = stand(tell(records, ("2025-09-01", "opened", "2027", "planned", 100.0)))
    assert math.isnan(no_output["progress"])


@pytest.mark.parametrize(
    ("day", "reports", "is_flagged"),
    [
        ("2025-06-30", (), False),  # the last day that the promise allows
        ("2025-07-01", (), True),
        ("2025-12-01", (OPENED,), False),
        (
            "2025-12-01",
            (("2025-09-01", "rate", "2025-09-01", "done"),),
            False,
        ),  # it runs: it was opened
        ("2025-12-01", (GROUND,), True),
        ("2025-12-01", (("2025-03-01", "opened", "2026-03", "planned"),), False),  # put off
        ("2025-12-01", (("2024-06-01", "first_output", "2025-08", "planned"), FIRST), False),
        ("2025-12-01", (OPENED, ("2024-06-01", "full_rate", "2025-08", "planned"), FIRST), True),
    ],
)
def test_a_date_that_passed_is_unconfirmed(
    records: Records, day: str, reports: tuple[Report, ...], is_flagged: bool
) -> None:
    record = tell(records, ("2024-01-01", "opened", "2025-06", "planned"), *reports)
    assert ("unconfirmed" in stand(record, day)["flags"]) is is_flagged


@pytest.mark.parametrize(
    ("day", "is_silent"), [("2026-01-31", False), ("2026-02-01", True), ("2026-03-05", True)]
)
def test_two_years_without_a_report_are_silence(
    records: Records, day: str, is_silent: bool
) -> None:
    record = tell(records, ("2020-01-01", "announced", "2020-01-01", "done"), GROUND)
    row = stand(record, day)
    assert ("no recent news" in row["flags"]) is is_silent
    assert row["last_report"] == "2024-02-01"


def test_silence_is_counted_in_months_to_the_records_end(records: Records) -> None:
    record = tell(records, GROUND)
    silent = count_silent_months(record, list_statuses(record, DAY))
    assert list(silent) == [(record.end.year - 2024) * 12 + record.end.month - 2]
    assert count_silent_months(record, list_statuses(record, "2023-01-01")).empty


def test_a_line_without_any_rate_says_so(records: Records) -> None:
    assert "capacity not reported" in stand(tell(records, GROUND))["flags"]
    with_one = tell(records, GROUND, ("2025-09-01", "opened", "2027", "planned", 100.0))
    assert "capacity not reported" not in stand(with_one)["flags"]
    assert stand(tell(records))["flags"] == []


def test_the_next_milestone_is_the_earliest_that_is_not_delivered(records: Records) -> None:
    record = tell(
        records,
        ("2024-01-01", "groundbreaking", "2024-02", "planned"),
        GROUND,
        ("2024-03-01", "full_rate", "2028", "planned"),
        ("2024-03-01", "opened", "2026-09", "planned"),
    )
    row = stand(record)
    assert (row["next_milestone"], row["next_date"]) == ("opened", "2026-09")
    assert stand(tell(records, GROUND))["next_milestone"] == ""


def test_the_slip_of_a_line_is_that_of_its_start_of_output(records: Records) -> None:
    promises = [
        report
        for event, months in (("groundbreaking", 1), ("full_rate", 2), ("opened", 3), ("first_output", 4))
        for report in (
            ("2024-01-01", event, "2026-01", "planned"),
            ("2024-06-01", event, f"2026-{1 + months:02d}", "planned"),
        )
    ]  # fmt: skip
    for count, slip in ((2, 1), (4, 2), (6, 3), (8, 4)):
        assert stand(tell(records, *promises[:count]))["slip_months"] == slip
    assert math.isnan(stand(tell(records, promises[0]))["slip_months"])


# Milestones


def find_opening(record: Records, day: str = DAY) -> dict[str, object] | None:
    rows = list_milestones(record, day).to_dict("records")
    assert len(rows) <= 1
    return rows[0] if rows else None


def test_a_delivery_closes_what_was_promised_before_it(records: Records) -> None:
    record = tell(
        records,
        ("2024-01-01", "opened", "2024-12", "planned"),
        ("2024-06-01", "opened", "2025-02", "planned"),
        OPENED,
        ("2025-05-01", "opened", "2025-05-01", "planned"),  # known on the day itself: still before
        ("2025-06-01", "opened", "2026-05", "planned"),  # another step of the line
        ("2025-07-01", "opened", "2025-07-01", "done"),
    )
    opening = find_opening(record)
    assert opening is not None
    assert (opening["first_promise"], opening["latest_promise"]) == ("2024-12", "2025-05-01")
    assert (opening["delivered"], opening["delivered_event"]) == ("2025-05-01", "report-2")
    assert (opening["slip_months"], opening["promises"]) == (5, 3)


def test_the_earliest_delivery_counts_whenever_it_was_reported(records: Records) -> None:
    record = tell(
        records, ("2025-05-01", *OPENED[1:]), ("2025-06-01", "opened", "2025-04-01", "done")
    )
    before = find_opening(record, "2025-05-01")  # known on the day on which it is reported
    assert before is not None
    assert before["delivered"] == "2025-05-01"
    after = find_opening(record, "2025-06-01")
    assert after is not None
    assert (after["delivered"], after["delivered_event"]) == ("2025-04-01", "report-1")


@pytest.mark.parametrize(
    ("promised", "came", "slip"),
    [
        ("2025", "2025-05-01", 0),  # says it more exactly
        ("2025-05", "2025-05-31", 0),
        ("2025-05-31", "2025-05-01", 0),  # days of one month
        ("2025-04-30", "2025-05-01", 1),
        ("2025-07", "2025-05", -2),
        ("2025-01-01", "2025", 0),  # the first and the last day of a span are in it
        ("2025-12-31", "2025", 0),
        ("2024-05", "2025-05", 12),
    ],
)
def test_slips_are_counted_in_months(
    records: Records, promised: str, came: str, slip: float
) -> None:
    record = tell(
        records,
        ("2024-01-01", "opened", promised, "planned"),
        ("2025-12-01", "opened", came, "done"),
    )
    opening = find_opening(record)
    assert opening is not None
    assert opening["slip_months"] == slip


def test_two_papers_of_one_day_disagree_and_do_not_slip(records: Records) -> None:
    reports = [("2024-01-01", "opened", date, "planned") for date in ("2025-06", "2025-12")]
    opening = find_opening(tell(records, *reports))
    assert opening is not None
    assert math.isnan(opening["slip_months"])
    later = find_opening(tell(records, reports[0], ("2024-01-02", *reports[1][1:])))
    assert later is not None
    assert later["slip_months"] == 6
    # A month and a day in it: nobody knows which was first.
    vague = find_opening(
        tell(records, ("2024-01", *reports[0][1:]), ("2024-01-31", *reports[1][1:]))
    )
    assert vague is not None
    assert math.isnan(vague["slip_months"])


def test_of_one_day_the_better_confirmed_promise_is_the_later_word(records: Records) -> None:
    good = ("2024-01-01", "opened", "2025-06", "planned", 1.0, "A")
    weak = ("2024-01-01", "opened", "2025-12", "planned", 1.0, "C")
    for reports in ((good, weak), (weak, good)):
        opening = find_opening(tell(records, *reports))
        assert opening is not None
        assert (opening["first_promise"], opening["latest_promise"]) == ("2025-12", "2025-06")


@pytest.mark.parametrize(("reported_on", "counts"), [("2019-12-31", False), ("2020-01-01", True)])
def test_promises_of_an_older_build_up_do_not_count(
    records: Records, reported_on: str, counts: bool
) -> None:
    opening = find_opening(tell(records, (reported_on, "opened", "2021", "planned")))
    assert (opening is not None) is counts


def test_a_promise_for_the_whole_firm_is_none_for_the_line(records: Records) -> None:
    promise = ("2024-01-01", "opened", "2025-06", "planned")
    assert find_opening(tell(records, promise, scope="company")) is None
    assert find_opening(tell(records, promise)) is not None
    assert find_opening(tell(records, ("2024-01-01", "opened", "", "done"))) is None  # undated


def test_days_are_taken_as_dates_too(records: Records) -> None:
    record = tell(records, GROUND)
    assert list_statuses(record, dt.date(2024, 1, 31))["status"].item() == "not yet reported"
    assert list_statuses(record, dt.date(2024, 2, 1))["status"].item() == "construction"
