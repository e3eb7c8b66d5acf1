"""Coefficients at quantile positions (0 to 1) of their triangles, drawn as a Latin hypercube; slips of promised dates are drawn from those in the record. Totals of one stage share a position.

Both are written out here. Measured (processor time, numpy 2.4, scipy 1.17): importing scipy.stats costs 0.34 to 0.53 s
of a cold start. Its Latin hypercube of 57 coefficients and 1,608 candidates
takes 2.0 ms against 1.1 ms here, its triangles 2.9 ms against 0.6 ms, equal to the last digit but for a
coefficient without a range, of which scipy makes NaN.
"""

from __future__ import annotations

import numpy as np

from ramp155.base.memory import remember
from ramp155.history.slips import list_slips
from ramp155.model.arrays import Array, Params
from ramp155.record.records import Records

SEED = 155
ENOUGH_SLIPS = 10


def find_family(assumption_id: str) -> str:
    """What a coefficient is drawn with: totals of one stage share a position, so that a high 2024 goes
    with a high 2025."""
    name = assumption_id.rsplit("_", 1)[0]
    return name if name.startswith("total_") else assumption_id


def list_families(records: Records) -> list[str]:
    """Every family of coefficients, in the table's order."""
    families = (
        find_family(coefficient.assumption_id) for coefficient in records.list_coefficients()
    )
    return list(dict.fromkeys(families))


def find_coefficients_at(records: Records, positions: Params) -> dict[str, Array]:
    """Coefficients at quantile positions of their triangles, the slip of promised dates at those of the
    slips in the record.

    Parameters
    ----------
    records : Records
        The record.
    positions : mapping of Array, (draws,)
        Family -> position, 0 to 1.

    Returns
    -------
    dict of Array, (draws,)
        assumption_id -> coefficient, in its own unit.
    """
    coefficients = {
        coefficient.assumption_id: invert_triangle(
            positions[find_family(coefficient.assumption_id)], *coefficient.span
        )
        for coefficient in records.list_coefficients()
    }
    slips = _list_slips(records)
    if len(slips) >= ENOUGH_SLIPS:  # a record with fewer keeps the triangle
        coefficients["slip_months"] = np.quantile(slips, positions["slip_months"])
    return coefficients


@remember
def _list_slips(records: Records) -> Array:
    """Slips of milestones with two dates, in months; what came early counts as on time."""
    slips: Array = np.asarray(list_slips(records), dtype=np.float64)
    return np.maximum(slips, 0.0)


def draw_latin_hypercube(names: list[str], draws: int, seed: int) -> dict[str, Array]:
    """Stratified positions: in each of `draws` equal parts of 0 to 1 lies one of every name.

    Parameters
    ----------
    names : list of str
        What is drawn.
    draws : int
        Count of positions.
    seed : int
        Seed of the random numbers.

    Returns
    -------
    dict of Array, (draws,)
        Name -> positions, 0 to 1.
    """
    rng = np.random.default_rng(seed)
    return {name: (rng.permutation(draws) + rng.random(draws)) / draws for name in names}


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
