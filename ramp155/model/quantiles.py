"""The levels of quantiles over draws, and the quantiles of a table of draws; whole slider positions are reduced by
`ramp155.model.reductions`.
"""

from __future__ import annotations

import numpy as np

from ramp155.model.arrays import Array

QUANTILE_LEVELS = np.array([0.1, 0.5, 0.9])
PATH_LEVELS = np.array([0.1, 0.25, 0.5, 0.75, 0.9])


def compute_bands(values: Array, levels: Array = QUANTILE_LEVELS) -> Array:
    """Quantiles of every month over its draws; NaN where any draw is NaN.

    Parameters
    ----------
    values : Array, (months, draws)
        In any unit.
    levels : Array, (levels,)
        Quantile levels, 0 to 1.

    Returns
    -------
    Array, (levels, months)
        In the unit of `values`.
    """
    return np.asarray(np.quantile(values, levels, axis=1))


def reduce_months(output: Array, levels: Array) -> Array:
    """Quantiles of every month over its draws, to the last digit those of `reduce_draws`.

    Parameters
    ----------
    output : Array, (months, draws)
        In any unit.
    levels : Array, (levels,)
        Quantile levels, 0 to 1, rising.

    Returns
    -------
    Array, (levels, months)
        In the unit of `output`.
    """
    from ramp155.model.reductions import compute_quantiles  # here only: numba is slow

    quantiles = np.empty((len(levels), len(output)))
    for month, rounds in enumerate(output):
        compute_quantiles(rounds.copy(), levels, quantiles[:, month])
    return quantiles
