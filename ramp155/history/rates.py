"""Reported and promised rates of a line, in the unit of their reports: the last one reported as made, the latest target, and the first report of at least 90 % of that target."""

from __future__ import annotations

from ramp155.record.rows import Event

FULL_RATE_SHARE = 0.9
_OUTPUT_EVENTS = ("rate", "first_output", "full_rate")


def find_last_rate(happened: list[Event]) -> float | None:
    """The latest rate reported as made; of the same date, the report with the best confidence."""
    made_rates = [
        e
        for e in happened
        if e.rate_status == "done"
        and e.rate is not None
        and e.scope == "site"
        and e.event in _OUTPUT_EVENTS
    ]
    if not made_rates:
        return None
    latest_day = max(e.last_day or e.known_on for e in made_rates)
    return min(
        (e for e in reversed(made_rates) if (e.last_day or e.known_on) == latest_day),
        key=lambda e: e.confidence,
    ).rate


def find_full_rate(events: list[Event]) -> Event | None:
    """The first report of a rate of at least 90 % of the line's latest target; `events` as in `events_of`."""
    target_rate = find_target_rate(events)
    made_rates = [
        e
        for e in events
        if e.rate_status == "done" and e.scope == "site" and e.event in _OUTPUT_EVENTS and e.date
    ]
    enough = [
        e
        for e in made_rates
        if target_rate and e.rate is not None and e.rate >= FULL_RATE_SHARE * target_rate
    ]
    return min(enough, key=lambda e: e.first_day) if enough else None


def find_target_rate(events: list[Event]) -> float | None:
    """The highest rate promised in the latest statement that promises one."""
    promised_rates = [
        e for e in events if e.rate_status == "planned" and e.rate is not None and e.scope == "site"
    ]
    if not promised_rates:
        return None
    return max(e.rate for e in promised_rates if e.known_on == promised_rates[-1].known_on)
