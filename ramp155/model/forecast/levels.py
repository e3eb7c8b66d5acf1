"""The level of a series on a day, from every figure known by then."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ramp155.model.forecast.panel import Report
from ramp155.model.forecast.settings import Settings


class Level(NamedTuple):
    """Where a series stood: `log` of its level and the `variance` of that, in the `month` (months since year 0) that its latest
    figure speaks of; `last` is the log of that figure alone."""

    log: float
    variance: float
    month: float
    last: float


def estimate_level(figures: Sequence[Report], settings: Settings) -> Level:
    """The level in the last month that a figure speaks of, by a Kalman filter over all of them.

    Parameters
    ----------
    figures : sequence of Report
        At least one.
    settings : Settings
        How a level walks, and how far figures are off.

    Returns
    -------
    Level
        Logs of units of the series a year.
    """
    ordered = sorted(figures, key=lambda figure: (figure.month, figure.known_on))
    first = ordered[0]
    level, variance, month = math.log(first.value), _square_error(first, settings), first.month
    for figure in ordered[1:]:
        years = (figure.month - month) / 12
        error = _square_error(figure, settings)
        level += settings.trend * years
        variance += settings.walk**2 * years
        gain = variance / (variance + error)
        level += gain * (math.log(figure.value) - level)
        variance *= 1 - gain
        month = figure.month
    return Level(level, variance, month, math.log(ordered[-1].value))


def _square_error(figure: Report, settings: Settings) -> float:
    return settings.report_error[figure.confidence] ** 2
