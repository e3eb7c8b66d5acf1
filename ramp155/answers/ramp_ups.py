"""What was known of each line's ramp-up on a day: promised dates and deliveries, by what it is late,
and what it makes or is to make; and how many of some lines deliver or are late.

The board of Ramp-up, its picture and the table under it take their rows from here.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from ramp155.answers.counts import count_lines
from ramp155.base.memory import remember
from ramp155.history.as_known import cut_records
from ramp155.history.events import MILESTONES
from ramp155.history.milestones import Milestone, list_line_milestones, list_milestone_rows
from ramp155.history.rates import find_target_rate
from ramp155.history.replay_days import FIRST_REPLAY_DAY, list_month_ends
from ramp155.history.standing.rules import decide_status
from ramp155.history.standing.sites import RUNNING_STATUSES
from ramp155.history.status import build_case, find_latest_milestone, find_reached_rate
from ramp155.record.records import Records
from ramp155.record.rows import Event, Line, build_rows

_AWAITED_STATES = ("ahead", "moved", "overdue", "brought forward")
_KEPT_STATES, _MISSED_STATES = ("came early", "came on time"), ("came late", "moved", "overdue")


class DateMark(NamedTuple):
    """A date of a line: a `promise`, an `earlier promise` since moved, or a `delivery`, and the event that says so."""

    kind: str
    milestone: str
    date: str
    event_id: str


class RampUp(NamedTuple):
    """What was known of a line on a day.

    `rule` decided its status, by the event `evidence` ("" for none). Where it is late or came late, `late_since` is the last day of the first
    promise of the milestone that is latest (`late_milestone`) and `lateness_months` how late at least that is.
    `next_` is what is awaited (the milestone that is late, else the next one; `next_is_due`: its date is over), `done_` the furthest step with a
    date. `rate` (in `unit`) is the last one reached (`rate_counts` "output" or "capacity") or else "promised";
    NaN for none.
    """

    rule: str = ""
    evidence: str = ""
    date_marks: tuple[DateMark, ...] = ()
    late_milestone: str = ""
    late_since: dt.date | None = None
    lateness_months: float = 0.0
    next_milestone: str = ""
    next_first: str = ""
    next_date: str = ""
    next_is_due: bool = False
    done_milestone: str = ""
    done_date: str = ""
    rate: float | None = None
    rate_counts: str = ""
    unit: str = ""


class GroupCount(NamedTuple):
    """Of some lines: how many were reported, deliver and are late, and the lower of the middle months they are late by."""

    lines: int
    deliver: int
    late: int
    middle_months: int


class DateTally(NamedTuple):
    """Of promised dates whose outcome is known: how many were met on time."""

    known: int
    met: int


def describe_ramp_up(records: Records, line: Line, events: Sequence[Event], day: dt.date) -> RampUp:
    """What was known of a line on a day.

    Parameters
    ----------
    records : Records
        The record, for the spans of its promises.
    line : Line
        The line.
    events : sequence of Event
        Those of the line that were known on the day, in that order.
    day : date
        The day.

    Returns
    -------
    RampUp
        Months and units as it says.
    """
    milestones = list_line_milestones(line.line_id, events, day)
    latest = find_latest_milestone(milestones)
    awaited = [m for m in milestones if m.state in _AWAITED_STATES]
    upcoming = latest if latest in awaited else None
    upcoming = upcoming or min(awaited, key=lambda m: m.latest_promise, default=None)
    done = [m for m in milestones if m.delivered]
    furthest = max(done, key=lambda m: MILESTONES.index(m.milestone), default=None)
    if latest is not None and latest.delivered:
        furthest = latest
    first_promise = records.event(latest.first_event) if latest else None
    case = build_case(line.origin, events, day)
    decision, reached = decide_status(case), find_reached_rate(case)
    target = find_target_rate(events)
    return RampUp(
        rule=decision.rule,
        evidence=decision.evidence.event_id if decision.evidence else "",
        date_marks=tuple(mark for m in milestones for mark in _list_date_marks(m, m is latest)),
        late_milestone=latest.milestone if latest else "",
        late_since=first_promise.last_day if first_promise else None,
        lateness_months=latest.least_late if latest else 0.0,
        next_milestone=upcoming.milestone if upcoming else "",
        next_first=upcoming.first_promise if upcoming and upcoming.has_slip else "",
        next_date=upcoming.latest_promise if upcoming else "",
        next_is_due=upcoming.is_overdue if upcoming else False,
        done_milestone=furthest.milestone if furthest else "",
        done_date=furthest.delivered if furthest else "",
        rate=reached.rate if reached else target,
        rate_counts=(reached.counts or "capacity") if reached else "promised" if target else "",
        unit=next((event.unit for event in events if event.unit), ""),
    )


def _list_date_marks(milestone: Milestone, is_latest: bool) -> list[DateMark]:
    """The dates that are drawn of a milestone: promises while it is awaited or where it is late, and its delivery."""
    date_marks = []
    if milestone.state in _AWAITED_STATES or is_latest:
        promises = (
            ("earlier promise", milestone.first_promise, milestone.first_event),
            ("promise", milestone.latest_promise, milestone.latest_event),
        )
        # Two papers of one time that disagree move nothing.
        has_moved = milestone.has_slip and milestone.first_promise != milestone.latest_promise
        date_marks = [
            DateMark(kind, milestone.milestone, date, event_id)
            for kind, date, event_id in promises
            if date and (has_moved or kind == "promise")
        ]
    if milestone.delivered:
        delivery = (milestone.milestone, milestone.delivered, milestone.delivered_event)
        date_marks.append(DateMark("delivery", *delivery))
    return date_marks


def list_ramp_ups(records: Records) -> dict[str, RampUp]:
    """What is known of each line at the end of a record: by line_id."""
    return {
        line.line_id: describe_ramp_up(records, line, records.events_of[line.line_id], records.end)
        for line in build_rows(Line, records.lines)
    }


@remember
def trace_ramp_ups(records: Records, hindsight: bool) -> dict[str, tuple[tuple[int, RampUp], ...]]:
    """What was known of each line at the end of each month, where that changed.

    Lateness that only grows with the months is no change: how late a line is month by month stands in
    `tabulate_months`.

    Parameters
    ----------
    records : Records
        The record.
    hindsight : bool
        Whether what was reported later to have happened by then is known, as in `rewind_records`.

    Returns
    -------
    dict
        By line_id: (place among the month ends from which it holds, what is known), in order.
    """
    lines = build_rows(Line, records.lines)
    traces: dict[str, list[tuple[int, RampUp]]] = {line.line_id: [] for line in lines}
    for place, day in enumerate(list_month_ends(FIRST_REPLAY_DAY, records.end)):
        known_record = cut_records(records, day, hindsight) if hindsight else records
        for line in lines:
            known_events = [e for e in known_record.events_of[line.line_id] if e.known_on <= day]
            ramp_up = describe_ramp_up(records, line, known_events, day)
            trace = traces[line.line_id]
            if not trace or _is_change(trace[-1][1], ramp_up):
                trace.append((place, ramp_up))
    return {line_id: tuple(trace) for line_id, trace in traces.items()}


def _is_change(before: RampUp, after: RampUp) -> bool:
    return before._replace(lateness_months=0.0) != after._replace(lateness_months=0.0)


def count_group(records: Records, lines: pd.DataFrame) -> GroupCount:
    """How many of some lines were reported, deliver and are late, and by how much in the middle.

    Parameters
    ----------
    records : Records
        The record.
    lines : DataFrame
        Rows of `list_statuses`.

    Returns
    -------
    GroupCount
        Lines, and months (0 where none is late).
    """
    late_months = lines.loc[lines["late"] == "late", "lateness_months"]
    return GroupCount(
        count_lines(records, lines=lines).number,
        count_lines(records, lines=lines, statuses=RUNNING_STATUSES).number,
        count_lines(records, lines=lines, flag="late").number,
        int(statistics.median(late_months)) if len(late_months) else 0,
    )


@remember
def tally_promised_dates(records: Records) -> DateTally:
    """How many promised dates of lines were met on time, of those that were met, moved or are over.

    Returns
    -------
    DateTally
        Promised dates, each milestone of a line once, by its first promise.
    """
    states = [milestone.state for milestone in list_milestone_rows(records)]
    met = sum(state in _KEPT_STATES for state in states)
    return DateTally(met + sum(state in _MISSED_STATES for state in states), met)
