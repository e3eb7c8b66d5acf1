"""Claims, events, slips, rates and assumptions as Markdown lists, each line with its source and a
link that reports an error in it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.record.rows import Event
from ui.markup import escape_markdown
from ui.widgets.citations.sources import link_report, link_source


def cite_event(model: Model, event_row: Event) -> str:
    """An event's claim and source in a line."""
    said_on = f"said {event_row.reported_on}" if event_row.reported_on else "undated report"
    return (
        f"{escape_markdown(event_row.basis)} ({said_on}, confidence {event_row.confidence}) "
        f"{link_source(model, event_row.source_id)} · {link_report(model, event_row.event_id)}"
    )


def cite_claims(model: Model, claim_ids: Iterable[str]) -> str:
    """Claims as a Markdown list, newest first."""
    return _list_claims(model, tuple(dict.fromkeys(claim_ids)))


@remember
def _list_claims(model: Model, claim_ids: tuple[str, ...]) -> str:
    rows = model.record.claims[model.record.claims["claim_id"].isin(claim_ids)]
    lines = []
    for row in rows.sort_values("reported_on", ascending=False).to_dict("records"):
        said_on = f"said {row['reported_on']}" if row["reported_on"] else "undated"
        lines.append(
            f"- {escape_markdown(row['basis'])} ({said_on}, {row['status']}, confidence {row['confidence']}) "
            f"{link_source(model, row['source_id'])} · {link_report(model, row['claim_id'])}"
        )
    return "\n".join(lines)


def cite_slips(model: Model, milestone_rows: pd.DataFrame) -> str:
    """Milestones with two dates as a Markdown list, longest slip first, both sources beside each."""
    event_sources = dict(
        zip(model.record.events["event_id"], model.record.events["source_id"], strict=True)
    )
    lines = []
    dated_milestones = milestone_rows[milestone_rows["slip_months"].notna()]
    for row in dated_milestones.sort_values("slip_months", ascending=False).itertuples():
        name = escape_markdown(model.record.full_lines.loc[row.line_id, "name"])
        latest_date = row.delivered or row.latest_promise
        outcome = "delivered" if row.delivered else "now promised for"
        latest_event = row.delivered_event or row.latest_event
        lines.append(
            f"- **{row.slip_months:+.0f} months**, {name}, {row.milestone.replace('_', ' ')}: promised for "
            f"{row.first_promise} ({link_source(model, event_sources[row.first_event])}), {outcome} {latest_date} "
            f"({link_source(model, event_sources[latest_event])})"
        )
    return "\n".join(lines) or "No milestone here has two dates."


def cite_rates(model: Model, line_ids: Iterable[str]) -> str:
    """Every rate reported or promised for some lines, with its source, as a Markdown list."""
    lines = []
    for line_id in line_ids:
        lines.append(f"\n**{escape_markdown(model.record.full_lines.loc[line_id, 'name'])}**\n")
        for rate_event in model.record.events_of[line_id]:
            if rate_event.rate is not None and rate_event.scope == "site":
                kind = "reached" if rate_event.rate_status == "done" else "promised"
                lines.append(
                    f"- {rate_event.rate:,.0f} {rate_event.unit} {kind} for {rate_event.date or 'no date'}: "
                    f"{cite_event(model, rate_event)}"
                )
    return "\n".join(lines)


def cite_assumption(model: Model, assumption_id: str, own_value: float | None = None) -> str:
    """A coefficient with its range, its reasoning and its sources; `own` is a user's value for it."""
    row = model.record.assumptions.set_index("assumption_id").loc[assumption_id]
    numbers = " / ".join(f"{row[column]:,.6g}" for column in ("low", "mode", "high"))
    source_ids = [source_id for source_id in row["source_ids"].split() if source_id != "assumption"]
    source_links = (
        ", ".join(link_source(model, source_id) for source_id in source_ids) or "an assumption"
    )
    own_mark = "" if own_value is None else f" **Set by you to {own_value:,.6g}.**"
    lines = [
        f"- **{escape_markdown(row['label'])}**: {numbers} {escape_markdown(row['unit'])} (low / middle / high).{own_mark}"
    ]
    lines.append(
        f"  {escape_markdown(row['reasoning'])} Source: {source_links}. {link_report(model, assumption_id)}"
    )
    return "\n".join(lines)


def cite_assumptions(
    model: Model, assumption_ids: Iterable[str], edits: dict[str, float] | None = None
) -> str:
    """Several coefficients as a Markdown list; `edits` are a user's own values."""
    return "\n".join(
        cite_assumption(model, assumption_id, (edits or {}).get(assumption_id))
        for assumption_id in assumption_ids
    )


def find_model_assumptions(model: Model, *id_parts: str) -> list[str]:
    """Ids of the model's coefficients whose id contains one of the words, in the table's order."""
    assumption_ids = model.record.assumptions[model.record.assumptions["kind"] == "model"][
        "assumption_id"
    ]
    return (
        [
            assumption_id
            for assumption_id in assumption_ids
            if any(id_part in assumption_id for id_part in id_parts)
        ]
        if id_parts
        else list(assumption_ids)
    )
