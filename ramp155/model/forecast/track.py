"""The track record: every past forecast of every rule, made with what was said by its day, and its score."""

from __future__ import annotations

import datetime as dt
import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.forecast.cases import CUTOFFS, Case, list_cases
from ramp155.model.forecast.growth import Growth, learn_growth
from ramp155.model.forecast.panel import list_series
from ramp155.model.forecast.rules import RULES
from ramp155.model.forecast.settings import Settings, read_settings
from ramp155.record.dates import month_text
from ramp155.record.records import Records

_LEVELS = (0.10, 0.25, 0.50, 0.75, 0.90)
_MEMBERS = 400  # of the ensemble that a forecast is scored by
_NINETY = 1.645  # standard deviations either side that hold 90 %


class Share(NamedTuple):
    """A share of cases inside a band, with the 90 % interval of what it could be by chance (Wilson)."""

    share: float
    low: float
    high: float


class Score(NamedTuple):
    """How a rule did: `number` of forecasts, the shares inside its 50 % and 80 % bands, and the mean `crps` in log."""

    number: int
    share50: Share
    share80: Share
    crps: float


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


def score_rules(forecasts: pd.DataFrame) -> dict[str, Score]:
    """How each rule did.

    Parameters
    ----------
    forecasts : DataFrame
        Of `list_past_forecasts`, or some of them.

    Returns
    -------
    dict of Score
        Rule -> its score: shares from 0 to 1, CRPS in log.
    """
    return {
        str(rule): Score(
            number=len(group),
            share50=_share_hits(group["hit50"]),
            share80=_share_hits(group["hit80"]),
            crps=float(group["crps"].mean()),
        )
        for rule, group in forecasts.groupby("rule", sort=False)
    }


def _make_forecasts(
    rule_name: str, cases: list[Case], learned: Growth, settings: Settings
) -> pd.DataFrame:
    """The forecasts of a rule for the cases of a cut-off."""
    rule = RULES[rule_name]
    seen, years = rule.look_at(cases, settings)
    middle = rule.start_from(cases) + seen @ learned.coefficients
    scale = learned.measure_scale(seen, years)
    outcomes = np.array([case.outcome for case in cases])
    bands = middle[:, None] + scale[:, None] * stdtrit(settings.tails, np.array(_LEVELS))
    members = (np.arange(_MEMBERS) + 0.5) / _MEMBERS
    ensemble = middle[:, None] + scale[:, None] * stdtrit(settings.tails, members)
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
            "crps": score_ensembles(ensemble, outcomes),
        }
    )


def score_ensembles(ensembles: Array, outcomes: Array) -> Array:
    """Continuous ranked probability score of ensembles: 0 is best.

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


def _share_hits(hits: pd.Series) -> Share:
    """The share of hits with its Wilson interval."""
    count, share, square = len(hits), float(hits.mean()), _NINETY**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = _NINETY * math.sqrt(share * (1 - share) / count + square / (4 * count**2))
    half /= 1 + square / count
    return Share(share, middle - half, middle + half)
