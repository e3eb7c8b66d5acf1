"""Statements about deliveries and lines: delivered, opened, under way, allowing for lines the
record does not hold.

Each gives its facts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ramp155.answers.counts import list_counted_lines
from ramp155.answers.gap.coefficients import compute_gap_coefficients
from ramp155.answers.verdicts.case import Case
from ramp155.answers.verdicts.rates import share_within
from ramp155.history.openings import find_counted_openings
from ramp155.history.status import list_statuses
from ramp155.record.dates import first_day, last_day, month_number
from ramp155.record.rows import Statement


@dataclass(frozen=True)
class DeliveryFacts:
    """Reports of deliveries: the `least` and `most` that reports of the month say (rounds; None where none
    speaks of it), the first month for which the figure was reported ("" for never) and how many months
    that is after the statement's (negative: before)."""

    odds: float
    reported: tuple[float, float] | None
    first_month: str
    late_months: int


@dataclass(frozen=True)
class LineCountFacts:
    """How many the record holds of what is counted (`count`: sites where plants are spoken of, else lines), by
    how many that alone is `short` (0 if it is not), and the `least` and `most` there were if it holds what
    we assume it holds. `line_count` lines at `site_count` sites are behind it, `for_155_count` of the lines
    for 155 mm."""

    odds: float
    count: int
    line_count: int
    site_count: int
    for_155_count: int
    short: float
    completeness: tuple[float, float]
    least: float
    most: float


def judge_delivery(case: Case, statement: Statement) -> DeliveryFacts:
    """Reports of that month say that as much was delivered."""
    record = case.model.record
    least_rounds = float("nan") if statement.low is None else statement.low
    reports = [
        (claim.period, claim.low)
        for claim in map(record.claim, record.claims["claim_id"])
        if claim.subject == statement.subject
        and (claim.quantity, claim.status) == ("delivered_to_ukraine", "reported")
        and claim.low is not None
    ]
    first_month = min((period for period, rounds in reports if rounds >= least_rounds), default="")
    late_months = month_number(first_month) - month_number(statement.month) if first_month else 0
    reported_rounds = [rounds for period, rounds in reports if period == statement.month]
    return DeliveryFacts(
        odds=float(np.mean([rounds >= least_rounds for rounds in reported_rounds]))
        if reported_rounds
        else float("nan"),
        reported=(min(reported_rounds), max(reported_rounds)) if reported_rounds else None,
        first_month=first_month,
        late_months=late_months,
    )


def judge_openings(case: Case, statement: Statement) -> LineCountFacts:
    """Plants opened or first delivered at so many sites, allowing for those the record does not hold."""
    since_day, until_day = first_day(statement.since), last_day(statement.month)
    openings = find_counted_openings(case.model.record, since_day, until_day)
    return _allow_for_missing(case, statement, openings["line_id"], counts_sites=True)


def judge_lines_under_way(case: Case, statement: Statement) -> LineCountFacts:
    """So many new or growing lines were under way, allowing for those the record does not hold."""
    table = list_statuses(case.model.record, last_day(statement.month))
    origins = case.model.record.full_lines["origin"]
    is_growing = table["line_id"].map(origins) != "existing"
    is_under_way = is_growing & table["status"].isin(statement.subject.split())
    is_counted = table["line_id"].isin(list_counted_lines(case.model.record))
    return _allow_for_missing(case, statement, table.loc[is_under_way & is_counted, "line_id"])


def _allow_for_missing(
    case: Case, statement: Statement, line_ids: pd.Series, counts_sites: bool = False
) -> LineCountFacts:
    lines = case.model.record.full_lines.loc[line_ids]
    site_count = lines["site_id"].nunique()
    count = site_count if counts_sites else len(lines)
    low, _, high = case.model.record.assumption("record_completeness").span
    completeness = compute_gap_coefficients(case.model)["record_completeness"]
    least_count = 0.0 if statement.low is None else statement.low
    return LineCountFacts(
        odds=share_within(count / completeness, statement),
        count=count,
        line_count=len(lines),
        site_count=site_count,
        for_155_count=int((lines["for_155"] == "yes").sum()),
        short=max(least_count - count, 0.0),
        completeness=(low, high),
        least=count / high,
        most=count / low,
    )
