"""Where every line stood on a date: its status, the event that proves it, its flags and its
progress.

Status is derived from events, never typed in. The order of STATUSES is the order of progress.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ramp155.history.as_known import resolve_day
from ramp155.history.events import MILESTONES
from ramp155.history.milestones import Milestone, list_line_milestones
from ramp155.history.rates import FULL_RATE_SHARE, find_last_rate, find_target_rate
from ramp155.record.records import Records
from ramp155.record.rows import Event, Line, build_rows

# Every status with the evidence it asks for; the order is the order of progress.
STATUSES = {
    "not yet reported": "No report about the line was known on this date.",
    "announced": "Said or funded; no report that work on the site began.",
    "construction": "Ground broken or building reported; not opened.",
    "commissioning": "Opened or in trial running; no output reported.",
    "ramping": "Output reported, below 90 % of the latest target (or no target is known).",
    "full rate": "Full rate reported, or at least 90 % of the latest target.",
    "operating": "Ran before 2022 and no expansion is reported.",
    "suspended": "Stopped, and no report that it started again.",
    "cancelled": "Given up, and no report that it was taken up again.",
}
STATUS_FLAGS = {
    "unconfirmed": "A promised date has passed and no report says it was kept.",
    "no recent news": "No report for 24 months; the status is inferred from the last one.",
    "capacity not reported": "No report gives a rate for this line.",
}
SILENCE_MONTHS = 24
# Reports that a line moves again lift an earlier stop.
_MOVING_EVENTS = {*MILESTONES, "construction", "trial", "rate"}
# Reaching a milestone confirms those before it: a plant that delivers has been opened.
_CONFIRMING_EVENTS = {
    "groundbreaking": {"construction", *MILESTONES, "trial", "rate"},
    "opened": {"opened", "first_output", "full_rate", "rate"},
    "first_output": {"first_output", "full_rate", "rate"},
    "full_rate": {"full_rate"},
}


def count_silent_months(records: Records, status: pd.DataFrame) -> pd.Series[int]:
    """Months since each line's last report.

    Parameters
    ----------
    records : Records
        The record; its end stands for today.
    status : DataFrame
        Rows of `list_statuses`.

    Returns
    -------
    Series, (lines with a report,)
        Months, by the index of `status`.
    """
    last_reports = pd.to_datetime(status.loc[status["last_report"] != "", "last_report"])
    end = pd.Timestamp(records.end)
    return (end.year - last_reports.dt.year) * 12 + end.month - last_reports.dt.month


@dataclass(frozen=True)
class Standing:
    """One line on one date."""

    status: str
    evidence: str | None
    flags: tuple[str, ...]
    last_rate: float | None
    target_rate: float | None


def list_statuses(records: Records, as_of: str | dt.date | None = None) -> pd.DataFrame:
    """Where every line stood on a date, one row a line.

    Columns: line_id, site_id, product, status, flags (list), progress (last reported rate over the
    latest target, NaN where either is unknown), slip_months (latest date less first promised date of
    the line's leading milestone), evidence (event_id), and for display last_rate, target_rate, unit,
    next_milestone, next_date, last_report.
    """
    day = resolve_day(records, as_of)
    statuses = []
    for line in build_rows(Line, records.lines):
        known_events = [e for e in records.events_of[line.line_id] if e.known_on <= day]
        statuses.append(_describe_line(line, known_events, day))
    return pd.DataFrame(statuses)


def _describe_line(line: Line, events: Sequence[Event], day: dt.date) -> dict[str, object]:
    """One row of `list_statuses`; `events` are those of the line that were known on the day."""
    line_milestones = list_line_milestones(line.line_id, events)
    standing = _find_standing(line.origin, events, day)
    last_rate, target_rate = standing.last_rate, standing.target_rate
    progress = last_rate / target_rate if last_rate is not None and target_rate else float("nan")
    upcoming = [m for m in line_milestones if not m.delivered and m.latest_promise]
    next_milestone = min(upcoming, key=lambda milestone: milestone.latest_promise, default=None)
    return {
        "line_id": line.line_id,
        "site_id": line.site_id,
        "product": line.product,
        "status": standing.status,
        "flags": list(standing.flags),
        "progress": progress,
        "slip_months": _find_leading_slip(line_milestones),
        "evidence": standing.evidence,
        "last_rate": float("nan") if last_rate is None else last_rate,
        "target_rate": float("nan") if target_rate is None else target_rate,
        "unit": next((event.unit for event in events if event.unit), ""),
        "next_milestone": next_milestone.milestone if next_milestone else "",
        "next_date": next_milestone.latest_promise if next_milestone else "",
        "last_report": events[-1].known_on.isoformat() if events else "",
    }


def _find_leading_slip(line_milestones: list[Milestone]) -> float:
    """The slip of the milestone that says most about output: start, else full rate, else ground."""
    slip_of = {milestone.milestone: milestone.slip_months for milestone in line_milestones}
    for milestone in ("first_output", "opened", "full_rate", "groundbreaking"):
        slip = slip_of.get(milestone, float("nan"))
        if not math.isnan(slip):
            return slip
    return float("nan")


def _find_day_happened(event: Event, day: dt.date) -> dt.date:
    """The day by which a done event had happened: the end of its span, or when it was reported."""
    return min(event.last_day or event.known_on, day)


def _find_standing(origin: str, events: Sequence[Event], day: dt.date) -> Standing:
    """Status, evidence and flags of one line from the events known on a day."""
    if not events:
        return Standing("not yet reported", None, (), None, None)
    happened = sorted(
        (e for e in events if e.status == "done" and (not e.first_day or e.first_day <= day)),
        key=lambda e: (_find_day_happened(e, day), e.known_on),
    )
    last_rate, target_rate = find_last_rate(happened), find_target_rate(events)
    status, proving_event = _find_status(origin, events, happened, last_rate, target_rate, day)
    flags = _list_flags(events, happened, day)
    return Standing(status, proving_event, flags, last_rate, target_rate)


def _find_status(
    origin: str,
    events: Sequence[Event],
    happened: Sequence[Event],
    last_rate: float | None,
    target_rate: float | None,
    day: dt.date,
) -> tuple[str, str]:
    """The status and the event that proves it. `happened` is in order of happening."""
    stops = [e for e in happened if e.event in ("suspended", "cancelled")]
    if stops:
        since = _find_day_happened(stops[-1], day)
        if not any(
            e.event in _MOVING_EVENTS and _find_day_happened(e, day) > since for e in happened
        ):
            return stops[-1].event, stops[-1].event_id
    if origin == "existing":
        return "operating", (happened or events)[-1].event_id
    full_rates = [e for e in happened if e.event == "full_rate"]
    if full_rates:
        return "full rate", full_rates[-1].event_id
    # A rate given at an opening is what the new line can do; output is what was reported as made.
    output_reports = [e for e in happened if e.event in ("first_output", "rate")]
    if origin == "expansion":
        # What an old line made before 2022 says nothing about its expansion.
        output_reports = [e for e in output_reports if _find_day_happened(e, day).year >= 2022]
    if output_reports:
        reached = (
            last_rate is not None
            and target_rate is not None
            and last_rate >= FULL_RATE_SHARE * target_rate
        )
        return ("full rate" if reached else "ramping"), output_reports[-1].event_id
    for status_name, event_names in (
        ("commissioning", ("opened", "trial")),
        ("construction", ("groundbreaking", "construction")),
    ):
        reports = [e for e in happened if e.event in event_names]
        if reports:
            return status_name, reports[-1].event_id
    return "announced", events[-1].event_id


def _list_flags(
    events: Sequence[Event], happened: Sequence[Event], day: dt.date
) -> tuple[str, ...]:
    flags = []
    done_events = {e.event for e in happened}
    for milestone in MILESTONES:
        promised_days = [
            event.last_day
            for event in events
            if event.event == milestone and event.status == "planned" and event.last_day
        ]
        is_confirmed = bool(done_events & _CONFIRMING_EVENTS[milestone])
        if promised_days and promised_days[-1] < day and not is_confirmed:
            flags.append("unconfirmed")
            break
    last_known_on = events[-1].known_on
    if (day.year - last_known_on.year) * 12 + day.month - last_known_on.month >= SILENCE_MONTHS:
        flags.append("no recent news")
    if all(e.rate is None for e in events):
        flags.append("capacity not reported")
    return tuple(flags)
