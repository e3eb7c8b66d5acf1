"""What named lines add by stage, tabulated over slips: growth after the record's end, all that
lines of countries outside the totals have, and what is reported as reached.

Stage units a year.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.capacity.ramp import Ramp
from ramp155.model.capacity.ramps import list_ramps
from ramp155.model.scenario.horizon import MONTHS, find_record_month
from ramp155.record.records import Records

LONGEST_SHIFT = 72


class LineTable(NamedTuple):
    """What a named line of a `stand` (running, being built, not begun) adds: `rates` (slips, months), stage units a year."""

    line_id: str
    stand: int
    rates: Array


@remember
def tabulate_growth(records: Records) -> dict[str, tuple[LineTable, ...]]:
    """Growth of named lines of the counted countries after the record's end.

    Returns
    -------
    dict of tuple of LineTable
        Stage -> its lines, stage units a year by months late.
    """
    record_month = find_record_month(records)
    is_ahead = np.arange(len(MONTHS)) > record_month

    def measure_growth(ramp: Ramp, rate: Array) -> Array:
        # What stands at the record's end is inside the total, late or not.
        growth = np.where(is_ahead, rate - ramp.trace_rate(0)[record_month], 0.0)
        return np.maximum(growth, 0.0)

    return _tabulate_ramps(list_counted_ramps(records), measure_growth)


@remember
def tabulate_levels(
    records: Records, countries: tuple[str, ...]
) -> dict[str, tuple[LineTable, ...]]:
    """As `tabulate_growth`, but all that lines of countries outside the totals have, now and promised.

    Returns
    -------
    dict of tuple of LineTable
        Stage -> its lines, stage units a year by months late.
    """
    ramps = [ramp for ramp in list_ramps(records) if ramp.country in countries]
    return _tabulate_ramps(ramps, lambda _, rate: rate)


def _tabulate_ramps(
    ramps: list[Ramp], measure: Callable[[Ramp, Array], Array]
) -> dict[str, tuple[LineTable, ...]]:
    """A part of every ramp's rate by stage; ramps without any are left out."""
    tables: dict[str, tuple[LineTable, ...]] = {}
    for ramp in ramps:
        rates = np.array([measure(ramp, ramp.trace_rate(s)) for s in range(LONGEST_SHIFT + 1)])
        if rates.any():
            table = LineTable(ramp.line_id, ramp.stand, rates)
            tables[ramp.stage] = (*tables.get(ramp.stage, ()), table)
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
    for ramp in list_counted_ramps(records):
        totals[ramp.stage] += ramp.trace_reported_rate()
    return totals


def list_counted_ramps(records: Records) -> list[Ramp]:
    """The ramps of lines in countries that the totals count."""
    countries = records.countries
    counted_countries = set(countries.loc[countries["counted"] == "yes", "country"])
    return [ramp for ramp in list_ramps(records) if ramp.country in counted_countries]
