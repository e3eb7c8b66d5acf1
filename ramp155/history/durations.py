"""How many months the steps of a line take.

Steps that have not ended count as long as they have lasted (right-censored), so that a median is
not that of the quick ones. (Kaplan-Meier is scipy's: lifelines asks for a pandas older than the one
in use.)
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ramp155.base.memory import remember_asset
from ramp155.history.as_known import find_end_month
from ramp155.history.events import BUILD_UP_YEAR
from ramp155.history.openings import find_openings
from ramp155.history.rates import find_full_rate
from ramp155.record.dates import month_number
from ramp155.record.records import Records
from ramp155.record.rows import Event

# What may begin and what may end a step, in order of preference, with the words for it.
LINE_STEPS = {
    "build": (
        ("groundbreaking", "construction"),
        ("first_output", "opened"),
        "Ground broken to first output",
    ),
    "ramp": (("first_output", "opened"), ("full_rate",), "First output to full rate"),
}


class Duration(NamedTuple):
    """How many `months` a step took a line, or has taken where it has not `ended` (then `end` is "")."""

    line_id: str
    start: str
    end: str
    start_event: str
    end_event: str
    months: int
    ended: bool


def list_durations(records: Records, step: str) -> pd.DataFrame:
    """How long a step of `LINE_STEPS` took each line where its beginning is dated and reported done.

    Columns: those of `Duration`. What has not ended lasts until the record's end. Dates by the year alone
    stand at its middle. A rate of at least 90 % of the latest target counts as the full rate. Lines that
    were given up are left out.
    """
    end_month = find_end_month(records)
    durations = (
        _measure_duration(line, events, step, end_month)
        for line, events in records.events_of.items()
    )
    known_durations = [duration for duration in durations if duration is not None]
    return pd.DataFrame(known_durations, columns=list(Duration._fields))


def _measure_duration(
    line: str, events: Sequence[Event], step: str, end_month: int
) -> Duration | None:
    """How long a step took one line; None where its beginning is not dated or the line was given up."""
    begin_names, end_names, _ = LINE_STEPS[step]
    done_events = [event for event in events if event.status == "done" and event.date]
    beginning = _find_earliest(done_events, begin_names)
    if beginning is None or beginning.first_day is None:
        return None
    if beginning.first_day.year < BUILD_UP_YEAR:
        return None
    if any(event.event in ("cancelled", "suspended") for event in done_events):
        return None
    ending = _find_earliest(done_events, end_names, beginning.first_day)
    if ending is None and "full_rate" in end_names:
        ending = find_full_rate(events)
    months = (month_number(ending.date) if ending else end_month) - month_number(beginning.date)
    if months < 0 or (months == 0 and beginning.event == "construction"):
        return None  # building reported only when it was over
    return Duration(
        line_id=line,
        start=beginning.date,
        end=ending.date if ending else "",
        start_event=beginning.event_id,
        end_event=ending.event_id if ending else "",
        months=months,
        ended=ending is not None,
    )


def count_unknown_starts(records: Records) -> int:
    """Lines with a new start of output since the build-up began whose ground-breaking or building has no
    date on record: how many months they took is not known, though they are there.

    Returns
    -------
    int
        Count of lines.
    """
    started_lines = find_openings(records, dt.date(BUILD_UP_YEAR, 1, 1))["line_id"]
    durations = list_durations(records, "build")
    return len(set(started_lines) - set(durations.loc[durations["ended"], "line_id"]))


def _find_earliest(
    done_events: Sequence[Event], event_names: tuple[str, ...], after: dt.date | None = None
) -> Event | None:
    """The first event of the first of these names that there is (none that was over before a day)."""
    for name in event_names:
        candidates = [
            (event.first_day, event)
            for event in done_events
            if event.event == name and event.first_day and event.last_day
            if after is None or event.last_day >= after
        ]
        if candidates:
            return min(candidates, key=lambda report: report[0])[1]
    return None


def estimate_survival(durations: pd.DataFrame) -> pd.DataFrame:
    """The share of lines whose step still lasts after so many months (Kaplan and Meier 1958).

    `durations` as `list_durations` gives them. Columns: months, share (0 to 1), low, high (90 % range,
    log-log, Greenwood), at_risk (count of lines).
    """
    return _fit_survival(tuple(durations["months"].astype(float)), tuple(durations["ended"]))


@remember_asset
def _fit_survival(months: tuple[float, ...], ended: tuple[bool, ...]) -> pd.DataFrame:
    from scipy import stats  # here only: it costs most of a second

    waits, has_ended = np.array(months), np.array(ended, dtype=bool)
    censored_waits = stats.CensoredData(uncensored=waits[has_ended], right=waits[~has_ended])
    curve: Any = stats.ecdf(censored_waits).sf
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        # There is no range while nothing has ended: it is filled in below.
        warnings.simplefilter("ignore", RuntimeWarning)
        curve_range = curve.confidence_interval(confidence_level=0.9, method="log-log")
    is_whole = curve.probabilities == 1.0
    low = np.nan_to_num(curve_range.low.probabilities, nan=0.0)
    high = np.nan_to_num(curve_range.high.probabilities, nan=1.0)
    survival = pd.DataFrame(
        {
            "months": curve.quantiles,
            "share": curve.probabilities,
            "low": np.where(is_whole, 1.0, low),
            "high": np.where(is_whole, 1.0, high),
            "at_risk": [int((waits >= month).sum()) for month in curve.quantiles],
        }
    )
    start = {"months": 0.0, "share": 1.0, "low": 1.0, "high": 1.0, "at_risk": len(waits)}
    return pd.concat([pd.DataFrame([start]), survival], ignore_index=True)


def find_half_time(curve: pd.DataFrame) -> tuple[float, float, float]:
    """The month by which half have ended, and its 90 % range.

    Parameters
    ----------
    curve : DataFrame
        As `estimate_survival` gives it.

    Returns
    -------
    tuple of float
        Months: the middle, the least and the most; infinite where the curve does not fall so far.
    """
    half, earliest, latest = (
        _find_half_month(curve, column) for column in ("share", "low", "high")
    )
    return half, earliest, latest


def _find_half_month(curve: pd.DataFrame, column: str) -> float:
    months_below = curve.loc[curve[column] <= 0.5, "months"]
    return float(months_below.iloc[0]) if len(months_below) else float("inf")
