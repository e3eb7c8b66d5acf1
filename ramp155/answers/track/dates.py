"""Milestones promised by a past day for a later one, against what came."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.europe.deliveries import check_deliveries
from ramp155.record.records import Records

DATE_CUTOFFS = tuple(dt.date(year, 12, 31) for year in (2022, 2023, 2024))


@remember
def list_past_dates(records: Records) -> pd.DataFrame:
    """What was promised by the end of 2022, 2023 and 2024 for a later day, and what came of it.

    Columns: cutoff (ISO), and those of `check_deliveries`; delays in months.
    """
    tables = [
        check_deliveries(records, cutoff).assign(cutoff=cutoff.isoformat())
        for cutoff in DATE_CUTOFFS
    ]
    return pd.concat(tables, ignore_index=True)
