"""The ramp of one production line: the knots between which its annual rate is joined by straight
lines, reported ones and promised ones, and how far the line has come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ramp155.model.arrays import Array
from ramp155.model.scenario.horizon import MONTHS

# How far a line has come, as far as promises depend on it.
RUNNING, BUILDING, NOT_BEGUN = 0, 1, 2


@dataclass(frozen=True)
class Ramp:
    """The knots of one line: (month counted from MONTHS[0], annual rate in the line's unit).

    `stand` is RUNNING, BUILDING or NOT_BEGUN; `done` are reported rates, `planned` the latest promises;
    `start` is the month output begins or is to begin (None for lines that ran before), `base` what ran
    before an expansion whose old rate nobody reported, at the latest at the record's end, `record_end`.
    """

    line_id: str
    stage: str
    country: str
    stand: int
    done: tuple[tuple[int, float], ...]
    planned: tuple[tuple[int, float], ...]
    start: int | None
    start_planned: bool
    base: float
    record_end: int

    def trace_rate(self, shift: int) -> Array:
        """Annual rate with the planned knots some months late.

        Parameters
        ----------
        shift : int
            Months late.

        Returns
        -------
        Array, (months,)
            Units of the line a year.
        """
        promised = [(month + shift, rate) for month, rate in self.planned]
        knots = sorted([*self.done, *promised])
        if self.start is not None:
            start = self.start + (shift if self.start_planned else 0)
            knots = [(start, 0.0), *((max(month, start + 1), rate) for month, rate in knots)]
        elif not self.done and knots:
            knots = [(min(self.record_end, knots[0][0] - 1), self.base), *knots]
        return _join_knots(knots) if knots else np.zeros(len(MONTHS))

    def trace_reported_rate(self) -> Array:
        """Annual rate as reported: nothing before the first report, the last one held.

        Returns
        -------
        Array, (months,)
            Units of the line a year.
        """
        if not self.done:
            return np.zeros(len(MONTHS))
        first_month = self.done[0][0]
        return np.where(np.arange(len(MONTHS)) < first_month, 0.0, _join_knots(self.done))


def _join_knots(knots: Sequence[tuple[int, float]]) -> Array:
    """Straight lines between knots, flat outside them, (months,)."""
    months, rates = zip(*knots, strict=True)
    return np.asarray(np.interp(np.arange(len(MONTHS)), months, rates))
