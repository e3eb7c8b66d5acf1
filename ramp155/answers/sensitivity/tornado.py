"""One coefficient at a time from its low to its high, all others at their middle."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.answers.sensitivity.labels import label_coefficients
from ramp155.base.memory import remember
from ramp155.model.coefficients.central import read_central_coefficients
from ramp155.model.coefficients.positions import find_family, list_families
from ramp155.model.scenario.horizon import MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_coefficients
from ramp155.record.records import Records


@remember
def compute_tornado(records: Records, scenario: Scenario, month: str) -> pd.DataFrame:
    """One coefficient at a time from its low to its high, all others at their middle.

    Totals of one stage move together. Columns: name (family), label, low, high (its range in words),
    rounds_at_low, rounds_at_high (rounds a year in `month`), swing; largest swing first.
    """
    check_month(month)
    names = list_families(records)
    params = {
        k: np.repeat(v, 2 * len(names)) for k, v in read_central_coefficients(records).items()
    }
    for coefficient in records.list_coefficients():
        place = names.index(find_family(coefficient.assumption_id)) * 2
        low, _, high = coefficient.span
        params[coefficient.assumption_id][place : place + 2] = low, high
    output, _ = run_coefficients(records, params, scenario)
    rounds = output[MONTHS.index(month)] * 12
    labels = label_coefficients(records)
    table = pd.DataFrame(
        {
            "name": names,
            "label": [labels[name][0] for name in names],
            "low": [labels[name][1] for name in names],
            "high": [labels[name][2] for name in names],
            "rounds_at_low": rounds[::2],
            "rounds_at_high": rounds[1::2],
        }
    )
    table["swing"] = (table["rounds_at_high"] - table["rounds_at_low"]).abs()
    return table.sort_values("swing", ascending=False, kind="stable").reset_index(drop=True)
