"""The rates that were promised of a line, statement by statement, and the latest word for each year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ramp155.history.rates import find_last_rate
from ramp155.record.dates import first_day, last_day
from ramp155.record.records import Records
from ramp155.record.rows import Event


@dataclass(frozen=True)
class Statement:
    """What one source promised of a line on one day: events with a rate and a date, by that date."""

    said_on: str
    promises: tuple[Event, ...]


def find_rate_date(event: Event) -> str:
    """The date a rate was reached or is promised for; "" for a promise without one.

    Beside an announcement the date is that event's own, not the rate's, unless it lies ahead of what is said.
    """
    if event.rate_status == "done":
        return event.date or event.reported_on
    if event.status != "planned" or not event.date:
        return ""
    if event.event != "announced":
        return event.date
    is_ahead = event.reported_on and first_day(event.date) > last_day(event.reported_on)
    return event.date if is_ahead else ""


def list_rate_events(records: Records, line_id: str) -> list[Event]:
    """The events that name a rate of the line itself, in the order in which they became known."""
    return [
        event
        for event in records.events_of[line_id]
        if event.rate is not None and event.scope == "site"
    ]


def list_statements(records: Records, line_id: str) -> list[Statement]:
    """Every statement that promises a line's rates for a date, oldest first.

    One dated by its year alone is taken as old as it can be, one without a date as the oldest.
    """
    promises_of: dict[tuple[str, str], list[Event]] = {}
    for event in list_rate_events(records, line_id):
        if event.rate_status != "done" and find_rate_date(event):
            promises_of.setdefault((event.reported_on, event.source_id), []).append(event)
    statements = [
        Statement(said_on, tuple(sorted(promises, key=lambda event: (event.date, event.rate or 0))))
        for (said_on, _), promises in promises_of.items()
    ]
    return sorted(statements, key=lambda statement: find_day_said(statement.said_on))


def find_day_said(said_on: str) -> dt.date:
    """The first day on which a report of that date can have been made; the first of all for one without a date."""
    return first_day(said_on) if said_on else dt.date.min


def find_standing_promises(records: Records, line_id: str) -> list[Event]:
    """The latest word for each year for which a rate is promised, in order of year.

    Of two words of one day the better confirmed one counts. What a later word puts off to another year no longer stands.
    """
    latest: dict[str, Event] = {}
    for statement in list_statements(records, line_id):
        for event in statement.promises:
            year = find_rate_date(event)[:4]
            before = latest.get(year)
            is_as_old = before is not None and before.reported_on == event.reported_on
            if before is None or not is_as_old or event.confidence <= before.confidence:
                latest[year] = event
    return [
        event
        for year, event in sorted(latest.items())
        if not any(
            later_year > year and _puts_off(later, event) for later_year, later in latest.items()
        )
    ]


def _puts_off(later: Event, event: Event) -> bool:
    """Whether a word for a later year, not older, promises no more than a word for an earlier one."""
    is_newer = find_day_said(later.reported_on) >= find_day_said(event.reported_on)
    return is_newer and later.event_id != event.event_id and (later.rate or 0) <= (event.rate or 0)


def find_reached_rate(records: Records, line_id: str) -> Event | None:
    """The last rate reported as reached of the line itself; None where there is none."""
    return find_last_rate(records.events_of[line_id])
