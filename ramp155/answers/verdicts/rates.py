"""Rates and ratios a statement speaks of, by draw, counted as it says, and the share of them that lies within its bounds."""

from __future__ import annotations

import dataclasses

import numpy as np

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.rates import compute_actor_rates
from ramp155.answers.gap.ratios import compute_ratio
from ramp155.answers.verdicts.case import Case, Statement
from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.scenario.horizon import MONTHS
from ramp155.record.dates import last_day

# A statement asks for the same rates under many countings and estimates, statements for the same ones.
_remembered_rates = remember(compute_actor_rates)


def list_reported_bases(case: Case, statement: Statement) -> list[float]:
    """What the statement's own claims say the rate was at its first date, rounds a year."""
    claims = case.model.record.claims.set_index("claim_id").loc[statement.claim_ids.split()]
    base_claims = claims[(claims["period"] == statement.since) & (claims["unit"] == "rounds/yr")]
    return [float(value) for value in base_claims["low"].dropna()]


def count_as_said(case: Case, statement: Statement) -> Comparison:
    return dataclasses.replace(
        case.comparison, calibres=statement.calibres, made=statement.made, counts=statement.counts
    )


def compute_case_rates(case: Case, comparison: Comparison) -> dict[str, Array]:
    return _remembered_rates(case.model, case.scenario, comparison)


def compute_case_ratios(case: Case, comparison: Comparison, subject: str) -> Array:
    return compute_ratio(compute_case_rates(case, comparison), *subject.split())


def sum_rates(actor_rates: dict[str, Array], subject: str) -> Array:
    return sum(actor_rates[actor] for actor in subject.split())


def average_over_date(path: Array, date: str) -> Array:
    """Values in a month, or their mean over a year, by draw."""
    months = [place for place, month in enumerate(MONTHS) if month.startswith(date)]
    return path[months].mean(axis=0)


def share_within(values: Array, statement: Statement) -> float:
    """Share of values between the statement's bounds; NaN where any is unknown."""
    if np.isnan(values).any():
        return float("nan")
    low = -np.inf if np.isnan(statement.low) else statement.low
    high = np.inf if np.isnan(statement.high) else statement.high
    return float(((values >= low) & (values <= high)).mean())


def is_after_record(case: Case, statement: Statement) -> bool:
    """Whether a statement's date lies after the record's last report."""
    return last_day(statement.month) > case.model.record.end
