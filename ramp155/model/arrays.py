"""Names for the arrays that the model hands on: plain numpy arrays, and sets of coefficients by assumption_id, (draws,) each."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

CapacityArray = np.ndarray
Params = Mapping[str, CapacityArray]  # assumption_id -> (draws,)
Array = np.ndarray
