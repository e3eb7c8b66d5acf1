"""Rates and ratios a statement speaks of, by draw, counted as it says, and the share of them that
lies within its bounds.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.rates import compute_actor_rates, sum_rates
from ramp155.answers.gap.ratios import compute_ratio
from ramp155.answers.verdicts.case import Case
from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.scenario.horizon import MONTHS
from ramp155.record.dates import last_day
from ramp155.record.rows import Statement

# A statement asks for the same rates under many countings and estimates, statements for the same ones.
_remembered_rates = remember(compute_actor_rates)


def list_reported_bases(case: Case, statement: Statement) -> list[float]:
    """What the statement's own claims say the rate was at its first date.

    Returns
    -------
    list of float
        Rounds a year.
    """
    claims = [case.model.record.claim(claim_id) for claim_id in statement.claim_ids.split()]
    return [
        claim.low
        for claim in claims
        if claim.period == statement.since and claim.unit == "rounds/yr" and claim.low is not None
    ]


def apply_statement_counting(case: Case, statement: Statement) -> Comparison:
    """The case's comparison, counted as the statement counts."""
    return dataclasses.replace(
        case.comparison, calibres=statement.calibres, made=statement.made, counts=statement.counts
    )


def compute_case_rates(case: Case, comparison: Comparison) -> dict[str, Array]:
    """Rates of every actor in a case, counted as a comparison asks.

    Returns
    -------
    dict of str to Array, (months, draws)
        Actor -> rounds a year.
    """
    return _remembered_rates(case.model, case.scenario, comparison)


def compute_subject_rate(case: Case, comparison: Comparison, subject: str) -> Array:
    """What the actors of a subject make together.

    Returns
    -------
    Array, (months, draws)
        Rounds a year.
    """
    return sum_rates(compute_case_rates(case, comparison), subject.split())


def compute_case_ratios(case: Case, comparison: Comparison, subject: str) -> Array:
    """Russia's rate over that of the actors of a subject together.

    Returns
    -------
    Array, (months, draws)
        Ratio, without a unit.
    """
    return compute_ratio(compute_case_rates(case, comparison), *subject.split())


def average_over_date(path: Array, date: str) -> Array:
    """Values in a month, or their mean over a year.

    Parameters
    ----------
    path : Array, (months, draws)
        Rounds a year, or ratios.
    date : str
        YYYY-MM or YYYY.

    Returns
    -------
    Array, (draws,)
        In the unit of `path`.
    """
    places = [place for place, month in enumerate(MONTHS) if month.startswith(date)]
    means: Array = path[places].mean(axis=0)
    return means


def share_within(values: Array, statement: Statement) -> float:
    """How much of what was drawn lies between the statement's bounds.

    Parameters
    ----------
    values : Array, (draws,)
        In the unit of the bounds.
    statement : Statement
        Its `low` and `high`; an open bound takes in everything.

    Returns
    -------
    float
        Share of draws, 0 to 1; NaN where any is unknown.
    """
    if np.isnan(values).any():
        return float("nan")
    low = -math.inf if statement.low is None else statement.low
    high = math.inf if statement.high is None else statement.high
    return float(((values >= low) & (values <= high)).mean())


def compute_band(values: Array) -> tuple[float, float, float]:
    """The band of what was drawn.

    Parameters
    ----------
    values : Array, (draws,)
        In any unit (rounds a year, share 0 to 1, ratio ...).

    Returns
    -------
    tuple of float
        P10, P50 and P90, in the same unit.
    """
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
    return float(low), float(middle), float(high)


def is_after_record(case: Case, statement: Statement) -> bool:
    """Whether a statement's date lies after the record's last report."""
    return last_day(statement.month) > case.model.record.end
