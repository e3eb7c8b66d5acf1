"""Stage units in one complete round, and rounds a month from a unit a year of a stage's named
lines.
"""

from __future__ import annotations

import numpy as np

from ramp155.model.arrays import Array, Params
from ramp155.model.chain.tree import build_chain
from ramp155.record.records import Records


def compute_needs(records: Records, params: Params) -> dict[str, Array]:
    """What goes into one complete round: the product of quantities along the way to it.

    Parameters
    ----------
    records : Records
        The record.
    params : mapping of Array, (draws,)
        assumption_id -> coefficient in its own unit.

    Returns
    -------
    dict of Array, (draws,)
        Stage -> its units (tonnes, modules, bodies ...) in one round.
    """
    chain = build_chain(records.stages)
    quantity = {stage_row.stage: stage_row.quantity for stage_row in records.list_stages()}
    draws = len(next(iter(params.values())))
    need = {}
    for stage in chain.order:
        need[stage] = np.ones(draws)
        for step in chain.list_path(stage)[:-1]:
            factor = quantity[step]
            need[stage] *= params[factor] if factor in params else float(factor)
    return need


def compute_line_scale(
    stage: str,
    lines_share: str,
    params: Params,
    share: Array | float,
    need: dict[str, Array],
) -> Array:
    """Rounds for 155 mm a month from a unit a year of a stage's named lines.

    Parameters
    ----------
    stage : str
        The stage.
    lines_share : str
        The coefficient that says which part of its lines' rates counts, 0 to 1; "" for all of it.
    params : mapping of Array, (draws,)
        assumption_id -> coefficient in its own unit.
    share : Array or float, (draws,)
        The part for 155 mm, 0 to 1.
    need : dict of Array, (draws,)
        Stage -> its units (tonnes, modules, bodies ...) in one round.

    Returns
    -------
    Array, (draws,)
        Rounds a month.
    """
    usable_share = params[lines_share] if lines_share else 1.0
    return np.asarray(usable_share * share / need[stage] / 12)
