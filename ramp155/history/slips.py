"""How promises held, in months: the latest date of a milestone less the first one promised.

Two readings come from the same dates. Strict: a slip counts only where the dates cannot overlap, and
by the least it can be. Middle: every date stands at the middle of what it names. For each, shares late
and early, the median and the P90, with 90 % bootstrap ranges.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ramp155.base.memory import remember
from ramp155.history.as_known import find_end_month
from ramp155.history.milestones import Milestone, list_milestone_rows, list_milestones
from ramp155.record.dates import month_number
from ramp155.record.records import Records

BOOTSTRAP_SEED = 155
BOOTSTRAP_RESAMPLES = 4000
FEWEST_FOR_RANGE = 5  # milestones below which a group gets no range
LARGE_SLIP_MONTHS = 2  # strictly late by so much: no matter of a few weeks
SLIP_GROUPS = ("product", "origin", "country")


@dataclass(frozen=True)
class Spread:
    """Slips of some milestones, in months: their number, the shares that came late and early, the median
    and the P90, each with its 90 % bootstrap range (low, high; NaN below `FEWEST_FOR_RANGE` milestones)."""

    count: int
    late: float
    early: float
    median: float
    median_range: tuple[float, float]
    p90: float
    p90_range: tuple[float, float]


@dataclass(frozen=True)
class Readings:
    """The same slips read strictly and from middle to middle; `late_clearly` are strictly late by at least
    `LARGE_SLIP_MONTHS` (count of milestones), `median_low` and `median_high` what the precision of the dates
    allows the median to be (months)."""

    strict: Spread
    middle: Spread
    late_clearly: int
    median_low: float
    median_high: float


@remember
def list_followed_milestones(records: Records) -> pd.DataFrame:
    """Every milestone promised more than once or delivered, longest slip first, those without a slip last.

    Columns of `list_milestones`, and: strict_months (the least the slip can be, 0 where the dates overlap),
    name, title, product, origin, country, end (the latest date), end_event, kept ("delivered" or
    "promised"), and for the first promise (blank where a delivery was never promised for a date) and the
    end: first_source, end_source (source ids), first_said, end_said.
    """
    milestones = list_milestones(records)
    is_followed = (milestones["delivered"] != "") | (milestones["promises"] > 1)
    line_facts = records.full_lines[["name", "title", "product", "origin", "country"]]
    followed = milestones[is_followed].merge(line_facts, left_on="line_id", right_index=True)
    followed["strict_months"] = read_strictly(followed)
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
    by_slip = followed.sort_values(["strict_months", "slip_months"], ascending=False, kind="stable")
    return by_slip.reset_index(drop=True)


def list_dated_milestones(records: Records) -> pd.DataFrame:
    """The followed milestones with two dates, promised twice or promised and delivered: each has a slip.

    Columns of `list_followed_milestones`.
    """
    followed = list_followed_milestones(records)
    return followed[followed["slip_low"].notna()].reset_index(drop=True)


def read_strictly(milestones: pd.DataFrame) -> pd.Series[float]:
    """The least that slips can be: 0 where the dates overlap, for early ones the least they were early.

    Parameters
    ----------
    milestones : DataFrame
        With `slip_low` and `slip_high`, months.

    Returns
    -------
    Series, (milestones,)
        Months, below 0 for early, NaN without two dates.
    """
    least = milestones["slip_low"].clip(lower=0) + milestones["slip_high"].clip(upper=0)
    return least.astype(float)


@remember
def read_all_slips(records: Records) -> Readings:
    """Both readings of the slips of every milestone on record, as `read_slips` gives them.

    Parameters
    ----------
    records : Records
        The record.

    Returns
    -------
    Readings
        Shares from 0 to 1, medians and P90 in months.
    """
    return read_slips(list_milestones(records))


def read_slips(milestones: pd.DataFrame) -> Readings:
    """Both readings of the slips of milestones with two dates.

    Parameters
    ----------
    milestones : DataFrame
        With `slip_low`, `slip_high` and `slip_months`, months.

    Returns
    -------
    Readings
        Shares from 0 to 1, medians and P90 in months.
    """
    dated = milestones[milestones["slip_low"].notna()]
    strict_months = read_strictly(dated)
    return Readings(
        strict=measure_spread(strict_months),
        middle=measure_spread(dated["slip_months"]),
        late_clearly=int((strict_months >= LARGE_SLIP_MONTHS).sum()),
        median_low=float(dated["slip_low"].median()),
        median_high=float(dated["slip_high"].median()),
    )


def list_least_slips(records: Records) -> pd.Series[float]:
    """Slips with what is overdue counted: the least they can come to.

    The strict slips of dated milestones, those of undelivered ones no smaller than from the end of the first
    promise to the record's end, and the same of milestones promised once whose date has passed without a
    report.

    Returns
    -------
    Series, (milestones,)
        Months.
    """
    end_month = find_end_month(records)
    slips = [
        _find_least_slip(milestone, records, end_month)
        for milestone in list_milestone_rows(records)
        if milestone.first_promise
    ]
    return pd.Series(slips, dtype=float).dropna()


def _find_least_slip(milestone: Milestone, records: Records, end_month: int) -> float:
    strict_months = max(milestone.slip_low, 0.0) + min(milestone.slip_high, 0.0)
    if milestone.delivered or not milestone.is_overdue:
        return strict_months if milestone.has_slip else float("nan")
    promised_for = records.event(milestone.first_event).last_day
    last_month = month_number(promised_for.isoformat()) if promised_for else end_month
    overdue_months = float(end_month - last_month)
    return max(strict_months, overdue_months) if milestone.has_slip else overdue_months


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
        unknown = float("nan")
        return Spread(0, unknown, unknown, unknown, no_range, unknown, no_range)
    median, p90 = np.quantile(months, [0.5, 0.9])
    return Spread(
        len(months),
        float((months > 0).mean()),
        float((months < 0).mean()),
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

    Read strictly. Columns: the group, count, late, median, median_low, median_high, p90, p90_low, p90_high.
    """
    group_rows = []
    for group_name, milestones in list_dated_milestones(records).groupby(column):
        spread = measure_spread(milestones["strict_months"])
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


@remember
def measure_slips(records: Records) -> NDArray[np.float64]:
    """How late milestones came, from the first promise: what delays of lines are drawn from.

    Counted are milestones that were delivered after a promise, and those that are late already, at the least
    that their delay can come to. One that is put off no further and not yet due says nothing.

    Parameters
    ----------
    records : Records
        The record, as of the day.

    Returns
    -------
    Array, (slips,)
        Months, rising; 0 for what came early.
    """
    end_month = find_end_month(records)
    slips = [
        find_slip(milestone, records, end_month)
        for milestone in list_milestone_rows(records)
        if milestone.first_promise
        if (milestone.delivered and milestone.has_slip)
        or find_slip(milestone, records, end_month) > 0
    ]
    return np.sort(np.array(slips, dtype=np.float64))


def find_slip(milestone: Milestone, records: Records, end_month: int) -> float:
    """How late a milestone is from its first promise, from middle to middle; to the record's end where it is overdue.

    Parameters
    ----------
    milestone : Milestone
        With a first promise.
    records : Records
        The record.
    end_month : int
        Month of the record's end, since year 0.

    Returns
    -------
    float
        Months, 0 for what came early or has one date that is not over.
    """
    slip = milestone.slip_months if milestone.has_slip else 0.0
    if not milestone.delivered and milestone.is_overdue:
        first_day = records.event(milestone.first_event).last_day
        if first_day:
            slip = max(slip, end_month - month_number(first_day.isoformat()))
    return max(slip, 0.0)


def list_slips(records: Records, as_of: str | dt.date | None = None) -> pd.Series[float]:
    """Slip of every milestone with two dates, from middle to middle, as the model draws delays from.

    A strict reading would only know the least that a delay was.

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
