"""Coefficients at quantile positions (0 to 1) of their triangles, drawn as a Latin hypercube; slips of promised dates are drawn from those in the record. Totals of one stage share a position."""

from __future__ import annotations

import numpy as np

from ramp155.base.memory import remember
from ramp155.history.slips import list_slips
from ramp155.model.coefficients.central import select_coefficients
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
    return list(dict.fromkeys(map(find_family, select_coefficients(records)["assumption_id"])))


def find_coefficients_at(
    records: Records, positions: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Coefficients at quantile positions (0 to 1) of their triangles, given by family; the slip of
    promised dates at those of the slips in the record."""
    coefficients = {
        row.assumption_id: invert_triangle(
            positions[find_family(row.assumption_id)], row.low, row.mode, row.high
        )
        for row in select_coefficients(records).itertuples()
    }
    if len(_list_slips(records)) >= ENOUGH_SLIPS:  # a record with fewer keeps the triangle
        coefficients["slip_months"] = np.quantile(_list_slips(records), positions["slip_months"])
    return coefficients


@remember
def _list_slips(records: Records) -> np.ndarray:
    """Slips of milestones with two dates, in months; what came early counts as on time."""
    return np.maximum(list_slips(records).to_numpy(dtype=float), 0.0)


def draw_latin_hypercube(names: list[str], draws: int, seed: int) -> dict[str, np.ndarray]:
    """Stratified positions from 0 to 1, name -> (draws,). (Written out because importing scipy.stats
    would double the app's cold start.)"""
    rng = np.random.default_rng(seed)
    return {name: (rng.permutation(draws) + rng.random(draws)) / draws for name in names}


def invert_triangle(position: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """The value at a quantile position of a triangular distribution (its inverse CDF)."""
    if high == low:
        return np.full_like(position, low)
    turning_point = (mode - low) / (high - low)
    rising = low + np.sqrt(position * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - position) * (high - low) * (high - mode))
    return np.where(position < turning_point, rising, falling)
