"""What the published ranges speak of: capacity at a year's end, as officials count it, and the rounds that left complete in
the year."""

from __future__ import annotations

from ramp155.model.arrays import Array, Params
from ramp155.model.capacity.stages import build_capacity, build_delivered_capacity
from ramp155.model.chain.runs import run_chain
from ramp155.model.chain.tree import build_chain
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records


def compute_observables(
    records: Records, params: Params, years: tuple[int, ...] = ()
) -> dict[str, dict[int, Array]]:
    """Capacity at a year's end and complete rounds of the year, draw by draw.

    Parameters
    ----------
    records : Records
        The record.
    params : mapping of Array, (draws,)
        Name -> coefficient.
    years : tuple of int, optional
        Calendar years; none given: those of the published ranges.

    Returns
    -------
    dict of dict of Array, (draws,)
        `nameplate` or `output` -> year -> rounds a year.
    """
    years = years or tuple(sorted({int(year) for year in records.calibration["year"]}))
    months = MONTHS.index(f"{max(years)}-12") + 1
    nameplate = build_capacity(records, params, Scenario()).nameplate
    stacked = build_delivered_capacity(records, params, Scenario(), months)
    output, _ = run_chain(stacked, build_chain(records.stages))
    months_of = {
        year: [place for place, month in enumerate(MONTHS[:months]) if month.startswith(str(year))]
        for year in years
    }
    return {
        "nameplate": {year: nameplate[months_of[year][-1]] * 12 for year in years},
        "output": {year: output[months_of[year]].sum(axis=0) for year in years},
    }
