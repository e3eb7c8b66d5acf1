"""Milestones promised by a past day for a later one, against what came."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from ramp155.base.memory import remember
from ramp155.history.as_known import rewind_records
from ramp155.history.slips import list_slips
from ramp155.model.arrays import Array
from ramp155.model.coefficients.positions import ENOUGH_SLIPS, invert_triangle
from ramp155.model.hindcast.deliveries import check_deliveries
from ramp155.record.records import Records

DATE_CUTOFFS = tuple(dt.date(year, 12, 31) for year in (2022, 2023, 2024))
_POSITIONS = (np.arange(200) + 0.5) / 200


@remember
def list_past_dates(records: Records) -> pd.DataFrame:
    """What was promised by the end of 2022, 2023 and 2024 for a later day, and what came of it.

    Columns: cutoff (ISO), and those of `check_deliveries`; delays in months.
    """
    tables = []
    for cutoff in DATE_CUTOFFS:
        past_records = rewind_records(records, cutoff)
        deliveries = check_deliveries(
            records, past_records, {"slip_months": _list_delays(records, past_records)}
        )
        tables.append(deliveries.assign(cutoff=cutoff.isoformat()))
    return pd.concat(tables, ignore_index=True)


def _list_delays(records: Records, past_records: Records) -> Array:
    """Delays as likely as each other, from the slips known then; from an assumption while those were too few."""
    slips = np.maximum(np.asarray(list_slips(past_records), dtype=np.float64), 0.0)
    if len(slips) >= ENOUGH_SLIPS:
        return np.asarray(np.quantile(slips, _POSITIONS))
    return invert_triangle(_POSITIONS, *records.assumption("hindcast_slip").span)
