"""Dated milestones of every line: first promise, latest promise, delivery, and the slip between
them as a range of months.

Only groundbreaking, opened, first_output and full_rate count. A promise announced anew under another
name is one promise where the record says so (`promise`). Dates have a width: "in 2025" is a year.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from ramp155.history.as_known import resolve_day
from ramp155.history.events import BUILD_UP_YEAR, MILESTONES, find_promise_key
from ramp155.record.dates import first_day
from ramp155.record.records import Records
from ramp155.record.rows import Event

# What became of a milestone; the first three have a delivery.
MILESTONE_STATES = {
    "came early": "Delivered before the first promised date began.",
    "came on time": "Delivered within what the first promise allows.",
    "came late": "Delivered after the first promised date was over.",
    "delivered": "Delivered; no date had been promised on record.",
    "under way": "A later step was reported, so it came; no report says when.",
    "moved": "Not delivered; promised anew for a later date.",
    "overdue": "Not delivered, and the first promised date is over.",
    "brought forward": "Not delivered; promised anew for an earlier date.",
    "ahead": "Not delivered; the promised date is not over.",
}
LATE_STATES = {"moved", "overdue"}  # late, and still to come
# A later step reported as done shows that those before it were reached.
_LATER_STEPS = {
    "groundbreaking": {"construction", "opened", "first_output", "full_rate", "trial", "rate"},
    "opened": {"first_output", "full_rate", "rate"},
    "first_output": {"full_rate", "rate"},
    "full_rate": set[str](),
}


class Milestone(NamedTuple):
    """A dated milestone of a line; dates and event ids are "" where there is none.

    Slips are months from the first promise to the delivery, else to the latest promise: `slip_low` the
    least and `slip_high` the most that the dates allow, `slip_months` from middle to middle (0 where the
    dates overlap); NaN without two dates. `least_late` is how late it is at least by now, months: 0 where it
    is not. `promises` counts them, `state` is one of `MILESTONE_STATES`,
    `is_overdue` whether the latest promised date is over without a report.
    """

    line_id: str
    milestone: str
    promise: str
    first_promise: str
    first_event: str
    latest_promise: str
    latest_event: str
    delivered: str
    delivered_event: str
    slip_low: float
    slip_high: float
    slip_months: float
    least_late: float
    promises: int
    state: str
    is_overdue: bool

    @property
    def has_slip(self) -> bool:
        """Whether there are two dates to compare."""
        return self.slip_low == self.slip_low


def list_milestones(records: Records, as_of: str | dt.date | None = None) -> pd.DataFrame:
    """Every dated milestone of every line: first promise, latest promise, delivery and slip.

    Only groundbreaking, opened, first_output and full_rate count: for other events the date can mean
    the saying or the thing said. Undated reports give no order of promises and are left out of it,
    unless the record ties them to a promise.

    Parameters
    ----------
    records : Records
        What `ramp155.load()` returns.
    as_of : str or date, optional
        YYYY-MM-DD (a month or a year counts to its end); the record's last report if left out.

    Returns
    -------
    DataFrame, (milestones,)
        Columns: those of `ramp155.history.milestones.Milestone`; slips and lateness in months.

    Raises
    ------
    ValueError
        Where `as_of` is no date.
    """
    return pd.DataFrame(list_milestone_rows(records, as_of), columns=list(Milestone._fields))


def list_milestone_rows(records: Records, as_of: str | dt.date | None = None) -> list[Milestone]:
    """As `list_milestones`, as rows."""
    day = resolve_day(records, as_of)
    return [
        milestone
        for line, events in records.events_of.items()
        for milestone in list_line_milestones(line, [e for e in events if e.known_on <= day], day)
    ]


def list_line_milestones(line: str, events: Sequence[Event], day: dt.date) -> list[Milestone]:
    """The dated milestones of one line on a day; `events` are its own known by then, in that order."""
    reports_of: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.event in MILESTONES and event.date and event.scope == "site":
            reports_of[find_promise_key(event)].append(event)
    milestones = (
        _read_milestone(line, promise, reports, events, day)
        for promise, reports in reports_of.items()
    )
    dated = [milestone for milestone in milestones if milestone is not None]
    return sorted(dated, key=lambda milestone: MILESTONES.index(milestone.milestone))


class _Promise(NamedTuple):
    """A promise with the span of days in which it was made."""

    event: Event
    made_first: dt.date
    made_last: dt.date


def _read_milestone(
    line: str, promise: str, reports: Sequence[Event], events: Sequence[Event], day: dt.date
) -> Milestone | None:
    """One milestone of a line; None where it is neither delivered nor promised."""
    delivery = _find_delivery(reports)
    promises = _list_promises(reports)
    if delivery is None and not promises:
        return None
    if delivery is not None and delivery.last_day is not None:
        # What was promised after the delivery is another step of the same line.
        promises = [made for made in promises if made.made_last <= delivery.last_day]
    first, last = (promises[0], promises[-1]) if promises else (None, None)
    slip = _measure_slip(first, last, delivery)
    named_after = delivery or (last.event if last else reports[-1])
    is_passed = delivery is None and not _has_later_step(named_after.event, events)
    milestone = Milestone(
        line_id=line,
        milestone=named_after.event,
        promise=promise,
        first_promise=first.event.date if first else "",
        first_event=first.event.event_id if first else "",
        latest_promise=last.event.date if last else "",
        latest_event=last.event.event_id if last else "",
        delivered=delivery.date if delivery else "",
        delivered_event=delivery.event_id if delivery else "",
        slip_low=slip[0],
        slip_high=slip[1],
        slip_months=slip[2],
        least_late=0.0,
        promises=len(promises),
        state="",
        is_overdue=is_passed and last is not None and _is_over(last.event, day),
    )
    state = _name_state(milestone, first, is_passed, day)
    least_late = max(slip[0], 0.0) if state in ("came late", "moved") else 0.0
    if state in LATE_STATES and first is not None and _is_over(first.event, day):
        least_late = max(
            least_late, float(_count_months(day) - _count_months(first.event.last_day))
        )
    return milestone._replace(state=state, least_late=least_late)


def _find_delivery(reports: Sequence[Event]) -> Event | None:
    """The first report, by the day it names, that a milestone was reached.

    One report of confidence C delivers nothing.
    """
    done_reports = [event for event in reports if event.status == "done" and event.first_day]
    if len({event.source_id for event in done_reports}) < 2:
        done_reports = [event for event in done_reports if event.confidence != "C"]
    return min(done_reports, key=lambda event: event.first_day or dt.date.max, default=None)


def _list_promises(reports: Iterable[Event]) -> list[_Promise]:
    """Dated promises of one milestone, in the order in which they were made.

    Those made before today's build-up count only where the record ties them to a promise of it. One told
    after its date, or in a page without a date, counts as made when the date it names began.
    """
    promises = []
    for event in reports:
        if event.status != "planned" or event.first_day is None or event.last_day is None:
            continue
        is_retrospect = not event.reported_on or first_day(event.reported_on) > event.last_day
        if event.promise and is_retrospect:
            made_on = min(event.first_day, event.known_on)
            promises.append(_Promise(event, made_on, made_on))
        elif event.reported_on and (event.promise or event.known_on.year >= BUILD_UP_YEAR):
            promises.append(_Promise(event, first_day(event.reported_on), event.known_on))
    # Of two promises made on one day the better confirmed one is taken as the later word.
    return sorted(promises, key=lambda made: (made.made_last, -ord(made.event.confidence)))


def _measure_slip(
    first: _Promise | None, last: _Promise | None, delivery: Event | None
) -> tuple[float, float, float]:
    """Months from the first promise to the delivery, else to the last promise: least, most, middle."""
    unknown = float("nan")
    if first is None or last is None:
        return unknown, unknown, unknown
    if delivery is not None:
        return measure_months_late(delivery, first.event)
    # Two papers of one day disagree, they do not slip.
    if last is not first and first.made_last < last.made_first:
        return measure_months_late(last.event, first.event)
    return unknown, unknown, unknown


def measure_months_late(came: Event, promised: Event) -> tuple[float, float, float]:
    """Months from the date of a promise to that on which it came, or is now promised.

    Parameters
    ----------
    came, promised : Event
        Both dated.

    Returns
    -------
    low, high, middle : float
        The least and the most that the width of the dates allows, and from middle to middle (0 where the
        dates overlap); below 0 for early.
    """
    came_first, came_last = _count_months(came.first_day), _count_months(came.last_day)
    first, last = _count_months(promised.first_day), _count_months(promised.last_day)
    low, high = came_first - last, came_last - first
    middle = (came_first + (came_last - came_first + 1) // 2) - (first + (last - first + 1) // 2)
    return float(low), float(high), 0.0 if low <= 0 <= high else float(middle)


def _count_months(day: dt.date | None) -> int:
    """Months since year 0; the events compared all have days."""
    return day.year * 12 + day.month - 1 if day else 0


def _has_later_step(milestone: str, events: Sequence[Event]) -> bool:
    """Whether a later step is reported done, so that this one was reached without a date of its own."""
    return any(
        event.event in _LATER_STEPS[milestone]
        and event.status == "done"
        and event.scope == "site"
        and event.counts != "capacity"
        and event.confidence != "C"
        for event in events
    )


def _is_over(event: Event, day: dt.date) -> bool:
    return event.last_day is not None and event.last_day < day


def _name_state(milestone: Milestone, first: _Promise | None, is_passed: bool, day: dt.date) -> str:
    """Which of `MILESTONE_STATES` a milestone is in; `is_passed`: not delivered, and no later step shows it."""
    if first is None:
        return "delivered"
    if milestone.delivered:
        if milestone.slip_low > 0:
            return "came late"
        return "came early" if milestone.slip_high < 0 else "came on time"
    if not is_passed:
        return "under way"
    if milestone.slip_low > 0:
        return "moved"
    if _is_over(first.event, day):
        return "overdue"
    return "brought forward" if milestone.slip_high < 0 else "ahead"
