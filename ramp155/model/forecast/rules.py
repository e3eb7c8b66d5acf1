"""The growth rule, and three simple rules to hold it against: what each starts from and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from ramp155.model.arrays import Array
from ramp155.model.forecast.cases import Case
from ramp155.model.forecast.settings import Settings


class Rule(NamedTuple):
    """A way to forecast a later figure of a series: a start of its own, plus what it learns times what it looks at."""

    start: Callable[[Case], float]
    learns: tuple[str, ...] = ()

    def start_from(self, cases: Sequence[Case]) -> Array:
        """Where the rule starts, before all that it learns.

        Parameters
        ----------
        cases : sequence of Case
            The forecasts.

        Returns
        -------
        Array, (cases,)
            Log of units of the series a year.
        """
        return np.array([self.start(case) for case in cases])

    def look_at(self, cases: Sequence[Case], settings: Settings) -> tuple[Array, Array]:
        """What the coefficients multiply, and the years that count.

        Parameters
        ----------
        cases : sequence of Case
            The forecasts.
        settings : Settings
            With the damping, in years.

        Returns
        -------
        seen : Array, (cases, coefficients)
            Log growth promised for `pace`, damped years for `drift`.
        years : Array, (cases,)
            Damped years since the last figure.
        """
        years = damp_years(np.array([case.years for case in cases]), settings.damping)
        columns = {
            "pace": np.array([case.promised or 0.0 for case in cases]),
            "drift": years,
        }
        return np.array([columns[name] for name in self.learns]).reshape(
            len(self.learns), len(cases)
        ).T, years


def damp_years(years: Array, damping: float) -> Array:
    """Years that count for drift and noise: nearly all at first, never more than the damping.

    Parameters
    ----------
    years : Array, (cases,)
        Years since the last figure.
    damping : float
        Years.

    Returns
    -------
    Array, (cases,)
        Years.
    """
    damped: Array = damping * -np.expm1(-np.maximum(years, 0.0) / damping)
    return damped


def _take_at_word(case: Case) -> float:
    """The last figure, or what is promised where that is more."""
    if case.promised is None:
        return case.level.last
    return max(case.level.last, case.level.log + case.promised)


RULES = {
    "growth_rule": Rule(lambda case: case.level.log, ("pace", "drift")),
    "promises": Rule(_take_at_word),
    "persistence": Rule(lambda case: case.level.last),
    "line": Rule(lambda case: case.line),
}
