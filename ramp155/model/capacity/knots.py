"""The knots of a line read from its events: reported rates, the start of output, and the promises
still standing, each with its month counted from the first of the horizon.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ramp155.model.scenario.horizon import FIRST_MONTH_NUMBER
from ramp155.record.dates import month_number
from ramp155.record.rows import Event

Knot = tuple[int, float]  # month counted from the first of the horizon, units a year


def list_done_knots(events: Sequence[Event]) -> list[Knot]:
    """One knot a month: the report with the best confidence, of those the latest.

    Parameters
    ----------
    events : sequence of Event
        Done events with a rate of one line, in the order in which they became known.

    Returns
    -------
    list of (int, float)
        Month counted from the first of the horizon, and units a year.
    """
    best_reports: dict[int, tuple[str, float]] = {}  # month -> confidence and rate
    for event in events:
        if event.rate is None:
            continue
        month = _count_month(event.date) if event.date else _count_known_month(event)
        if month not in best_reports or event.confidence <= best_reports[month][0]:
            best_reports[month] = event.confidence, float(event.rate)
    return [(month, rate) for month, (_, rate) in sorted(best_reports.items())]


def find_start(events: Sequence[Event]) -> tuple[int | None, bool]:
    """Month output began, or is by the latest word to begin; first output counts before opening.

    Parameters
    ----------
    events : sequence of Event
        Events of one line, in the order in which they became known.

    Returns
    -------
    month : int or None
        Counted from the first of the horizon; None where nothing says when.
    is_promised : bool
        Whether it is still a promise.
    """
    for name in ("first_output", "opened"):
        reported = [e for e in events if e.event == name and e.status == "done" and e.date]
        if reported:
            return min(_count_month(event.date) for event in reported), False
    for name in ("first_output", "opened", "trial"):
        promised = [e for e in events if e.event == name and e.status == "planned" and e.date]
        if promised:
            return _count_month(promised[-1].date), True
    return None, False


def _count_month(date: str, year_end: bool = False) -> int:
    """A date's month counted from the first of the horizon; a bare year means July, or its December."""
    if year_end and len(date) == 4:
        return int(date) * 12 + 11 - FIRST_MONTH_NUMBER
    return month_number(date) - FIRST_MONTH_NUMBER


def _count_known_month(event: Event) -> int:
    """The month from which an event counts as known, counted from the first of the horizon."""
    return event.known_on.year * 12 + event.known_on.month - 1 - FIRST_MONTH_NUMBER


def list_planned_knots(
    events: Sequence[Event], start: int | None, ramp_up_months: int
) -> list[Knot]:
    """The promises still standing, in order of month.

    Dated rates first: the latest word for each year, and none that a later word puts off or lowers.
    A target without a date of its own stands some months after the start (or after it was said, if
    the line ran by then), where no dated promise of that day or later says otherwise.

    Parameters
    ----------
    events : sequence of Event
        Promises of a rate of one line.
    start : int or None
        Month in which output begins, counted from the first of the horizon.
    ramp_up_months : int
        Months from the start to a target without a date.

    Returns
    -------
    list of (int, float)
        Month counted from the first of the horizon, and units a year.
    """
    # Undated promises count as the oldest.
    ordered = sorted(events, key=lambda event: (bool(event.reported_on), event.known_on))
    dated_events = [
        event for event in ordered if event.date and event.event in ("rate", "full_rate")
    ]
    promises = _list_standing_promises(dated_events)
    open_ended = [
        event for event in ordered if event not in dated_events and event.event != "trial"
    ]
    if promises:
        last_dated_on = max(event.known_on for event in dated_events)
        open_ended = [
            event
            for event in open_ended
            if event.event in ("rate", "full_rate") and event.known_on >= last_dated_on
        ]
    if open_ended and start is not None:
        last_word = open_ended[-1]
        same_day = [event for event in open_ended if event.known_on == last_word.known_on]
        rate = max(float(event.rate or 0.0) for event in same_day)
        month = max(start, _count_known_month(last_word)) + ramp_up_months
        if not promises or (rate > promises[-1][1] and month > promises[-1][0]):
            promises.append((month, rate))
    return promises


def _list_standing_promises(dated: Sequence[Event]) -> list[Knot]:
    """The latest word for each year, dropping what a word as late or later puts off or lowers."""
    latest: dict[int, tuple[int, Event]] = {}
    for event in dated:
        month = _count_month(event.date, year_end=event.event == "full_rate")
        latest[month // 12] = (month, event)
    standing: list[tuple[int, dt.date, float]] = []
    for month, event in sorted(latest.values(), key=lambda promise: -promise[0]):
        rate = float(event.rate or 0.0)
        if not any(
            event.known_on <= later_known_on and rate >= later_rate
            for _, later_known_on, later_rate in standing
        ):
            standing.append((month, event.known_on, rate))
    return [(month, rate) for month, _, rate in reversed(standing)]
