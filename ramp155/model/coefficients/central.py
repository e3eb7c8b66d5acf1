"""The coefficients of the model and their central values, one triangle (low, mode, high) each, from `assumptions.csv`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.base.memory import remember
from ramp155.record.records import Records


@remember
def read_central_coefficients(records: Records) -> dict[str, np.ndarray]:
    """Every coefficient of the model at its mode: assumption_id -> (1,)."""
    return {
        row.assumption_id: np.array([float(row.mode)])
        for row in select_coefficients(records).itertuples()
    }


def select_coefficients(records: Records) -> pd.DataFrame:
    return records.assumptions[records.assumptions["kind"] == "model"]
