"""Coefficients of kind `gap` in `assumptions.csv`, drawn from a Latin hypercube of their own, apart
from the model's.
"""

from __future__ import annotations

from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.coefficients.positions import SEED, draw_latin_hypercube
from ramp155.model.model import Model
from ramp155.model.triangle import invert_triangle
from ramp155.record.records import Records
from ramp155.record.rows import Assumption

_DRAWN_COUNTRIES = ("RU", "US", "CA", "UA")  # whose estimates are drawn from


@remember
def compute_gap_coefficients(model: Model) -> dict[str, Array]:
    """Coefficients of kind `gap` in every draw, before any draw is rejected.

    Returns
    -------
    dict of str to Array, (draws,)
        assumption_id -> values in the unit of `assumptions.csv` (rounds a year, fraction, years ...).
    """
    assumptions = _list_gap_assumptions(model.record)
    positions = compute_gap_positions(model)
    return {
        assumption.assumption_id: invert_triangle(
            positions[assumption.assumption_id], *assumption.span
        )
        for assumption in assumptions
    }


def _list_gap_assumptions(records: Records) -> list[Assumption]:
    return [
        assumption
        for assumption in records.list_coefficients(model_only=False)
        if assumption.kind == "gap"
    ]


@remember
def compute_gap_positions(model: Model) -> dict[str, Array]:
    """Quantile positions of a Latin hypercube, apart from the model's own: by coefficient and actor.

    Returns
    -------
    dict of str to Array, (draws,)
        assumption_id or country -> positions, 0 to 1.
    """
    coefficients = [assumption.assumption_id for assumption in _list_gap_assumptions(model.record)]
    names = [*coefficients, *_DRAWN_COUNTRIES]
    return draw_latin_hypercube(names, model.draws, SEED + 1)
