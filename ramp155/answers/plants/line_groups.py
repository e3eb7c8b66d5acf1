"""Lines counted and added up: how many are late by country, what was reported and promised by product, and what
nobody has said of them.
"""

from __future__ import annotations

import pandas as pd

from ramp155.answers.counts import list_counted_lines
from ramp155.history.status import list_statuses
from ramp155.record.records import Records

# What may be unsaid of a line, in the order in which it is told.
UNSAID = ("rate", "date", "news", "town")
_UNSAID_FLAGS = {"rate": "capacity not reported", "news": "no recent news"}
LEAST_LINES = 5  # of a country that has a briefing of its own


def count_late_by_country(records: Records, lines: pd.DataFrame) -> pd.DataFrame:
    """How many lines of each country are late.

    Parameters
    ----------
    records : Records
        The record.
    lines : DataFrame
        Rows of `list_statuses`.

    Returns
    -------
    DataFrame
        country (its code), name, late and lines (counts), those with most late lines first.
    """
    full_lines = records.full_lines
    table = pd.DataFrame(
        {
            "country": lines["line_id"].map(full_lines["country"]),
            "name": lines["line_id"].map(full_lines["country_name"]),
            "late": (lines["late"] == "late").astype(int),
            "lines": 1,
        }
    )
    counts = table.groupby(["country", "name"], as_index=False)[["late", "lines"]].sum()
    return counts.sort_values(
        ["late", "lines", "name"], ascending=[False, False, True], ignore_index=True
    )


def count_unsaid(records: Records, lines: pd.DataFrame) -> dict[str, int]:
    """Of how many lines nobody has said how much they make or are to make, by when, anything for two years, or in which town.

    Parameters
    ----------
    records : Records
        The record.
    lines : DataFrame
        Rows of `list_statuses`.

    Returns
    -------
    dict of str to int
        What is unsaid (`UNSAID`) -> lines. Only lines that are announced or being built can lack a date.
    """
    has_flag = {
        what: lines["flags"].map(lambda flags, flag=flag: flag in flags)
        for what, flag in _UNSAID_FLAGS.items()
    }
    is_coming = lines["status"].isin(["announced", "construction", "commissioning"])
    unsaid = {
        **has_flag,
        "date": is_coming & (lines["next_date"] == ""),
        "town": lines["line_id"].map(records.full_lines["lat"]).isna(),
    }
    return {what: int(unsaid[what].sum()) for what in UNSAID}


def list_story_countries(records: Records) -> dict[str, str]:
    """The countries with enough lines for a briefing of their own: code -> name, in order of the name."""
    lines = list_statuses(records)
    lines = lines[lines["status"] != "not yet reported"]
    countries = lines["line_id"].map(records.full_lines["country"]).value_counts()
    names = dict(zip(records.countries["country"], records.countries["name"], strict=True))
    enough = [str(country) for country, number in countries.items() if number >= LEAST_LINES]
    return {country: names[country] for country in sorted(enough, key=lambda code: names[code])}


def list_europe_lines(records: Records, lines: pd.DataFrame) -> pd.DataFrame:
    """Of some lines those of counted countries: the Europe of every headline."""
    return lines[lines["line_id"].isin(list_counted_lines(records))]
