"""The most likely value of every coefficient, from `assumptions.csv`: for conversions of units alone.

What the model answers is taken over draws, never at these.
"""

from __future__ import annotations

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.record.records import Records


@remember
def read_modes(records: Records) -> dict[str, Array]:
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
