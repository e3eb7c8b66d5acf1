"""Stage units in one complete round, and rounds a month from a unit a year of a stage's named lines."""

from __future__ import annotations

import numpy as np

from ramp155.model.arrays import Array, Params
from ramp155.model.chain.tree import build_chain
from ramp155.record.records import Records


def compute_needs(records: Records, params: Params) -> dict[str, Array]:
    """Stage units in one complete round, (draws,): the product of quantities along the way to it."""
    chain = build_chain(records.stages)
    quantity = dict(zip(records.stages["stage"], records.stages["quantity"], strict=True))
    ones = np.ones_like(next(iter(params.values())))
    need = {}
    for stage in chain.order:
        need[stage] = ones.copy()
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
    """Rounds for 155 mm a month from a unit a year of a stage's named lines, (draws,)."""
    usable_share = params[lines_share] if lines_share else 1.0
    return usable_share * share / need[stage] / 12
