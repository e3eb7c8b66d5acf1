"""What follows from the record, in the data package: where lines stand, promises with what came of them, the
days that reports name, and the baseline's output. Days are whole dates, however the record says them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from ramp155.answers.output.outlook import run_outlook
from ramp155.files.package.table_files import write_table_csv
from ramp155.history.milestones import MILESTONE_STATES, list_milestones
from ramp155.history.status import STATUSES, list_statuses
from ramp155.model.model import Model
from ramp155.record.dates import find_span
from ramp155.record.records import Records

_Fields = dict[str, tuple[str, str]]  # column -> its type in the package, and what it holds


class Result(NamedTuple):
    """A table of results: what it is, its columns, the columns that identify a row, and who makes it."""

    title: str
    fields: _Fields
    key: tuple[str, ...]
    build: Callable[[Model], pd.DataFrame]


def _name_span(column: str, meaning: str) -> _Fields:
    """The two columns of a span of days."""
    return {
        f"{column}_from": ("date", f"{meaning}: first day that it allows"),
        f"{column}_to": ("date", f"{meaning}: last day that it allows"),
    }


def _build_line_statuses(model: Model) -> pd.DataFrame:
    record = model.record
    lines = list_statuses(record).merge(record.lines[["line_id", "title", "for_155"]], on="line_id")
    sites = record.sites[["site_id", "name", "operator", "country", "town", "lat", "lon"]]
    table = lines.merge(sites.rename(columns={"name": "site", "operator": "maker"}), on="site_id")
    table["evidence"] = table["evidence"].fillna("")
    spans = [find_span(date) if date else (None, None) for date in table["next_date"]]
    table["next_from"], table["next_to"] = map(list, zip(*spans, strict=True))
    return table


def _build_milestones(model: Model) -> pd.DataFrame:
    record = model.record
    table = list_milestones(record)
    for column, event_column in (
        ("first_promise", "first_event"),
        ("latest_promise", "latest_event"),
        ("delivered", "delivered_event"),
    ):
        spans = [_find_event_span(record, event_id) for event_id in table[event_column]]
        table[f"{column}_from"], table[f"{column}_to"] = map(list, zip(*spans, strict=True))
    return table


def _find_event_span(record: Records, event_id: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day that an event names; none for no event."""
    if not event_id:
        return None, None
    event = record.event(event_id)
    return event.first_day, event.last_day


def _build_event_days(model: Model) -> pd.DataFrame:
    return model.record.events


def _build_baseline_output(model: Model) -> pd.DataFrame:
    path = run_outlook(model).path
    digits = {column: 0 for column in path.select_dtypes("number")} | {"bottleneck_share": 4}
    return path.round(digits).assign(date=path["date"].dt.date)


_LINE = {"line_id": ("string", "The line: its key in lines")}
_BAND = "of output of all rounds, rounds a year"
RESULTS: dict[str, Result] = {
    "line_statuses": Result(
        "Where every line stands, one row a line: plants as a flat table",
        _LINE
        | {
            "site_id": ("string", "The plant: its key in sites"),
            "site": ("string", "What the plant is called"),
            "maker": ("string", "The firm that runs it"),
            "country": ("string", "Country, two letters"),
            "town": ("string", "Town; blank where none is published"),
            "lat": ("number", "Latitude of the town's centre, degrees"),
            "lon": ("number", "Longitude of the town's centre, degrees"),
            "product": ("string", "What the line makes"),
            "title": ("string", "What the line is"),
            "for_155": ("string", "Whether it counts for 155 mm"),
            "status": ("string", f"Derived from its events: {', '.join(STATUSES)}"),
            "rule": ("string", "The rule that decided"),
            "inferred": ("boolean", "Whether silence or an old opening decided, not a report"),
            "evidence": ("string", "The event that decided: its key in events"),
            "late": ("string", "`late` now, `came late`, or blank for neither"),
            "lateness_months": ("number", "How late at least, months; 0 where it is not"),
            "last_rate": ("number", "Last rate reached, a year, in `unit`"),
            "rate_counts": ("string", "Whether that is `output` or `capacity`"),
            "target_rate": ("number", "Latest rate promised, a year, in `unit`"),
            "unit": ("string", "What its rates count"),
            "next_milestone": ("string", "What is promised next; blank for nothing"),
            **_name_span("next", "When that is promised for"),
            "last_report": ("date", "Day of the last dated report"),
        },
        ("line_id",),
        _build_line_statuses,
    ),
    "milestones": Result(
        "Every dated promise with what came of it",
        _LINE
        | {
            "milestone": ("string", "What was promised or came"),
            "promise": ("string", "Which promise, across its names"),
            "state": ("string", f"What became of it: {', '.join(MILESTONE_STATES)}"),
            **_name_span("first_promise", "The first date promised"),
            **_name_span("latest_promise", "The date promised last"),
            **_name_span("delivered", "When it came"),
            "slip_low": ("number", "Months late at least, below 0 for early"),
            "slip_high": ("number", "Months late at most"),
            "slip_months": ("number", "Months late, from middle to middle; 0 where dates overlap"),
            "least_late": ("number", "Months late at least by now; 0 where it is not"),
            "promises": ("number", "How many promises were made"),
            "first_event": ("string", "Event of the first promise: its key in events"),
            "latest_event": ("string", "Event of the latest promise: its key in events"),
            "delivered_event": ("string", "Event of the delivery: its key in events"),
        },
        ("line_id", "milestone", "promise"),
        _build_milestones,
    ),
    "event_days": Result(
        "The days that events name, as whole dates",
        {
            "event_id": ("string", "The event: its key in events"),
            "known_on": ("date", "From which day it counts as known"),
            "first_day": ("date", "First day that its date allows; blank where it names none"),
            "last_day": ("date", "Last day that its date allows; blank where it names none"),
        },
        ("event_id",),
        _build_event_days,
    ),
    "baseline_output": Result(
        "Output month by month with no lever moved, by our assumptions",
        {
            "date": ("date", "First day of the month"),
            "rounds_per_year": ("number", f"Median {_BAND}: twelve times the month"),
            **{
                name: ("number", f"{name.upper()} {_BAND}") for name in ("p10", "p25", "p75", "p90")
            },
            "figure_p10": ("number", "P10 of where a published figure should fall, rounds a year"),
            "figure_p90": ("number", "P90 of where a published figure should fall, rounds a year"),
            "nameplate_p10": ("number", "P10 of capacity as officials count it, rounds a year"),
            "nameplate_p50": ("number", "Median of capacity as officials count it, rounds a year"),
            "nameplate_p90": ("number", "P90 of capacity as officials count it, rounds a year"),
            "bottleneck": ("string", "Stage that limits output in most runs: its key in stages"),
            "bottleneck_share": ("number", "Share of runs in which it does, 0 to 1"),
        },
        ("date",),
        _build_baseline_output,
    ),
}
# Results that name rows of the record: column -> the table in which it is a key.
_REFERENCES = {
    "line_statuses": {"line_id": "lines", "site_id": "sites"},
    "milestones": {"line_id": "lines"},
    "event_days": {"event_id": "events"},
}


def build_result_tables(model: Model) -> dict[str, bytes]:
    """The results as CSV by name."""
    return {
        name: write_table_csv(result.build(model)[list(result.fields)])
        for name, result in RESULTS.items()
    }


def build_result_schema(name: str) -> dict[str, Any]:
    """A table's Frictionless schema: its fields, primary key and the rows of the record that it names."""
    result = RESULTS[name]
    return {
        "fields": [
            {"name": column, "type": kind, "description": meaning}
            for column, (kind, meaning) in result.fields.items()
        ],
        "missingValues": [""],
        "primaryKey": list(result.key),
        "foreignKeys": [
            {"fields": [column], "reference": {"resource": table, "fields": [column]}}
            for column, table in _REFERENCES.get(name, {}).items()
        ],
    }
