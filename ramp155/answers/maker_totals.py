"""What makers say of their own rounds a year, beside each other: nothing is judged, and plants outside
Europe stay in where a maker counts them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.base.memory import remember
from ramp155.history.claims import list_claims
from ramp155.record.grades import find_best_witness
from ramp155.record.records import Records

# Operator of a claim -> the maker whose total it is.
_MAKERS = {
    "BAE Systems": "BAE Systems",
    "CSG": "CSG",
    "Dezamet": "PGZ",
    "KNDS France": "KNDS",
    "KNDS group": "KNDS",
    "Nammo": "Nammo",
    "Niewiadow": "Niewiadów",
    "PGZ": "PGZ",
    "Polska Amunicja": "Polska Amunicja",
    "Rheinmetall": "Rheinmetall",
    "Rheinmetall Expal": "Rheinmetall",
    "STV Group": "STV",
    "WB": "WB",
    "ZVS holding": "ZVS",
}
# Makers whose total another one counts as well.
PART_OF = {"Polska Amunicja": "WB", "ZVS": "CSG"}
# Classes of sources under which nobody put a name, or that a state speaks through.
_LEFT_OUT = frozenset({"machine-written", "state-controlled"})


def mark_counted(figures: pd.DataFrame) -> pd.DataFrame:
    """Which figures have a label, and which of those add up to the sum: the one count of title, chart and table.

    Parameters
    ----------
    figures : DataFrame
        One row for each maker and kind: maker, is_promise.

    Returns
    -------
    DataFrame
        The same, and is_labelled (the maker's promise, or its report where it promises nothing: one a maker),
        part_of (the maker that counts it as well, or "") and is_counted (a promise that no other maker counts).
    """
    promised = set(figures.loc[figures["is_promise"], "maker"])
    part_of = figures["maker"].map(PART_OF).fillna("")
    return figures.assign(
        is_labelled=figures["is_promise"] | ~figures["maker"].isin(promised),
        part_of=part_of,
        is_counted=figures["is_promise"] & (part_of == ""),
    )


def sum_counted(figures: pd.DataFrame) -> float:
    """What the counted promises add up to.

    Parameters
    ----------
    figures : DataFrame
        Rows of `mark_counted` with middle, rounds a year.

    Returns
    -------
    float
        Rounds a year.
    """
    return float(figures.loc[figures["is_counted"], "middle"].sum())


@remember
def list_maker_claims(records: Records) -> pd.DataFrame:
    """What makers, and others about them, say of all their rounds a year; copies left out.

    Columns of `list_claims`, and: maker, witness (the best source that says so), named (False where a machine wrote
    it or a state speaks through its outlet: no figure rests on those).
    """
    claims = list_claims(records)
    counted = records.countries.loc[records.countries["counted"] == "yes", "country"]
    claims = claims[
        claims["operator"].isin(_MAKERS)
        & claims["subject"].isin(counted)
        & claims["quantity"].isin(["round_capacity", "round_output"])
        & (claims["value_unit"] == "rounds/yr")
        & (claims["same_as"] == "")
    ].dropna(subset=["value_low", "value_high"], how="all")
    witnesses = [find_best_witness(records, claim_id) for claim_id in claims["claim_id"]]
    classes = [records.source_of[source_id]["class"] for source_id in witnesses]
    return claims.assign(
        maker=claims["operator"].map(_MAKERS),
        witness=witnesses,
        named=np.array([source_class not in _LEFT_OUT for source_class in classes], dtype=bool),
    ).sort_values(["maker", "reported_on"], ascending=[True, False], kind="stable")
