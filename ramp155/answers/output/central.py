"""The middle case: output and bottleneck at central coefficients at every whole percent of
nitrocellulose, kept so that the next slider position is a look-up; the baseline and the nameplate.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.arrays import Array, Limits
from ramp155.model.model import Model
from ramp155.model.scenario.levers import STAGE_LEVERS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import find_acting_months, list_stage_levers
from ramp155.model.simulation.plans import build_plan_capacity
from ramp155.model.simulation.runs import run_baseline, run_central

FINE_SUPPLY_GRID = np.arange(201) / 100


def find_central_path(model: Model, scenario: Scenario) -> tuple[Array, Limits]:
    """Output and bottleneck at central coefficients.

    Returns
    -------
    tuple of Array and Limits, (months,) each
        Rounds a month, and the place in the chain's order of the stage that limits them.
    """
    percent = round(scenario.nitrocellulose * 100)
    if abs(scenario.nitrocellulose * 100 - percent) < 1e-9:
        output, binds = sweep_supply(model, scenario)
        return output[:, percent], binds[:, percent]
    output, binds = run_central(model, scenario, [scenario.nitrocellulose])
    return output[:, 0], binds[:, 0]


def sweep_supply(model: Model, scenario: Scenario) -> tuple[Array, Limits]:
    """Output and bottleneck at central coefficients for 0 to 200 % of nitrocellulose in steps of 1 %.

    The scenario's own position is ignored.

    Returns
    -------
    tuple of Array and Limits, (months, 201) each
        Rounds a month, and the place in the chain's order of the stage that limits them.
    """
    return _sweep_supply(model, dataclasses.replace(scenario, nitrocellulose=1.0))


@remember
def _sweep_supply(model: Model, scenario: Scenario) -> tuple[Array, Limits]:
    return run_central(model, scenario, FINE_SUPPLY_GRID)


def find_central_baseline(model: Model) -> Array:
    """Output of the baseline at central coefficients.

    Returns
    -------
    Array, (months,)
        Rounds a month.
    """
    return run_baseline(model.central)[:, 0]


def find_central_nameplate(model: Model, scenario: Scenario) -> Array:
    """Bodies and assembly under the levers at central coefficients.

    Returns
    -------
    Array, (months,)
        Rounds a month.
    """
    return compute_nameplates(model.central, scenario)[:, 0]


def compute_nameplates(model: Model, scenario: Scenario) -> Array:
    """Bodies and assembly under the levers, in every draw.

    Returns
    -------
    Array, (months, draws)
        Rounds a month.
    """
    capacity = build_plan_capacity(model, scenario.plans)
    own_levers = list_stage_levers(model.record)
    acts = find_acting_months(scenario)

    def scale_stage(stage: str) -> Array:
        names = [name for name in own_levers[stage] if name in STAGE_LEVERS]
        scale = math.prod(getattr(scenario, name) for name in names)
        return capacity.stages[stage] * np.where(acts, scale, 1.0)[:, None]

    filling, body = capacity.nameplate_stages
    return np.minimum(scale_stage(filling), scale_stage(body))
