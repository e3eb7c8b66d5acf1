"""Claims of a rate as marks in a chart, with what a tooltip says of them."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from ramp155.model.model import Model
from ramp155.pictures.grammar.rounds import build_rounds_tip
from ramp155.record.dates import month_number, month_text
from ramp155.record.grades import name_source
from ramp155.record.rows import Claim, build_rows
from ramp155.record.schema.vocabulary import ROUNDS_A_YEAR

CLAIM_MARK_COLUMNS = (
    "claim_id quantity date low high middle bound status said_on who basis".split()  # noqa: SIM905
)


def _list_tip_lines(titles: dict[str, str]) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]


# What a tooltip says of a claim: of a rate as `mark_claim` gives it, of any figure as the ledger does.
RATE_CLAIM_TIP = [
    build_rounds_tip("middle", "Rounds a month"),
    *_list_tip_lines({"bound": "Reads", "status": "Is", "said_on": "Said on", "who": "Where"}),
    *_list_tip_lines({"basis": "What"}),
]
FIGURE_CLAIM_TIP = [
    alt.Tooltip("value_low:Q", format=",.6~g", title="From"),
    alt.Tooltip("value_high:Q", format=",.6~g", title="To"),
    *_list_tip_lines({"value_unit": "Unit", "counts": "Counts", "status": "Is"}),
    *_list_tip_lines({"period": "Speaks of", "reported_on": "Said on", "who": "Where"}),
    *_list_tip_lines({"basis": "What"}),
]


def mark_claim(model: Model, claim: Claim) -> dict[str, Any] | None:
    """A claim of a rate as a mark in a chart; None where it names no rate of rounds or no period.

    Keys: claim_id, quantity, date, low, high, middle (rounds a month), bound ("at most", "at least" or
    ""), status, said_on, who, basis.
    """
    rounds_a_year = ROUNDS_A_YEAR.get(claim.unit)
    bounds = [bound for bound in (claim.low, claim.high) if bound is not None]
    if not rounds_a_year or not bounds or not claim.period:
        return None
    bounds = [bound * (rounds_a_year / 12) for bound in bounds]
    return {
        "claim_id": claim.claim_id,
        "quantity": claim.quantity,
        "date": f"{month_text(month_number(claim.period))}-15",
        "low": min(bounds),
        "high": max(bounds),
        "middle": sum(bounds) / len(bounds),
        "bound": "at most" if claim.low is None else "at least" if claim.high is None else "",
        "status": claim.status,
        "said_on": claim.reported_on,
        "who": name_source(model.record, claim.source_id),
        "basis": claim.basis,
    }


def list_rate_claims(model: Model, subject: str, quantities: list[str]) -> pd.DataFrame:
    """Claims of a subject as rates, one row each; columns as `mark_claim`'s keys."""
    claims = model.record.claims
    subject_claims = claims[(claims["subject"] == subject) & claims["quantity"].isin(quantities)]
    marks = [mark_claim(model, claim) for claim in build_rows(Claim, subject_claims)]
    return pd.DataFrame([mark for mark in marks if mark], columns=CLAIM_MARK_COLUMNS)
