"""Draws of all coefficients: candidates resampled by how well they agree with the figures on record, so that all draws weigh
the same; with coefficients of one's own, the draws that agree with them still.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ramp155.base.memory import remember
from ramp155.base.shelf import keep_arrays
from ramp155.model.arrays import Array, Places
from ramp155.model.coefficients.edits import Edits, check_edits
from ramp155.model.coefficients.positions import SEED
from ramp155.model.europe.candidates import draw_candidates, weigh_candidates
from ramp155.model.europe.weights import resample
from ramp155.model.model import Model
from ramp155.record.records import Records

_CANDIDATES_PER_DRAW = 24
_MOST_CANDIDATES = 48_000
# Below this, a coefficient of one's own contradicts the figures: they are so many times as likely without it.
_LEAST_FIT_SHARE = 0.02
_FORECAST = "forecast_"
# Kept beside the coefficients: how well a draw fits, and its place among the candidates.
_LOG_FIT, _LOG_EVIDENCE, _EFFECTIVE, _PLACES = _MARKS = (
    "fit of the draw",
    "evidence of capacity",
    "effective candidates",
    "place among candidates",
)


@dataclass(frozen=True)
class Draws:
    """Equally weighted sets of coefficients: `params` name -> (draws,).

    `kept` (draws,) are their places among the draws without coefficients of one's own, so that a set can be paired with the
    one it came from. `fit_share` is how likely the figures on record are with the coefficients of one's own, over how
    likely without them (above 1: likelier). Where hardly at all, all are kept and `contradicts` is true.
    """

    params: dict[str, Array]
    kept: Places
    fit_share: float = 1.0
    contradicts: bool = False


@remember
def draw_coefficients(model: Model, assume: Edits = ()) -> Draws:
    """Sets of coefficients that agree with the figures on record; `assume` overrides some coefficients.

    Coefficients of the forecast itself draw candidates anew, from the same random numbers. Then the draws are weighed again:
    each keeps the rest of its set, so that it can be compared with the one it came from.

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
        For a coefficient that is not there and a value out of bounds.
    """
    check_edits(model.record, assume)
    weighed = _draw_weighed(model)
    every_place = np.arange(model.draws)
    params = _drop_marks(weighed)
    if not assume:
        return Draws(params, every_place)
    record, gains, fit_share = model.record, np.zeros(model.draws), 1.0
    of_forecast = tuple(edit for edit in assume if edit[0].startswith(_FORECAST))
    if of_forecast:
        record = _edit_record(record, of_forecast)
        candidates = draw_candidates(record, _count_candidates(model), SEED)
        places = weighed[_PLACES].astype(np.int64)
        params = {name: drawn[places] for name, drawn in candidates.params.items()}
        gains = candidates.log_fit[places] - weighed[_LOG_FIT]
        fit_share = float(np.exp(candidates.log_evidence - weighed[_LOG_EVIDENCE][0]))
    others = {name: value for name, value in assume if not name.startswith(_FORECAST)}
    if others:
        params |= {name: np.full(model.draws, value) for name, value in others.items()}
        if "slip_months" in others:  # for every line alike
            params = {name: drawn for name, drawn in params.items() if "/" not in name}
        gains = weigh_candidates(record, params) - weighed[_LOG_FIT]
    fit_share *= float(np.exp(gains).mean())
    if fit_share < _LEAST_FIT_SHARE:
        return Draws(params, every_place, fit_share, contradicts=True)
    if not gains.any():
        return Draws(params, every_place, fit_share)
    agreeing, _ = resample(np.random.default_rng(SEED), gains, model.draws)
    return Draws({name: drawn[agreeing] for name, drawn in params.items()}, agreeing, fit_share)


def draw_accepted(model: Model, seed: int = SEED) -> dict[str, Array]:
    """As many sets of coefficients as the model has draws, without any of one's own.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    seed : int, optional
        Seed of the random numbers.

    Returns
    -------
    dict of Array, (draws,)
        Name -> coefficient, in its own unit (rounds a year, months, fraction ...).
    """
    return _drop_marks(_draw_weighed(model, seed))


def measure_effective_share(model: Model) -> float:
    """How many equally weighted candidates the weights of all amount to, as a share of them.

    Returns
    -------
    float
        Share of the candidates, 0 to 1.
    """
    return float(_draw_weighed(model)[_EFFECTIVE][0]) / _count_candidates(model)


@remember
def _draw_weighed(model: Model, seed: int = SEED) -> dict[str, Array]:
    """Draws with their log likelihood, and how likely the figures are: from disk where they were made before."""
    if model.record.uploaded:
        return _make_weighed(model, seed)
    question = f"draws {model.record.digest} {model.draws} {seed}"
    return dict(keep_arrays(question, lambda: _make_weighed(model, seed)))


def _make_weighed(model: Model, seed: int) -> dict[str, Array]:
    candidates = draw_candidates(model.record, _count_candidates(model), seed)
    places, effective = resample(np.random.default_rng(seed), candidates.log_fit, model.draws)
    drawn = {name: values[places] for name, values in candidates.params.items()}
    marks = {
        _LOG_FIT: candidates.log_fit[places],
        _LOG_EVIDENCE: np.array([candidates.log_evidence]),
        _EFFECTIVE: np.array([effective]),
        _PLACES: places.astype(np.float64),
    }
    return drawn | marks


def _count_candidates(model: Model) -> int:
    return max(min(model.draws * _CANDIDATES_PER_DRAW, _MOST_CANDIDATES), model.draws)


def _drop_marks(weighed: dict[str, Array]) -> dict[str, Array]:
    """The coefficients alone."""
    return {name: drawn for name, drawn in weighed.items() if name not in _MARKS}


def _edit_record(records: Records, edits: Edits) -> Records:
    """The record with other numbers of the forecast."""
    assumptions = records.assumptions
    for name, edited_value in edits:
        is_edited = assumptions["assumption_id"] == name
        assumptions.loc[is_edited, "mode"] = edited_value
    return dataclasses.replace(records, assumptions=assumptions)
