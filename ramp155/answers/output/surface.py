"""What the draws say over slider positions (every fifth percent) and months, in rounds a year, and
how to read it between two positions.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.ensemble import simulate_ensemble
from ramp155.model.simulation.plans import find_chain

# Supply positions of the draws: 0 to 200 % of the baseline in steps of 5 %; of the middle case: 1 %.
SUPPLY_GRID = np.round(np.linspace(0.0, 2.0, 41), 2)


@dataclass(frozen=True)
class Surface:
    """What the draws say over slider positions and months, in rounds a year.

    `quantiles` (3, positions, months) are P10, P50, P90 at the positions of `SUPPLY_GRID`, `change` those of
    output minus the same draw's baseline; `binds` (positions, months, stages) the share of draws in
    which each stage of `order` limits output; `reached` (positions, months, targets) the share at or
    above each target of `targets.csv`.
    """

    quantiles: Array
    change: Array
    binds: Array
    reached: Array
    order: tuple[str, ...]


def compute_surface(model: Model, scenario: Scenario) -> Surface:
    """Output over the whole slider at every draw; the scenario's own slider position plays no part."""
    return _compute_surface(model, dataclasses.replace(scenario, nitrocellulose=1.0))


@remember
def _compute_surface(model: Model, scenario: Scenario) -> Surface:
    targets = model.record.targets["rounds_per_year"].to_numpy()
    summary = simulate_ensemble(model, scenario, SUPPLY_GRID, targets)
    order = find_chain(model.record).order
    return Surface(
        summary.quantiles * 12, summary.change * 12, summary.binds, summary.reached, order
    )


def interpolate_position(grid: Array, nitrocellulose: float) -> Array:
    """Values between two positions of the grid, on a straight line.

    Parameters
    ----------
    grid : Array, (k, positions, ...)
        Values in any unit (rounds a year, share 0 to 1 ...) at the positions of `SUPPLY_GRID`.
    nitrocellulose : float
        Supply, 1 = baseline.

    Returns
    -------
    Array, (k, ...)
        Values in the same unit.
    """
    upper = int(np.clip(np.searchsorted(SUPPLY_GRID, nitrocellulose), 1, len(SUPPLY_GRID) - 1))
    weight = (nitrocellulose - SUPPLY_GRID[upper - 1]) / (
        SUPPLY_GRID[upper] - SUPPLY_GRID[upper - 1]
    )
    between: Array = grid[:, upper - 1] * (1 - weight) + grid[:, upper] * weight
    return between


def find_nearest_position(nitrocellulose: float) -> int:
    """The grid's position closest to a supply.

    Parameters
    ----------
    nitrocellulose : float
        Supply, 1 = baseline.

    Returns
    -------
    int
        Place in `SUPPLY_GRID`, from 0; from one to the next it is 5 % of the baseline.
    """
    return int(np.argmin(np.abs(SUPPLY_GRID - nitrocellulose)))
