"""Where a published figure should fall: the spread of the runs and the error of a report together.

A figure is read as the run's rounds times exp(sigma t), t of Student's distribution with four degrees of
freedom, sigma the error of a report of confidence B. Its distribution is the mean of one such curve a run. With
four degrees of freedom the curve has a closed form, so nothing is drawn: quantiles are found by Newton's steps.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np

from ramp155.model.arrays import Array
from ramp155.model.forecast.settings import read_settings
from ramp155.model.quantiles import PATH_LEVELS
from ramp155.record.records import Records

FIGURE_CONFIDENCE = "B"
FIGURE_LEVELS = np.array([0.1, 0.9])
_POINTS = 20  # runs of a month are read as this many equally likely ones
_LEAST_ROUNDS = 1.0  # a year; fewer are none, and have no logarithm
_NOTHING = math.log(10.0)  # of rounds a year: what a figure of none would be read as
_MOST_STEPS = 12
_LONGEST_STEP = 0.5  # in log
_CLOSE = 1e-6


def read_figure_error(records: Records) -> float:
    """How far a published figure of confidence B is off.

    Returns
    -------
    float
        Scale of Student's t with four degrees of freedom, in log.
    """
    return read_settings(records).report_error[FIGURE_CONFIDENCE]


def compute_figure_band(rounds: Array, levels: Array, error: float) -> Array:
    """Quantiles of a published figure over runs.

    Parameters
    ----------
    rounds : Array, (..., runs)
        Rounds a year in each run.
    levels : Array, (levels,)
        Quantile levels, 0 to 1.
    error : float
        Scale of a report's error, in log.

    Returns
    -------
    Array, (levels, ...)
        Rounds a year; 0 where the runs are 0.
    """
    levels_of_points = (np.arange(_POINTS) + 0.5) / _POINTS
    points = np.quantile(rounds, levels_of_points, axis=-1)
    return _find_quantiles(_take_log(points), levels, error)


def widen_path_band(quantiles: Array, levels: Array, error: float) -> Array:
    """As `compute_figure_band`, of a path known by its quantiles at `PATH_LEVELS`: within four percent.

    Parameters
    ----------
    quantiles : Array, (5, ...)
        P10, P25, P50, P75 and P90, rounds a year.
    levels : Array, (levels,)
        Quantile levels, 0 to 1.
    error : float
        Scale of a report's error, in log.

    Returns
    -------
    Array, (levels, ...)
        Rounds a year; 0 where the path is 0.
    """
    points = np.tensordot(_spread_points(), _take_log(quantiles), axes=(1, 0))
    return _find_quantiles(points, levels, error)


def describe_figure_band(records: Records) -> dict[str, Any]:
    """What `widen_path_band` works with, for whoever repeats it elsewhere.

    Returns
    -------
    dict
        `error` (scale of a report's error, in log), `levels` (0 to 1), `starts` (scores of a normal at these levels),
        `weights` (points, 5).
    """
    normal = NormalDist()
    return {
        "error": read_figure_error(records),
        "levels": FIGURE_LEVELS.tolist(),
        "starts": [normal.inv_cdf(float(level)) for level in FIGURE_LEVELS],
        "weights": _spread_points().tolist(),
    }


def _take_log(rounds: Array) -> Array:
    return np.asarray(np.log(np.maximum(rounds, _LEAST_ROUNDS)))


def _spread_points() -> Array:
    """Weights (points, 5) that read points off five quantiles: straight lines over the scores of a normal,
    the outermost carried on."""
    normal = NormalDist()
    scores = np.array([normal.inv_cdf(float(level)) for level in PATH_LEVELS])
    point_scores = np.array([normal.inv_cdf((k + 0.5) / _POINTS) for k in range(_POINTS)])
    left = np.clip(np.searchsorted(scores, point_scores) - 1, 0, len(scores) - 2)
    share = (point_scores - scores[left]) / (scores[left + 1] - scores[left])
    weights = np.zeros((_POINTS, len(scores)))
    places = np.arange(_POINTS)
    weights[places, left], weights[places, left + 1] = 1 - share, share
    return weights


def _find_quantiles(points: Array, levels: Array, error: float) -> Array:
    """Quantiles of the mixture of Student's curves about `points` (points, ...), in log, as rounds a year."""
    middle, spread = points.mean(axis=0), points.std(axis=0)
    bands = []
    for level in levels:
        start = NormalDist().inv_cdf(float(level)) * np.sqrt(spread**2 + (1.2 * error) ** 2)
        place = middle + start
        wanted = math.log(level / (1 - level))
        for _ in range(_MOST_STEPS):
            deviations = (place - points) / error
            squares = 1 + deviations * deviations / 4
            scaled = deviations / np.sqrt(squares)
            below = (0.5 + 0.375 * scaled * (1 - scaled * scaled / 12)).mean(axis=0)
            density = 0.375 / error * (squares**-2.5).mean(axis=0)
            # Newton on the log odds: in the tails they are nearly straight.
            step = (wanted - np.log(below / (1 - below))) * below * (1 - below) / density
            place = place + np.clip(step, -_LONGEST_STEP, _LONGEST_STEP)
            if np.abs(step).max() < _CLOSE:
                break
        bands.append(np.where(place > _NOTHING, np.exp(place), 0.0))
    return np.array(bands)
