"""Claims with a figure, ready to draw: colour by what they count, their words."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.pictures.grammar.claims import describe_ledger_rows
from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.palette import BASELINE, EUROPE, GOOD, MONEY, NAMEPLATE, OTHER, UKRAINE, US
from ramp155.text.numbers import say_rounds

# What a figure counts, in the colours of the path chart; all else is grey.
COUNT_COLOURS = {
    "capacity": NAMEPLATE,
    "output": EUROPE,
    "delivery": GOOD,
    "demand": OTHER,
    "trade": UKRAINE,
    "orders": US,
    "money": MONEY,
    "other": BASELINE,
}


def list_claim_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Claims with a figure, ready to draw: a bound stands at its one figure.

    Columns beside those of `list_claims`: left, right, middle (in `value_unit`), bound ("at most", "at
    least" or ""), and those of `describe_ledger_rows`.
    """
    figures = describe_ledger_rows(rows[rows["value_low"].notna() | rows["value_high"].notna()])
    figures["left"] = figures["value_low"].fillna(figures["value_high"])
    figures["right"] = figures["value_high"].fillna(figures["value_low"])
    figures["middle"] = (figures["left"] + figures["right"]) / 2
    figures["bound"] = [
        "at most" if is_open_below else "at least" if is_open_above else ""
        for is_open_below, is_open_above in zip(
            figures["value_low"].isna(), figures["value_high"].isna(), strict=True
        )
    ]
    columns = [
        "claim_id",
        "subject",
        "left",
        "right",
        "middle",
        "bound",
        "value_low",
        "value_high",
        "value_unit",
        "counts",
        "sign",
        "kind",
        "counting",
    ]
    columns += ["period", "said_on", "who", "confidence", "basis", "class"]
    columns += ["reported_on", "publisher", "state", "date"]
    return figures[columns]


def build_counts_colour() -> alt.Color:
    """The colour of marks by what a claim counts."""
    return colour_marks("counts", COUNT_COLOURS)


def write_claim_figure(left: float, right: float, unit: str, bound: str = "") -> str:
    """A claim's figure in words: 1.5 to 1.7 million, at most 500,000, 40 %.

    Parameters
    ----------
    left : float
        Lower end of the figure, in `unit`.
    right : float
        Upper end, in `unit`; equal for one figure.
    unit : str
        rounds/yr, % or any other.
    bound : str
        "at most", "at least" or "".

    Returns
    -------
    str
        The figure in words.
    """
    write_number = (
        say_rounds if unit == "rounds/yr" and right >= 10_000 else lambda value: f"{value:,.6g}"
    )
    first, last = write_number(left), write_number(right)
    if left != right and first.endswith(" million") and last.endswith(" million"):
        first = first.removesuffix(" million")
    span = first if left == right else f"{first} to {last}"
    unit_text = {"rounds/yr": "", "%": " %"}.get(unit, f" {unit}")
    return f"{bound} {span}{unit_text}".strip()
