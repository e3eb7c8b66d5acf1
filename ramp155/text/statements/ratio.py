"""Statements about Russia's rate over that of others: it lies between bounds, or the gap closes. Each gives odds and a reason."""

from __future__ import annotations

import dataclasses

import numpy as np

from ramp155.answers.gap.comparison import list_countings
from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.verdicts.case import Case, Statement
from ramp155.answers.verdicts.rates import (
    average_over_date,
    compute_case_rates,
    compute_case_ratios,
    count_as_said,
    is_after_record,
    share_within,
    sum_rates,
)
from ramp155.answers.verdicts.verdict import SUPPORTED, name_verdict
from ramp155.text.gap.counting import write_counting
from ramp155.text.numbers import say_date, say_signed_percent
from ramp155.text.statements.wording import SUBJECT_NAMES


def judge_ratio(case: Case, statement: Statement) -> tuple[float, str]:
    """Russia's rate over that of others lies between bounds."""
    comparison = count_as_said(case, statement)
    ratio = average_over_date(
        compute_case_ratios(case, comparison, statement.subject), statement.month
    )
    subject_name, date_name = SUBJECT_NAMES[statement.subject], say_date(statement.month)
    if np.isnan(ratio).any():
        return float("nan"), f"The estimate chosen for Russia names no figure for {date_name}."
    low, middle, high = np.quantile(ratio, [0.1, 0.5, 0.9])
    verb = "makes" if is_after_record(case, statement) else "made"
    sentence = (
        f"In {date_name} Russia {verb} {middle:.1f} times what {subject_name} {verb} "
        f"(8 in 10 draws: {low:.1f} to {high:.1f})."
    ).replace("bombs) makes", "bombs) make")
    odds = share_within(ratio, statement)
    return (
        odds,
        f"{sentence} {_write_named_range(case, statement)} {_write_other_countings(case, statement, odds)}",
    )


def _write_named_range(case: Case, statement: Statement) -> str:
    """How far the ratio runs over the named estimates for Russia, and with which ones the statement holds."""
    middles, agreeing = [], []
    for estimate, label in list_estimates(case.model.record, "RU").items():
        alternative = dataclasses.replace(count_as_said(case, statement), russia=estimate)
        ratio = average_over_date(
            compute_case_ratios(case, alternative, statement.subject), statement.month
        )
        if np.isnan(ratio).any():
            continue
        middles.append(float(np.median(ratio)))
        if share_within(ratio, statement) >= SUPPORTED:
            agreeing.append(label)
    sentence = f"Over all named estimates it runs from {min(middles):.1f} to {max(middles):.1f}"
    return f"{sentence}; the statement holds with {len(agreeing)} of {len(middles)}."


def _write_other_countings(case: Case, statement: Statement, odds: float) -> str:
    """Which other ways of counting turn the verdict."""
    comparison, turning = count_as_said(case, statement), []
    for other in list_countings():
        alternative = dataclasses.replace(
            comparison, calibres=other.calibres, made=other.made, counts=other.counts
        )
        if "ukraine" in statement.subject and other.calibres != "all":
            continue
        ratio = average_over_date(
            compute_case_ratios(case, alternative, statement.subject), statement.month
        )
        if name_verdict(share_within(ratio, statement)) != name_verdict(odds):
            turning.append(
                (name_verdict(share_within(ratio, statement)), write_counting(alternative))
            )
    if not turning:
        return "No other way of counting changes the verdict."
    rank = {"supported": 0, "contradicted": 1, "undecided": 2}
    turning.sort(key=lambda pair: rank[pair[0]])
    verdict, turned_counting = turning[0]
    others_phrase = f" and {len(turning) - 1} other ways" if len(turning) > 1 else ""
    return f"Counted otherwise ({turned_counting[0].lower()}{turned_counting[1:]}) it would be {verdict}; that{others_phrase} would change the verdict."


def judge_closing_gap(case: Case, statement: Statement) -> tuple[float, str]:
    """The ratio is smaller than it was."""
    ratios = compute_case_ratios(case, count_as_said(case, statement), statement.subject)
    ratio_then, ratio_now = (
        average_over_date(ratios, statement.since),
        average_over_date(ratios, statement.month),
    )
    if np.isnan(ratio_then).any() or np.isnan(ratio_now).any():
        return float("nan"), "The estimate chosen for Russia names no figure for both dates."
    sentence = (
        f"Russia over {SUBJECT_NAMES[statement.subject]} went from {np.median(ratio_then):.1f} times in {say_date(statement.since)} to "
        f"{np.median(ratio_now):.1f} in {say_date(statement.month)}."
    )
    return (
        share_within(ratio_now / ratio_then, statement),
        f"{sentence} {_write_growth(case, statement)} {_write_last_figure(case)} {_write_closing_estimates(case, statement)}",
    )


def _write_last_figure(case: Case) -> str:
    """From when on the chosen Russian figure is held, not told."""
    estimate_rows = case.model.record.estimates
    last_month = estimate_rows.loc[
        estimate_rows["estimate_id"] == case.comparison.russia, "month"
    ].iloc[-1]
    return f"Russia's last figure here is for {say_date(last_month)} and is held after it."


def _write_closing_estimates(case: Case, statement: Statement) -> str:
    """With how many of the named estimates the gap closes."""
    agreeing_count = known_count = 0
    for estimate in list_estimates(case.model.record, "RU"):
        alternative = dataclasses.replace(count_as_said(case, statement), russia=estimate)
        ratios = compute_case_ratios(case, alternative, statement.subject)
        change = average_over_date(ratios, statement.month) / average_over_date(
            ratios, statement.since
        )
        if not np.isnan(change).any():
            known_count += 1
            agreeing_count += share_within(change, statement) >= SUPPORTED
    return f"It closes with {agreeing_count} of the {known_count} estimates that reach both dates."


def _write_growth(case: Case, statement: Statement) -> str:
    """Which side's change moved the ratio."""
    actor_rates = compute_case_rates(case, count_as_said(case, statement))
    our_factor = np.median(
        average_over_date(sum_rates(actor_rates, statement.subject), statement.month)
    ) / np.median(average_over_date(sum_rates(actor_rates, statement.subject), statement.since))
    russian_factor = np.median(
        average_over_date(actor_rates["russia"], statement.month)
    ) / np.median(average_over_date(actor_rates["russia"], statement.since))
    subject_name = SUBJECT_NAMES[statement.subject]
    return f"In that time {subject_name}'s rate changed by {say_signed_percent(our_factor - 1)}, Russia's by {say_signed_percent(russian_factor - 1)}."
