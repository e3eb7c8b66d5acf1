"""Claims of a rate as marks in a chart, with what a tooltip says of them."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from ramp155.model.model import Model
from ramp155.pictures.grammar.rounds import rounds_tip
from ramp155.record.dates import month_number, month_text

CLAIM_MARK_COLUMNS = (
    "claim_id quantity date low high middle bound status said_on who basis".split()  # noqa: SIM905
)
# A unit of a rate in rounds a month.
_MONTHLY_SCALE = {"rounds/yr": 1 / 12, "rounds/month": 1.0, "rounds/day": 365 / 12}
RATE_CLAIM_TIP = [
    rounds_tip("middle", "Rounds a month"),
    alt.Tooltip("bound:N", title="Reads"),
    alt.Tooltip("status:N", title="Is"),
    alt.Tooltip("said_on:N", title="Said on"),
    alt.Tooltip("who:N", title="Where"),
    alt.Tooltip("basis:N", title="What"),
]


def mark_claim(model: Model, claim: Any) -> dict[str, Any] | None:  # noqa: ANN401
    """A claim of a rate as a mark in a chart; None where it names no rate of rounds or no period.

    Keys: claim_id, quantity, date, low, high, middle (rounds a month), bound ("at most", "at least" or
    ""), status, said_on, who, basis. `claim` is a row of `Records.claims`.
    """
    scale = _MONTHLY_SCALE.get(claim.unit, float("nan"))
    low, high = claim.low * scale, claim.high * scale
    bounds = [v for v in (low, high) if v == v]
    if not bounds or not claim.period:
        return None
    source = model.record.source_of[claim.source_id]
    state_note = f", {source['state_controlled']} state" if source["state_controlled"] else ""
    return {
        "claim_id": claim.claim_id,
        "quantity": claim.quantity,
        "date": f"{month_text(month_number(claim.period))}-15",
        "low": min(bounds),
        "high": max(bounds),
        "middle": sum(bounds) / len(bounds),
        "bound": "at most" if low != low else "at least" if high != high else "",
        "status": claim.status,
        "said_on": claim.reported_on,
        "who": source["publisher"] + state_note,
        "basis": claim.basis,
    }


def list_rate_claims(model: Model, subject: str, quantities: list[str]) -> pd.DataFrame:
    """Claims of a subject as rates, one row each; columns as `charts.claim_mark`."""
    claims = model.record.claims
    subject_claims = claims[(claims["subject"] == subject) & claims["quantity"].isin(quantities)]
    marks = [mark_claim(model, claim) for claim in subject_claims.itertuples()]
    return pd.DataFrame([mark for mark in marks if mark], columns=CLAIM_MARK_COLUMNS)
