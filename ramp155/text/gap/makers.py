"""Makers' own totals beside Europe's in words: what their promises come to, and why they do not add up."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.maker_totals import PART_OF
from ramp155.text.numbers import count_words, say_rounds, say_rounds_range


def sum_promises(figures: pd.DataFrame) -> float:
    """The last promises of all makers added up, without those that another maker counts as well.

    Parameters
    ----------
    figures : DataFrame
        Columns maker, is_promise and middle (rounds a year).

    Returns
    -------
    float
        Rounds a year.
    """
    whole = figures[figures["is_promise"] & ~figures["maker"].isin(list(PART_OF))]
    return float(whole["middle"].sum())


def write_makers_title(figures: pd.DataFrame, ranges: pd.DataFrame, year: int) -> str:
    """What makers' promises come to, beside what Europe can make and completes.

    Parameters
    ----------
    figures : DataFrame
        Last reports and promises: maker, is_promise, middle (rounds a year).
    ranges : DataFrame
        Europe's capacity and output, in that order: low and high, rounds a year.
    year : int
        The year of Europe's figures.
    """
    if figures.empty:
        return "No maker's own total is on record"
    completes = ranges.iloc[1]
    return (
        f"Makers' last promises add up to about {say_rounds(sum_promises(figures))} rounds a year, while Europe likely "
        f"completed {say_rounds_range(completes['low'], completes['high'])} in {year}: they do not count the same"
    )


def list_reasons(figures: pd.DataFrame) -> list[str]:
    """Why makers' totals do not add up to Europe's, in plain words; each with what the figures shown say.

    Parameters
    ----------
    figures : DataFrame
        Last reports and promises: maker, is_promise, counts, bound.
    """
    promises = figures[figures["is_promise"]]
    reports = figures[~figures["is_promise"]]
    capacity_count = int((figures["counts"] == "capacity").sum())
    parts = " and ".join(f"{part} in {whole}" for part, whole in PART_OF.items())
    return [
        f"**Promises, not reports.** {count_words(len(promises), 'figure')} here are promises, "
        f"{len(reports)} tell what was made or could be made; most promises fall due from 2027 on.",
        f"**Capacity, not output.** {capacity_count} of {len(figures)} count what machines could make. Europe's lower "
        "figure counts rounds that leave complete, with charge and fuze.",
        "**Calibres.** Several makers say large-calibre or artillery rounds, which may mean 105, 120 or 152 mm as well.",
        f"**Counted twice.** Groups count firms that give their own figure ({parts}), and bodies that one makes "
        "another fills.",
        "**Plants outside.** A group's total counts plants in South Africa, Australia or Ukraine; Europe's does not.",
    ]
