"""How promises held, in months: the latest date of a milestone less the first one promised, with shares late, medians and P90 and their 90 % bootstrap ranges, for all milestones and by group."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ramp155.base.memory import remember
from ramp155.history.as_known import find_end_month
from ramp155.history.milestones import list_milestones
from ramp155.record.dates import last_day, month_number
from ramp155.record.records import Records

BOOTSTRAP_SEED = 155
BOOTSTRAP_RESAMPLES = 4000
FEWEST_FOR_RANGE = 5  # milestones below which a group gets no range
SLIP_GROUPS = ("product", "origin", "country")


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


@remember
def list_followed_milestones(records: Records) -> pd.DataFrame:
    """Every milestone promised more than once or delivered, longest slip first, those without a slip last.

    Columns of `timeline.milestones`, and: name, title, product, origin, country, end (the latest date),
    end_event, kept ("delivered" or "promised"), and for the first promise (blank where a delivery was never
    promised for a date) and the end: first_source, end_source (source ids), first_said, end_said.
    """
    milestones_followed = list_milestones(records)
    milestones_followed = milestones_followed[
        (milestones_followed["delivered"] != "") | (milestones_followed["promises"] > 1)
    ].copy()
    line_facts = records.full_lines[["name", "title", "product", "origin", "country"]]
    milestones_followed = milestones_followed.merge(line_facts, left_on="line_id", right_index=True)
    is_delivered = milestones_followed["delivered"] != ""
    milestones_followed["end"] = milestones_followed["delivered"].where(
        is_delivered, milestones_followed["latest_promise"]
    )
    milestones_followed["end_event"] = milestones_followed["delivered_event"].where(
        is_delivered, milestones_followed["latest_event"]
    )
    milestones_followed["kept"] = np.where(is_delivered, "delivered", "promised")
    events = records.events.set_index("event_id")
    for side in ("first", "end"):
        reports = events.reindex(milestones_followed[f"{side}_event"])
        milestones_followed[f"{side}_source"] = reports["source_id"].fillna("").to_numpy()
        milestones_followed[f"{side}_said"] = reports["reported_on"].fillna("").to_numpy()
    return milestones_followed.sort_values(
        "slip_months", ascending=False, kind="stable"
    ).reset_index(drop=True)


def list_dated_milestones(records: Records) -> pd.DataFrame:
    """Those of `followed` with two dates, promised twice or promised and delivered: each has a slip."""
    milestones_followed = list_followed_milestones(records)
    return milestones_followed[milestones_followed["slip_months"].notna()].reset_index(drop=True)


def list_least_slips(records: Records) -> pd.Series:
    """Slips with what is overdue counted: the least they can come to.

    The slips of `dated`, those of undelivered milestones no smaller than from the first promise to the
    record's end, and the same of milestones promised once whose date has passed without a report.
    """
    all_milestones = list_milestones(records)
    end_month = find_end_month(records)
    slips = []
    for row in all_milestones[all_milestones["first_promise"] != ""].itertuples():
        if row.delivered:
            slips.append(row.slip_months)
            continue
        least_slips = [row.slip_months]
        if last_day(row.latest_promise) < records.end:  # overdue
            least_slips.append(float(end_month - month_number(row.first_promise)))
        slips.append(np.fmax.reduce(least_slips))  # unknown where neither is
    return pd.Series(slips, dtype=float).dropna()


def measure_spread(slips: pd.Series) -> Spread:
    """Number, share late, median and P90 of slips, with bootstrap ranges."""
    values = slips.to_numpy(dtype=float)
    if not len(values):  # nothing to measure
        no_range = (float("nan"), float("nan"))
        return Spread(0, float("nan"), float("nan"), no_range, float("nan"), no_range)
    median, p90 = np.quantile(values, [0.5, 0.9])
    return Spread(
        len(values),
        float((values > 0).mean()),
        float(median),
        _compute_bootstrap_range(values, 0.5),
        float(p90),
        _compute_bootstrap_range(values, 0.9),
    )


def _compute_bootstrap_range(values: np.ndarray, quantile: float) -> tuple[float, float]:
    """The 90 % percentile-bootstrap range of a quantile (Efron 1979)."""
    if len(values) < FEWEST_FOR_RANGE:
        return float("nan"), float("nan")
    from scipy import stats  # here only: it costs most of a second

    bootstrapped = stats.bootstrap(
        (values,),
        lambda sample, axis: np.quantile(sample, quantile, axis=axis),
        n_resamples=BOOTSTRAP_RESAMPLES,
        confidence_level=0.9,
        method="percentile",
        rng=np.random.default_rng(BOOTSTRAP_SEED),
    )
    return float(bootstrapped.confidence_interval.low), float(bootstrapped.confidence_interval.high)


@remember
def group_slips(records: Records, column: str) -> pd.DataFrame:
    """Slips of `dated` milestones by one of GROUPS, most milestones first.

    Columns: the group, count, late, median, median_low, median_high, p90, p90_low, p90_high.
    """
    rows = []
    for group_name, group_rows in list_dated_milestones(records).groupby(column):
        group_spread = measure_spread(group_rows["slip_months"])
        rows.append(
            {
                column: group_name,
                "count": group_spread.count,
                "late": group_spread.late,
                "median": group_spread.median,
                "median_low": group_spread.median_range[0],
                "median_high": group_spread.median_range[1],
                "p90": group_spread.p90,
                "p90_low": group_spread.p90_range[0],
                "p90_high": group_spread.p90_range[1],
            }
        )
    table = pd.DataFrame(rows)
    return table.sort_values(["count", column], ascending=[False, True]).reset_index(drop=True)


def list_slips(records: Records, as_of: str | dt.date | None = None) -> pd.Series:
    """Slip in months of every milestone with two dates, promised twice or promised and delivered."""
    return list_milestones(records, as_of)["slip_months"].dropna()
