"""Replies on one plant and on the claims: who said what of whom."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.plants.contradictions import Contradiction, list_contradictions
from ramp155.answers.plants.reading import find_reading, read_line
from ramp155.history.claims import list_claims, list_contested_claims, search_claims
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.questions.read import Asked
from ramp155.questions.replies.columns import CLAIM_COLUMNS, REPORT_COLUMNS, STATUS_COLUMNS
from ramp155.questions.replies.reply import Reply, reply_table
from ramp155.questions.replies.tables import build_json_rows, write_table
from ramp155.record.records import Records
from ramp155.text.plant.contradictions import say_contradiction
from ramp155.text.plant.standing import write_summary


def reply_plant(record: Records, asked: Asked) -> Reply:
    """One plant: its lines with our reading of them, every report on them, and where reports disagree."""
    site = record.site(asked.text("site_id"))
    statuses = list_statuses(record)
    statuses = statuses[statuses["site_id"] == site.site_id][STATUS_COLUMNS]
    line_rows = build_json_rows(statuses)
    line_ids = list(statuses["line_id"])
    events = record.events
    reports = events[events["line_id"].isin(line_ids)][REPORT_COLUMNS]
    contradictions = [
        found for line_id in line_ids for found in list_contradictions(record, line_id)
    ]
    summary = write_summary(record, line_rows) if line_ids else ""
    values = {
        "site_id": site.site_id,
        "name": site.name,
        "maker": site.operator,
        "country": site.country,
        "town": site.town,
        "says": summary,
        "lines": [
            {**row, "reading": _build_reading(Model(record), str(row["line_id"]))}
            for row in line_rows
        ],
        "reports": build_json_rows(reports),
        "disagreements": [_build_disagreement(found) for found in contradictions],
    }
    return Reply(
        values, reports, lambda: f"{site.name}, {site.town}: {summary}\n\n{write_table(reports)}"
    )


def _build_reading(model: Model, line_id: str) -> dict[str, object] | None:
    """A line's likely capacity at the month that pages open with; None for a line outside the model."""
    reading = read_line(model, line_id)
    if reading is None:
        return None
    low, middle, high = find_reading(reading, DEFAULT_MONTH)
    return {
        "month": DEFAULT_MONTH,
        "p10": round(low),
        "p50": round(middle),
        "p90": round(high),
        "rests_on_a_promise": reading.is_promised,
    }


def _build_disagreement(contradiction: Contradiction) -> dict[str, object]:
    return {
        "line_id": contradiction.line_id,
        "about": contradiction.about,
        "says": say_contradiction(contradiction),
        "events": [[event.event_id for event in side] for side in contradiction.sides],
    }


def reply_claims(record: Records, asked: Asked) -> Reply:
    """The claims, newest first, in which all words stand; of a topic only those that contradict each other."""
    claims: pd.DataFrame = list_claims(record)
    if asked["topic"]:
        claims = list_contested_claims(claims, asked.text("topic"))
    return reply_table(search_claims(claims, asked.text("query"))[CLAIM_COLUMNS])
