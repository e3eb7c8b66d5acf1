"""Reported and promised rates of a line, in the unit of their reports: the last one reached, the
latest target, and the first report of at least 90 % of that target as made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from ramp155.record.rows import Event

FULL_RATE_SHARE = 0.9
_OUTPUT_EVENTS = ("rate", "first_output", "full_rate")


def find_last_rate(reports: Sequence[Event]) -> Event | None:
    """The report of the latest rate reached; of the same date, the one with the best confidence.

    `reports`: those of one line that had happened, in that order.
    """
    reached_rates = [event for event, _ in _list_reached_rates(reports)]
    if not reached_rates:
        return None
    latest_day = max(map(_find_last_day, reached_rates))
    latest = [event for event in reversed(reached_rates) if _find_last_day(event) == latest_day]
    return min(latest, key=lambda event: event.confidence)


def find_full_rate(events: Sequence[Event]) -> Event | None:
    """The first dated report of at least 90 % of the line's latest target as made.

    `events`: those of one line, in the order in which they became known.
    """
    target_rate = find_target_rate(events)
    if not target_rate:
        return None
    full_rates = [
        (event.first_day, event)
        for event, rate in _list_reached_rates(events)
        if event.counts == "output"
        if event.first_day is not None and rate >= FULL_RATE_SHARE * target_rate
    ]
    return min(full_rates, key=lambda report: report[0])[1] if full_rates else None


def find_target_rate(events: Sequence[Event]) -> float | None:
    """The highest rate promised in the latest statement that promises one.

    Parameters
    ----------
    events : sequence of Event
        Events of one line, in the order in which they became known.

    Returns
    -------
    float or None
        Units a year, in the unit of the report; None where nothing is promised.
    """
    promised_rates = [
        (event.known_on, event.rate)
        for event in events
        if event.rate_status == "planned" and event.rate is not None and event.scope == "site"
    ]
    if not promised_rates:
        return None
    last_known_on = promised_rates[-1][0]
    return max(rate for known_on, rate in promised_rates if known_on == last_known_on)


def _list_reached_rates(events: Iterable[Event]) -> list[tuple[Event, float]]:
    """Events that report a rate of the line itself as reached (made, or able to), with that rate."""
    return [
        (event, event.rate)
        for event in events
        if event.rate_status == "done"
        and event.rate is not None
        and event.scope == "site"
        and event.event in _OUTPUT_EVENTS
    ]


def _find_last_day(event: Event) -> dt.date:
    """The last day of the span an event names, else the day from which it counts as known."""
    return event.last_day or event.known_on
