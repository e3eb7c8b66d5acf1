"""Makers' own totals beside Europe's in words: what their promises come to, and why they do not add up."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from ramp155.answers.maker_totals import PART_OF, sum_counted
from ramp155.text.numbers import count_words, join_words, say_rounds, say_rounds_range


def say_counted(figure: Mapping[Hashable, Any]) -> str:
    """Whether a figure is in the sum, and why not.

    Parameters
    ----------
    figure : mapping
        A row of `mark_counted` with kind.
    """
    if figure["is_counted"]:
        return "counted"
    if figure["part_of"]:
        return f"not counted: in {figure['part_of']}"
    return f"not counted: {'a report' if figure['kind'] == 'report' else 'an estimate'}"


def write_label(figure: Mapping[Hashable, Any]) -> str:
    """A maker's figure beside its mark: at least 1 million, 2027; with why where the sum leaves it out.

    Parameters
    ----------
    figure : mapping
        A row of `mark_counted` with middle (rounds a year), bound, period and kind.
    """
    rounds = f"{figure['bound']} {say_rounds(figure['middle'])}".strip()
    label = f"{rounds}, {figure['period'][:4] or 'no year'}"
    return label if figure["is_counted"] else f"{label} ({say_counted(figure)})"


def write_makers_title(figures: pd.DataFrame, ranges: pd.DataFrame, year: int) -> str:
    """What makers' promises come to, beside what Europe can make and completes.

    Parameters
    ----------
    figures : DataFrame
        Rows of `mark_counted` with middle, rounds a year.
    ranges : DataFrame
        Europe's capacity and output, in that order: low and high, rounds a year.
    year : int
        The year of Europe's figures.
    """
    if figures.empty:
        return "No maker's own total is on record"
    completes = ranges.iloc[1]
    counted = int(figures["is_counted"].sum())
    left_out = int(figures["is_labelled"].sum()) - counted
    return (
        f"Makers promise about {say_rounds(sum_counted(figures))} rounds a year in all ({counted} labels counted, {left_out} not), "
        f"while Europe likely completed {say_rounds_range(completes['low'], completes['high'])} in {year}"
    )


def list_reasons(figures: pd.DataFrame, claims: pd.DataFrame) -> list[str]:
    """Why makers' totals do not add up to Europe's, in plain words; each with what the figures shown say.

    Parameters
    ----------
    figures : DataFrame
        Rows of `mark_counted` with counts, period and middle (rounds a year).
    claims : DataFrame
        Rows of `list_maker_claims`.
    """
    labelled = figures[figures["is_labelled"]]
    promises = labelled[labelled["is_promise"]]
    without_year = int((promises["period"] == "").sum())
    late = int((promises["period"] >= "2027").sum())
    capacity_count = int((labelled["counts"] == "capacity").sum())
    parts = " and ".join(f"{part} in {whole}" for part, whole in PART_OF.items())
    return [
        f"**Promises, not reports.** {len(promises)} of {count_words(len(labelled), 'label')} are promises; {late} of them "
        f"fall due from 2027 on, {without_year} name no year.",
        f"**Capacity, not output.** {capacity_count} of {len(labelled)} labels count what machines could make. Europe's lower "
        "figure counts complete rounds.",
        "**Calibres.** Large-calibre or artillery rounds may mean 105, 120 or 152 mm as well.",
        f"**Counted twice.** Groups count firms that give their own figure ({parts}: not in the sum), and bodies that others fill.",
        "**Plants outside.** Groups count plants in South Africa, Australia or Ukraine; Europe's total does not.",
        *_list_unnamed(figures, claims),
    ]


def _list_unnamed(figures: pd.DataFrame, claims: pd.DataFrame) -> list[str]:
    """Reports above a maker's shown one that only a machine or a state's outlet gives: told, not drawn."""
    shown = figures[~figures["is_promise"]].set_index("maker")["middle"]
    unnamed = claims[~claims["named"] & (claims["status"] == "reported")]
    middle = unnamed[["value_low", "value_high"]].mean(axis=1)
    above = unnamed.assign(middle=middle)[middle > unnamed["maker"].map(shown).fillna(0.0)]
    if above.empty:
        return []
    listing = join_words(
        f"{maker}'s {say_rounds(rounds)} ({period[:4] or 'no year'})"
        for maker, rounds, period in zip(
            above["maker"], above["middle"], above["period"], strict=True
        )
    )
    return [f"**Not drawn.** Only a machine or a state's outlet tells of {listing} as reached."]
