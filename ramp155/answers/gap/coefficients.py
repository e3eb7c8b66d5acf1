"""Coefficients of kind `gap` in `assumptions.csv`, drawn from a Latin hypercube of their own, apart from the model's; one value each at the middle for 0 draws."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.coefficients.positions import SEED, draw_latin_hypercube, invert_triangle
from ramp155.model.model import Model
from ramp155.record.records import Records

_DRAWN_COUNTRIES = ("RU", "US", "CA", "UA")  # whose estimates are drawn from


@remember
def compute_gap_coefficients(model: Model) -> dict[str, Array]:
    """Coefficients of kind `gap`, assumption_id -> (draws,); the middle ones for 0 draws."""
    rows = _list_gap_assumptions(model.record)
    if not model.draws:
        return {row.assumption_id: np.array([float(row.mode)]) for row in rows.itertuples()}
    positions = compute_gap_positions(model)
    return {
        row.assumption_id: invert_triangle(
            positions[row.assumption_id], row.low, row.mode, row.high
        )
        for row in rows.itertuples()
    }


def _list_gap_assumptions(records: Records) -> pd.DataFrame:
    return records.assumptions[records.assumptions["kind"] == "gap"]


@remember
def compute_gap_positions(model: Model) -> dict[str, Array]:
    """Quantile positions of a Latin hypercube, apart from the model's own: by coefficient and actor."""
    names = [*_list_gap_assumptions(model.record)["assumption_id"], *_DRAWN_COUNTRIES]
    return draw_latin_hypercube(names, max(model.draws, 1), SEED + 1)
