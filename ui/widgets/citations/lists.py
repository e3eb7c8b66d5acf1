"""Claims, events, slips, rates and assumptions as Markdown lists, each line with its source and a
link that reports an error in it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ramp155.base.memory import remember
from ramp155.history.claims import list_claims, list_contested_claims, list_topics
from ramp155.model.coefficients.edits import EDITABLE_KINDS
from ramp155.model.model import Model
from ramp155.record.grades import list_witnesses, name_weakness, rank_claims, say_weak_support
from ramp155.record.rows import Event
from ramp155.text.evidence.promises import say_slip
from ui.markup import escape_markdown
from ui.widgets.citations.sources import (
    link_event_source,
    link_plant,
    link_report,
    link_source,
    link_sources,
)
from ui.widgets.lookups import list_rows


def cite_event(model: Model, event_row: Event) -> str:
    """An event's claim and source in a line."""
    said_on = f"said {event_row.reported_on}" if event_row.reported_on else "undated report"
    return (
        f"{escape_markdown(event_row.basis)} ({said_on}, {_grade_report(model, event_row.confidence, event_row.source_id)}) "
        f"{link_source(model, event_row.source_id)} · {link_report(model, event_row.event_id)}"
    )


def _grade_report(model: Model, confidence: str, source_id: str) -> str:
    """How far a report is trusted, and what its source is where it may not stand alone."""
    weakness = name_weakness(model.record, source_id)
    return f"confidence {confidence}, {weakness}" if weakness else f"confidence {confidence}"


def cite_claims(model: Model, claim_ids: Iterable[str]) -> str:
    """Claims as a Markdown list, best source first; it says so where none of them may stand alone."""
    return _list_claims(model, tuple(dict.fromkeys(claim_ids)))


@remember
def _list_claims(model: Model, claim_ids: tuple[str, ...]) -> str:
    claims = model.record.claims["claim_id"]
    best_first = rank_claims(model.record, claims[claims.isin(claim_ids)])
    witnesses = list_witnesses(model.record, best_first)
    weak_note = say_weak_support(model.record, witnesses)
    text_lines = [f"- *Weak support: {weak_note}.*"] if weak_note else []
    for claim, witness in zip(map(model.record.claim, best_first), witnesses, strict=True):
        said_on = f"said {claim.reported_on}" if claim.reported_on else "undated"
        links = ", ".join(
            link_source(model, source_id) for source_id in dict.fromkeys((witness, claim.source_id))
        )
        text_lines.append(
            f"- {escape_markdown(claim.basis)} ({said_on}, {claim.status}, {_grade_report(model, claim.confidence, witness)}) "
            f"{links} · {link_report(model, claim.claim_id)}"
        )
    return "\n".join(text_lines)


@remember
def cite_topics(model: Model, *topics: str) -> str:
    """Contested topics: what is contested, why, and every claim of each, as Markdown."""
    explains = dict(
        zip(
            model.record.contradictions["topic"],
            model.record.contradictions["explains"],
            strict=True,
        )
    )
    claims, titles = list_claims(model.record), list_topics(model.record)
    parts = [
        f"**{escape_markdown(titles[topic])}.** {escape_markdown(explains[topic])}\n\n"
        + cite_claims(model, list_contested_claims(claims, topic)["claim_id"])
        for topic in topics
        if topic in titles
    ]
    return "\n\n".join(parts)


def cite_slips(model: Model, milestones: pd.DataFrame) -> str:
    """Milestones with two dates as a Markdown list, longest slip first, both sources beside each."""
    text_lines = []
    dated_milestones = milestones[milestones["slip_low"].notna()]
    for milestone in list_rows(dated_milestones.sort_values("slip_low", ascending=False)):
        name = link_plant(model, milestone["line_id"])
        latest_date = milestone["delivered"] or milestone["latest_promise"]
        outcome = "delivered" if milestone["delivered"] else "now promised for"
        latest_event = milestone["delivered_event"] or milestone["latest_event"]
        text_lines.append(
            f"- **{say_slip(milestone['slip_low'], milestone['slip_high'])}**, {name}, {milestone['milestone'].replace('_', ' ')}: promised for "
            f"{milestone['first_promise']} ({link_event_source(model, milestone['first_event'])}), {outcome} {latest_date} "
            f"({link_event_source(model, latest_event)})"
        )
    return "\n".join(text_lines) or "No milestone here has two dates."


def cite_assumption(model: Model, assumption_id: str, own_value: float | None = None) -> str:
    """A coefficient with its range, its reasoning and its sources; `own_value` is a user's value for it."""
    assumption = model.record.assumption(assumption_id)
    numbers = " / ".join(
        "not reported" if bound is None else f"{bound:,.6g}"
        for bound in (assumption.low, assumption.mode, assumption.high)
    )
    source_ids = [
        source_id for source_id in assumption.source_ids.split() if source_id != "assumption"
    ]
    source_links = link_sources(model, source_ids) or "an assumption"
    own_mark = "" if own_value is None else f" **Set by you to {own_value:,.6g}.**"
    text_lines = [
        f"- **{escape_markdown(assumption.label)}**: {numbers} {escape_markdown(assumption.unit)} (low / most likely / high).{own_mark}"
    ]
    text_lines.append(
        f"  {escape_markdown(assumption.reasoning)} Source: {source_links}. {link_report(model, assumption_id)}"
    )
    return "\n".join(text_lines)


def cite_assumptions(
    model: Model, assumption_ids: Iterable[str], edits: dict[str, float] | None = None
) -> str:
    """Several coefficients as a Markdown list; `edits` are a user's own values."""
    return "\n".join(
        cite_assumption(model, assumption_id, (edits or {}).get(assumption_id))
        for assumption_id in assumption_ids
    )


def find_model_assumptions(model: Model, *id_parts: str) -> list[str]:
    """Ids of the coefficients of model and forecast whose id contains one of the words, in the table's order."""
    assumptions = model.record.assumptions
    assumption_ids = assumptions.loc[assumptions["kind"].isin(EDITABLE_KINDS), "assumption_id"]
    return (
        [
            assumption_id
            for assumption_id in assumption_ids
            if any(id_part in assumption_id for id_part in id_parts)
        ]
        if id_parts
        else list(assumption_ids)
    )
