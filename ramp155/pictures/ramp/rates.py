"""One line's rates over time, reached and promised, as rows."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ramp155.answers.plants.promised_rates import find_rate_date, list_rate_events
from ramp155.model.model import Model
from ramp155.pictures.grammar.axes import find_mid_month
from ramp155.pictures.grammar.events import describe_event
from ramp155.record.rows import Event
from ramp155.text.signs import (
    CAPACITY_PROMISE,
    CAPACITY_REPORT,
    PROMISE,
    REPORT,
    Sign,
    find_rate_sign,
)

_COLUMNS = "line_id date rate unit kind sign counts event_id who said_on confidence basis".split()  # noqa: SIM905
RATE_SIGNS = (REPORT, CAPACITY_REPORT, PROMISE, CAPACITY_PROMISE)


def list_ramp_rows(model: Model, line_ids: list[str]) -> pd.DataFrame:
    """Every rate of some lines that has a date: reached, or promised for it.

    A promise stands at the date promised for; one without a date has no place in time
    (`list_undated_promises`). Columns: line_id, date, rate, unit, kind ("report" or "promise"), sign,
    counts, event_id, who, said_on, confidence, basis.
    """
    rates = [
        {
            "line_id": event.line_id,
            "date": find_mid_month(day),
            "rate": event.rate,
            "unit": event.unit,
            "kind": sign.kind,
            "sign": sign.name,
            "counts": event.counts or "not said",
            **describe_event(model, event),
        }
        for event, sign in _list_rate_events(model, line_ids)
        if (day := find_rate_date(event))
    ]
    return pd.DataFrame(rates, columns=_COLUMNS)


def list_undated_promises(model: Model, line_ids: list[str]) -> pd.DataFrame:
    """Every rate promised for some lines without a date that it is promised for.

    Columns: line_id, rate, unit, said_on, newest first.
    """
    promises = [
        (event.line_id, event.rate, event.unit, event.reported_on)
        for event, _ in _list_rate_events(model, line_ids)
        if not find_rate_date(event)
    ]
    table = pd.DataFrame(promises, columns=["line_id", "rate", "unit", "said_on"])
    return table.sort_values("said_on", ascending=False, kind="stable").drop_duplicates(
        ["line_id", "rate", "unit"]
    )


def _list_rate_events(model: Model, line_ids: list[str]) -> Iterator[tuple[Event, Sign]]:
    """The events of some lines that name a rate of the line itself, with its sign."""
    for line_id in line_ids:
        for event in list_rate_events(model.record, line_id):
            yield event, find_rate_sign(event)
