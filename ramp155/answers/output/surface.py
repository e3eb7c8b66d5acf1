"""What the draws say over slider positions (every fifth percent) and months, in rounds a year, and
how to read it between two positions.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ramp155.answers.output.figure_band import (
    FIGURE_LEVELS,
    read_figure_error,
    widen_path_band,
)
from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.ensemble import simulate_ensemble
from ramp155.model.simulation.plans import find_chain

# Supply positions at which draws are run: 0 to 200 % of the baseline in steps of 5 %.
SUPPLY_GRID = np.round(np.linspace(0.0, 2.0, 41), 2)


@dataclass(frozen=True)
class Surface:
    """What the draws say over slider positions and months, in rounds a year.

    `quantiles` (5, positions, months) are P10, P25, P50, P75, P90 at the positions of `SUPPLY_GRID`, `years`
    (5, positions, years) those of the rounds that leave complete in each calendar year of `YEARS`, `change`
    (3, positions, months) P10, P50, P90 of output minus the same draw's baseline; `binds` (positions, months, stages) the share of draws in
    which each stage of `order` limits output; `reached` (positions, months, targets) the share at or
    above each target of `targets.csv`.
    """

    quantiles: Array
    years: Array
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
        quantiles=summary.quantiles * 12,
        years=summary.years,
        change=summary.change * 12,
        binds=summary.binds,
        reached=summary.reached,
        order=order,
    )


def compute_figure_surface(model: Model, scenario: Scenario) -> Array:
    """Where a published figure of output should fall, over the whole slider; its own position plays no part.

    Returns
    -------
    Array, (2, positions, months)
        P10 and P90, rounds a year, over `SUPPLY_GRID`.
    """
    return _compute_figure_surface(model, dataclasses.replace(scenario, nitrocellulose=1.0))


@remember
def _compute_figure_surface(model: Model, scenario: Scenario) -> Array:
    quantiles = _compute_surface(model, scenario).quantiles
    report_error, first_month = read_figure_error(model.record), MONTHS.index(scenario.start)
    # No lever changes the past: its band is found once.
    past = widen_path_band(quantiles[:, :1, :first_month], FIGURE_LEVELS, report_error)
    ahead = widen_path_band(quantiles[:, :, first_month:], FIGURE_LEVELS, report_error)
    past = np.broadcast_to(past, (len(past), len(SUPPLY_GRID), first_month))
    return np.concatenate([past, ahead], axis=2)


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
