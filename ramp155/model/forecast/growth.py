"""What a rule of growth learns from forecasts that were resolved by a day.

A later figure is where the rule starts, plus its coefficients times what it looks at, plus noise from t (all in log). The most
probable values are looked for on a grid of both scales of noise, with the coefficients by reweighted least squares at each point.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ramp155.model.arrays import Array
from ramp155.model.forecast.cases import Case
from ramp155.model.forecast.rules import Rule
from ramp155.model.forecast.settings import Prior, Settings

_START_SCALES = np.geomspace(0.12, 0.8, 20)
_GROWTH_SCALES = np.geomspace(0.05, 0.8, 25)
_REWEIGHTINGS = 10  # the coefficients then stand still to three digits


@dataclass(frozen=True)
class Growth:
    """What a rule learned from `count` cases.

    `coefficients` (of the growth rule: pace, and drift in log a year) with their `covariance`, and the scales of noise in log:
    `start_noise` at once, `growth_noise` a root year.
    """

    coefficients: Array
    covariance: Array
    start_noise: float
    growth_noise: float
    count: int

    def measure_scale(self, seen: Array, years: Array) -> Array:
        """How wide a forecast is, with what is not known of the coefficients.

        Parameters
        ----------
        seen : Array, (cases, coefficients)
            What the coefficients multiply: log growth promised, and damped years.
        years : Array, (cases,)
            Damped years since the last figure.

        Returns
        -------
        Array, (cases,)
            Scale of t in log.
        """
        unsure = np.einsum("ni,ij,nj->n", seen, self.covariance, seen)
        scale: Array = np.sqrt(self.start_noise**2 + self.growth_noise**2 * years + unsure)
        return scale


def learn_growth(rule: Rule, cases: Sequence[Case], day: dt.date, settings: Settings) -> Growth:
    """The most probable coefficients and noise of a rule, given the cases resolved by a day.

    Parameters
    ----------
    rule : Rule
        What it starts from and looks at.
    cases : sequence of Case
        Those resolved by the day; with none the priors come back.
    day : date
        From which the age of an outcome is counted.
    settings : Settings
        Priors and half-life.

    Returns
    -------
    Growth
        Pace as a share, drift in log growth a year, noise in log.
    """
    expected, precision = _stack_priors(rule, settings)
    start_scales, growth_scales = (
        scales.ravel() for scales in np.meshgrid(_START_SCALES, _GROWTH_SCALES, indexing="ij")
    )
    seen, years = rule.look_at(cases, settings)
    growths = np.array([case.outcome for case in cases]) - rule.start_from(cases)
    weights = _weigh_cases(cases, day, settings)
    squares = start_scales[:, None] ** 2 + growth_scales[:, None] ** 2 * years
    tails = settings.tails
    coefficients = np.repeat(expected[None], len(squares), axis=0)
    information = np.repeat(precision[None], len(squares), axis=0)
    for _ in range(_REWEIGHTINGS):
        errors = growths - coefficients @ seen.T
        pulls = weights * (tails + 1) / (tails + errors**2 / squares) / squares
        information = precision + np.einsum("gn,ni,nj->gij", pulls, seen, seen)
        sums = (pulls * growths) @ seen + precision @ expected
        coefficients = np.linalg.solve(information, sums[:, :, None])[:, :, 0]
    errors = growths - coefficients @ seen.T
    likelihood = (tails + 1) / 2 * np.log1p(errors**2 / squares / tails) + np.log(squares) / 2
    shifts = coefficients - expected
    plausibility = (
        -(weights * likelihood).sum(axis=1)
        - np.einsum("gi,ij,gj->g", shifts, precision, shifts) / 2
        - _measure_distance(start_scales, settings.start_noise)
        - _measure_distance(growth_scales, settings.growth_noise)
    )
    best = int(plausibility.argmax())
    return Growth(
        coefficients=coefficients[best],
        covariance=np.linalg.inv(information[best]),
        start_noise=float(start_scales[best]),
        growth_noise=float(growth_scales[best]),
        count=len(cases),
    )


def _stack_priors(rule: Rule, settings: Settings) -> tuple[Array, Array]:
    """Means of a rule's coefficients, and the inverse of their covariance."""
    priors = [getattr(settings, name) for name in rule.learns]
    expected = np.array([prior.mean for prior in priors])
    return expected, np.diag([prior.deviation**-2 for prior in priors]).reshape((len(priors),) * 2)


def _weigh_cases(cases: Sequence[Case], day: dt.date, settings: Settings) -> Array:
    """A figure counts once however often it was forecast, and half for each half-life since it was said."""
    times = Counter((case.series.name, case.report_ids) for case in cases)
    return np.array(
        [
            0.5 ** ((day - case.known_on).days / 365.25 / settings.half_life)
            / times[case.series.name, case.report_ids]
            for case in cases
        ]
    )


def _measure_distance(scales: Array, prior: Prior) -> Array:
    """What a scale costs for lying off its prior."""
    distance: Array = ((np.log(scales) - prior.mean) / prior.deviation) ** 2 / 2
    return distance
