"""How promises held, in months: the latest date of a milestone less the first one promised, with
shares late, medians and P90 and their 90 % bootstrap ranges, for all milestones and by group.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ramp155.base.memory import remember
from ramp155.history.as_known import find_end_month
from ramp155.history.milestones import list_milestone_rows, list_milestones
from ramp155.record.dates import last_day, month_number
from ramp155.record.records import Records

BOOTSTRAP_SEED = 155
BOOTSTRAP_RESAMPLES = 4000
FEWEST_FOR_RANGE = 5  # milestones below which a group gets no range
SLIP_GROUPS = ("product", "origin", "country")


@dataclass(frozen=True)
class Spread:
    """Slips of some milestones, in months: their number, the share that came late, the median and the
    P90, each with its 90 % bootstrap range (low, high; NaN below `FEWEST_FOR_RANGE` milestones)."""

    count: int
    late: float
    median: float
    median_range: tuple[float, float]
    p90: float
    p90_range: tuple[float, float]


@remember
def list_followed_milestones(records: Records) -> pd.DataFrame:
    """Every milestone promised more than once or delivered, longest slip first, those without a slip last.

    Columns of `list_milestones`, and: name, title, product, origin, country, end (the latest date),
    end_event, kept ("delivered" or "promised"), and for the first promise (blank where a delivery was never
    promised for a date) and the end: first_source, end_source (source ids), first_said, end_said.
    """
    milestones = list_milestones(records)
    is_followed = (milestones["delivered"] != "") | (milestones["promises"] > 1)
    line_facts = records.full_lines[["name", "title", "product", "origin", "country"]]
    followed = milestones[is_followed].merge(line_facts, left_on="line_id", right_index=True)
    is_delivered = followed["delivered"] != ""
    followed["end"] = followed["delivered"].where(is_delivered, followed["latest_promise"])
    followed["end_event"] = followed["delivered_event"].where(
        is_delivered, followed["latest_event"]
    )
    followed["kept"] = np.where(is_delivered, "delivered", "promised")
    events = records.events.set_index("event_id")
    for side in ("first", "end"):
        reports = events.reindex(followed[f"{side}_event"])
        followed[f"{side}_source"] = reports["source_id"].fillna("").to_numpy()
        followed[f"{side}_said"] = reports["reported_on"].fillna("").to_numpy()
    by_slip = followed.sort_values("slip_months", ascending=False, kind="stable")
    return by_slip.reset_index(drop=True)


def list_dated_milestones(records: Records) -> pd.DataFrame:
    """The followed milestones with two dates, promised twice or promised and delivered: each has a slip.

    Columns of `list_followed_milestones`.
    """
    followed = list_followed_milestones(records)
    return followed[followed["slip_months"].notna()].reset_index(drop=True)


def list_least_slips(records: Records) -> pd.Series[float]:
    """Slips with what is overdue counted: the least they can come to.

    The slips of dated milestones, those of undelivered ones no smaller than from the first promise to the
    record's end, and the same of milestones promised once whose date has passed without a report.

    Returns
    -------
    Series, (milestones,)
        Months.
    """
    end_month = find_end_month(records)
    slips = []
    for milestone in list_milestone_rows(records):
        if not milestone.first_promise:
            continue
        slip = milestone.slip_months
        if not milestone.delivered and last_day(milestone.latest_promise) < records.end:  # overdue
            overdue_months = float(end_month - month_number(milestone.first_promise))
            slip = overdue_months if math.isnan(slip) else max(slip, overdue_months)
        slips.append(slip)
    return pd.Series(slips, dtype=float).dropna()


def measure_spread(slips: pd.Series[float]) -> Spread:
    """Number, share late, median and P90 of slips, with bootstrap ranges.

    Parameters
    ----------
    slips : Series, (milestones,)
        Months.

    Returns
    -------
    Spread
        In months, all NaN where there are no slips.
    """
    months: NDArray[np.float64] = np.asarray(slips, dtype=np.float64)
    if not len(months):  # nothing to measure
        no_range = (float("nan"), float("nan"))
        return Spread(0, float("nan"), float("nan"), no_range, float("nan"), no_range)
    median, p90 = np.quantile(months, [0.5, 0.9])
    return Spread(
        len(months),
        float((months > 0).mean()),
        float(median),
        _compute_bootstrap_range(months, 0.5),
        float(p90),
        _compute_bootstrap_range(months, 0.9),
    )


def _compute_bootstrap_range(months: NDArray[np.float64], quantile: float) -> tuple[float, float]:
    """The 90 % percentile-bootstrap range of a quantile (Efron 1979)."""
    if len(months) < FEWEST_FOR_RANGE:
        return float("nan"), float("nan")
    from scipy import stats  # here only: it costs most of a second

    bootstrapped = stats.bootstrap(
        (months,),
        lambda sample, axis: np.quantile(sample, quantile, axis=axis),
        n_resamples=BOOTSTRAP_RESAMPLES,
        confidence_level=0.9,
        method="percentile",
        rng=np.random.default_rng(BOOTSTRAP_SEED),
    )
    return float(bootstrapped.confidence_interval.low), float(bootstrapped.confidence_interval.high)


@remember
def group_slips(records: Records, column: str) -> pd.DataFrame:
    """Slips of dated milestones by one of `SLIP_GROUPS`, most milestones first.

    Columns: the group, count, late, median, median_low, median_high, p90, p90_low, p90_high.
    """
    group_rows = []
    for group_name, milestones in list_dated_milestones(records).groupby(column):
        spread = measure_spread(milestones["slip_months"])
        group_rows.append(
            {
                column: group_name,
                "count": spread.count,
                "late": spread.late,
                "median": spread.median,
                "median_low": spread.median_range[0],
                "median_high": spread.median_range[1],
                "p90": spread.p90,
                "p90_low": spread.p90_range[0],
                "p90_high": spread.p90_range[1],
            }
        )
    groups = pd.DataFrame(group_rows)
    return groups.sort_values(["count", column], ascending=[False, True]).reset_index(drop=True)


def list_slips(records: Records, as_of: str | dt.date | None = None) -> pd.Series[float]:
    """Slip of every milestone with two dates, promised twice or promised and delivered.

    Parameters
    ----------
    records : Records
        The record.
    as_of : str or date, optional
        The day from which it is seen; none given: the record's end.

    Returns
    -------
    Series, (milestones,)
        Months, below 0 for early.
    """
    return list_milestones(records, as_of)["slip_months"].dropna()
