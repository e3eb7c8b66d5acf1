"""Triangular distributions: low, most likely and high."""

from __future__ import annotations

import numpy as np

from ramp155.model.arrays import Array


def invert_triangle(position: Array, low: float, mode: float, high: float) -> Array:
    """The inverse distribution function of a triangle.

    Parameters
    ----------
    position : Array, (draws,)
        Quantile positions, 0 to 1.
    low, mode, high : float
        Least, most likely and most, in the unit of what is drawn.

    Returns
    -------
    Array, (draws,)
        Values at these positions, in the same unit.
    """
    if high == low:
        return np.full_like(position, low)
    turning_point = (mode - low) / (high - low)
    rising = low + np.sqrt(position * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - position) * (high - low) * (high - mode))
    return np.where(position < turning_point, rising, falling)
