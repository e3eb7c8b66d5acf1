"""Statements about Russia's rate over that of others: it lies between bounds, or the gap closes.

Each gives its facts.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ramp155.answers.gap.comparison import Comparison, list_countings
from ramp155.answers.gap.estimates import find_last_figure, list_estimates
from ramp155.answers.verdicts.case import Case
from ramp155.answers.verdicts.rates import (
    apply_statement_counting,
    average_over_date,
    compute_band,
    compute_case_rates,
    compute_case_ratios,
    compute_subject_rate,
    is_after_record,
    share_within,
)
from ramp155.answers.verdicts.verdict import SUPPORTED, name_verdict
from ramp155.model.arrays import Array
from ramp155.record.dates import first_day, last_day
from ramp155.record.rows import Statement

_VERDICT_RANKS = {"supported": 0, "contradicted": 1, "undecided": 2}


@dataclass(frozen=True)
class NoFigureFacts:
    """The estimate chosen for Russia names no figure for one of the dates: nothing can be said."""

    dates: tuple[str, ...]
    odds: float = field(default=float("nan"), init=False)


@dataclass(frozen=True)
class RatioFacts:
    """Russia's rate over that of others: `band` is P10, P50 and P90, `is_ahead` whether the date lies after
    the record. Over all estimates that reach the date (`known_count`) the middle draw runs from `least` to
    `most`, and the statement holds with `agreeing_count` of them. `turning`: the ways of counting that
    change the verdict, each with the verdict it gives, supported ones first. Where the date lies after the
    chosen estimate's last figure, `held_after` is that figure's date (else ""). Of the estimates with a
    figure of their own for the date (`dated_count`) the statement holds with `dated_agreeing_count`."""

    odds: float
    band: tuple[float, float, float]
    is_ahead: bool
    least: float
    most: float
    agreeing_count: int
    known_count: int
    turning: tuple[tuple[str, Comparison], ...]
    held_after: str
    dated_count: int
    dated_agreeing_count: int


@dataclass(frozen=True)
class ClosingFacts:
    """The ratio at two dates (middle draws), by what share our rate and Russia's changed in between, and with
    how many of the estimates that reach both dates (`known_count`) the gap closes. Where the later date lies
    after the chosen estimate's last figure, `held_after` is that figure's date (else ""). Of the estimates
    with figures of their own for both dates (`dated_count`) it closes with `dated_agreeing_count`."""

    odds: float
    ratio_then: float
    ratio_now: float
    our_change: float
    russian_change: float
    agreeing_count: int
    known_count: int
    held_after: str
    dated_count: int
    dated_agreeing_count: int


def judge_ratio(case: Case, statement: Statement) -> RatioFacts | NoFigureFacts:
    """Russia's rate over that of others lies between bounds."""
    comparison = apply_statement_counting(case, statement)
    ratio = _average_ratio(case, comparison, statement)
    if np.isnan(ratio).any():
        return NoFigureFacts((statement.month,))
    middles, agreeing, dated = [], [], []
    for alternative in _list_estimate_comparisons(case, statement):
        other_ratio = _average_ratio(case, alternative, statement)
        if not np.isnan(other_ratio).any():
            middles.append(float(np.median(other_ratio)))
            agreeing.append(share_within(other_ratio, statement) >= SUPPORTED)
            dated.append(not _find_held_figure(case, alternative, statement))
    odds = share_within(ratio, statement)
    return RatioFacts(
        odds=odds,
        band=compute_band(ratio),
        is_ahead=is_after_record(case, statement),
        least=min(middles),
        most=max(middles),
        agreeing_count=sum(agreeing),
        known_count=len(middles),
        turning=_find_turning_countings(case, statement, odds),
        held_after=_find_held_figure(case, comparison, statement),
        dated_count=sum(dated),
        dated_agreeing_count=int(np.logical_and(agreeing, dated).sum()),
    )


def _average_ratio(case: Case, comparison: Comparison, statement: Statement) -> Array:
    ratios = compute_case_ratios(case, comparison, statement.subject)
    return average_over_date(ratios, statement.month)


def _find_held_figure(case: Case, comparison: Comparison, statement: Statement) -> str:
    """The date of the estimate's last figure where the statement's lies after it and it is held, else ""."""
    last_figure = find_last_figure(case.model.record, comparison.russia)
    return last_figure if first_day(statement.month) > last_day(last_figure) else ""


def _list_estimate_comparisons(case: Case, statement: Statement) -> Iterator[Comparison]:
    """The statement's counting with each named estimate for Russia."""
    for estimate in list_estimates(case.model.record, "RU"):
        yield dataclasses.replace(apply_statement_counting(case, statement), russia=estimate)


def _find_turning_countings(
    case: Case, statement: Statement, odds: float
) -> tuple[tuple[str, Comparison], ...]:
    """Which other ways of counting turn the verdict."""
    turning = []
    for counting in list_countings():
        if "ukraine" in statement.subject and counting.calibres != "all":
            continue
        alternative = dataclasses.replace(
            case.comparison, calibres=counting.calibres, made=counting.made, counts=counting.counts
        )
        ratio = _average_ratio(case, alternative, statement)
        verdict = name_verdict(share_within(ratio, statement))
        if verdict != name_verdict(odds):
            turning.append((verdict, alternative))
    return tuple(sorted(turning, key=lambda turned: _VERDICT_RANKS[turned[0]]))


def judge_closing_gap(case: Case, statement: Statement) -> ClosingFacts | NoFigureFacts:
    """The ratio is smaller than it was."""
    comparison = apply_statement_counting(case, statement)
    ratios = compute_case_ratios(case, comparison, statement.subject)
    ratio_then, ratio_now = (
        average_over_date(ratios, date) for date in (statement.since, statement.month)
    )
    if np.isnan(ratio_then).any() or np.isnan(ratio_now).any():
        return NoFigureFacts((statement.since, statement.month))
    agreeing, dated = [], []
    for alternative in _list_estimate_comparisons(case, statement):
        other_ratios = compute_case_ratios(case, alternative, statement.subject)
        change = average_over_date(other_ratios, statement.month) / average_over_date(
            other_ratios, statement.since
        )
        if not np.isnan(change).any():
            agreeing.append(share_within(change, statement) >= SUPPORTED)
            dated.append(not _find_held_figure(case, alternative, statement))
    our_path = compute_subject_rate(case, comparison, statement.subject)
    russian_path = compute_case_rates(case, comparison)["russia"]
    return ClosingFacts(
        odds=share_within(ratio_now / ratio_then, statement),
        ratio_then=float(np.median(ratio_then)),
        ratio_now=float(np.median(ratio_now)),
        our_change=_compute_change(our_path, statement),
        russian_change=_compute_change(russian_path, statement),
        agreeing_count=sum(agreeing),
        known_count=len(agreeing),
        held_after=_find_held_figure(case, comparison, statement),
        dated_count=sum(dated),
        dated_agreeing_count=int(np.logical_and(agreeing, dated).sum()),
    )


def _compute_change(path: Array, statement: Statement) -> float:
    """By what share the middle draw changed between the statement's dates."""
    before = np.median(average_over_date(path, statement.since))
    return float(np.median(average_over_date(path, statement.month)) / before) - 1
