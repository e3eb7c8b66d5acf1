"""Milestones promised by a day for a later one, against what came."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pandas as pd

from ramp155.base.memory import remember
from ramp155.history.as_known import find_end_month, rewind_records
from ramp155.history.milestones import Milestone, list_milestone_rows, measure_months_late
from ramp155.history.slips import find_slip
from ramp155.model.capacity.delays import find_delay_band
from ramp155.record.dates import last_day
from ramp155.record.records import Records

_STATES = {True: "inside the band", False: "outside the band", None: "no report that it came"}


class Delivery(NamedTuple):
    """What came of a milestone `promised` for a date: when it `came` ("" if no report says so), the months
    it was `late`, the band of delays from `p10` to `p90` (months), whether that was `hit` (None while it
    cannot be said), and the `state` in words."""

    line_id: str
    milestone: str
    promised: str
    event_id: str
    came: str
    came_event: str
    late: float
    p10: float
    p90: float
    hit: bool | None
    state: str


@remember
def check_deliveries(records: Records, cutoff: dt.date) -> pd.DataFrame:
    """What was promised by a day for a later one, against what came.

    The band of delays is the one that the model draws a line's delay from on that day.

    Parameters
    ----------
    records : Records
        The record.
    cutoff : date
        The day.

    Returns
    -------
    DataFrame
        Columns: those of `Delivery`.
    """
    past_records = rewind_records(records, cutoff)
    end_month = find_end_month(past_records)
    milestones_now = {
        (milestone.line_id, milestone.promise): milestone
        for milestone in list_milestone_rows(records)
    }
    deliveries = [
        _check_delivery(
            records,
            promise,
            milestones_now[promise.line_id, promise.promise],
            find_delay_band(past_records, find_slip(promise, past_records, end_month)),
        )
        for promise in list_milestone_rows(past_records)
        if not promise.delivered and promise.latest_promise
        if last_day(promise.latest_promise) >= past_records.end  # else overdue: nobody's promise
    ]
    return pd.DataFrame(deliveries, columns=list(Delivery._fields))


def _check_delivery(
    records: Records, promise: Milestone, milestone_now: Milestone, band: tuple[float, float]
) -> Delivery:
    """A promise as it stood on the day against the same milestone as it stands now."""
    came_event = milestone_now.delivered_event or milestone_now.latest_event
    _, _, late = measure_months_late(records.event(came_event), records.event(promise.latest_event))
    hit = _is_inside_band(late, bool(milestone_now.delivered), band)
    if hit is None and count_months_after(promise.latest_promise, records) > band[1]:
        state = "long overdue, no report"
    elif hit is not None or last_day(promise.latest_promise) < records.end:
        state = _STATES[hit]
    else:
        state = "not due yet"
    return Delivery(
        line_id=promise.line_id,
        milestone=promise.milestone,
        promised=promise.latest_promise,
        event_id=promise.latest_event,
        came=milestone_now.delivered,
        came_event=came_event,
        late=late,
        p10=band[0],
        p90=band[1],
        hit=hit,
        state=state,
    )


def count_months_after(promised: str, records: Records) -> int:
    """From the end of a promised date to the record's end.

    Parameters
    ----------
    promised : str
        A date (YYYY, YYYY-MM or YYYY-MM-DD).
    records : Records
        The record.

    Returns
    -------
    int
        Months, below 0 for a date after the record's end.

    Raises
    ------
    ValueError
        Where the text is no date.
    """
    promised_day = last_day(promised)
    return (records.end.year - promised_day.year) * 12 + records.end.month - promised_day.month


def _is_inside_band(late: float, came: bool, band: tuple[float, float]) -> bool | None:
    """Whether what came lies in the band of delays; None where that cannot be said yet.

    A milestone that is still promised for later than the band allows has missed it already.
    """
    if came:
        return band[0] <= max(late, 0) <= band[1]
    return False if late > band[1] else None
