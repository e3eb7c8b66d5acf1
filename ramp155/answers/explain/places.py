"""Where a median or another quantile lies: between which two runs, and between which two positions of the slider."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ramp155.answers.output.surface import SUPPLY_GRID
from ramp155.model.arrays import Array, Limits
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario


@dataclass(frozen=True)
class Place:
    """Where a quantile lies among runs put in order, smallest first.

    It is `low` + `weight` (0 to 1) of the way to `high`, the figures of two neighbouring runs; `rank` is the place of
    the lower one, counted from 1 among `count`, and `run` its place among the draws, from 0.
    """

    low: float
    high: float
    weight: float
    rank: int
    count: int
    run: int

    @property
    def middle(self) -> float:
        """The quantile.

        Returns
        -------
        float
            In the unit of the runs' figures.
        """
        return self.low + self.weight * (self.high - self.low)


@dataclass(frozen=True)
class Position:
    """A position of the slider at which runs are made: its supply (1 = baseline), and how much it counts (0 to 1)."""

    supply: float
    weight: float


WHOLE = Position(1.0, 1.0)  # where a figure does not depend on the slider


def place_quantile(run_figures: Array, level: float) -> Place:
    """Where a quantile lies, on the straight line between two runs as everywhere in the product.

    Parameters
    ----------
    run_figures : Array, (draws,)
        One figure for each run, in any unit.
    level : float
        0 to 1; 0.5 is the median.
    """
    ranked = np.argsort(run_figures, kind="stable")
    place = round(level * (len(ranked) - 1), 9)
    lower = int(place)
    upper = min(lower + 1, len(ranked) - 1)
    return Place(
        low=float(run_figures[ranked[lower]]),
        high=float(run_figures[ranked[upper]]),
        weight=place - lower,
        rank=lower + 1,
        count=len(ranked),
        run=int(ranked[lower]),
    )


def list_positions(supply: float) -> list[Position]:
    """The positions of the slider that a figure is read from: one, or the two around it, on a straight line.

    Parameters
    ----------
    supply : float
        Nitrocellulose, 1 = baseline (100 %).
    """
    upper = int(np.clip(np.searchsorted(SUPPLY_GRID, supply), 1, len(SUPPLY_GRID) - 1))
    low, high = float(SUPPLY_GRID[upper - 1]), float(SUPPLY_GRID[upper])
    weight = round((supply - low) / (high - low), 9)
    positions = [Position(low, 1 - weight), Position(high, weight)]
    return [position for position in positions if position.weight > 0]


def run_positions(model: Model, scenario: Scenario) -> list[tuple[Position, Array, Limits]]:
    """The runs behind a figure, position by position.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        All levers.

    Returns
    -------
    list of (Position, Array, Limits), (months, draws) each
        A position of the slider, output there in rounds a month, and the place of the stage that limits it.
    """
    return [
        (
            position,
            *run_scenario(model, dataclasses.replace(scenario, nitrocellulose=position.supply)),
        )
        for position in list_positions(scenario.nitrocellulose)
    ]


def place_figure(
    runs: list[tuple[Position, Array, Limits]], read_runs: Callable[[Array], Array], level: float
) -> list[tuple[Position, Place]]:
    """Where a quantile of a figure of each run lies, position by position.

    Parameters
    ----------
    runs : list
        As `run_positions` gives them.
    read_runs : callable
        Output (months, draws) in rounds a month -> one figure for each run, (draws,).
    level : float
        0 to 1; 0.5 is the median.
    """
    return [(position, place_quantile(read_runs(output), level)) for position, output, _ in runs]
