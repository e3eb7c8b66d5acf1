"""Paths of a stage's total by half-year: a walk up to its last figure that the figures weigh, and growth after it.

After the last figure a total grows by a pace times what is promised, a drift that fades, and noise: all three as the growth
rule learned them on every series of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ramp155.model.arrays import Array
from ramp155.model.europe.figures import Figure
from ramp155.model.europe.settings import EuropeSettings
from ramp155.model.forecast.growth import Growth
from ramp155.model.forecast.rules import damp_years
from ramp155.model.forecast.settings import Settings
from ramp155.record.dates import month_number

_HALF_YEAR = 6
_START = "2021-12"
# Months since year 0: the ends of half-years from before the war to the end of the horizon.
KNOTS = month_number(_START) + _HALF_YEAR * np.arange(19)


@dataclass(frozen=True)
class Ahead:
    """What growth after the last figure is drawn from, (draws,) each: `pace` and `drift` (log a year), `spread` (log a root
    year), and the noise that all stages share, `shocks` (knots, draws)."""

    pace: Array
    drift: Array
    spread: Array
    shocks: Array


def find_knot(month: int) -> int:
    """The first knot that is not before a month, the last where there is none.

    Parameters
    ----------
    month : int
        Since year 0.

    Returns
    -------
    int
        Place in `KNOTS`.
    """
    return min(int(np.searchsorted(KNOTS, month)), len(KNOTS) - 1)


def find_anchor(figures: Sequence[Figure], end_month: int) -> int:
    """The knot at or after the last month that a figure speaks of, bounds left out; the first without figures.

    Parameters
    ----------
    figures : sequence of Figure
        Known ones.
    end_month : int
        Month of the record's end, since year 0.

    Returns
    -------
    int
        Place in `KNOTS`.
    """
    last = [min(end_month, figure.last_month) for figure in figures if not figure.bound]
    return find_knot(max([*last, int(KNOTS[0])]))


def walk_to_anchor(
    rng: np.random.Generator,
    stage: str,
    anchor: int,
    count: int,
    europe: EuropeSettings,
    tails: float,
) -> Array:
    """Totals from before the war up to a knot, before any figure.

    Parameters
    ----------
    rng : Generator
        Random numbers.
    stage : str
        A stage with a total of its own.
    anchor : int
        Place in `KNOTS`.
    count : int
        How many paths.
    europe : EuropeSettings
        Where it starts and how it moves.
    tails : float
        Degrees of freedom of its noise.

    Returns
    -------
    Array, (anchor + 1, paths)
        Logs of units a year.
    """
    start, half = europe.starts[stage], 0.5  # years
    steps = np.empty((anchor + 1, count))
    steps[0] = start.mean + start.deviation * rng.standard_normal(count)
    noise = rng.standard_t(tails, (anchor, count))
    steps[1:] = (
        europe.rise * europe.parts[stage] * half + europe.wanders[stage] * np.sqrt(half) * noise
    )
    path: Array = np.cumsum(steps, axis=0)
    return path


def read_walk(path: Array) -> Callable[[int, int], Array]:
    """What gives the log of the mean of a path over months, flat beyond its ends.

    Parameters
    ----------
    path : Array, (knots, paths)
        Logs of units a year at the first of `KNOTS`.

    Returns
    -------
    callable
        Takes first and last month (since year 0), gives (paths,).
    """
    knots = KNOTS[: len(path)]

    def read_log(first: int, last: int) -> Array:
        months = np.unique(np.clip(np.arange(first, last + 1), knots[0], knots[-1]))
        weights = np.array([np.interp(months, knots, unit) for unit in np.eye(len(knots))])
        used = weights.any(axis=1)
        logs: Array = weights[used].T @ path[used]
        return np.asarray(logs[0] if len(months) == 1 else np.log(np.exp(logs).mean(axis=0)))

    return read_log


def draw_ahead(
    rng: np.random.Generator,
    growth: Growth,
    europe: EuropeSettings,
    settings: Settings,
    count: int,
) -> Ahead:
    """Pace, drift and noise of every draw, as the growth rule learned them.

    Parameters
    ----------
    rng : Generator
        Random numbers.
    growth : Growth
        Of the growth rule, by the record's end.
    europe : EuropeSettings
        Where a pace is cut.
    settings : Settings
        With the tails of the noise.
    count : int
        How many draws.

    Returns
    -------
    Ahead
        (draws,) each, in log: 0.1 is about 10 % more.
    """
    pace, drift = rng.multivariate_normal(growth.coefficients, growth.covariance, count).T
    heaviness = np.sqrt(settings.tails / rng.chisquare(settings.tails, count))
    return Ahead(
        pace=np.clip(pace, 0.0, europe.pace_most),
        drift=drift,
        spread=growth.growth_noise * heaviness,
        shocks=rng.standard_normal((len(KNOTS), count)),
    )


def grow_on(
    path: Array,
    promised: Array,
    named: Array,
    ahead: Ahead,
    shocks: Array,
    part: float,
    settings: Settings,
    record_knot: int,
) -> Array:
    """A path gone on with after its last figure, to the end of the horizon.

    Of what is promised for after the record's end, named lines' own growth is left out: they come on top.

    Parameters
    ----------
    path : Array, (anchor + 1, draws)
        Logs of units a year.
    promised : Array, (knots, draws)
        Log growth promised from the anchor.
    named : Array, (knots,)
        What named lines promise to add after the record's end, units a year.
    ahead : Ahead
        Pace, drift and spread.
    shocks : Array, (knots, draws)
        Noise of the stage.
    part : float
        The part of drift and noise that the stage shares in, 0 to 1.
    settings : Settings
        With the damping.
    record_knot : int
        Place in `KNOTS` of the first that is not before the record's end.

    Returns
    -------
    Array, (knots, draws)
        Logs of units a year.
    """
    anchor = len(path) - 1
    years = (KNOTS[anchor:] - KNOTS[anchor]) / 12
    damped = damp_years(years, settings.damping)[:, None]
    noise = np.cumsum(np.sqrt(np.diff(damped, axis=0)) * shocks[anchor + 1 :], axis=0)
    by_end = promised[max(record_knot, anchor)]
    beyond = np.maximum(promised - by_end - np.log1p(named[:, None] / np.exp(path[-1])), 0.0)
    is_ahead = np.arange(len(KNOTS))[:, None] > record_knot
    comes = np.where(is_ahead, by_end + beyond, promised)[anchor + 1 :]
    drift = part * ahead.drift * damped[1:]
    grown = path[-1] + ahead.pace * comes + drift + part * ahead.spread * noise
    return np.concatenate([path, grown])
