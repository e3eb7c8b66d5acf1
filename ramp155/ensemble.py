"""The coefficients: their central values, and draws that agree with the reported totals.

Each coefficient is a triangle (low, mode, high) from `assumptions.csv`. Draws are a Latin hypercube
over all of them; only those whose nameplate and output for 2022-2025 fall inside the ranges of
`calibration.csv` are kept, so the band is never narrower than the reports allow.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from ramp155 import capacity, chain
from ramp155.records import Records
from ramp155.scenario import MONTHS, Scenario

SEED = 155
# About three candidates in four are kept; the rest is margin for narrower ranges of the fit.
_CANDIDATES = 4
_MOST_ROUNDS = 12


@lru_cache(maxsize=8)
def central(records: Records) -> dict[str, np.ndarray]:
    """Every coefficient of the model at its mode: assumption_id -> (1,)."""
    return {
        row.assumption_id: np.array([float(row.mode)]) for row in _model_rows(records).itertuples()
    }


@lru_cache(maxsize=4)
def accepted(records: Records, draws: int, seed: int = SEED) -> dict[str, np.ndarray]:
    """`draws` sets of coefficients that agree with the calibration: assumption_id -> (draws,).

    Raises ValueError when the ranges and the reports leave nothing in common.
    """
    kept: dict[str, list[np.ndarray]] = {}
    count = 0
    for attempt in range(_MOST_ROUNDS):
        sample = _latin_hypercube(records, draws * _CANDIDATES, seed + attempt)
        fits = agrees(records, sample)
        count += int(fits.sum())
        for name, values in sample.items():
            kept.setdefault(name, []).append(values[fits])
        if count >= draws:
            return {name: np.concatenate(parts)[:draws] for name, parts in kept.items()}
    raise ValueError(f"only {count} of {draws} draws agree with calibration.csv: widen its ranges")


def agrees(records: Records, params: dict[str, np.ndarray]) -> np.ndarray:
    """Which draws put every observable of the fit inside its reported range, (draws,) of bool."""
    seen = observables(records, params)
    fits = np.ones(len(next(iter(params.values()))), dtype=bool)
    for target in records.calibration.itertuples():
        value = seen[target.observable][int(target.year)]
        fits &= (value >= target.low) & (value <= target.high)
    return fits


def observables(
    records: Records, params: dict[str, np.ndarray]
) -> dict[str, dict[int, np.ndarray]]:
    """What the reports speak of, by year of the fit, (draws,): rounds a year.

    `nameplate` is the capacity at the year's end, as officials quote it; `output` the rounds that
    left complete in the year, as sceptics do.
    """
    scenario = Scenario()
    built = capacity.build(records, params, scenario)
    tree = chain.from_stages(records.stages)
    ready = chain.delivered({s: a * params["utilisation"] for s, a in built.stages.items()}, tree)
    stop = capacity.FIT_END + 1
    flow = chain.simulate({s: a[:stop] for s, a in ready.items()}, tree)
    years = sorted({int(y) for y in records.calibration["year"]})
    rows = {y: [i for i, m in enumerate(MONTHS[:stop]) if m.startswith(str(y))] for y in years}
    return {
        "nameplate": {y: built.nameplate[rows[y][-1]] * 12 for y in years},
        "output": {y: flow.output[rows[y]].sum(axis=0) for y in years},
    }


def report(records: Records, draws: int = 500) -> pd.DataFrame:
    """How the fit turned out: for each target the reported range, the central run and the draws' P10-P90."""
    middle = observables(records, central(records))
    spread = observables(records, accepted(records, draws))
    rows = []
    for target in records.calibration.itertuples():
        year = int(target.year)
        low, high = np.quantile(spread[target.observable][year], [0.1, 0.9])
        rows.append(
            {
                "target_id": target.target_id,
                "reported_low": target.low,
                "reported_high": target.high,
                "central": float(middle[target.observable][year][0]),
                "p10": float(low),
                "p90": float(high),
            }
        )
    return pd.DataFrame(rows)


def _model_rows(records: Records) -> pd.DataFrame:
    return records.assumptions[records.assumptions["kind"] == "model"]


def _latin_hypercube(records: Records, draws: int, seed: int) -> dict[str, np.ndarray]:
    """Stratified triangular draws. Totals of one stage share one position, so that a high 2024 goes
    with a high 2025. (Written out because importing scipy.stats would double the app's cold start.)
    """
    rng = np.random.default_rng(seed)
    sample: dict[str, np.ndarray] = {}
    positions: dict[str, np.ndarray] = {}
    for row in _model_rows(records).itertuples():
        family = row.assumption_id.rsplit("_", 1)[0]
        shared = family if family.startswith("total_") else row.assumption_id
        if shared not in positions:
            positions[shared] = (rng.permutation(draws) + rng.random(draws)) / draws
        sample[row.assumption_id] = _triangle(positions[shared], row.low, row.mode, row.high)
    return sample


def _triangle(position: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """The value at a quantile position of a triangular distribution (its inverse CDF)."""
    if high == low:
        return np.full_like(position, low)
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(position * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - position) * (high - low) * (high - mode))
    return np.where(position < turn, rising, falling)
