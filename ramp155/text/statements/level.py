"""Statements about a rate: its level, its growth, and a figure held against the other named estimates. Each gives odds and a reason."""

from __future__ import annotations

import dataclasses

import numpy as np

from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.verdicts.case import Case, Statement
from ramp155.answers.verdicts.rates import (
    average_over_date,
    compute_case_rates,
    count_as_said,
    list_reported_bases,
    share_within,
    sum_rates,
)
from ramp155.answers.verdicts.verdict import name_verdict
from ramp155.text.numbers import say_date, say_rounds, say_rounds_range
from ramp155.text.statements.wording import SUBJECT_NAMES, say_statement_band, say_statement_rate


def judge_level(case: Case, statement: Statement) -> tuple[float, str]:
    """A rate lies between bounds."""
    comparison = count_as_said(case, statement)
    rate = average_over_date(
        sum_rates(compute_case_rates(case, comparison), statement.subject), statement.month
    )
    low, middle, high = np.quantile(rate, [0.1, 0.5, 0.9])
    verb = {"output": "made", "nameplate": "could make"}[statement.counts]
    subject_name = SUBJECT_NAMES[statement.subject]
    sentence = f"In {say_date(statement.month)} {subject_name} {verb} {say_statement_rate(statement, middle)}{say_statement_band(statement, low, high)}."
    other_count = "output" if statement.counts == "nameplate" else "nameplate"
    other_comparison = dataclasses.replace(comparison, counts=other_count)
    other_rate = average_over_date(
        sum_rates(compute_case_rates(case, other_comparison), statement.subject), statement.month
    )
    as_other = (
        f"Read as {other_count} it was {say_statement_rate(statement, np.median(other_rate))}: "
        f"{name_verdict(share_within(other_rate, statement))}."
    )
    return share_within(rate, statement), " ".join(
        filter(None, [sentence, _write_fit(case, statement), as_other])
    )


def _write_fit(case: Case, statement: Statement) -> str:
    """What the fit to that year's reports lets Europe be: beyond it no draw can go."""
    calibration = case.model.record.calibration
    fitted_rows = calibration[
        (calibration["observable"] == statement.counts)
        & (calibration["year"] == statement.month[:4])
    ]
    covers_year = (statement.counts == "nameplate" and statement.month.endswith("-12")) or len(
        statement.month
    ) == 4
    if statement.subject != "europe" or fitted_rows.empty or not covers_year:
        return ""
    return (
        f"The fit to that year's reports allows {say_rounds_range(fitted_rows['low'].iloc[0], fitted_rows['high'].iloc[0])}, so the verdict is those "
        "reports' as much as the model's."
    )


def judge_growth(case: Case, statement: Statement) -> tuple[float, str]:
    """A rate grew by a factor between bounds."""
    comparison = count_as_said(case, statement)
    path = sum_rates(compute_case_rates(case, comparison), statement.subject)
    factor = average_over_date(path, statement.month) / average_over_date(path, statement.since)
    low, middle, high = np.quantile(factor, [0.1, 0.5, 0.9])
    sentences = (
        f"From {say_date(statement.since)} to {say_date(statement.month)} {statement.counts} grew {middle:.1f} times "
        f"(8 in 10 draws: {low:.1f} to {high:.1f}) from the model's {say_rounds(np.median(average_over_date(path, statement.since)))}."
    )
    odds = [share_within(factor, statement)]
    for base in list_reported_bases(case, statement):
        odds.append(share_within(average_over_date(path, statement.month) / base, statement))
        grown = float(np.median(average_over_date(path, statement.month))) / base
        sentences += f" From the {say_rounds(base)} reported for that date it is {grown:.1f} times."
    other_comparison = dataclasses.replace(
        comparison, counts="output" if statement.counts == "nameplate" else "nameplate"
    )
    path = sum_rates(compute_case_rates(case, other_comparison), statement.subject)
    other_factor = np.median(
        average_over_date(path, statement.month) / average_over_date(path, statement.since)
    )
    return float(
        np.mean(odds)
    ), f"{sentences} Read as {other_comparison.counts}: {other_factor:.1f} times."


def judge_named_figure(case: Case, statement: Statement) -> tuple[float, str]:
    """A figure agrees with the named estimates, each weighing the same."""
    comparison = count_as_said(case, statement)
    shares, middles = [], []
    estimate_rows = case.model.record.estimates
    for estimate in list_estimates(case.model.record, "RU"):
        cited = " ".join(
            estimate_rows.loc[estimate_rows["estimate_id"] == estimate, "claim_ids"]
        ).split()
        if set(cited) & set(statement.claim_ids.split()):
            continue  # the figure that is judged does not vote on itself
        rate = average_over_date(
            compute_case_rates(case, dataclasses.replace(comparison, russia=estimate))["russia"],
            statement.month,
        )
        if not np.isnan(rate).any():
            shares.append(share_within(rate, statement))
            middles.append(float(np.median(rate)))
    sentence = (
        f"{len(middles)} other estimates reach that year; counted alike they run from {say_rounds(min(middles))} to "
        f"{say_rounds(max(middles))}. In {sum(share >= 0.5 for share in shares)} of them this figure is likelier than not."
    )
    return float(np.mean(shares)), sentence
