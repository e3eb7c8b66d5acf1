"""The median of the runs: output by month and by calendar year, the stage that limits most runs, the
baseline and the nameplate.

Every figure here is a median over draws. Between two positions of the supply grid it is read on a straight
line.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from ramp155.answers.output.surface import (
    compute_surface,
    find_nearest_position,
    interpolate_position,
)
from ramp155.base.memory import remember
from ramp155.model.arrays import Array, Places
from ramp155.model.model import Model
from ramp155.model.quantiles import PATH_LEVELS, reduce_months
from ramp155.model.scenario.horizon import find_year_months
from ramp155.model.scenario.levers import STAGE_LEVERS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import find_acting_months, list_stage_levers
from ramp155.model.simulation.plans import build_plan_capacity
from ramp155.model.simulation.runs import run_baseline, run_scenario

FINE_SUPPLY_GRID = np.arange(201) / 100
MEDIAN_PLACE = int(np.flatnonzero(PATH_LEVELS == 0.5)[0])


def find_median_path(model: Model, scenario: Scenario) -> Array:
    """Output of a scenario, the median over draws.

    Returns
    -------
    Array, (months,)
        Rounds a month.
    """
    quantiles = compute_surface(model, scenario).quantiles[MEDIAN_PLACE]
    return np.asarray(interpolate_position(quantiles[None], scenario.nitrocellulose)[0] / 12)


def find_limiting_stages(model: Model, scenario: Scenario) -> tuple[Places, Array]:
    """The stage that limits output in most draws, month by month.

    Returns
    -------
    stages : Places, (months,)
        Place in the chain's order.
    shares : Array, (months,)
        Share of draws, 0 to 1, in which that stage limits output.
    """
    binds = compute_surface(model, scenario).binds[find_nearest_position(scenario.nitrocellulose)]
    return binds.argmax(axis=1), binds.max(axis=1)


def sweep_supply(model: Model, scenario: Scenario) -> Array:
    """The median over draws for 0 to 200 % of nitrocellulose in steps of 1 %.

    The scenario's own position is ignored.

    Returns
    -------
    Array, (months, 201)
        Rounds a month.
    """
    return _sweep_supply(model, dataclasses.replace(scenario, nitrocellulose=1.0))


@remember
def _sweep_supply(model: Model, scenario: Scenario) -> Array:
    medians = compute_surface(model, scenario).quantiles[MEDIAN_PLACE]
    columns = [interpolate_position(medians[None], float(at))[0] for at in FINE_SUPPLY_GRID]
    return np.asarray(np.array(columns).T / 12)


@remember
def find_baseline_path(model: Model) -> Array:
    """Output of the baseline, the median over draws.

    Returns
    -------
    Array, (months,)
        Rounds a month.
    """
    return np.asarray(reduce_months(run_baseline(model), np.array([0.5]))[0])


def find_nameplate_path(model: Model, scenario: Scenario) -> Array:
    """What a scenario could assemble, the median over draws.

    Returns
    -------
    Array, (months,)
        Rounds a month.
    """
    return np.asarray(np.median(compute_nameplates(model, scenario), axis=1))


@remember
def compute_nameplates(model: Model, scenario: Scenario) -> Array:
    """Capacity as officials count it under the levers: what filling and assembly alone could finish, in every draw.

    Returns
    -------
    Array, (months, draws)
        Rounds a month.
    """
    capacity = build_plan_capacity(model, scenario.plans)
    names = [
        name
        for name in list_stage_levers(model.record)[capacity.nameplate_stage]
        if name in STAGE_LEVERS
    ]
    scale = math.prod(getattr(scenario, name) for name in names)
    acts = find_acting_months(scenario)
    return np.asarray(capacity.nameplate * np.where(acts, scale, 1.0)[:, None])


def compute_year_rounds(model: Model, scenario: Scenario, year: int) -> Array:
    """Rounds that leave complete in a calendar year, draw by draw.

    Parameters
    ----------
    model : Model
        Its draws are run.
    scenario : Scenario
        All levers.
    year : int
        Calendar year of the horizon.

    Returns
    -------
    Array, (draws,)
        Rounds in the year.

    Raises
    ------
    ValueError
        For a year outside the horizon.
    """
    months = find_year_months(year)
    output = run_baseline(model) if scenario == Scenario() else run_scenario(model, scenario)[0]
    return np.asarray(output[months].sum(axis=0))


@remember
def find_year_median(model: Model, scenario: Scenario, year: int) -> float:
    """Rounds that leave complete in a calendar year, the median over draws.

    Parameters
    ----------
    model : Model
        Its draws are run.
    scenario : Scenario
        All levers.
    year : int
        Calendar year of the horizon.

    Returns
    -------
    float
        Rounds in the year.
    """
    return float(np.median(compute_year_rounds(model, scenario, year)))
