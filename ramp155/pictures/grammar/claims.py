"""Claims of a figure as marks in a chart, with what a tooltip says of them: who said it, when, what it
counts, whether it is a report, an estimate or a promise, and how far it is trusted.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import altair as alt
import pandas as pd

from ramp155.base.memory import remember
from ramp155.history.claims import list_claims
from ramp155.model.model import Model
from ramp155.pictures.grammar.rounds import build_rounds_tip
from ramp155.record.dates import month_number, month_text
from ramp155.record.rows import Claim, build_rows
from ramp155.record.schema.vocabulary import ROUNDS_A_YEAR
from ramp155.text.signs import choose_claim_sign, find_claim_sign
from ramp155.text.speakers import describe_counting, name_who

CLAIM_MARK_COLUMNS = (
    "claim_id subject quantity date low high middle bound sign kind counting period said_on who confidence basis".split()  # noqa: SIM905
)


# What a tooltip and a table say of every claim, whatever its figure: field -> its name.
CLAIM_TITLES = {
    "bound": "Reads",
    "kind": "Is",
    "counting": "Counts",
    "subject": "Of whom",
    "period": "Speaks of",
    "who": "Who says so",
    "said_on": "Said on",
    "confidence": "Confidence",
    "basis": "What",
}
CLAIM_TIP = [alt.Tooltip(f"{field}:N", title=title) for field, title in CLAIM_TITLES.items()]
# The same after the figure: of a rate as `mark_claim` gives it, of any figure as the ledger does.
RATE_CLAIM_TIP = [build_rounds_tip("middle", "Rounds a month"), *CLAIM_TIP]
FIGURE_CLAIM_TIP = [
    alt.Tooltip("value_low:Q", format=",.6~g", title="From"),
    alt.Tooltip("value_high:Q", format=",.6~g", title="To"),
    alt.Tooltip("value_unit:N", title="Unit"),
    *CLAIM_TIP,
]


def describe_claim(model: Model, claim: Claim, read_as: str = "") -> dict[str, Any]:
    """What a mark says of a claim besides its figure.

    Keys: claim_id, subject, sign, kind, counting, period, said_on, who, confidence, basis.

    `read_as` (nameplate or output) is what the fit takes the figure for, where that decides its sign.
    """
    ledger_row = _index_ledger(model)[claim.claim_id]
    reading = "capacity" if read_as == "nameplate" else read_as
    sign = find_claim_sign(claim if not reading else claim._replace(counts=reading))
    return {
        "claim_id": claim.claim_id,
        "subject": claim.subject,
        "sign": sign.name,
        "kind": sign.kind,
        "counting": describe_counting(
            claim.counts, ledger_row["calibres"], ledger_row["made"], reading
        ),
        "period": claim.period,
        "said_on": claim.reported_on or "undated",
        "who": name_who(claim.basis, ledger_row["publisher"], ledger_row["state"]),
        "confidence": claim.confidence,
        "basis": claim.basis,
    }


def describe_ledger_rows(claims: pd.DataFrame) -> pd.DataFrame:
    """Rows of `list_claims` with what a mark says of them.

    Columns beside their own: sign, kind, counting, said_on, who.
    """
    fields = ["quantity", "status", "counts", "period", "reported_on"]
    signs = [choose_claim_sign(*row) for row in claims[fields].itertuples(index=False)]
    countings = zip(claims["counts"], claims["calibres"], claims["made"], strict=True)
    speakers = zip(claims["basis"], claims["publisher"], claims["state"], strict=True)
    return claims.assign(
        sign=[sign.name for sign in signs],
        kind=[sign.kind for sign in signs],
        counting=[describe_counting(*counting) for counting in countings],
        said_on=claims["reported_on"].replace("", "undated"),
        who=[name_who(*speaker) for speaker in speakers],
    )


@remember
def _index_ledger(model: Model) -> dict[Hashable, dict[Hashable, Any]]:
    """claim_id -> calibres, made, publisher and state, as the ledger has them."""
    ledger = list_claims(model.record).set_index("claim_id")
    rows: dict[Hashable, dict[Hashable, Any]] = ledger[
        ["calibres", "made", "publisher", "state"]
    ].to_dict("index")
    return rows


def mark_claim(model: Model, claim: Claim, read_as: str = "") -> dict[str, Any] | None:
    """A claim of a rate as a mark in a chart; None where it names no rate of rounds or no period.

    Keys: those of `describe_claim`, and quantity, date, low, high, middle (rounds a month), bound ("at
    most", "at least" or "").
    """
    rounds_a_year = ROUNDS_A_YEAR.get(claim.unit)
    bounds = [bound for bound in (claim.low, claim.high) if bound is not None]
    if not rounds_a_year or not bounds or not claim.period:
        return None
    bounds = [bound * (rounds_a_year / 12) for bound in bounds]
    return {
        **describe_claim(model, claim, read_as),
        "quantity": claim.quantity,
        "date": f"{month_text(month_number(claim.period))}-15",
        "low": min(bounds),
        "high": max(bounds),
        "middle": sum(bounds) / len(bounds),
        "bound": "at most" if claim.low is None else "at least" if claim.high is None else "",
    }


def list_rate_claims(model: Model, subject: str, quantities: list[str]) -> pd.DataFrame:
    """Claims of a subject as rates, one row each; columns as `mark_claim`'s keys."""
    claims = model.record.claims
    subject_claims = claims[(claims["subject"] == subject) & claims["quantity"].isin(quantities)]
    marks = [mark_claim(model, claim) for claim in build_rows(Claim, subject_claims)]
    return pd.DataFrame([mark for mark in marks if mark], columns=CLAIM_MARK_COLUMNS)
