"""A quick estimate of a month's output: the least of what each stage allows in it, without stores.

It ranks many settings of the levers at once; the model then has the last word on the few best.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ramp155.model.arrays import Array
from ramp155.model.model import Model
from ramp155.model.scenario.levers import LEVER_BY_NAME, LEVERS, list_code_first
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import prepare_scenario

# Levers goal seek may move, and the end towards which each raises output.
HELPFUL_END = {
    lever.name: lever.high if lever.helps == "high" else lever.low
    for lever in list_code_first(LEVERS)
    if lever.helps
}
# The same but for those that change the round itself.
OUTSIDE_ROUND = tuple(name for name in HELPFUL_END if LEVER_BY_NAME[name].group != "round")
_MOST_DRAWS = 101  # evenly spaced over the model's
_WITHOUT_LIMIT = 1e12  # rounds a year that stand for any number of them
_LEAST_POSITION = 0.01  # a lever at nought is estimated from here: nothing has a logarithm


@dataclass(frozen=True)
class Estimate:
    """What stages allow in one month, and how far each lever lifts them.

    `limits` (stages, draws): logarithm of rounds a year where the levers stand. `lifts` lever -> the
    change of that with the lever at its end. `start` lever -> where it stands, as stored.
    """

    limits: Array
    lifts: Mapping[str, Array]
    start: Mapping[str, float]

    def compute_medians(self, positions: Mapping[str, Array]) -> Array:
        """The median over draws at many settings of some levers, the others staying where they are.

        Parameters
        ----------
        positions : mapping of Array, (settings,)
            Lever -> its positions, as stored.

        Returns
        -------
        Array, (settings,)
            Rounds a year.
        """
        moves = {
            name: np.abs(np.log(np.maximum(at, _LEAST_POSITION) / self.start[name]))[:, None]
            for name, at in positions.items()
        }
        is_moved = np.zeros(len(self.limits), dtype=bool)
        for name in moves:
            is_moved |= self.lifts[name].any(axis=1)
        least = self.limits[~is_moved].min(axis=0, initial=np.inf)[None]
        for stage in np.flatnonzero(is_moved):
            rise: Array | float = 0.0
            for name, move in moves.items():
                lift = self.lifts[name][stage]
                if (lift == lift[0]).all():
                    lift = lift[:1]  # most levers lift all draws alike
                rise = rise + np.sign(lift) * np.minimum(move, np.abs(lift))
            least = np.minimum(least, self.limits[stage] + rise)
        medians: Array = np.exp(np.median(least, axis=1))
        return medians

    def compute_medians_at_ends(self, lever_sets: Iterable[tuple[str, ...]]) -> Array:
        """The median with each set's levers at their ends.

        Parameters
        ----------
        lever_sets : iterable of tuple of str
            Names of levers.

        Returns
        -------
        Array, (sets,)
            Rounds a year.
        """
        chosen = [frozenset(lever_set) for lever_set in lever_sets]
        positions = {
            name: np.array([end if name in names else self.start[name] for names in chosen])
            for name, end in HELPFUL_END.items()
        }
        return self.compute_medians(positions)


def build_estimate(model: Model, scenario: Scenario, month_place: int) -> Estimate:
    """What stages allow in a month of a scenario, in some of a model's draws.

    Parameters
    ----------
    model : Model
        Its draws, at most 101 of them.
    scenario : Scenario
        Where all levers stand.
    month_place : int
        Place of the month in `MONTHS`.

    Returns
    -------
    Estimate
        For settings of the levers that may help.
    """
    start = {name: max(getattr(scenario, name), _LEAST_POSITION) for name in HELPFUL_END}
    changes: dict[str, Any] = dict(start)
    started = dataclasses.replace(scenario, **changes)
    limits = _read_limits(model, started, month_place)
    places = np.unique(np.linspace(0, limits.shape[1] - 1, _MOST_DRAWS).astype(int))
    lifts = {}
    for name, end in HELPFUL_END.items():
        change: dict[str, Any] = {name: end}
        moved = _read_limits(model, dataclasses.replace(started, **change), month_place)
        lifts[name] = (moved - limits)[:, places]
    return Estimate(limits[:, places], lifts, start)


def _read_limits(model: Model, scenario: Scenario, month_place: int) -> Array:
    """(stages, draws): the logarithm of what each stage allows in a month, rounds a year."""
    stacked, chain, factor, supply, intake = prepare_scenario(model, scenario)
    rows = []
    for row, stage in enumerate(stacked.stages):
        allowed = stacked.array[row, month_place] * factor[chain.order.index(stage), month_place]
        if stage in (supply.stage, supply.feed) and supply.acts[month_place]:
            allowed = allowed * supply.factor * (supply.fibre if stage == supply.feed else 1.0)
        for taken, rates in intake.items():
            if taken in chain.list_path(stage):
                allowed = allowed / rates[month_place]
        rows.append(allowed * 12)
    limits: Array = np.log(np.clip(np.array(rows), 1.0, _WITHOUT_LIMIT))
    return limits
