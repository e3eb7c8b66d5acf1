"""Where every line stood on a date: its status, the rule and the event that decided, its flags and
its progress.

Status is derived from events by the rules of `status_rules`, never typed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from ramp155.history.as_known import resolve_day
from ramp155.history.milestones import LATE_STATES, Milestone, list_line_milestones
from ramp155.history.rates import find_last_rate, find_target_rate
from ramp155.history.standing.rules import (
    BAD_NEWS,
    Case,
    Decision,
    decide_status,
    find_day_happened,
    is_of_new_part,
)
from ramp155.record.dates import first_day
from ramp155.record.records import Records
from ramp155.record.rows import Event, Line, build_rows

# Every status with the evidence it asks for; the order is the order of progress.
STATUSES = {
    "not yet reported": "No report about the line was known on this date.",
    "announced": "Said or funded; no report that work on the site began.",
    "construction": "Ground broken or building reported; not opened.",
    "commissioning": "Opened or in trial; no output reported as made.",
    "ramping": "Output reported as made, below 90 % of the latest target (or no target is known).",
    "full rate": "Full rate reported as made, or at least 90 % of the latest target.",
    "operating": "Ran before 2022. An extension of it is a line of its own.",
    "unknown": "It ran, and one weak report says it stopped; nothing newer.",
    "suspended": "Stopped, and no report that it started again.",
    "cancelled": "Given up, and no report that it was taken up again.",
}
STATUS_FLAGS = {
    "one report": "A single report of confidence C says more than the status does; it is not believed alone.",
    "bad news since": "A delay or a stop was reported after what the status rests on.",
    "inferred": "No report says so in as many words: the status is inferred from an opening long ago.",
    "late": "Its first promise has passed without delivery, or was moved to a later date.",
    "unconfirmed": "A promised date has passed and no report says it was kept.",
    "no recent news": "No dated report for 24 months: the status is inferred from the last one.",
    "capacity not reported": "No report gives a rate for this line.",
}
SILENCE_MONTHS = 24


def count_silent_months(records: Records, status: pd.DataFrame) -> pd.Series[int]:
    """Months since each line's last dated report.

    Parameters
    ----------
    records : Records
        The record; its end stands for today.
    status : DataFrame
        Rows of `list_statuses`.

    Returns
    -------
    Series, (lines with a dated report,)
        Months, by the index of `status`.
    """
    last_reports = pd.to_datetime(status.loc[status["last_report"] != "", "last_report"])
    end = pd.Timestamp(records.end)
    return (end.year - last_reports.dt.year) * 12 + end.month - last_reports.dt.month


def list_statuses(records: Records, as_of: str | dt.date | None = None) -> pd.DataFrame:
    """Where every line stood on a date, one row a line.

    Parameters
    ----------
    records : Records
        What `ramp155.load()` returns.
    as_of : str or date, optional
        YYYY-MM-DD (a month or a year counts to its end); the record's last report if left out.

    Returns
    -------
    DataFrame, (lines,)
        Rates a year in `unit`, times in months, `progress` as a share. Columns: line_id, site_id, product,
        status, rule (which one decided), inferred, one_report (the report of confidence C that alone says
        more, else ""), flags (list), progress (last rate reached over the latest target, NaN where either
        is unknown), late ("", "late" or "came late"), lateness_months (how late at least, 0 where it is
        not), slip_months (middle reading of the line's leading milestone), evidence (event_id), and for
        display last_rate, rate_counts ("output" or "capacity"), target_rate, unit, next_milestone,
        next_date, last_report (of the dated ones).

    Raises
    ------
    ValueError
        Where `as_of` is no date.
    """
    day = resolve_day(records, as_of)
    statuses = []
    for line in build_rows(Line, records.lines):
        known_events = [e for e in records.events_of[line.line_id] if e.known_on <= day]
        statuses.append(_describe_line(line, known_events, day))
    return pd.DataFrame(statuses)


def build_case(origin: str, events: Sequence[Event], day: dt.date) -> Case:
    """One line on a day as the rules see it; `events` are those known on the day, in that order."""
    happened = sorted(
        (e for e in events if e.status == "done" and (not e.first_day or e.first_day <= day)),
        key=lambda e: (find_day_happened(e, day), e.known_on),
    )
    return Case(origin, day, tuple(events), tuple(happened))


def _describe_line(line: Line, events: Sequence[Event], day: dt.date) -> dict[str, object]:
    """One row of `list_statuses`; `events` are those of the line that were known on the day."""
    case = build_case(line.origin, events, day)
    decision = decide_status(case)
    milestones = list_line_milestones(line.line_id, events, day)
    last_rate, target_rate = find_reached_rate(case), find_target_rate(events)
    reached = last_rate.rate if last_rate else None
    progress = reached / target_rate if reached is not None and target_rate else float("nan")
    upcoming = [
        m
        for m in milestones
        if m.state in ("ahead", "moved", "brought forward") and not m.is_overdue
    ]
    next_milestone = min(upcoming, key=lambda milestone: milestone.latest_promise, default=None)
    # A report dated by its year alone is taken as old as it can be.
    last_report = max((first_day(e.reported_on) for e in events if e.reported_on), default=None)
    is_silent = _is_silent(last_report, day) if events else False
    late, latest = _say_late(milestones), find_latest_milestone(milestones)
    return {
        "line_id": line.line_id,
        "site_id": line.site_id,
        "product": line.product,
        "status": decision.status,
        "rule": decision.rule,
        "inferred": decision.inferred or is_silent,
        "one_report": decision.lone_report.event_id if decision.lone_report else "",
        "flags": _list_flags(case, decision, milestones, is_silent),
        "progress": progress,
        "late": late,
        "lateness_months": latest.least_late if latest else 0.0,
        "slip_months": _find_leading_slip(milestones),
        "evidence": decision.evidence.event_id if decision.evidence else None,
        "last_rate": float("nan") if reached is None else reached,
        "rate_counts": last_rate.counts if last_rate else "",
        "target_rate": float("nan") if target_rate is None else target_rate,
        "unit": next((event.unit for event in events if event.unit), ""),
        "next_milestone": next_milestone.milestone if next_milestone else "",
        "next_date": next_milestone.latest_promise if next_milestone else "",
        "last_report": last_report.isoformat() if last_report else "",
    }


def find_reached_rate(case: Case) -> Event | None:
    """The last rate of the line itself, made or able to; what was made before the new part is left out."""
    return find_last_rate([event for event in case.happened if is_of_new_part(case, event)])


def _find_leading_slip(line_milestones: list[Milestone]) -> float:
    """The slip of the milestone that says most about output: start, else full rate, else ground."""
    slip_of = {
        milestone.milestone: milestone.slip_months
        for milestone in line_milestones
        if milestone.has_slip
    }
    for name in ("first_output", "opened", "full_rate", "groundbreaking"):
        if name in slip_of:
            return slip_of[name]
    return float("nan")


def _say_late(milestones: Sequence[Milestone]) -> str:
    """Whether the line is late now, or came late; "" where neither."""
    states = {milestone.state for milestone in milestones}
    if states & LATE_STATES:
        return "late"
    return "came late" if "came late" in states else ""


def find_latest_milestone(milestones: Sequence[Milestone]) -> Milestone | None:
    """The milestone by which a line is late now, or else came late, most months first; None where it is neither."""
    counted_states = LATE_STATES if _say_late(milestones) == "late" else {"came late"}
    late_milestones = [milestone for milestone in milestones if milestone.state in counted_states]
    return max(late_milestones, key=lambda milestone: milestone.least_late, default=None)


def _is_silent(last_report: dt.date | None, day: dt.date) -> bool:
    """Whether no dated report came for `SILENCE_MONTHS`."""
    if last_report is None:
        return True
    months = (day.year - last_report.year) * 12 + day.month - last_report.month
    return months >= SILENCE_MONTHS


def _is_followed_by_bad_news(case: Case, decision: Decision) -> bool:
    """Whether a delay or a stop of confidence A or B came after the output or opening that decided."""
    evidence = decision.evidence
    is_at_work = decision.status in ("full rate", "ramping", "commissioning")
    if evidence is None or decision.inferred or not is_at_work:
        return False
    decided_on = find_day_happened(evidence, case.day)
    return any(
        event.event in BAD_NEWS
        and event.confidence != "C"
        and event.known_on > evidence.known_on
        and find_day_happened(event, case.day) > decided_on
        for event in case.happened
    )


def _list_flags(
    case: Case, decision: Decision, milestones: Sequence[Milestone], is_silent: bool
) -> list[str]:
    events = case.known
    if not events:
        return []
    states = {milestone.state for milestone in milestones}
    is_flagged = {
        "one report": decision.lone_report is not None,
        "bad news since": _is_followed_by_bad_news(case, decision),
        "inferred": decision.inferred,
        "late": bool(states & LATE_STATES),
        "unconfirmed": any(milestone.is_overdue for milestone in milestones),
        "no recent news": is_silent,
        "capacity not reported": all(event.rate is None for event in events),
    }
    return [flag for flag in STATUS_FLAGS if is_flagged[flag]]
