"""Milestones promised by a day for a later one, against what came."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.history.milestones import count_months_late, list_milestones
from ramp155.record.dates import last_day
from ramp155.record.records import Records

_STATES = {True: "inside the band", False: "outside the band", None: "no report that it came"}


def check_deliveries(
    records: Records, past_records: Records, params: dict[str, np.ndarray]
) -> pd.DataFrame:
    """What was promised by the day for a later one, against what came."""
    band = np.quantile(np.rint(params["slip_months"]), [0.1, 0.9])
    promised = list_milestones(past_records)
    promised = promised[(promised["delivered"] == "") & (promised["latest_promise"] != "")]
    milestones_now = list_milestones(records).set_index(["line_id", "milestone"])
    rows = []
    for row in promised.itertuples():
        if last_day(row.latest_promise) < past_records.end:
            continue  # overdue already: not a date anybody still promised
        milestone_now = milestones_now.loc[(row.line_id, row.milestone)]
        came = milestone_now["delivered"] or milestone_now["latest_promise"]
        late = count_months_late(row.latest_promise, came)
        hit = _is_inside_band(late, bool(milestone_now["delivered"]), band)
        due = last_day(row.latest_promise)
        silent = hit is None and count_months_after(row.latest_promise, records) > band[1]
        rows.append(
            {
                "line_id": row.line_id,
                "milestone": row.milestone,
                "promised": row.latest_promise,
                "event_id": row.latest_event,
                "came": milestone_now["delivered"],
                "came_event": milestone_now["delivered_event"] or milestone_now["latest_event"],
                "late": late,
                "p10": band[0],
                "p90": band[1],
                "hit": hit,
                "state": "long overdue, no report"
                if silent
                else _STATES[hit]
                if hit is not None or due < records.end
                else "not due yet",
            }
        )
    columns = [
        "line_id",
        "milestone",
        "promised",
        "event_id",
        "came",
        "came_event",
        "late",
        "p10",
        "p90",
        "hit",
        "state",
    ]
    return pd.DataFrame(rows, columns=columns)


def count_months_after(promised: str, records: Records) -> int:
    """Months from the end of a promised date to the record's end."""
    promised_day = last_day(promised)
    return (records.end.year - promised_day.year) * 12 + records.end.month - promised_day.month


def _is_inside_band(late: int, came: bool, band: np.ndarray) -> bool | None:
    """Whether what came lies in the band of delays; None where that cannot be said yet.

    A milestone that is still promised for later than the band allows has missed it already.
    """
    if came:
        return bool(band[0] <= max(late, 0) <= band[1])
    return False if late > band[1] else None
