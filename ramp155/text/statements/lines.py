"""Statements about deliveries and lines: delivered, opened, under way, allowing for lines the record does not hold. Each gives odds and a reason."""

from __future__ import annotations

from ramp155.answers.gap.coefficients import compute_gap_coefficients
from ramp155.answers.verdicts.case import Case, Statement
from ramp155.answers.verdicts.rates import share_within
from ramp155.history.openings import find_openings
from ramp155.history.status import list_statuses
from ramp155.record.dates import first_day, last_day, month_number
from ramp155.text.numbers import count_words, say_date, say_percent, say_rounds, say_rounds_range


def judge_delivery(case: Case, statement: Statement) -> tuple[float, str]:
    """Reports of that month say that as much was delivered."""
    claims = case.model.record.claims
    reports = claims[
        (claims["subject"] == statement.subject)
        & (claims["quantity"] == "delivered_to_ukraine")
        & (claims["status"] == "reported")
        & (claims["low"].notna())
    ]
    month_reports = reports.loc[reports["period"] == statement.month, "low"]
    reached = reports[reports["low"] >= statement.low]
    first_month = min(reached["period"], default="")
    late_months = month_number(first_month) - month_number(statement.month) if first_month else 0
    reached_sentence = (
        f"{say_rounds(statement.low)} was first reported for {say_date(first_month)}"
        + (f", {count_words(late_months, 'month')} later." if late_months > 0 else ".")
        if first_month
        else "No report says it was reached."
    )
    if month_reports.empty:
        return float("nan"), f"No report speaks of {say_date(statement.month)}. {reached_sentence}"
    odds = float((month_reports >= statement.low).mean())
    said_range = (
        say_rounds(min(month_reports))
        if min(month_reports) == max(month_reports)
        else say_rounds_range(min(month_reports), max(month_reports))
    )
    return odds, f"Reports for {say_date(statement.month)} say {said_range}. {reached_sentence}"


def judge_openings(case: Case, statement: Statement) -> tuple[float, str]:
    """So many lines opened or first delivered, allowing for those the record does not hold."""
    since_day, until_day = first_day(statement.since), last_day(statement.month)
    count = len(find_openings(case.model.record, since_day, until_day))
    sentence = f"The record holds {count_words(count, 'line')} (a plant may have several) newly opened or first delivering from {say_date(statement.since)} to {say_date(statement.month)}."
    return scale_by_completeness(case, statement, count, sentence)


def judge_lines_under_way(case: Case, statement: Statement) -> tuple[float, str]:
    """So many new or growing lines were under way, allowing for those the record does not hold."""
    table = list_statuses(case.model.record, last_day(statement.month))
    origins = case.model.record.full_lines["origin"]
    is_growing = table["line_id"].map(origins) != "existing"
    count = int((is_growing & table["status"].isin(statement.subject.split())).sum())
    listed_statuses = ", ".join(statement.subject.split())
    sentence = f"At the end of {say_date(statement.month)} the record holds {count} new or growing lines ({listed_statuses})."
    return scale_by_completeness(case, statement, count, sentence)


def scale_by_completeness(
    case: Case, statement: Statement, count: int, sentence: str
) -> tuple[float, str]:
    least, _, most = case.model.record.assumption("record_completeness").span
    completeness = compute_gap_coefficients(case.model)["record_completeness"]
    if count < statement.low:
        sentence += f" That alone is {statement.low - count:.0f} short."
    completeness_sentence = (
        f"If it holds (our assumption) {say_percent(least)} to {say_percent(most)} of all, there were "
        f"{count / most:.0f} to {count / least:.0f}."
    )
    return share_within(count / completeness, statement), f"{sentence} {completeness_sentence}"
