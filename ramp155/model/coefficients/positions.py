"""Coefficients at quantile positions (0 to 1) of their triangles, drawn as a Latin hypercube, and the delay of each promised line
at a position among the delays in the record.

Both are written out here. Measured (processor time, numpy 2.4, scipy 1.17): importing scipy.stats costs 0.34 to 0.53 s
of a cold start. Its Latin hypercube of 57 coefficients and 1,608 candidates
takes 2.0 ms against 1.1 ms here, its triangles 2.9 ms against 0.6 ms, equal to the last digit but for a
coefficient without a range, of which scipy makes NaN.
"""

from __future__ import annotations

import zlib

import numpy as np

from ramp155.history.slips import measure_slips
from ramp155.model.arrays import Array, Params
from ramp155.model.capacity.delays import (
    ENOUGH_SLIPS,
    compute_delays,
    list_promised_lines,
    name_delay,
)
from ramp155.model.triangle import invert_triangle
from ramp155.record.records import Records

SEED = 155


def list_drawn(records: Records) -> list[str]:
    """Every coefficient that is drawn from its range, in the table's order, and every promised line's delay."""
    names = [coefficient.assumption_id for coefficient in records.list_coefficients()]
    return [*names, *map(name_delay, list_promised_lines(records))]


def find_coefficients_at(records: Records, positions: Params) -> dict[str, Array]:
    """Coefficients at quantile positions of their triangles, delays of lines at those of the delays on record.

    `slip_months` is the mean delay of the promised lines; a record with too few delays keeps its triangle for
    all lines alike.

    Parameters
    ----------
    records : Records
        The record.
    positions : mapping of Array, (draws,)
        What is drawn -> position, 0 to 1.

    Returns
    -------
    dict of Array, (draws,)
        Name -> coefficient, in its own unit.
    """
    coefficients = {
        coefficient.assumption_id: invert_triangle(
            positions[coefficient.assumption_id], *coefficient.span
        )
        for coefficient in records.list_coefficients()
    }
    delays = {}
    if len(measure_slips(records)) >= ENOUGH_SLIPS:
        delays = compute_delays(records, positions)
    if delays:
        coefficients["slip_months"] = np.mean(list(delays.values()), axis=0)
    return coefficients | delays


def draw_latin_hypercube(names: list[str], draws: int, seed: int) -> dict[str, Array]:
    """Stratified positions: in each of `draws` equal parts of 0 to 1 lies one of every name.

    Each name has random numbers of its own, so that another coefficient moves none of the others.

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
    streams = {name: np.random.default_rng([seed, zlib.crc32(name.encode())]) for name in names}
    return {
        name: (rng.permutation(draws) + rng.random(draws)) / draws for name, rng in streams.items()
    }
