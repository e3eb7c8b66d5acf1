"""Dated milestones of every line: first promise, latest promise, delivery, and the slip between
them in months.

Only groundbreaking, opened, first_output and full_rate count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from ramp155.history.as_known import resolve_day
from ramp155.history.events import BUILD_UP_YEAR, MILESTONES
from ramp155.record.dates import first_day, last_day, month_number
from ramp155.record.records import Records
from ramp155.record.rows import Event


class Milestone(NamedTuple):
    """A dated milestone of a line; dates and event ids are "" where there is none.

    `slip_months` is the delivery, else the latest promise, less the first promise (NaN without two dates),
    `promises` how many there were.
    """

    line_id: str
    milestone: str
    first_promise: str
    first_event: str
    latest_promise: str
    latest_event: str
    delivered: str
    delivered_event: str
    slip_months: float
    promises: int


def list_milestones(records: Records, as_of: str | dt.date | None = None) -> pd.DataFrame:
    """Every dated milestone of every line: first promise, latest promise, delivery and slip.

    Only groundbreaking, opened, first_output and full_rate count: for other events the date can mean
    the saying or the thing said. Undated reports give no order of promises and are left out of it.
    Columns: those of `Milestone`.
    """
    return pd.DataFrame(list_milestone_rows(records, as_of), columns=list(Milestone._fields))


def list_milestone_rows(records: Records, as_of: str | dt.date | None = None) -> list[Milestone]:
    """As `list_milestones`, as rows."""
    day = resolve_day(records, as_of)
    return [
        milestone
        for line, events in records.events_of.items()
        for milestone in list_line_milestones(line, [e for e in events if e.known_on <= day])
    ]


def list_line_milestones(line: str, events: Sequence[Event]) -> list[Milestone]:
    """The dated milestones of one line; `events` are its own, in the order in which they became known."""
    milestones = (_read_milestone(line, name, events) for name in MILESTONES)
    return [milestone for milestone in milestones if milestone is not None]


def _read_milestone(line: str, name: str, events: Sequence[Event]) -> Milestone | None:
    """One milestone of a line; None where it is neither delivered nor promised."""
    reports = [event for event in events if event.event == name and event.date]
    delivery = _find_delivery(reports)
    # Of two promises made on one day the better confirmed one is taken as the later word.
    promises = sorted(
        filter(_is_promise, reports), key=lambda event: (event.known_on, -ord(event.confidence))
    )
    if delivery is None and not promises:
        return None
    if delivery is not None and delivery.last_day is not None:
        # What was promised after the delivery is another step of the same line.
        promises = [event for event in promises if event.known_on <= delivery.last_day]
    first_promise, last_promise = (promises[0], promises[-1]) if promises else (None, None)
    return Milestone(
        line_id=line,
        milestone=name,
        first_promise=first_promise.date if first_promise else "",
        first_event=first_promise.event_id if first_promise else "",
        latest_promise=last_promise.date if last_promise else "",
        latest_event=last_promise.event_id if last_promise else "",
        delivered=delivery.date if delivery else "",
        delivered_event=delivery.event_id if delivery else "",
        slip_months=_count_slip(first_promise, last_promise, delivery),
        promises=len(promises),
    )


def _find_delivery(reports: Sequence[Event]) -> Event | None:
    """The first report, by the day it names, that a milestone was reached."""
    done_reports = [(event.first_day, event) for event in reports if event.status == "done"]
    dated_reports = [(day, event) for day, event in done_reports if day is not None]
    return min(dated_reports, key=lambda report: report[0])[1] if dated_reports else None


def _count_slip(first: Event | None, last: Event | None, delivery: Event | None) -> float:
    """Months from the first promise to the delivery, else to the last promise; NaN without two dates."""
    if first is None or last is None:
        return float("nan")
    if delivery is not None:
        return count_months_late(first.date, delivery.date)
    if last is not first and _is_later_promise(first, last):
        return count_months_late(first.date, last.date)
    return float("nan")


def _is_promise(event: Event) -> bool:
    """A dated promise for the line itself that belongs to today's build-up."""
    is_promised = event.status == "planned" and bool(event.reported_on) and event.scope == "site"
    return is_promised and event.known_on.year >= BUILD_UP_YEAR


def _is_later_promise(first: Event, last: Event) -> bool:
    """Whether one promise was surely made after another: two papers of one day disagree, they do not slip."""
    return last_day(first.reported_on) < first_day(last.reported_on)


def count_months_late(promised: str, came: str) -> float:
    """Months from one date to another; none where one only says the other more exactly.

    Parameters
    ----------
    promised, came : str
        Dates (YYYY, YYYY-MM or YYYY-MM-DD).

    Returns
    -------
    float
        Months late, below 0 for early.

    Raises
    ------
    ValueError
        Where a text is no date.
    """
    overlap = first_day(promised) <= last_day(came)
    overlap &= first_day(came) <= last_day(promised)
    return 0.0 if overlap else float(month_number(came) - month_number(promised))
