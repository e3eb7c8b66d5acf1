"""Sets of levers that reach a target with the least effort, or come closest to it.

No prices of levers are published: effort, the sum of changes, stands for cost. An estimate ranks the
sets; every figure that is given is the median of the model's draws.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ramp155.answers.goal.effort import find_least_effort
from ramp155.answers.goal.estimate import HELPFUL_END, build_estimate
from ramp155.answers.goal.halving import TOLERANCE
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario

_MOST_LEVERS = 3  # in a set whose least effort is sought
_TRIED = 4  # sets that the model is asked of, the best by the estimate first
_SETTLED = 2  # sets that the model brings to the target, those of the least estimated effort
_SAVED = 0.02  # a set of more levers is given if it takes at least so much less effort
_GAIN = 1.0005  # what a lever has to bring for a set that falls short of the target to hold it
_FINE = 1e-4  # how near to the least position a lever is brought, as a fraction


@dataclass(frozen=True)
class LeverSet:
    """Levers at new positions, the median that they reach in the month (rounds a year), and their effort:
    the sum of changes, 0.1 = 10 points."""

    levers: dict[str, float]
    rounds_per_year: float
    effort: float


class LeverSearch:
    """Levers of one scenario, tried out on the median of one month."""

    def __init__(
        self,
        model: Model,
        scenario: Scenario,
        target: float,
        month_place: int,
        names: tuple[str, ...] = tuple(HELPFUL_END),
    ) -> None:
        self._model, self._scenario, self._names = model, scenario, names
        self._target, self._month_place = target, month_place
        self._estimate = build_estimate(model, scenario, month_place)
        self._start = {name: getattr(scenario, name) for name in HELPFUL_END}

    def count_rounds(self, levers: dict[str, float]) -> float:
        """The median of the month with some levers moved, rounds a year.

        Parameters
        ----------
        levers : dict of float
            Lever -> position, as stored (1.1 is 110 %).

        Returns
        -------
        float
            Rounds a year.
        """
        changes: dict[str, Any] = dict(levers)
        output, _ = run_scenario(self._model, dataclasses.replace(self._scenario, **changes))
        return float(np.median(output[self._month_place])) * 12

    def find_reaching(self, size: int) -> LeverSet | None:
        """The set of so many levers that reaches the target with the least effort.

        Parameters
        ----------
        size : int
            Count of levers, 1 to 3.

        Returns
        -------
        LeverSet or None
            None where none of them reaches it.
        """
        names, medians = self._rank_at_ends(size)
        reaching = [
            lever_set
            for lever_set in names[:_TRIED]
            if self.count_rounds(_put_at_ends(lever_set)) >= self._target
        ]
        if not reaching:
            return None
        scale = self.count_rounds(_put_at_ends(reaching[0])) / medians[names.index(reaching[0])]
        goal = self._target / scale
        candidates = [
            lever_set for lever_set, median in zip(names, medians, strict=True) if median >= goal
        ]
        for grids in (1, 4):  # a rough grid for all of them, fine ones for the best
            ranked = [find_least_effort(self._estimate, names, goal, grids) for names in candidates]
            found = sorted((entry for entry in ranked if entry), key=lambda entry: entry[0])
            candidates = [tuple(levers) for _, levers in found[: 2 * _TRIED]]
        polished = [self._settle(levers) for _, levers in found[:_SETTLED]]
        exact = [lever_set for lever_set in polished if lever_set]
        return min(exact, key=lambda lever_set: lever_set.effort, default=None)

    def find_closest(self, size: int) -> LeverSet:
        """The set of at most so many levers that comes closest to the target.

        Parameters
        ----------
        size : int
            Count of levers.

        Returns
        -------
        LeverSet
            Levers no further from where they stand than what they reach asks for.
        """
        names, _ = self._rank_at_ends(size)
        best = max(names[:_TRIED], key=lambda names: self.count_rounds(_put_at_ends(names)))
        return self.trim(_put_at_ends(best))

    def find_needed(self) -> LeverSet | None:
        """The fewest levers that reach the target at their ends; None where all together do not.

        Returns
        -------
        LeverSet or None
            With its levers at their ends.
        """
        if self.count_rounds(_put_at_ends(self._names)) < self._target:
            return None
        for size in range(_MOST_LEVERS + 1, len(self._names)):
            names, _ = self._rank_at_ends(size)
            for lever_set in names[:_TRIED]:
                levers = _put_at_ends(lever_set)
                if self.count_rounds(levers) >= self._target:
                    return self._weigh(levers)
        return self._weigh(_put_at_ends(self._names))

    def trim(self, levers: dict[str, float]) -> LeverSet:
        """The same levers, each no further than needed for what they reach together.

        Parameters
        ----------
        levers : dict of float
            Lever -> position, as stored (1.1 is 110 %).

        Returns
        -------
        LeverSet
            Levers that bring next to nothing are left out.
        """
        least = min(self.count_rounds(levers) / _GAIN, self._target)
        return self._weigh(self._draw_back(levers, least))

    def reach_with(self, levers: dict[str, float]) -> LeverSet | None:
        """The target reached just so by levers that may all move as far as given.

        Parameters
        ----------
        levers : dict of float
            Lever -> position, as stored (1.1 is 110 %).

        Returns
        -------
        LeverSet or None
            None where they do not reach it.
        """
        return self._settle(levers)

    def _rank_at_ends(self, size: int) -> tuple[list[tuple[str, ...]], list[float]]:
        """Sets of so many levers and their estimated medians at the ends, the highest first."""
        names = list(itertools.combinations(self._names, size))
        medians = self._estimate.compute_medians_at_ends(names)
        order = np.argsort(-medians, kind="stable")
        return [names[place] for place in order], [float(medians[place]) for place in order]

    def _settle(self, levers: dict[str, float]) -> LeverSet | None:
        """Levers brought to where the model just reaches the target; None where they do not reach it."""

        def place_levers(step: float) -> dict[str, float]:
            return {
                name: _move(self._start[name], position, HELPFUL_END[name], step)
                for name, position in levers.items()
            }

        def reaches(step: float) -> bool:
            return self.count_rounds(place_levers(step)) >= self._target

        far = next((step for step in (1.0, 1.05, 1.3, 1e3) if reaches(step)), None)
        if far is None:
            return None
        far = _halve(reaches, 0.0, far, TOLERANCE)
        positions = self._draw_back(place_levers(far), self._target)
        return self._weigh(positions)

    def _draw_back(self, levers: dict[str, float], least: float) -> dict[str, float]:
        """Each lever in turn as near to where it stands as leaves so many rounds a year."""
        positions = dict(levers)
        for name in levers:
            start, end = self._start[name], positions[name]

            def is_enough(
                part: float, name: str = name, start: float = start, end: float = end
            ) -> bool:
                return self.count_rounds({**positions, name: start + part * (end - start)}) >= least

            if is_enough(1 - _FINE):
                part = 0.0 if is_enough(0.0) else _halve(is_enough, 0.0, 1.0, _FINE)
                positions[name] = start + part * (end - start)
        return positions

    def _weigh(self, levers: dict[str, float]) -> LeverSet:
        changes = {name: at for name, at in levers.items() if at != self._start[name]}
        effort = sum(abs(at - self._start[name]) for name, at in changes.items())
        return LeverSet(changes, self.count_rounds(changes), effort)


def find_first_reaching(search: LeverSearch) -> LeverSet | None:
    """The fewest levers, at most three, that reach the target, with the least effort.

    Parameters
    ----------
    search : LeverSearch
        Of one target in one month.

    Returns
    -------
    LeverSet or None
        None where no three do.
    """
    sizes = range(1, _MOST_LEVERS + 1)
    return next((found for size in sizes if (found := search.find_reaching(size))), None)


def find_solutions(search: LeverSearch) -> tuple[list[LeverSet], list[LeverSet]]:
    """What one, two and three levers do: sets that reach the target, and sets that fall short of it.

    Parameters
    ----------
    search : LeverSearch
        Of one target in one month.

    Returns
    -------
    reaching : list of LeverSet
        The fewest levers first; more levers only where they take clearly less effort.
    closest : list of LeverSet
        For each number of levers that does not reach it, what comes closest.
    """
    reaching: list[LeverSet] = []
    closest: list[LeverSet] = []
    for size in range(1, _MOST_LEVERS + 1):
        exact = search.find_reaching(size)
        if exact is None:
            nearest = search.find_closest(size)
            if not closest or nearest.rounds_per_year > closest[-1].rounds_per_year * _GAIN:
                closest.append(nearest)
        elif not reaching or exact.effort < reaching[-1].effort - _SAVED:
            reaching.append(exact)
    return reaching, closest


def _put_at_ends(names: tuple[str, ...]) -> dict[str, float]:
    return {name: HELPFUL_END[name] for name in names}


def _move(start: float, position: float, end: float, step: float) -> float:
    """So many times the way from `start` to `position`, but not beyond the lever's end."""
    at = start + step * (position - start)
    return min(at, end) if end > start else max(at, end)


def _halve(is_enough: Callable[[float], bool], near: float, far: float, tolerance: float) -> float:
    """The least number from `near` to `far` that is enough, to a tolerance; `far` is."""
    while far - near > tolerance:
        middle = (near + far) / 2
        near, far = (near, middle) if is_enough(middle) else (middle, far)
    return far
