"""Where reports of one line disagree: about the same rate of the same time, or the same milestone.

A promise that a later word replaces has moved and is no contradiction: of promises only those said within
`SAME_TIME_DAYS` of each other are held against each other, and none told after its date had passed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from ramp155.answers.plants.promised_rates import find_rate_date, list_rate_events
from ramp155.base.memory import remember
from ramp155.history.events import BUILD_UP_YEAR, MILESTONES, find_promise_key
from ramp155.record.records import Records
from ramp155.record.rows import Event

SAME_TIME_DAYS = (
    31  # said so close together, one did not replace the other; dates so close say the same
)
SAME_RATE_SHARE = 0.9  # rates nearer to each other than this say the same


@dataclass(frozen=True)
class Contradiction:
    """Reports of a line that cannot all be right: `kind` is "rate" or "milestone", `about` the date or the milestone.

    `sides` are the reports grouped by what they say, in order of what they say.
    """

    line_id: str
    kind: str
    about: str
    sides: tuple[tuple[Event, ...], ...]


@remember
def list_contradictions(records: Records, line_id: str) -> tuple[Contradiction, ...]:
    """Every contradiction among the reports of a line: rates by the time they speak of, then milestones."""
    return (
        *_list_rate_contradictions(records, line_id),
        *_list_date_contradictions(records, line_id),
    )


def _list_rate_contradictions(records: Records, line_id: str) -> list[Contradiction]:
    reports_of: dict[tuple[str, str, str, str], list[Event]] = {}
    for event in list_rate_events(records, line_id):
        date = find_rate_date(event)
        if date:
            is_done = event.rate_status == "done"
            counts = event.counts if is_done else ""
            kind = "done" if is_done else "planned"
            reports_of.setdefault((date, kind, counts, event.unit), []).append(event)
    return [
        Contradiction(line_id, "rate", date, _group_by_rate(disagreeing))
        for (date, kind, _, _), reports in sorted(reports_of.items(), key=lambda entry: entry[0])
        if (
            disagreeing := _find_disagreeing(reports, _differ_in_rate, is_promise=kind == "planned")
        )
    ]


def _list_date_contradictions(records: Records, line_id: str) -> list[Contradiction]:
    reports_of: dict[str, list[Event]] = {}
    for event in records.events_of[line_id]:
        if event.event in MILESTONES and event.first_day and event.scope == "site":
            reports_of.setdefault(find_promise_key(event), []).append(event)
    contradictions = []
    for reports in reports_of.values():
        done_reports = [
            event
            for event in reports
            if event.status == "done" and event.last_day and event.last_day.year >= BUILD_UP_YEAR
        ]
        promises = [event for event in reports if _is_ahead(event)]
        disagreeing = {
            event.event_id: event
            for event in (
                *_find_disagreeing(done_reports, _differ_in_date, is_promise=False),
                *_find_disagreeing(promises, _differ_in_date, is_promise=True),
                *_find_undone(done_reports, promises),
            )
        }
        if disagreeing:
            contradictions.append(
                Contradiction(
                    line_id,
                    "milestone",
                    reports[-1].event,
                    _group_by_date(list(disagreeing.values())),
                )
            )
    return contradictions


def _find_disagreeing(
    reports: list[Event], differ: Callable[[Event, Event], bool], *, is_promise: bool
) -> list[Event]:
    """The reports of which at least one other says something else."""
    disagreeing = {
        event.event_id: event
        for first, second in itertools.combinations(reports, 2)
        if differ(first, second) and (not is_promise or _are_said_together(first, second))
        for event in (first, second)
    }
    return list(disagreeing.values())


def _find_undone(done_reports: list[Event], promises: list[Event]) -> list[Event]:
    """A milestone reported done, and a word of the same weeks that it is still to come."""
    return [
        event
        for done_report, promise in itertools.product(done_reports, promises)
        if promise.last_day
        and done_report.last_day
        and promise.last_day > done_report.last_day
        and promise.known_on >= done_report.known_on
        and _are_said_together(done_report, promise)
        for event in (done_report, promise)
    ]


def _is_ahead(event: Event) -> bool:
    """Whether an event is a promise that was made before its date was over."""
    return event.status == "planned" and bool(event.last_day and event.last_day >= event.known_on)


def _are_said_together(one: Event, other: Event) -> bool:
    if not one.reported_on or not other.reported_on:
        return False
    if len(one.reported_on) == 4 or len(other.reported_on) == 4:
        return False  # a year does not say which came first
    return abs((one.known_on - other.known_on).days) <= SAME_TIME_DAYS


def _differ_in_rate(one: Event, other: Event) -> bool:
    low, high = sorted((one.rate or 0.0, other.rate or 0.0))
    return low < SAME_RATE_SHARE * high


def _differ_in_date(one: Event, other: Event) -> bool:
    """Whether the spans of two dates have no day in common, and begin more than a month apart."""
    if not (one.first_day and one.last_day and other.first_day and other.last_day):
        return False
    is_apart = one.last_day < other.first_day or other.last_day < one.first_day
    return is_apart and abs((one.first_day - other.first_day).days) > SAME_TIME_DAYS


def _group_by_rate(reports: list[Event]) -> tuple[tuple[Event, ...], ...]:
    ordered = sorted(reports, key=lambda event: event.rate or 0.0)
    groups = itertools.groupby(ordered, key=lambda event: event.rate)
    return tuple(tuple(group) for _, group in groups)


def _group_by_date(reports: list[Event]) -> tuple[tuple[Event, ...], ...]:
    ordered = sorted(reports, key=lambda event: (event.date, event.status))
    groups = itertools.groupby(ordered, key=lambda event: (event.date, event.status))
    return tuple(tuple(group) for _, group in groups)
