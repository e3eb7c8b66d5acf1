"""How many months the steps of a line take. Steps that have not ended count as long as they have lasted (right-censored), so that a median is not that of the quick ones. (Kaplan-Meier is scipy's: lifelines asks for a pandas older than the one in use.)"""

from __future__ import annotations

import datetime as dt
import warnings
from typing import Any

import numpy as np
import pandas as pd

from ramp155.base.memory import remember_asset
from ramp155.history.as_known import find_end_month
from ramp155.history.events import BUILD_UP_YEAR
from ramp155.history.openings import find_openings
from ramp155.history.rates import find_full_rate
from ramp155.record.dates import month_number
from ramp155.record.records import Records

# What may begin and what may end a step, in order of preference, with the words for it.
LINE_STEPS = {
    "build": (
        ("groundbreaking", "construction"),
        ("first_output", "opened"),
        "Ground broken to first output",
    ),
    "ramp": (("first_output", "opened"), ("full_rate",), "First output to full rate"),
}


def list_durations(records: Records, step: str) -> pd.DataFrame:
    """How long a step of STEPS took each line where its beginning is dated and reported done.

    Columns: line_id, start, end (blank while it lasts), start_event, end_event, months, ended. What has
    not ended lasts until the record's end. Dates by the year alone stand at its middle. A rate of at
    least 90 % of the latest target counts as the full rate. Lines that were given up are left out.
    """
    begin_names, end_names, _ = LINE_STEPS[step]
    rows = []
    for line, events in records.events_of.items():
        done_events = [e for e in events if e.status == "done" and e.date]
        beginning = _find_earliest(done_events, begin_names)
        ending = None if beginning is None else _find_earliest(done_events, end_names, beginning)
        if ending is None and "full_rate" in end_names:
            ending = find_full_rate(events)
        if beginning is None or beginning.first_day.year < BUILD_UP_YEAR:
            continue
        if any(e.event in ("cancelled", "suspended") for e in done_events):
            continue
        end_month = month_number(ending.date) if ending else find_end_month(records)
        months = end_month - month_number(beginning.date)
        if months < 0 or (months == 0 and beginning.event == "construction"):
            continue  # building reported only when it was over
        rows.append(
            {
                "line_id": line,
                "start": beginning.date,
                "end": ending.date if ending else "",
                "start_event": beginning.event_id,
                "end_event": ending.event_id if ending else "",
                "months": months,
                "ended": ending is not None,
            }
        )
    columns = ["line_id", "start", "end", "start_event", "end_event", "months", "ended"]
    return pd.DataFrame(rows, columns=columns)


def count_unknown_starts(records: Records) -> int:
    """Lines with a new start of output since the build-up began whose ground-breaking or building has no
    date on record: they cannot stand among the durations, though they are there."""
    started_lines = find_openings(records, dt.date(BUILD_UP_YEAR, 1, 1))["line_id"]
    return len(set(started_lines) - set(list_durations(records, "build").query("ended")["line_id"]))


def _find_earliest(
    events: list[Any],
    event_names: tuple[str, ...],
    after: Any = None,  # noqa: ANN401
) -> Any | None:  # noqa: ANN401
    """The first done event of the first of these names that there is (not before another event)."""
    for name in event_names:
        candidates = [e for e in events if e.event == name]
        candidates = [e for e in candidates if after is None or e.last_day >= after.first_day]
        if candidates:
            return min(candidates, key=lambda e: e.first_day)
    return None


def estimate_survival(table: pd.DataFrame) -> pd.DataFrame:
    """The share of lines whose step still lasts after so many months (Kaplan and Meier 1958).

    `table` as `durations`. Columns: months, share, low, high (90 % range, log-log, Greenwood), at_risk.
    """
    curve = _fit_survival(tuple(table["months"].astype(float)), tuple(table["ended"]))
    return curve.copy()


@remember_asset
def _fit_survival(months: tuple[float, ...], ended: tuple[bool, ...]) -> pd.DataFrame:
    from scipy import stats  # here only: it costs most of a second

    values, has_ended = np.array(months), np.array(ended, dtype=bool)
    censored_waits = stats.CensoredData(uncensored=values[has_ended], right=values[~has_ended])
    curve = stats.ecdf(censored_waits).sf
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", RuntimeWarning
        )  # no range while nothing has ended: see below
        curve_range = curve.confidence_interval(confidence_level=0.9, method="log-log")
    is_whole = curve.probabilities == 1.0
    at_risk = [int((values >= month).sum()) for month in curve.quantiles]
    table = pd.DataFrame(
        {
            "months": curve.quantiles,
            "share": curve.probabilities,
            "low": np.where(is_whole, 1.0, np.nan_to_num(curve_range.low.probabilities, nan=0.0)),
            "high": np.where(is_whole, 1.0, np.nan_to_num(curve_range.high.probabilities, nan=1.0)),
            "at_risk": at_risk,
        }
    )
    start = {"months": 0.0, "share": 1.0, "low": 1.0, "high": 1.0, "at_risk": len(values)}
    return pd.concat([pd.DataFrame([start]), table], ignore_index=True)


def find_half_time(curve: pd.DataFrame) -> tuple[float, float, float]:
    """The month by which half have ended, and its 90 % range; infinite where the curve does not fall so far."""
    return tuple(_find_half_month(curve, column) for column in ("share", "low", "high"))  # type: ignore[return-value]


def _find_half_month(curve: pd.DataFrame, column: str) -> float:
    below = curve.loc[curve[column] <= 0.5, "months"]
    return float(below.iloc[0]) if len(below) else float("inf")
