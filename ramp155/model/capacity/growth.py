"""What named lines add by stage, tabulated over slips: growth after the end of the fit, all that
lines of countries outside the totals have, and what is reported as reached.

Stage units a year.
"""

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
    """Growth of named lines of the counted countries after the fit.

    Returns
    -------
    dict of Array, (stands, slips, months)
        Stage -> stage units a year by how far lines have come and months late.
    """
    fit_end_month = find_fit_end(records)
    is_after_fit = np.arange(len(MONTHS)) > fit_end_month

    def measure_growth(ramp: Ramp, rate: Array) -> Array:
        # What stands at the end of the fit is inside the fitted total, late or not.
        growth = np.where(is_after_fit, rate - ramp.trace_rate(0)[fit_end_month], 0.0)
        return np.maximum(growth, 0.0)

    return _tabulate_ramps(_list_counted_ramps(records), measure_growth)


@remember
def tabulate_levels(records: Records, countries: tuple[str, ...]) -> dict[str, Array]:
    """As `tabulate_growth`, but all that lines of countries outside the totals have, now and promised.

    Returns
    -------
    dict of Array, (stands, slips, months)
        Stage -> stage units a year by how far lines have come and months late.
    """
    ramps = [ramp for ramp in list_ramps(records) if ramp.country in countries]
    return _tabulate_ramps(ramps, lambda _, rate: rate)


def _tabulate_ramps(ramps: list[Ramp], measure: Callable[[Ramp, Array], Array]) -> dict[str, Array]:
    """A part of every ramp's rate by stage: (stands, slips, months), stage units a year."""
    tables: dict[str, Array] = {}
    for ramp in ramps:
        empty = np.zeros((3, LONGEST_SHIFT + 1, len(MONTHS)))
        table = tables.setdefault(ramp.stage, empty)
        for shift in range(LONGEST_SHIFT + 1):
            table[ramp.stand, shift] += measure(ramp, ramp.trace_rate(shift))
    return tables


@remember
def sum_reported_rates(records: Records) -> dict[str, Array]:
    """What named lines of the counted countries report.

    Returns
    -------
    dict of Array, (months,)
        Stage -> stage units a year.
    """
    totals = {stage: np.zeros(len(MONTHS)) for stage in records.stages["stage"]}
    for ramp in _list_counted_ramps(records):
        totals[ramp.stage] += ramp.trace_reported_rate()
    return totals


def _list_counted_ramps(records: Records) -> list[Ramp]:
    """The ramps of lines in countries that the totals count."""
    countries = records.countries
    counted_countries = set(countries.loc[countries["counted"] == "yes", "country"])
    return [ramp for ramp in list_ramps(records) if ramp.country in counted_countries]
