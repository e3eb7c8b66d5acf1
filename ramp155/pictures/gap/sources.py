"""What officials said of Russia's rate over NATO's, and the source line of the pictures that
compare the two.
"""

from __future__ import annotations

import pandas as pd

from ramp155.answers.gap.comparison import Comparison
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.grammar.claims import describe_claim
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.record.dates import first_day
from ramp155.record.grades import list_witnesses
from ramp155.record.rows import Claim, build_rows
from ramp155.text.gap.counting import say_counting


@remember
def list_said_ratios(model: Model) -> pd.DataFrame:
    """What officials said of Russia over NATO: date, ratio, text (no two alike), bound, and keys of `describe_claim`."""
    claims = model.record.claims
    said_ratios = [
        (claim.reported_on, claim.low, f"said: {claim.low:g} ×", _name_bound(claim), claim.claim_id)
        for claim in build_rows(Claim, claims[claims["quantity"] == "output_ratio_to_nato"])
        if claim.low is not None and claim.status == "reported"
    ]
    said_ratios += [
        (claim.reported_on, 1 / claim.low, "said: no more", "at most", claim.claim_id)
        for claim in build_rows(Claim, claims[claims["quantity"] == "output_ratio_to_russia"])
        if claim.subject == "NATO" and claim.low is not None
    ]
    table = pd.DataFrame(said_ratios, columns=["said_on", "ratio", "text", "bound", "claim_id"])
    periods = [model.record.claim(claim_id).period for claim_id in table["claim_id"]]
    # A report may repeat an earlier word: it stands at the month it speaks of, where it names one.
    table["date"] = [
        first_day(period if len(period) > 4 else day).isoformat()
        for period, day in zip(periods, table["said_on"], strict=True)
    ]
    table = table.sort_values("date", kind="stable")
    table.loc[table["text"].duplicated(keep="last"), "text"] = ""
    described = pd.DataFrame(
        [describe_claim(model, model.record.claim(claim_id)) for claim_id in table["claim_id"]]
    )
    return table.drop(columns="said_on").merge(described, on="claim_id")


def _name_bound(claim: Claim) -> str:
    return "at least" if claim.high is None else ""


def write_gap_source_line(model: Model, view: View) -> str:
    """The source line of the pictures that compare Russia with others."""
    return _write_comparison_line(model, view.comparison)


@remember
def _write_comparison_line(model: Model, comparison: Comparison) -> str:
    claims = list(list_said_ratios(model)["claim_id"])
    estimates = model.record.estimates
    claim_cells = estimates.loc[
        estimates["estimate_id"].isin([comparison.russia, comparison.us]), "claim_ids"
    ]
    claims += " ".join(claim_cells).split()
    counted_note = (
        f"Counted: {say_counting(comparison)}. Shaded: the likely range (8 of 10 runs lie in it)."
    )
    return write_source_line(model, counted_note, list_witnesses(model.record, claims))
