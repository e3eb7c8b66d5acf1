"""How promises held: dates moved and kept, and how long the steps of a line take.

A slip is the latest date of a milestone less the first one promised, in months. Steps that have not
ended count as long as they have lasted (right-censored), so that a median is not that of the quick ones.
(Kaplan-Meier is scipy's: lifelines asks for a pandas older than the one in use.)
"""

from __future__ import annotations

import datetime as dt
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from ramp155 import dates, timeline
from ramp155.records import Records

SEED = 155
RESAMPLES = 4000
FEWEST = 5  # milestones below which a group gets no range
GROUPS = ("product", "origin", "country")
# What may begin and what may end a step, in order of preference, with the words for it.
STEPS = {
    "build": (
        ("groundbreaking", "construction"),
        ("first_output", "opened"),
        "Ground broken to first output",
    ),
    "ramp": (("first_output", "opened"), ("full_rate",), "First output to full rate"),
}


@dataclass(frozen=True)
class Spread:
    """Slips of some milestones, in months: their number, the share that came late, the median and the
    P90, each with its 90 % bootstrap range (low, high; NaN below `FEWEST` milestones)."""

    count: int
    late: float
    median: float
    median_range: tuple[float, float]
    p90: float
    p90_range: tuple[float, float]


@lru_cache(maxsize=64)
def followed(records: Records) -> pd.DataFrame:
    """Every milestone promised more than once or delivered, longest slip first, those without a slip last.

    Columns of `timeline.milestones`, and: name, title, product, origin, country, end (the latest date),
    end_event, kept ("delivered" or "promised"), and for the first promise (blank where a delivery was never
    promised for a date) and the end: first_source, end_source (source ids), first_said, end_said.
    """
    found = timeline.milestones(records)
    found = found[(found["delivered"] != "") | (found["promises"] > 1)].copy()
    lines = records.full_lines[["name", "title", "product", "origin", "country"]]
    found = found.merge(lines, left_on="line_id", right_index=True)
    come = found["delivered"] != ""
    found["end"] = found["delivered"].where(come, found["latest_promise"])
    found["end_event"] = found["delivered_event"].where(come, found["latest_event"])
    found["kept"] = np.where(come, "delivered", "promised")
    events = records.events.set_index("event_id")
    for side in ("first", "end"):
        told = events.reindex(found[f"{side}_event"])
        found[f"{side}_source"] = told["source_id"].fillna("").to_numpy()
        found[f"{side}_said"] = told["reported_on"].fillna("").to_numpy()
    return found.sort_values("slip_months", ascending=False, kind="stable").reset_index(drop=True)


def dated(records: Records) -> pd.DataFrame:
    """Those of `followed` with two dates, promised twice or promised and delivered: each has a slip."""
    found = followed(records)
    return found[found["slip_months"].notna()].reset_index(drop=True)


def at_least(records: Records) -> pd.Series:
    """Slips with what is overdue counted: the least they can come to.

    The slips of `dated`, those of undelivered milestones no smaller than from the first promise to the
    record's end, and the same of milestones promised once whose date has passed without a report.
    """
    found = timeline.milestones(records)
    now = _month(records)
    slips = []
    for row in found[found["first_promise"] != ""].itertuples():
        if row.delivered:
            slips.append(row.slip_months)
            continue
        least = [row.slip_months]
        if dates.last_day(row.latest_promise) < records.end:  # overdue
            least.append(float(now - dates.month_number(row.first_promise)))
        slips.append(np.fmax.reduce(least))  # unknown where neither is
    return pd.Series(slips, dtype=float).dropna()


def spread(slips: pd.Series) -> Spread:
    """Number, share late, median and P90 of slips, with bootstrap ranges."""
    values = slips.to_numpy(dtype=float)
    if not len(values):  # nothing to measure
        nothing = (float("nan"), float("nan"))
        return Spread(0, float("nan"), float("nan"), nothing, float("nan"), nothing)
    median, p90 = np.quantile(values, [0.5, 0.9])
    return Spread(
        len(values),
        float((values > 0).mean()),
        float(median),
        _range(values, 0.5),
        float(p90),
        _range(values, 0.9),
    )


def _range(values: np.ndarray, quantile: float) -> tuple[float, float]:
    """The 90 % percentile-bootstrap range of a quantile (Efron 1979)."""
    if len(values) < FEWEST:
        return float("nan"), float("nan")
    from scipy import stats  # here only: it costs most of a second

    found = stats.bootstrap(
        (values,),
        lambda sample, axis: np.quantile(sample, quantile, axis=axis),
        n_resamples=RESAMPLES,
        confidence_level=0.9,
        method="percentile",
        rng=np.random.default_rng(SEED),
    )
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


@lru_cache(maxsize=16)
def by(records: Records, column: str) -> pd.DataFrame:
    """Slips of `dated` milestones by one of GROUPS, most milestones first.

    Columns: the group, count, late, median, median_low, median_high, p90, p90_low, p90_high.
    """
    rows = []
    for name, own in dated(records).groupby(column):
        got = spread(own["slip_months"])
        rows.append(
            {
                column: name,
                "count": got.count,
                "late": got.late,
                "median": got.median,
                "median_low": got.median_range[0],
                "median_high": got.median_range[1],
                "p90": got.p90,
                "p90_low": got.p90_range[0],
                "p90_high": got.p90_range[1],
            }
        )
    table = pd.DataFrame(rows)
    return table.sort_values(["count", column], ascending=[False, True]).reset_index(drop=True)


def durations(records: Records, step: str) -> pd.DataFrame:
    """How long a step of STEPS took each line where its beginning is dated and reported done.

    Columns: line_id, start, end (blank while it lasts), start_event, end_event, months, ended. What has
    not ended lasts until the record's end. Dates by the year alone stand at its middle. A rate of at
    least 90 % of the latest target counts as the full rate. Lines that were given up are left out.
    """
    first, last, _ = STEPS[step]
    rows = []
    for line, events in records.events_of.items():
        done = [e for e in events if e.status == "done" and e.date]
        begun = _earliest(done, first)
        ended = None if begun is None else _earliest(done, last, begun)
        if ended is None and "full_rate" in last:
            ended = timeline.reached(events)
        if begun is None or begun.first_day.year < timeline.BUILD_UP:
            continue
        if any(e.event in ("cancelled", "suspended") for e in done):
            continue
        stop = dates.month_number(ended.date) if ended else _month(records)
        months = stop - dates.month_number(begun.date)
        if months < 0 or (months == 0 and begun.event == "construction"):
            continue  # building reported only when it was over
        rows.append(
            {
                "line_id": line,
                "start": begun.date,
                "end": ended.date if ended else "",
                "start_event": begun.event_id,
                "end_event": ended.event_id if ended else "",
                "months": months,
                "ended": ended is not None,
            }
        )
    columns = ["line_id", "start", "end", "start_event", "end_event", "months", "ended"]
    return pd.DataFrame(rows, columns=columns)


def unknown_start(records: Records) -> int:
    """Lines with a new start of output since the build-up began whose ground-breaking or building has no
    date on record: they cannot stand among the durations, though they are there."""
    ended = timeline.opened(records, dt.date(timeline.BUILD_UP, 1, 1))["line_id"]
    return len(set(ended) - set(durations(records, "build").query("ended")["line_id"]))


def _earliest(
    events: list[Any],
    names: tuple[str, ...],
    after: Any = None,  # noqa: ANN401
) -> Any | None:  # noqa: ANN401
    """The first done event of the first of these names that there is (not before another event)."""
    for name in names:
        own = [e for e in events if e.event == name]
        own = [e for e in own if after is None or e.last_day >= after.first_day]
        if own:
            return min(own, key=lambda e: e.first_day)
    return None


def _month(records: Records) -> int:
    return records.end.year * 12 + records.end.month - 1


def survival(table: pd.DataFrame) -> pd.DataFrame:
    """The share of lines whose step still lasts after so many months (Kaplan and Meier 1958).

    `table` as `durations`. Columns: months, share, low, high (90 % range, log-log, Greenwood), at_risk.
    """
    fitted = _fitted(tuple(table["months"].astype(float)), tuple(table["ended"]))
    return fitted.copy()


@lru_cache(maxsize=16)
def _fitted(months: tuple[float, ...], ended: tuple[bool, ...]) -> pd.DataFrame:
    from scipy import stats  # here only: it costs most of a second

    values, done = np.array(months), np.array(ended, dtype=bool)
    data = stats.CensoredData(uncensored=values[done], right=values[~done])
    curve = stats.ecdf(data).sf
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", RuntimeWarning
        )  # no range while nothing has ended: see below
        span = curve.confidence_interval(confidence_level=0.9, method="log-log")
    whole = curve.probabilities == 1.0
    at_risk = [int((values >= m).sum()) for m in curve.quantiles]
    table = pd.DataFrame(
        {
            "months": curve.quantiles,
            "share": curve.probabilities,
            "low": np.where(whole, 1.0, np.nan_to_num(span.low.probabilities, nan=0.0)),
            "high": np.where(whole, 1.0, np.nan_to_num(span.high.probabilities, nan=1.0)),
            "at_risk": at_risk,
        }
    )
    start = {"months": 0.0, "share": 1.0, "low": 1.0, "high": 1.0, "at_risk": len(values)}
    return pd.concat([pd.DataFrame([start]), table], ignore_index=True)


def half(curve: pd.DataFrame) -> tuple[float, float, float]:
    """The month by which half have ended, and its 90 % range; infinite where the curve does not fall so far."""
    return tuple(_first_below(curve, column) for column in ("share", "low", "high"))  # type: ignore[return-value]


def _first_below(curve: pd.DataFrame, column: str) -> float:
    below = curve.loc[curve[column] <= 0.5, "months"]
    return float(below.iloc[0]) if len(below) else float("inf")
