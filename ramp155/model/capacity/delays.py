"""How late each named line will be: drawn line by line from the delays in the record, given how late it is already."""

from __future__ import annotations

import numpy as np

from ramp155.base.memory import remember
from ramp155.history.as_known import find_end_month
from ramp155.history.milestones import list_milestone_rows
from ramp155.history.slips import find_slip, measure_slips
from ramp155.model.arrays import Array, Params
from ramp155.model.capacity.ramps import list_ramps
from ramp155.model.triangle import invert_triangle
from ramp155.record.records import Records

ENOUGH_SLIPS = 10


def name_delay(line_id: str) -> str:
    """The name of a line's own delay among the coefficients, months."""
    return f"slip_months/{line_id}"


@remember
def list_promised_lines(records: Records) -> dict[str, float]:
    """The lines whose ramp still rests on a promise, and how far that has been put off already.

    Returns
    -------
    dict of float
        line_id -> months from the first promise to the latest, or to the record's end where that has passed.
    """
    end_month = find_end_month(records)
    elapsed: dict[str, float] = {}
    for milestone in list_milestone_rows(records):
        if not milestone.delivered and milestone.first_promise:
            slip = find_slip(milestone, records, end_month)
            elapsed[milestone.line_id] = max(elapsed.get(milestone.line_id, 0.0), slip)
    return {
        ramp.line_id: elapsed.get(ramp.line_id, 0.0)
        for ramp in list_ramps(records)
        if ramp.planned or ramp.start_planned
    }


def compute_delays(records: Records, positions: Params) -> dict[str, Array]:
    """The delay of every promised line beyond its latest promise, at quantile positions of the record's delays.

    Drawn are delays from the first promise that are as long as what has passed, less that. A line that is
    later than nearly all others is treated as if its latest promise were its first.

    Parameters
    ----------
    records : Records
        The record, with at least `ENOUGH_SLIPS` delays.
    positions : mapping of Array, (draws,)
        Name of a line's delay -> position, 0 to 1.

    Returns
    -------
    dict of Array, (draws,)
        Name of a line's delay -> months.
    """
    return {
        name_delay(line_id): np.quantile(
            list_further_slips(records, elapsed), positions[name_delay(line_id)]
        )
        for line_id, elapsed in list_promised_lines(records).items()
    }


def list_further_slips(records: Records, elapsed: float) -> Array:
    """How much later milestones came that were at least so late.

    Parameters
    ----------
    records : Records
        The record.
    elapsed : float
        Months late already.

    Returns
    -------
    Array, (slips,)
        Months beyond that; all slips where fewer than `ENOUGH_SLIPS` are as long.
    """
    slips: Array = measure_slips(records)
    longer = slips[slips >= elapsed]
    return longer - elapsed if len(longer) >= ENOUGH_SLIPS else slips


def find_delay_band(records: Records, elapsed: float) -> tuple[float, float]:
    """Between which delays eight in ten lie, beyond the latest promise of a line that is late already.

    Parameters
    ----------
    records : Records
        The record, as of the day.
    elapsed : float
        Months late already.

    Returns
    -------
    tuple of float
        P10 and P90, whole months; of the assumed range where too few delays are on record.
    """
    levels = [0.1, 0.9]
    if len(measure_slips(records)) >= ENOUGH_SLIPS:
        low, high = np.quantile(list_further_slips(records, elapsed), levels)
    else:
        low, high = invert_triangle(np.array(levels), *records.assumption("slip_months").span)
    return float(round(low)), float(round(high))
