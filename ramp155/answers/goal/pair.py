"""The two levers that reach a target with the least effort.

No prices of levers are published: effort, the sum of changes, stands for cost.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ramp155.answers.goal.halving import TOLERANCE, find_least
from ramp155.model.model import Model
from ramp155.model.scenario.levers import LEVERS, list_code_first
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario

# Levers a pair may be made of, and the end towards which each raises output.
_HELPFUL_END = {
    lever.name: lever.high if lever.helps == "high" else lever.low
    for lever in list_code_first(LEVERS)
    if lever.helps
}
_STEPS = 8  # positions of the first lever of a pair that are tried


@dataclass(frozen=True)
class Pair:
    """Two levers (one, where a single one is enough) that reach a target, and their effort: the sum of
    changes, 0.1 = 10 % of the baseline. No prices of levers are published: effort stands for cost."""

    levers: dict[str, float]
    effort: float


def find_pair(model: Model, scenario: Scenario, target: float, month_place: int) -> Pair | None:
    """The two levers that reach the target with the least effort, from where the others stand.

    Parameters
    ----------
    model : Model
        Asked at central coefficients.
    scenario : Scenario
        Where all levers stand.
    target : float
        Rounds a year.
    month_place : int
        Place of the month in `MONTHS`.

    Returns
    -------
    Pair or None
        None where no two levers reach it.
    """

    def count_rounds(**levers: float) -> float:
        changes: dict[str, Any] = dict(levers)
        changed_scenario = dataclasses.replace(scenario, **changes)
        return float(run_scenario(model.central, changed_scenario)[0][month_place, 0]) * 12

    current = {name: getattr(scenario, name) for name in _HELPFUL_END}
    best: Pair | None = None
    for first, second in itertools.combinations(_HELPFUL_END, 2):
        if count_rounds(**{first: _HELPFUL_END[first], second: _HELPFUL_END[second]}) < target:
            continue
        span = _HELPFUL_END[first] - current[first]
        positions = [current[first] + span * step / _STEPS for step in range(_STEPS + 1)]
        for width in (abs(span) / _STEPS, abs(span) / _STEPS**2):
            candidates = [
                _complete_pair(
                    count_rounds, first, position, second, current, _HELPFUL_END[second], target
                )
                for position in positions
            ]
            pairs = [pair for pair in candidates if pair]
            if not pairs:
                break
            easiest = min(pairs, key=lambda pair: pair.effort)
            best = easiest if best is None or easiest.effort < best.effort - TOLERANCE else best
            centre = easiest.levers.get(first, current[first])
            low, high = sorted((current[first], _HELPFUL_END[first]))
            near_positions = [centre + width * (k / 4 - 1) for k in range(9)]
            positions = [position for position in near_positions if low <= position <= high]
    return best


def _complete_pair(
    count_rounds: Callable[..., float],
    first: str,
    position: float,
    second: str,
    current: dict[str, float],
    second_end: float,
    target: float,
) -> Pair | None:
    """The pair with the first lever at a place, None if the second cannot do the rest."""
    if count_rounds(**{first: position, second: second_end}) < target:
        return None
    second_value = find_least(
        lambda setting: count_rounds(**{first: position, second: setting}),
        current[second],
        second_end,
        target,
    )
    changed = {
        name: setting
        for name, setting in ((first, position), (second, second_value))
        if setting != current[name]
    }
    return Pair(changed, sum(abs(setting - current[name]) for name, setting in changed.items()))
