"""Statements about a rate: its level, its growth, and a figure held against the other named
estimates.

Each gives its facts.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.verdicts.case import Case
from ramp155.answers.verdicts.rates import (
    apply_statement_counting,
    average_over_date,
    compute_band,
    compute_case_rates,
    compute_subject_rate,
    list_reported_bases,
    share_within,
)
from ramp155.record.rows import Statement

Band = tuple[float, float, float]


@dataclass(frozen=True)
class LevelFacts:
    """A rate beside its bounds: `band` is P10, P50 and P90 in rounds a year. Counted the other way
    (`other_counts`) the middle draw is `other_rate` and the odds are `other_odds`."""

    odds: float
    band: Band
    other_counts: str
    other_rate: float
    other_odds: float


@dataclass(frozen=True)
class GrowthFacts:
    """How many times a rate grew: `band` is P10, P50 and P90 of the factor, `start` the model's rate at the
    first date (rounds a year), `from_reports` reported rates of that date with the factor each gives,
    `other_factor` the factor when counted the other way (`other_counts`)."""

    odds: float
    band: Band
    start: float
    from_reports: tuple[tuple[float, float], ...]
    other_counts: str
    other_factor: float


@dataclass(frozen=True)
class NamedFigureFacts:
    """A figure beside the other named estimates: how many reach that year, the least and the most of them
    (rounds a year, counted alike), and in how many the figure is likelier than not."""

    odds: float
    known_count: int
    least: float
    most: float
    agreeing_count: int


def judge_level(case: Case, statement: Statement) -> LevelFacts:
    """A rate lies between bounds."""
    comparison = apply_statement_counting(case, statement)
    rate = average_over_date(
        compute_subject_rate(case, comparison, statement.subject), statement.month
    )
    other_comparison = dataclasses.replace(comparison, counts=_name_other_counts(statement))
    other_rate = average_over_date(
        compute_subject_rate(case, other_comparison, statement.subject), statement.month
    )
    return LevelFacts(
        odds=share_within(rate, statement),
        band=compute_band(rate),
        other_counts=other_comparison.counts,
        other_rate=float(np.median(other_rate)),
        other_odds=share_within(other_rate, statement),
    )


def _name_other_counts(statement: Statement) -> str:
    return "output" if statement.counts == "nameplate" else "nameplate"


def judge_growth(case: Case, statement: Statement) -> GrowthFacts:
    """A rate grew by a factor between bounds; what was reported of its start counts beside the model's."""
    comparison = apply_statement_counting(case, statement)
    path = compute_subject_rate(case, comparison, statement.subject)
    start, end = (average_over_date(path, date) for date in (statement.since, statement.month))
    odds, from_reports = [share_within(end / start, statement)], []
    for base in list_reported_bases(case, statement):
        odds.append(share_within(end / base, statement))
        from_reports.append((base, float(np.median(end)) / base))
    other_comparison = dataclasses.replace(comparison, counts=_name_other_counts(statement))
    other_path = compute_subject_rate(case, other_comparison, statement.subject)
    other_factor = np.median(
        average_over_date(other_path, statement.month)
        / average_over_date(other_path, statement.since)
    )
    return GrowthFacts(
        odds=float(np.mean(odds)),
        band=compute_band(end / start),
        start=float(np.median(start)),
        from_reports=tuple(from_reports),
        other_counts=other_comparison.counts,
        other_factor=float(other_factor),
    )


def judge_named_figure(case: Case, statement: Statement) -> NamedFigureFacts:
    """A figure agrees with the named estimates, each weighing the same."""
    comparison = apply_statement_counting(case, statement)
    shares, middles = [], []
    figures = case.model.record.list_estimates()
    for estimate in list_estimates(case.model.record, "RU"):
        cited = " ".join(
            figure.claim_ids for figure in figures if figure.estimate_id == estimate
        ).split()
        if set(cited) & set(statement.claim_ids.split()):
            continue  # the figure that is judged does not vote on itself
        alternative = dataclasses.replace(comparison, russia=estimate)
        rate = average_over_date(compute_case_rates(case, alternative)["russia"], statement.month)
        if not np.isnan(rate).any():
            shares.append(share_within(rate, statement))
            middles.append(float(np.median(rate)))
    return NamedFigureFacts(
        odds=float(np.mean(shares)),
        known_count=len(middles),
        least=min(middles),
        most=max(middles),
        agreeing_count=sum(share >= 0.5 for share in shares),
    )
