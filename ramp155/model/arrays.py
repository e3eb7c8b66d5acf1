"""Names for the arrays that the model hands on, and for sets of coefficients.

Each docstring says an array's shape; months are those of `MONTHS`, draws one column each.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]  # rounds, shares, coefficients ...
Places = NDArray[np.int64]  # places in a list, or counts
Limits = NDArray[np.int8]  # places in the chain's order: the stage that limits output
Flags = NDArray[np.bool_]
Params = Mapping[str, Array]  # assumption_id -> (draws,)
