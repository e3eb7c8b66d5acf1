"""The knots of a line read from its events: reported rates, the start of output, and the promises still standing, each with its month counted from the first of the horizon."""

from __future__ import annotations

from ramp155.model.scenario.horizon import FIRST_MONTH_NUMBER
from ramp155.record.dates import month_number
from ramp155.record.rows import Event


def _find_month(event: Event, year_end: bool = False) -> int | None:
    """An event's month counted from MONTHS[0]; a bare year means July, or its December."""
    if not event.date:
        return None
    if year_end and len(event.date) == 4:
        return int(event.date) * 12 + 11 - FIRST_MONTH_NUMBER
    return month_number(event.date) - FIRST_MONTH_NUMBER


def list_done_knots(events: list[Event]) -> list[tuple[int, float]]:
    """One knot a month: the report with the best confidence, of those the latest."""
    best_reports: dict[int, Event] = {}
    for event in events:  # in order of becoming known
        month = _find_month(event)
        if month is None:
            month = event.known_on.year * 12 + event.known_on.month - 1 - FIRST_MONTH_NUMBER
        if month not in best_reports or event.confidence <= best_reports[month].confidence:
            best_reports[month] = event
    return [(m, float(best_reports[m].rate)) for m in sorted(best_reports)]


def find_start(events: list[Event]) -> tuple[int | None, bool]:
    """Month output began, or is by the latest word to begin; first output counts before opening."""
    for name in ("first_output", "opened"):
        reported = [e for e in events if e.event == name and e.status == "done" and e.date]
        if reported:
            return min(m for e in reported if (m := _find_month(e)) is not None), False
    for name in ("first_output", "opened", "trial"):
        promised = [e for e in events if e.event == name and e.status == "planned" and e.date]
        if promised:
            return _find_month(promised[-1]), True
    return None, False


def list_planned_knots(
    events: list[Event], start: int | None, ramp_up_months: int
) -> list[tuple[int, float]]:
    """The promises still standing, in order of month.

    Dated rates first: the latest word for each year, and none that a later word puts off or lowers.
    A target without a date of its own stands `lag` months after the start (or after it was said, if
    the line ran by then), where no dated promise of that day or later says otherwise.
    """
    events = sorted(
        events, key=lambda event: (bool(event.reported_on), event.known_on)
    )  # undated: oldest
    dated = [event for event in events if event.date and event.event in ("rate", "full_rate")]
    promises = _list_standing_promises(dated)
    open_ended = [event for event in events if event not in dated and event.event != "trial"]
    if promises:
        open_ended = [event for event in open_ended if event.event in ("rate", "full_rate")]
        open_ended = [
            event
            for event in open_ended
            if event.known_on >= max(dated_event.known_on for dated_event in dated)
        ]
    if open_ended and start is not None:
        said_on = open_ended[-1].known_on
        rate = max(float(event.rate) for event in open_ended if event.known_on == said_on)
        month = (
            max(start, said_on.year * 12 + said_on.month - 1 - FIRST_MONTH_NUMBER) + ramp_up_months
        )
        if not promises or (rate > promises[-1][1] and month > promises[-1][0]):
            promises.append((month, rate))
    return promises


def _list_standing_promises(dated: list[Event]) -> list[tuple[int, float]]:
    """The latest word for each year, dropping what a word as late or later puts off or lowers."""
    latest = {}
    for event in dated:
        month = _find_month(event, year_end=event.event == "full_rate")
        latest[month // 12] = (month, event)
    standing: list[tuple[int, Event]] = []
    for month, event in sorted(latest.values(), key=lambda k: -k[0]):
        if any(event.known_on <= e.known_on and event.rate >= e.rate for _, e in standing):
            continue
        standing.append((month, event))
    return [(month, float(event.rate)) for month, event in reversed(standing)]
