"""How well paths agree with figures: heavy-tailed errors by confidence, and a word counted once however often it is said."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from ramp155.model.arrays import Array, Places
from ramp155.model.europe.figures import Figure, count_repeats
from ramp155.model.forecast.settings import Settings

_NINETY = 1.645  # standard deviations either side that hold 90 %


def weigh_paths(
    figures: Sequence[Figure], settings: Settings, read_log: Callable[[int, int], Array]
) -> Array:
    """The log likelihood of figures given paths.

    Parameters
    ----------
    figures : sequence of Figure
        Known ones.
    settings : Settings
        Errors of reports by confidence, and tails.
    read_log : callable
        Takes the first and last of a figure's months (since year 0), gives the log of the mean of each path over them, (paths,).

    Returns
    -------
    Array, (paths,) or 0
        How likely the figures are, as a log up to a constant.
    """
    from scipy.special import stdtr  # here only: it costs a quarter of a second

    total: Array = np.zeros(1)
    for figure, times in zip(figures, count_repeats(figures), strict=True):
        error = measure_error(figure, settings)
        distance = (figure.log - read_log(*figure.months)) / error
        if figure.bound == "at most":
            likelihood = np.log(np.maximum(stdtr(settings.tails, distance), 1e-300))
        elif figure.bound == "at least":
            likelihood = np.log(np.maximum(stdtr(settings.tails, -distance), 1e-300))
        else:
            likelihood = compute_log_density(distance, settings.tails)
        total = total + likelihood / times
    return total


def measure_error(figure: Figure, settings: Settings) -> float:
    """How far a figure may be off: by its confidence, and by half the width of its range.

    Returns
    -------
    float
        Scale of t, in log: 0.2 is about 20 %.
    """
    error = settings.report_error[figure.confidence]
    if figure.low is None or figure.high is None or figure.high <= figure.low:
        return error
    width = math.log(figure.high / max(figure.low, 1.0)) / 2 / _NINETY
    return math.hypot(error, width)


def compute_log_density(distance: Array, tails: float) -> Array:
    """The log density of Student's t.

    Parameters
    ----------
    distance : Array, (paths,)
        In scales.
    tails : float
        Degrees of freedom.

    Returns
    -------
    Array, (paths,)
        Log density of a unit scale.
    """
    from scipy.special import gammaln  # here only: it costs a quarter of a second

    constant = gammaln((tails + 1) / 2) - gammaln(tails / 2) - math.log(tails * math.pi) / 2
    density: Array = constant - (tails + 1) / 2 * np.log1p(distance**2 / tails)
    return density


def resample(rng: np.random.Generator, log_weights: Array, count: int) -> tuple[Places, float]:
    """Equally weighted places drawn by weight, with one random number for all (systematic resampling).

    Parameters
    ----------
    rng : Generator
        Random numbers.
    log_weights : Array, (paths,)
        How likely each is, as the log of a share up to a constant.
    count : int
        How many places.

    Returns
    -------
    places : Places, (count,)
        Rising; a path may stand several times.
    effective : float
        How many equally weighted paths the weights amount to (Kish): 100 % of them if all weigh the same.

    Raises
    ------
    ValueError
        Where no path has a weight.
    """
    usable = np.where(np.isnan(log_weights), -np.inf, log_weights)
    best = usable.max()
    if not np.isfinite(best):
        raise ValueError("no draw of the coefficients agrees with the figures on record")
    weights = np.exp(usable - best)
    weights /= weights.sum()
    effective = float(1 / (weights**2).sum())
    positions = (rng.random() + np.arange(count)) / count
    places = np.minimum(np.searchsorted(np.cumsum(weights), positions), len(weights) - 1)
    return places.astype(np.int64), effective
