"""The coefficients of the model and their central values, one triangle (low, mode, high) each, from
`assumptions.csv`.
"""

from __future__ import annotations

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.record.records import Records


@remember
def read_central_coefficients(records: Records) -> dict[str, Array]:
    """Every coefficient of the model at its mode.

    Returns
    -------
    dict of Array, (1,)
        assumption_id -> the most likely value, in the coefficient's own unit (rounds a year, months, fraction ...).
    """
    return {
        coefficient.assumption_id: np.array([coefficient.span[1]])
        for coefficient in records.list_coefficients()
    }
