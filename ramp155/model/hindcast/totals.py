"""What the model says with only what was known: its path of nameplate and output, and later reports set against its band."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.model.capacity.stages import build_capacity, build_delivered_capacity
from ramp155.model.chain.runs import run_chain
from ramp155.model.chain.tree import build_chain
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records

LAST_YEAR = 2025  # of the years whose totals are compared
_LEVELS = (0.1, 0.5, 0.9)


def trace_past_path(past_records: Records, params: dict[str, np.ndarray]) -> pd.DataFrame:
    month_count = MONTHS.index(f"{LAST_YEAR}-12") + 1
    nameplate_rounds = build_capacity(past_records, params, Scenario()).nameplate[:month_count] * 12
    stacked = build_delivered_capacity(past_records, params, Scenario(), month_count)
    output = run_chain(stacked, build_chain(past_records.stages))[0][:month_count] * 12
    tables = []
    for name, values in (("nameplate", nameplate_rounds), ("output", output)):
        bands = np.quantile(values, _LEVELS, axis=1)
        table = pd.DataFrame(dict(zip(("p10", "p50", "p90"), bands, strict=True)))
        tables.append(table.assign(month=MONTHS[:month_count], observable=name))
    return pd.concat(tables, ignore_index=True)


def check_totals(
    later_reports: pd.DataFrame, observed: dict[str, dict[int, np.ndarray]]
) -> pd.DataFrame:
    """Reports with the band of what each speaks of; a hit lies in it or reaches into it."""
    rows = []
    for row in later_reports.to_dict("records"):
        low, middle, high = np.quantile(observed[row["observable"]][row["year"]], _LEVELS)
        least = row["low"] if row["low"] == row["low"] else 0.0
        most = row["high"] if row["high"] == row["high"] else float("inf")
        hit = least <= high and most >= low
        rows.append(row | {"p10": low, "p50": middle, "p90": high, "hit": hit})
    return pd.DataFrame(rows, columns=[*later_reports.columns, "p10", "p50", "p90", "hit"])
