"""Dated milestones of every line: first promise, latest promise, delivery, and the slip between them in months. Only groundbreaking, opened, first_output and full_rate count."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from ramp155.history.as_known import resolve_day
from ramp155.history.events import BUILD_UP_YEAR, MILESTONES
from ramp155.record.dates import first_day, last_day, month_number
from ramp155.record.records import Records
from ramp155.record.rows import Event

_MILESTONE_COLUMNS = [
    "line_id",
    "milestone",
    "first_promise",
    "first_event",
    "latest_promise",
    "latest_event",
    "delivered",
    "delivered_event",
    "slip_months",
    "promises",
]


def list_milestones(records: Records, as_of: str | dt.date | None = None) -> pd.DataFrame:
    """Every dated milestone of every line: first promise, latest promise, delivery and slip.

    Only groundbreaking, opened, first_output and full_rate count: for other events the date can mean
    the saying or the thing said. Undated reports give no order of promises and are left out of it.
    Columns: line_id, milestone, first_promise, first_event, latest_promise, latest_event, delivered,
    delivered_event, slip_months (delivery, else latest promise, less first promise; NaN without two
    dates), promises (how many).
    """
    day = resolve_day(records, as_of)
    rows = [
        row
        for line, events in records.events_of.items()
        for row in list_line_milestones(line, [e for e in events if e.known_on <= day])
    ]
    return pd.DataFrame(rows, columns=_MILESTONE_COLUMNS)


def list_line_milestones(line: str, events: list[Event]) -> list[dict[str, Any]]:
    rows = []
    for milestone in MILESTONES:
        reports = [e for e in events if e.event == milestone and e.date]
        deliveries = sorted((e for e in reports if e.status == "done"), key=lambda e: e.first_day)
        # Of two promises made on one day the better confirmed one is taken as the later word.
        promises = sorted(
            (e for e in reports if _is_promise(e)),
            key=lambda e: (e.known_on, -ord(e.confidence)),
        )
        if not reports or not (deliveries or promises):
            continue
        delivery = deliveries[0] if deliveries else None
        if delivery:
            # What was promised after the delivery is another step of the same line.
            promises = [e for e in promises if e.known_on <= delivery.last_day]
        first_promise, last_promise = (promises[0], promises[-1]) if promises else (None, None)
        outcome = delivery or last_promise
        slip = float("nan")
        if (
            first_promise
            and outcome is not first_promise
            and (delivery or _is_later_promise(first_promise, last_promise))
        ):
            slip = count_months_late(first_promise.date, outcome.date)
        rows.append(
            {
                "line_id": line,
                "milestone": milestone,
                "first_promise": first_promise.date if first_promise else "",
                "first_event": first_promise.event_id if first_promise else "",
                "latest_promise": last_promise.date if last_promise else "",
                "latest_event": last_promise.event_id if last_promise else "",
                "delivered": delivery.date if delivery else "",
                "delivered_event": delivery.event_id if delivery else "",
                "slip_months": slip,
                "promises": len(promises),
            }
        )
    return rows


def _is_promise(event: Event) -> bool:
    """A dated promise for the line itself that belongs to today's build-up."""
    is_promised = event.status == "planned" and bool(event.reported_on) and event.scope == "site"
    return is_promised and event.known_on.year >= BUILD_UP_YEAR


def _is_later_promise(first: Event, last: Event) -> bool:
    """Whether one promise was surely made after another: two papers of one day disagree, they do not slip."""
    return last_day(first.reported_on) < first_day(last.reported_on)


def count_months_late(promised: str, came: str) -> float:
    """Months from one date to another; none where one only says the other more exactly."""
    overlap = first_day(promised) <= last_day(came)
    overlap &= first_day(came) <= last_day(promised)
    return 0.0 if overlap else float(month_number(came) - month_number(promised))
