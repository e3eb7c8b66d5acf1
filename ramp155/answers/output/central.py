"""The middle case: output and bottleneck at central coefficients at every whole percent of nitrocellulose, kept so that the next slider position is a look-up; the baseline and the nameplate."""

from __future__ import annotations

import dataclasses
from functools import lru_cache

import numpy as np

from ramp155.model.arrays import Array
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import find_acting_months
from ramp155.model.simulation.plans import build_plan_capacity
from ramp155.model.simulation.runs import run_baseline, run_central
from ramp155.record.records import Records

FINE_SUPPLY_GRID = np.arange(201) / 100


def find_central_path(records: Records, scenario: Scenario) -> tuple[Array, Array]:
    """Output and bottleneck at central coefficients, (months,) each."""
    percent = round(scenario.nitrocellulose * 100)
    if abs(scenario.nitrocellulose * 100 - percent) < 1e-9:
        output, binds = sweep_supply(records, scenario)
        return output[:, percent], binds[:, percent]
    output, binds = run_central(records, scenario, [scenario.nitrocellulose])
    return output[:, 0], binds[:, 0]


def sweep_supply(records: Records, scenario: Scenario) -> tuple[Array, Array]:
    """Output (rounds a month) and bottleneck (place in the chain's order) at central coefficients for
    0 to 200 % of nitrocellulose in steps of 1 %, (months, 201); the scenario's own position is ignored.
    """
    return _sweep_supply(records, dataclasses.replace(scenario, nitrocellulose=1.0))


@lru_cache(maxsize=64)
def _sweep_supply(records: Records, scenario: Scenario) -> tuple[Array, Array]:
    return run_central(records, scenario, FINE_SUPPLY_GRID)


def find_central_baseline(records: Records) -> Array:
    """Output of the baseline at central coefficients, rounds a month, (months,)."""
    return run_baseline(records, 0)[:, 0]


def find_central_nameplate(records: Records, scenario: Scenario) -> Array:
    """Bodies and assembly under the levers at central coefficients, rounds a month, (months,)."""
    return compute_nameplates(records, scenario, 0)[:, 0]


def compute_nameplates(records: Records, scenario: Scenario, draws: int) -> Array:
    """As `nameplate`, in every draw, (months, draws)."""
    stage_capacity = build_plan_capacity(records, draws, scenario.plans).stages
    body_factor = np.where(find_acting_months(scenario), scenario.shell_bodies, 1.0)[:, None]
    return np.minimum(stage_capacity["projectile"], stage_capacity["shell_body"] * body_factor)
