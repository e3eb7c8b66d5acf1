"""How likely it is that a target is reached: the share of draws, at one supply or over the slider."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from ramp155.answers.goal.halving import TOLERANCE
from ramp155.answers.output.surface import SUPPLY_GRID, compute_surface
from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.ensemble import simulate_ensemble
from ramp155.model.simulation.runs import run_scenario


def compute_goal_odds(model: Model, scenario: Scenario, target: float, by: str) -> float:
    """How likely a scenario makes a target in a month.

    Parameters
    ----------
    model : Model
        Its draws are counted.
    scenario : Scenario
        Levers and supply.
    target : float
        Rounds a year.
    by : str
        The month, YYYY-MM.

    Returns
    -------
    float
        Share of draws that make at least the target, 0 to 1.
    """
    output, _ = run_scenario(model, scenario)
    # A hair's breadth under counts: the supply that makes just the target is found by halving.
    return float((output[MONTHS.index(by)] * 12 >= target * (1 - TOLERANCE)).mean())


def tabulate_odds_by_supply(
    model: Model, scenario: Scenario, target: float, by: str
) -> pd.DataFrame:
    """The share of draws that reach a target in a month at each position of the slider's grid.

    Parameters
    ----------
    model : Model
        Its draws are counted.
    scenario : Scenario
        The other levers; its own position is ignored.
    target : float
        Rounds a year.
    by : str
        The month, YYYY-MM.

    Returns
    -------
    pandas.DataFrame
        Columns: nitrocellulose (supply, 1 = baseline), odds (share of draws, 0 to 1).

    Raises
    ------
    ValueError
        For a month outside the forecast.
    """
    check_month(by)
    scenario = dataclasses.replace(scenario, nitrocellulose=1.0)
    share = _compute_reached_share(model, scenario, target)[:, MONTHS.index(by)]
    return pd.DataFrame({"nitrocellulose": SUPPLY_GRID, "odds": share})


@remember
def _compute_reached_share(model: Model, scenario: Scenario, target: float) -> Array:
    """(positions, months): the share of draws that make at least `target` rounds a year."""
    recorded_targets = list(model.record.targets["rounds_per_year"])
    if target in recorded_targets:
        return compute_surface(model, scenario).reached[:, :, recorded_targets.index(target)]
    goals = np.array([target])
    return simulate_ensemble(model, scenario, SUPPLY_GRID, goals).reached[:, :, 0]


def find_target_rounds(model: Model, target_id: str, own_rounds: float) -> float:
    """Find how many rounds a year a target asks for.

    Parameters
    ----------
    model : Model
        The record with its draws.
    target_id : str
        Id of one of the record's targets; any other: one's own.
    own_rounds : float
        Rounds a year of one's own.

    Returns
    -------
    float
        Rounds a year.
    """
    targets = model.record.targets.set_index("target_id")["rounds_per_year"]
    return float(targets.get(target_id, own_rounds))
