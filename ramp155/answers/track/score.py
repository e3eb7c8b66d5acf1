"""How good forecasts were: shares of figures inside their ranges, and the average miss beside simpler rules.

A report that only says "at most" or "at least" is easily agreed with, and is counted apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

_NINETY = 1.645  # standard deviations either side that hold 90 %
RIVALS = ("persistence", "line", "promises")


@dataclass(frozen=True)
class Share:
    """`hits` of `number` figures inside a range; `share` of them, with the 90 % interval of what it could be by
    chance from `low` to `high` (Wilson 1927; 0 to 1, NaN where there is no figure)."""

    hits: int
    number: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Score:
    """How good some forecasts were.

    `inside50` and `inside80`: figures inside the ranges meant to hold 50 and 80 %. `crps` is the average miss in
    log, `rivals` that of each simpler rule over the same figures (NaN where it was not run for all of them). `published` is `inside80` without
    figures worked out from others; `bounds` are the reports that are no figures, by whether the range agrees.
    """

    inside50: Share
    inside80: Share
    crps: float
    rivals: dict[str, float]
    published: Share
    bounds: Share


def score_forecasts(forecasts: pd.DataFrame) -> Score:
    """Score some past forecasts.

    Parameters
    ----------
    forecasts : DataFrame
        Rows of `list_track`.

    Returns
    -------
    Score
        Counts of figures, shares from 0 to 1, average misses in log.
    """
    is_figure = forecasts["bound"] == ""
    figures = forecasts[is_figure]
    is_derived = figures["derived"].astype(bool)
    return Score(
        inside50=count_share(figures["hit50"]),
        inside80=count_share(figures["hit80"]),
        crps=float(figures["crps"].mean()),
        rivals={rule: float(figures[f"crps_{rule}"].mean(skipna=False)) for rule in RIVALS},
        published=count_share(figures.loc[~is_derived, "hit80"]),
        bounds=count_share(forecasts.loc[~is_figure, "hit80"]),
    )


def score_groups(forecasts: pd.DataFrame, by: str) -> dict[str, Score]:
    """Score past forecasts group by group.

    Parameters
    ----------
    forecasts : DataFrame
        Rows of `list_track`.
    by : str
        The column that tells groups apart, as `series` or `cutoff`.

    Returns
    -------
    dict of Score
        Group -> its score, in the order of the groups.
    """
    return {str(name): score_forecasts(group) for name, group in forecasts.groupby(by)}


def count_share(hits: pd.Series) -> Share:
    """Count hits, with the Wilson interval of their share.

    Parameters
    ----------
    hits : Series of bool
        Whether each figure lay inside.

    Returns
    -------
    Share
        Counts of figures, and shares from 0 to 1.
    """
    count, hit_count, square = len(hits), int(hits.sum()), _NINETY**2
    if not count:
        return Share(0, 0, math.nan, math.nan, math.nan)
    share = hit_count / count
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = _NINETY * math.sqrt(share * (1 - share) / count + square / (4 * count**2))
    half /= 1 + square / count
    return Share(hit_count, count, share, middle - half, middle + half)
