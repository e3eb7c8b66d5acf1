"""Draws of all coefficients that agree with the reported totals, so the band is never narrower than
the reports allow; coefficients of one's own keep the draws that still agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.arrays import Array, Places
from ramp155.model.coefficients.edits import Edits, check_edits
from ramp155.model.coefficients.fit import find_agreeing_draws
from ramp155.model.coefficients.positions import (
    SEED,
    draw_latin_hypercube,
    find_coefficients_at,
    list_families,
)
from ramp155.model.model import Model

# About three candidates in four are kept; the rest is margin.
_CANDIDATES_PER_DRAW = 1.6
_MOST_ATTEMPTS = 12
# Below this share of draws, a coefficient of one's own contradicts the reports.
_LEAST_FIT_SHARE = 0.02


@dataclass(frozen=True)
class Draws:
    """Sets of coefficients: `params` assumption_id -> (draws,).

    `kept` (draws,) are their places among the accepted draws, so that a set with coefficients of one's own
    can be paired with the one it came from; `fit_share` (0 to 1) is the share of accepted draws that still
    agree with the reports. Where hardly any does, all are kept and `contradicts` is true.
    """

    params: dict[str, Array]
    kept: Places
    fit_share: float = 1.0
    contradicts: bool = False


@remember
def draw_coefficients(model: Model, assume: Edits = ()) -> Draws:
    """As many sets of coefficients as the model has draws; `assume` overrides some of them.

    Overriding keeps only the draws that still agree with the calibration (common random numbers: the
    rest of each draw stays).

    Parameters
    ----------
    model : Model
        Record and number of draws.
    assume : tuple of (str, float), optional
        assumption_id and value, in the coefficient's own unit.

    Returns
    -------
    Draws
        Coefficients, (draws,) each.

    Raises
    ------
    ValueError
        For a coefficient that is not there, a value out of bounds, and ranges that leave no draw.
    """
    check_edits(model.record, assume)
    coefficients, count = draw_accepted(model), model.draws
    if not assume:
        return Draws(coefficients, np.arange(count))
    params = coefficients | {name: np.full(count, edited_value) for name, edited_value in assume}
    agreeing = find_agreeing_draws(model.record, params)
    fit_share = float(agreeing.mean())
    if fit_share < _LEAST_FIT_SHARE:
        return Draws(params, np.arange(count), fit_share, contradicts=True)
    accepted_places = np.flatnonzero(agreeing)
    return Draws(
        {name: coefficient[accepted_places] for name, coefficient in params.items()},
        accepted_places,
        fit_share,
    )


@remember
def draw_accepted(model: Model, seed: int = SEED) -> dict[str, Array]:
    """As many sets of coefficients as the model has draws, all of which agree with the calibration.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    seed : int, optional
        Seed of the first attempt's random numbers.

    Returns
    -------
    dict of Array, (draws,)
        assumption_id -> coefficient, in its own unit (rounds a year, months, fraction ...).

    Raises
    ------
    ValueError
        Where the ranges and the reports leave too little in common.
    """
    accepted_parts: dict[str, list[Array]] = {}
    count = 0
    for attempt in range(_MOST_ATTEMPTS):
        candidate_count = int(model.draws * _CANDIDATES_PER_DRAW) + 8
        families = list_families(model.record)
        positions = draw_latin_hypercube(families, candidate_count, seed + attempt)
        sample = find_coefficients_at(model.record, positions)
        agreeing = find_agreeing_draws(model.record, sample)
        count += int(agreeing.sum())
        for name, candidates in sample.items():
            accepted_parts.setdefault(name, []).append(candidates[agreeing])
        if count >= model.draws:
            return {
                name: np.concatenate(batches)[: model.draws]
                for name, batches in accepted_parts.items()
            }
    raise ValueError(
        f"only {count} of {model.draws} draws agree with calibration.csv: widen its ranges"
    )
