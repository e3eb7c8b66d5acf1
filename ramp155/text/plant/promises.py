"""What was promised of a line and what came of it, a sentence each."""

from __future__ import annotations

import datetime as dt

from ramp155.answers.plants.promised_rates import find_reached_rate, find_standing_promises
from ramp155.history.milestones import Milestone, list_line_milestones
from ramp155.record.dates import first_day
from ramp155.record.records import Records
from ramp155.record.rows import Event
from ramp155.record.schema.vocabulary import EVENTS, UNITS
from ramp155.text.evidence.promises import PROMISED_STEPS, say_slip, write_lateness
from ramp155.text.numbers import count_words, say_amount
from ramp155.text.plant.standing import say_when

# What says most about output comes first.
_ORDER = ("opened", "first_output", "full_rate", "groundbreaking")
_REACHED_WORDS = {"output": "made", "capacity": "reported as capacity", "": "reported"}


def list_step_sentences(records: Records, line_id: str) -> list[str]:
    """What was promised of a line's steps and what came, a sentence a step, the opening first."""
    milestones = list_line_milestones(line_id, records.events_of[line_id], records.end)
    ordered = sorted(milestones, key=lambda milestone: _ORDER.index(milestone.milestone))
    sentences = [say_milestone(records, milestone) for milestone in ordered]
    return sentences or ["No step of it has a date."]


def list_rate_sentences(records: Records, line_id: str) -> list[str]:
    """The last rate reached, the rates promised by year, and when the line was last heard of."""
    reached_rate = find_reached_rate(records, line_id)
    reached = (
        [say_reached_rate(reached_rate)] if reached_rate else ["No rate is reported as reached."]
    )
    said = say_promised_rates(list_recent_promises(records, line_id))
    return [*reached, *said, say_last_heard(records, line_id)]


def list_recent_promises(records: Records, line_id: str) -> list[Event]:
    """The latest word for each year from last year on: what was promised for older ones stands on the chart."""
    standing = find_standing_promises(records, line_id)
    return [event for event in standing if int(event.date[:4]) >= records.end.year - 1]


def say_milestone(records: Records, milestone: Milestone) -> str:
    """A step of a line, when it came and when it had been promised for."""
    is_computed = (
        bool(milestone.first_event) and records.event(milestone.first_event).precision == "computed"
    )
    sum_note = " (our sum)" if is_computed else ""
    first = say_when(milestone.first_promise) if milestone.first_promise else ""
    if milestone.delivered:
        came = f"{EVENTS[milestone.milestone]} {say_when(milestone.delivered)}"
        if not first:
            return f"{came}; no date had been promised on record."
        slip = say_slip(milestone.slip_low, milestone.slip_high)
        return f"{came}, promised for {first}{sum_note}: {slip}."
    if milestone.state in ("overdue", "moved"):
        return write_lateness(milestone, is_computed)
    promised = f"{PROMISED_STEPS[milestone.milestone]} promised for {first}{sum_note}"
    if milestone.state == "under way":
        return f"{promised}; a later step shows that it came, no report says when."
    if milestone.latest_promise != milestone.first_promise:
        return f"{promised}, now for {say_when(milestone.latest_promise)}."
    return f"{promised}."


def say_reached_rate(event: Event) -> str:
    """The last rate reported as reached, what it counts and when."""
    when = (
        say_when(event.date or event.reported_on) if event.date or event.reported_on else "no date"
    )
    return f"{say_rate(event)} {_REACHED_WORDS[event.counts]} for {when}."


def say_rate(event: Event) -> str:
    """A rate in its unit: 350,000 rounds a year."""
    return f"{say_amount(event.rate or 0)} {say_unit(event.unit)}"


def say_unit(unit: str) -> str:
    """A unit of rates as it stands in a sentence: rounds a year."""
    return UNITS[unit][0].lower() + UNITS[unit][1:]


def say_promised_rates(standing: list[Event]) -> list[str]:
    """The latest word for each year, in a sentence for each unit: 25,000 / 140,000 rounds a year promised for 2025 / 2026."""
    events_of: dict[str, list[Event]] = {}
    for event in standing:
        events_of.setdefault(event.unit, []).append(event)
    return [
        f"{' / '.join(say_amount(event.rate or 0) for event in events)} {say_unit(unit)} promised for "
        f"{' / '.join(say_when(event.date) for event in events)}."
        for unit, events in events_of.items()
    ]


def say_last_heard(records: Records, line_id: str) -> str:
    """When a line was last spoken of, and how long ago that was."""
    days = [first_day(e.reported_on) for e in records.events_of[line_id] if e.reported_on]
    if not days:
        return "No report of it bears a date."
    months = count_months(max(days), records.end)
    ago = f"{count_words(months, 'month')} ago" if months else "this month"
    return f"Last heard of {say_when(max(days).isoformat())}, {ago}."


def count_months(since: dt.date, until: dt.date) -> int:
    """Months from one day to another.

    Parameters
    ----------
    since, until : date
        The first and the last day.

    Returns
    -------
    int
        Months, by the calendar.
    """
    return (until.year - since.year) * 12 + until.month - since.month
