"""What the model takes one line's capacity to be, month by month: its ramp with a delay of its own in every draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.capacity.delays import name_delay
from ramp155.model.capacity.growth import LONGEST_SHIFT
from ramp155.model.capacity.ramp import NOT_BEGUN, Ramp
from ramp155.model.capacity.ramps import list_ramps
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, find_record_month

LEVELS = (0.1, 0.5, 0.9)  # the likely range and its middle: 8 of 10 draws lie in it


@dataclass(frozen=True)
class LineReading:
    """Our reading of a line, (months,) each, units of the line a year: `middle` between `low` and `high`.

    `is_promised`: what lies ahead still rests on a promise. `happening` is the share (0 to 1, median) of what is
    promised that is counted where nothing has begun; 1 elsewhere.
    """

    low: Array
    middle: Array
    high: Array
    is_promised: bool
    happening: float


@remember
def find_ramp(model: Model, line_id: str) -> Ramp | None:
    """The ramp of a line that counts in the model; None for every other."""
    return next((ramp for ramp in list_ramps(model.record) if ramp.line_id == line_id), None)


@remember
def read_line(model: Model, line_id: str) -> LineReading | None:
    """A line's capacity by month as the model takes it, with its delays.

    Parameters
    ----------
    model : Model
        The record with its draws.
    line_id : str
        A line of the record.

    Returns
    -------
    LineReading or None
        Units of the line a year, (months,) of `MONTHS`; None for a line without a ramp in the model.
    """
    ramp = find_ramp(model, line_id)
    if ramp is None:
        return None
    params = draw_coefficients(model).params
    delays = params.get(name_delay(line_id), params["slip_months"])
    shifts = np.clip(np.rint(delays).astype(int), 0, LONGEST_SHIFT)
    distinct_shifts, place_of_draw = np.unique(shifts, return_inverse=True)
    rates = np.array([ramp.trace_rate(int(shift)) for shift in distinct_shifts])[place_of_draw]
    happening = np.ones(len(shifts))
    if ramp.stand == NOT_BEGUN:
        # What stands by the record's end is there; of what is not begun only a part comes.
        happening = np.minimum(params["realised_share"], 1.0)
        standing = rates[:, [find_record_month(model.record)]]
        rates = np.where(
            rates > standing, standing + (rates - standing) * happening[:, None], rates
        )
    low, middle, high = np.quantile(rates, LEVELS, axis=0)
    is_promised = bool(ramp.planned or ramp.start_planned)
    return LineReading(low, middle, high, is_promised, float(np.median(happening)))


def find_reading(reading: LineReading, month: str) -> tuple[float, float, float]:
    """Low, middle and high of a reading in a month.

    Parameters
    ----------
    reading : LineReading
        Our reading of a line.
    month : str
        One of `MONTHS`.

    Returns
    -------
    tuple of float
        Units of the line a year.
    """
    place = MONTHS.index(month)
    return float(reading.low[place]), float(reading.middle[place]), float(reading.high[place])
