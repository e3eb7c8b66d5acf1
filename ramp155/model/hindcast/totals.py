"""What the model says with only what was known: its path of nameplate and output, and later reports
set against its band.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ramp155.model.arrays import Array, Params
from ramp155.model.capacity.stages import build_capacity, build_delivered_capacity
from ramp155.model.chain.runs import run_chain
from ramp155.model.chain.tree import build_chain
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records

LAST_YEAR = 2025  # of the years whose totals are compared
_LEVELS = (0.1, 0.5, 0.9)


def trace_past_path(past_records: Records, params: Params) -> pd.DataFrame:
    """Nameplate and output month by month, up to the last year that is compared.

    Parameters
    ----------
    past_records : Records
        The record as it could have been on a day.
    params : mapping of Array, (draws,)
        assumption_id -> coefficient.

    Returns
    -------
    DataFrame
        Columns: p10, p50, p90 (rounds a year), month, observable (nameplate or output).
    """
    month_count = MONTHS.index(f"{LAST_YEAR}-12") + 1
    nameplate = build_capacity(past_records, params, Scenario()).nameplate[:month_count]
    stacked = build_delivered_capacity(past_records, params, Scenario(), month_count)
    output = run_chain(stacked, build_chain(past_records.stages))[0][:month_count]
    paths = []
    for name, rounds in (("nameplate", nameplate), ("output", output)):
        bands = np.quantile(rounds * 12, _LEVELS, axis=1)
        path = pd.DataFrame(dict(zip(("p10", "p50", "p90"), bands, strict=True)))
        paths.append(path.assign(month=MONTHS[:month_count], observable=name))
    return pd.concat(paths, ignore_index=True)


def check_totals(
    later_reports: pd.DataFrame, observed: Mapping[str, Mapping[int, Array]]
) -> pd.DataFrame:
    """Reports with the band of what each speaks of; a hit lies in it or reaches into it.

    Parameters
    ----------
    later_reports : DataFrame
        Columns of `PublishedTotal`.
    observed : mapping of mapping of Array, (draws,)
        Observable -> year -> rounds a year.

    Returns
    -------
    DataFrame
        Columns of `PublishedTotal`, and p10, p50, p90 (rounds a year), hit.
    """
    bands = [
        np.quantile(observed[observable][year], _LEVELS)
        for observable, year in zip(later_reports["observable"], later_reports["year"], strict=True)
    ]
    band = np.reshape(bands, (-1, 3))
    low = later_reports["low"].fillna(0.0).to_numpy(dtype=np.float64)
    high = later_reports["high"].fillna(np.inf).to_numpy(dtype=np.float64)
    hit = (low <= band[:, 2]) & (high >= band[:, 0])
    checked = later_reports.reset_index(drop=True)
    return checked.assign(p10=band[:, 0], p50=band[:, 1], p90=band[:, 2], hit=hit)
