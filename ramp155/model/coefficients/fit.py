"""The fit: what the reports speak of, nameplate and output by year, and which draws put all of it
inside the ranges of `calibration.csv`.
"""

from __future__ import annotations

import numpy as np

from ramp155.model.arrays import Array, Flags, Params
from ramp155.model.capacity.stages import build_capacity, build_delivered_capacity
from ramp155.model.chain.runs import run_chain
from ramp155.model.chain.tree import build_chain
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records

_CHUNK = 500  # candidates tested at a time, so that memory does not grow with their number


def find_agreeing_draws(records: Records, params: Params) -> Flags:
    """Which draws put every observable of the fit inside its reported range.

    Parameters
    ----------
    records : Records
        The record, with the targets of the fit.
    params : mapping of Array, (draws,)
        assumption_id -> coefficient.

    Returns
    -------
    Flags, (draws,)
        True where a draw agrees.
    """
    count = len(next(iter(params.values())))
    agreeing = np.ones(count, dtype=bool)
    if records.calibration.empty:  # no report yet: nothing to disagree with
        return agreeing
    for begin in range(0, count, _CHUNK):
        chunk = slice(begin, begin + _CHUNK)
        chunk_params = {name: coefficients[chunk] for name, coefficients in params.items()}
        observed = compute_observables(records, chunk_params)
        for target in records.list_targets():
            rounds = observed[target.observable][int(target.year)]
            agreeing[chunk] &= (rounds >= target.low) & (rounds <= target.high)
    return agreeing


def compute_observables(
    records: Records, params: Params, years: tuple[int, ...] = ()
) -> dict[str, dict[int, Array]]:
    """What the reports speak of: nameplate at a year's end, as officials quote it, and the rounds that left
    complete in the year, as sceptics do.

    Parameters
    ----------
    records : Records
        The record.
    params : mapping of Array, (draws,)
        assumption_id -> coefficient.
    years : tuple of int, optional
        Calendar years; none given: those of the fit.

    Returns
    -------
    dict of dict of Array, (draws,)
        `nameplate` or `output` -> year -> rounds a year.
    """
    stage_capacity = build_capacity(records, params, Scenario())
    tree = build_chain(records.stages)
    years = years or tuple(sorted({int(year) for year in records.calibration["year"]}))
    months = MONTHS.index(f"{max(years)}-12") + 1
    stacked = build_delivered_capacity(records, params, Scenario(), months)
    output, _ = run_chain(stacked, tree)
    months_of = {
        year: [place for place, month in enumerate(MONTHS[:months]) if month.startswith(str(year))]
        for year in years
    }
    nameplate = stage_capacity.nameplate
    return {
        "nameplate": {year: nameplate[months_of[year][-1]] * 12 for year in years},
        "output": {year: output[months_of[year]].sum(axis=0) for year in years},
    }
