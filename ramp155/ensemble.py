"""The coefficients: their central values, and draws that agree with the reported totals.

Each coefficient is a triangle (low, mode, high) from `assumptions.csv`, except that slips of promised
dates are drawn from those in the record. Draws are a Latin hypercube
over all of them; only those whose nameplate and output for 2022-2025 fall inside the ranges of
`calibration.csv` are kept, so the band is never narrower than the reports allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from ramp155 import capacity, chain, timeline
from ramp155.figures import shortened
from ramp155.records import Records
from ramp155.scenario import MONTHS, Scenario

SEED = 155
# About three candidates in four are kept; the rest is margin.
_CANDIDATES = 1.6
_MOST_ROUNDS = 12
_CHUNK = 500  # candidates tested at a time, so that memory does not grow with their number
ENOUGH_SLIPS = 10
_FEWEST = 0.02  # below this share of draws, a coefficient of one's own contradicts the reports


@dataclass(frozen=True)
class Draws:
    """Sets of coefficients: `params` assumption_id -> (draws,).

    `kept` are their places among the accepted draws, so that a set with coefficients of one's own can be
    paired with the one it came from; `fit_share` is the share of accepted draws that still agree with
    the reports. Where hardly any does, all are kept and `contradicts` is true.
    """

    params: dict[str, np.ndarray]
    kept: np.ndarray
    fit_share: float = 1.0
    contradicts: bool = False


Edits = tuple[tuple[str, float], ...]


@lru_cache(maxsize=16)
def draw(records: Records, draws: int, assume: Edits = ()) -> Draws:
    """Central coefficients for 0 draws, else that many accepted ones; `assume` overrides some of them.

    Overriding keeps only the draws that still agree with the calibration (common random numbers: the
    rest of each draw stays). Raises ValueError for an unknown coefficient or a value out of bounds.
    """
    check_edits(records, assume)
    base = accepted(records, draws) if draws else central(records)
    count = max(draws, 1)
    if not assume:
        return Draws(base, np.arange(count))
    params = base | {name: np.full(count, value) for name, value in assume}
    if not draws:
        return Draws(params, np.arange(count))
    fits = agrees(records, params)
    share = float(fits.mean())
    if share < _FEWEST:
        return Draws(params, np.arange(count), share, contradicts=True)
    kept = np.flatnonzero(fits)
    return Draws({name: values[kept] for name, values in params.items()}, kept, share)


def bounds(records: Records, assumption_id: str) -> tuple[float, float]:
    """What a coefficient may be set to: a tenth of its low to ten times its high, a part of a whole to 1."""
    coefficient = records.assumption(assumption_id)
    low, _, high = coefficient.span
    if coefficient.unit in ("fraction", "t/t"):
        return low / 10, 1.0
    if coefficient.unit == "months":
        return 0.0, 72.0
    return low / 10, high * 10


def check_edits(records: Records, assume: Edits) -> None:
    """Raise ValueError unless every edit names a coefficient of the model and a value within bounds."""
    known = set(_model_rows(records)["assumption_id"])
    for name, value in assume:
        if name not in known:
            raise ValueError(f"assume: {shortened(name)!r} is not a coefficient of the model")
        low, high = bounds(records, name)
        if not low <= value <= high:
            raise ValueError(f"assume: {name} = {value:g} is outside {low:g} to {high:g}")


@lru_cache(maxsize=8)
def central(records: Records) -> dict[str, np.ndarray]:
    """Every coefficient of the model at its mode: assumption_id -> (1,)."""
    return {
        row.assumption_id: np.array([float(row.mode)]) for row in _model_rows(records).itertuples()
    }


@lru_cache(maxsize=12)
def accepted(records: Records, draws: int, seed: int = SEED) -> dict[str, np.ndarray]:
    """`draws` sets of coefficients that agree with the calibration: assumption_id -> (draws,).

    Raises ValueError when the ranges and the reports leave nothing in common.
    """
    kept: dict[str, list[np.ndarray]] = {}
    count = 0
    for attempt in range(_MOST_ROUNDS):
        candidates = int(draws * _CANDIDATES) + 8
        positions = latin_hypercube(families(records), candidates, seed + attempt)
        sample = at_positions(records, positions)
        fits = agrees(records, sample)
        count += int(fits.sum())
        for name, values in sample.items():
            kept.setdefault(name, []).append(values[fits])
        if count >= draws:
            return {name: np.concatenate(parts)[:draws] for name, parts in kept.items()}
    raise ValueError(f"only {count} of {draws} draws agree with calibration.csv: widen its ranges")


def agrees(records: Records, params: dict[str, np.ndarray]) -> np.ndarray:
    """Which draws put every observable of the fit inside its reported range, (draws,) of bool."""
    count = len(next(iter(params.values())))
    fits = np.ones(count, dtype=bool)
    if records.calibration.empty:  # no report yet: nothing to disagree with
        return fits
    for begin in range(0, count, _CHUNK):
        part = slice(begin, begin + _CHUNK)
        seen = observables(records, {name: values[part] for name, values in params.items()})
        for target in records.calibration.itertuples():
            value = seen[target.observable][int(target.year)]
            fits[part] &= (value >= target.low) & (value <= target.high)
    return fits


def observables(
    records: Records, params: dict[str, np.ndarray], years: tuple[int, ...] = ()
) -> dict[str, dict[int, np.ndarray]]:
    """What the reports speak of, by year (none given: those of the fit), (draws,): rounds a year.

    `nameplate` is the capacity at the year's end, as officials quote it; `output` the rounds that
    left complete in the year, as sceptics do.
    """
    built = capacity.build(records, params, Scenario())
    tree = chain.from_stages(records.stages)
    years = years or tuple(sorted({int(y) for y in records.calibration["year"]}))
    months = MONTHS.index(f"{max(years)}-12") + 1
    stacked = capacity.delivered(records, params, Scenario(), months)
    output, _ = chain.outputs(stacked, tree)
    rows = {y: [i for i, m in enumerate(MONTHS[:months]) if m.startswith(str(y))] for y in years}
    return {
        "nameplate": {y: built.nameplate[rows[y][-1]] * 12 for y in years},
        "output": {y: output[rows[y]].sum(axis=0) for y in years},
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


def family(assumption_id: str) -> str:
    """What a coefficient is drawn with: totals of one stage share a position, so that a high 2024 goes
    with a high 2025."""
    name = assumption_id.rsplit("_", 1)[0]
    return name if name.startswith("total_") else assumption_id


def families(records: Records) -> list[str]:
    """Every family of coefficients, in the table's order."""
    return list(dict.fromkeys(map(family, _model_rows(records)["assumption_id"])))


def at_positions(records: Records, positions: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Coefficients at quantile positions (0 to 1) of their triangles, given by family; the slip of
    promised dates at those of the slips in the record."""
    drawn = {
        row.assumption_id: triangle(
            positions[family(row.assumption_id)], row.low, row.mode, row.high
        )
        for row in _model_rows(records).itertuples()
    }
    if len(_slips(records)) >= ENOUGH_SLIPS:  # a record with fewer keeps the triangle
        drawn["slip_months"] = np.quantile(_slips(records), positions["slip_months"])
    return drawn


@lru_cache(maxsize=8)
def _slips(records: Records) -> np.ndarray:
    """Slips of milestones with two dates, in months; what came early counts as on time."""
    return np.maximum(timeline.slips(records).to_numpy(dtype=float), 0.0)


def latin_hypercube(names: list[str], draws: int, seed: int) -> dict[str, np.ndarray]:
    """Stratified positions from 0 to 1, name -> (draws,). (Written out because importing scipy.stats
    would double the app's cold start.)"""
    rng = np.random.default_rng(seed)
    return {name: (rng.permutation(draws) + rng.random(draws)) / draws for name in names}


def triangle(position: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """The value at a quantile position of a triangular distribution (its inverse CDF)."""
    if high == low:
        return np.full_like(position, low)
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(position * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - position) * (high - low) * (high - mode))
    return np.where(position < turn, rising, falling)
