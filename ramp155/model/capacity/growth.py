"""What named lines add by stage, tabulated over slips: growth after the end of the fit, all that lines of countries outside the totals have, and what is reported as reached. Stage units a year."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.capacity.ramp import Ramp
from ramp155.model.capacity.ramps import list_ramps
from ramp155.model.scenario.horizon import MONTHS, find_fit_end
from ramp155.record.records import Records

LONGEST_SHIFT = 72


@remember
def tabulate_growth(records: Records) -> dict[str, Array]:
    """Growth of named lines after the fit by stage, as `_table` lays it out."""
    counted = set(records.countries.loc[records.countries["counted"] == "yes", "country"])
    end = find_fit_end(records)
    after = np.arange(len(MONTHS)) > end

    def measure_growth(ramp: Ramp, level: Array) -> Array:
        # What stands at the end of the fit is inside the fitted total, late or not.
        return np.maximum(np.where(after, level - ramp.level(0)[end], 0.0), 0.0)

    return _tabulate_ramps([r for r in list_ramps(records) if r.country in counted], measure_growth)


@remember
def tabulate_levels(records: Records, countries: tuple[str, ...]) -> dict[str, Array]:
    """As `_growth`, but all that lines of countries outside the totals have, now and promised."""
    return _tabulate_ramps(
        [r for r in list_ramps(records) if r.country in countries], lambda _, level: level
    )


def _tabulate_ramps(
    line_ramps: list[Ramp], measure: Callable[[Ramp, Array], Array]
) -> dict[str, Array]:
    """A part of every ramp's level by stage: (stand, shift, months), stage units a year."""
    tables: dict[str, Array] = {}
    for ramp in line_ramps:
        empty = np.zeros((3, LONGEST_SHIFT + 1, len(MONTHS)))
        table = tables.setdefault(ramp.stage, empty)
        for shift in range(LONGEST_SHIFT + 1):
            table[ramp.stand, shift] += measure(ramp, ramp.level(shift))
    return tables


@remember
def sum_reported_rates(records: Records) -> dict[str, Array]:
    """What named lines of the counted countries report, by stage, stage units a year, (months,)."""
    counted = set(records.countries.loc[records.countries["counted"] == "yes", "country"])
    totals = {s: np.zeros(len(MONTHS)) for s in records.stages["stage"]}
    for ramp in list_ramps(records):
        if ramp.country in counted:
            totals[ramp.stage] += ramp.trace_reported_rate()
    return totals
