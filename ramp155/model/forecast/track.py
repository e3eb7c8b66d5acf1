"""Every past forecast of every rule for the series of the record, made with what was said by its day, and how far it missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from math import sqrt

import numpy as np
import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.forecast.cases import CUTOFFS, Case, list_cases
from ramp155.model.forecast.growth import Growth, learn_growth
from ramp155.model.forecast.panel import list_series
from ramp155.model.forecast.rules import RULES
from ramp155.model.forecast.settings import Settings, read_settings
from ramp155.record.dates import month_text
from ramp155.record.records import Records

BAND_LEVELS = (0.10, 0.25, 0.50, 0.75, 0.90)


@remember
def learn_by(records: Records, day: dt.date, rule_name: str = "growth_rule") -> Growth:
    """What a rule of `RULES` has learned by a day, from all that was resolved by then.

    Parameters
    ----------
    records : Records
        The record; what was said after the day is not looked at.
    day : date
        The day.
    rule_name : str, optional
        A name in `RULES`.

    Returns
    -------
    Growth
        Pace as a share, drift in log growth a year, noise in log.
    """
    settings, panel = read_settings(records), list_series(records)
    resolved = [
        case
        for cutoff in CUTOFFS
        if cutoff < day
        for case in list_cases(panel, cutoff, day, settings)
    ]
    return learn_growth(RULES[rule_name], resolved, day, settings)


@remember
def list_past_forecasts(records: Records) -> pd.DataFrame:
    """Every forecast of every rule at every cut-off, with what came of it.

    Parameters
    ----------
    records : Records
        The record.

    Returns
    -------
    DataFrame
        Columns: rule, cutoff, series, kind, observable, claim_ids, month, said_on, figure, p10 to p90 (units of the series
        a year),
        hit50, hit80, crps (log).
    """
    settings, panel = read_settings(records), list_series(records)
    forecasts = []
    for cutoff in CUTOFFS:
        cases = list_cases(panel, cutoff, records.end, settings)
        for rule_name in RULES:
            learned = learn_by(records, cutoff, rule_name)
            forecasts.append(_make_forecasts(rule_name, cases, learned, settings))
    return pd.concat(forecasts, ignore_index=True)


def spread_forecasts(
    rule_name: str, cases: Sequence[Case], learned: Growth, settings: Settings
) -> tuple[Array, Array]:
    """The forecasts of a rule: Student's t in log.

    Parameters
    ----------
    rule_name : str
        A name in `RULES`.
    cases : sequence of Case
        What is forecast.
    learned : Growth
        What the rule has learned.
    settings : Settings
        With the damping, in years.

    Returns
    -------
    middles, scales : Array, (cases,)
        Middle and scale of each forecast, in log of units of the series a year.
    """
    rule = RULES[rule_name]
    seen, years = rule.look_at(cases, settings)
    middles: Array = rule.start_from(cases) + seen @ learned.coefficients
    return middles, learned.measure_scale(seen, years)


def compute_band(middles: Array, scales: Array, tails: float) -> Array:
    """Quantiles of forecasts at P10, P25, P50, P75 and P90.

    Parameters
    ----------
    middles, scales : Array, (cases,)
        Middle and scale of each forecast, in log.
    tails : float
        Degrees of freedom.

    Returns
    -------
    Array, (cases, 5)
        Log of units of the series a year.
    """
    from scipy.special import stdtrit  # here only: it costs a quarter of a second

    band: Array = middles[:, None] + scales[:, None] * stdtrit(tails, np.array(BAND_LEVELS))
    return band


def _make_forecasts(
    rule_name: str, cases: list[Case], learned: Growth, settings: Settings
) -> pd.DataFrame:
    """The forecasts of a rule for the cases of a cut-off."""
    middles, scales = spread_forecasts(rule_name, cases, learned, settings)
    outcomes = np.array([case.outcome for case in cases])
    bands = compute_band(middles, scales, settings.tails)
    p10, p25, p50, p75, p90 = np.exp(bands).T
    return pd.DataFrame(
        {
            "rule": rule_name,
            "cutoff": [case.cutoff.isoformat() for case in cases],
            "series": [case.series.name for case in cases],
            "kind": [case.series.kind for case in cases],
            "observable": [case.series.observable for case in cases],
            "claim_ids": [" ".join(case.report_ids) for case in cases],
            "month": [month_text(round(case.month)) for case in cases],
            "said_on": [case.known_on.isoformat() for case in cases],
            "figure": np.exp(outcomes).round(3),
            "p10": p10,
            "p25": p25,
            "p50": p50,
            "p75": p75,
            "p90": p90,
            "hit50": (bands[:, 1] <= outcomes) & (outcomes <= bands[:, 3]),
            "hit80": (bands[:, 0] <= outcomes) & (outcomes <= bands[:, 4]),
            "crps": measure_misses(middles, scales, outcomes, settings.tails),
        }
    )


def measure_misses(middles: Array, scales: Array, outcomes: Array, tails: float) -> Array:
    """Continuous ranked probability score of forecasts spread as Student's t: 0 is best.

    In closed form (Jordan, Krueger and Lerch 2019, Journal of Statistical Software 90).

    Parameters
    ----------
    middles, scales : Array, (cases,)
        Middle and scale of each forecast, in log of units of the series a year.
    outcomes : Array, (cases,)
        The log of what came, in units of the series a year.
    tails : float
        Degrees of freedom.

    Returns
    -------
    Array, (cases,)
        Distance in log: 0.69 is twice as many units.
    """
    from scipy.special import beta, stdtr  # here only: it costs a quarter of a second

    distances = (outcomes - middles) / scales
    density = (1 + distances**2 / tails) ** (-(tails + 1) / 2) / (
        sqrt(tails) * beta(0.5, tails / 2)
    )
    spread = 2 * sqrt(tails) / (tails - 1) * beta(0.5, tails - 0.5) / beta(0.5, tails / 2) ** 2
    misses: Array = scales * (
        distances * (2 * stdtr(tails, distances) - 1)
        + 2 * density * (tails + distances**2) / (tails - 1)
        - spread
    )
    return misses


def score_ensembles(ensembles: Array, outcomes: Array) -> Array:
    """The same score of ensembles.

    The mean distance of members from what came, less half of that between members.

    Parameters
    ----------
    ensembles : Array, (cases, members)
        Equally likely logs of units of the series a year, rising.
    outcomes : Array, (cases,)
        The log of what came, in units of the series a year.

    Returns
    -------
    Array, (cases,)
        Distance in log: 0.69 is twice as many units.
    """
    count = ensembles.shape[1]
    ranks = (2 * np.arange(count) + 1 - count) / count**2
    score: Array = np.abs(ensembles - outcomes[:, None]).mean(axis=1) - ensembles @ ranks
    return score
