"""The fit: what the reports speak of, nameplate and output by year, and which draws put all of it inside the ranges of `calibration.csv`."""

from __future__ import annotations

import numpy as np

from ramp155.model.capacity.stages import build_capacity, build_delivered_capacity
from ramp155.model.chain.runs import run_chain
from ramp155.model.chain.tree import build_chain
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records

_CHUNK = 500  # candidates tested at a time, so that memory does not grow with their number


def find_agreeing_draws(records: Records, params: dict[str, np.ndarray]) -> np.ndarray:
    """Which draws put every observable of the fit inside its reported range, (draws,) of bool."""
    count = len(next(iter(params.values())))
    agreeing = np.ones(count, dtype=bool)
    if records.calibration.empty:  # no report yet: nothing to disagree with
        return agreeing
    for begin in range(0, count, _CHUNK):
        chunk = slice(begin, begin + _CHUNK)
        observed = compute_observables(
            records, {name: values[chunk] for name, values in params.items()}
        )
        for target in records.calibration.itertuples():
            value = observed[target.observable][int(target.year)]
            agreeing[chunk] &= (value >= target.low) & (value <= target.high)
    return agreeing


def compute_observables(
    records: Records, params: dict[str, np.ndarray], years: tuple[int, ...] = ()
) -> dict[str, dict[int, np.ndarray]]:
    """What the reports speak of, by year (none given: those of the fit), (draws,): rounds a year.

    `nameplate` is the capacity at the year's end, as officials quote it; `output` the rounds that
    left complete in the year, as sceptics do.
    """
    stage_capacity = build_capacity(records, params, Scenario())
    tree = build_chain(records.stages)
    years = years or tuple(sorted({int(year) for year in records.calibration["year"]}))
    months = MONTHS.index(f"{max(years)}-12") + 1
    stacked = build_delivered_capacity(records, params, Scenario(), months)
    output, _ = run_chain(stacked, tree)
    month_places = {
        year: [i for i, m in enumerate(MONTHS[:months]) if m.startswith(str(year))]
        for year in years
    }
    return {
        "nameplate": {
            year: stage_capacity.nameplate[month_places[year][-1]] * 12 for year in years
        },
        "output": {year: output[month_places[year]].sum(axis=0) for year in years},
    }
