"""What past forecasts are told apart by: whose figures they are, their series, their cut-off, and the jump they missed."""

from __future__ import annotations

import pandas as pd

from ramp155.record.records import Records

# Officials' count of Europe's capacity went from some 300,000 rounds a year to a million in the reports of January 2024.
JUMP_YEAR = "2024"
GROUPS = {
    "europe_output": "Europe's output",
    "europe_nameplate": "Europe's capacity",
    "us": "United States",
    "firms": "Firms, nations and lines",
    "russia": "Russia",
}

# The same, within a sentence.
SPOKEN_GROUPS = {
    "europe_output": "Europe's output",
    "europe_nameplate": "Europe's capacity",
    "us": "the United States",
    "firms": "firms, nations and lines",
    "russia": "Russia",
}


def name_groups(forecasts: pd.DataFrame) -> pd.Series:
    """The group of `GROUPS` that each past forecast belongs to: Europe's two observables apart, others by kind.

    Parameters
    ----------
    forecasts : DataFrame
        Rows of `list_track`.

    Returns
    -------
    Series of str, (rows,)
        A key of `GROUPS` each.
    """
    is_europe = forecasts["kind"] == "europe"
    return forecasts["kind"].where(~is_europe, "europe_" + forecasts["observable"]).rename("group")


def select_jump(forecasts: pd.DataFrame) -> pd.Series:
    """Which are forecasts of Europe's capacity made before the jump of January 2024 for figures after it.

    Parameters
    ----------
    forecasts : DataFrame
        Rows of `list_track`.

    Returns
    -------
    Series of bool, (rows,)
        True for each that is.
    """
    is_capacity = name_groups(forecasts) == "europe_nameplate"
    is_before = forecasts["cutoff"] < JUMP_YEAR
    is_after = forecasts["month"].str[:4] >= JUMP_YEAR
    is_jump: pd.Series = is_capacity & is_before & is_after
    return is_jump


def name_series(records: Records, series: str) -> str:
    """What a series is called: Europe's two by what they count, a line by its name."""
    kind, _, observable = series.partition(" ")
    if kind == "Europe":
        return GROUPS.get(f"europe_{observable}", series)
    names: pd.Series = records.full_lines["name"]
    return str(names.get(series, series))
