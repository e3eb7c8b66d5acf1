"""What of nitrocellulose alone reaches a target, and the whole percent at which a lever is set."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from ramp155.answers.goal.halving import find_least
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.levers import LEVER_BY_NAME
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario

_SAME = 1e-6  # percent; so little above a whole percent is that percent


def count_rounds_at(model: Model, scenario: Scenario, supply: float, month_place: int) -> float:
    """The median of a month at a supply of nitrocellulose.

    Parameters
    ----------
    model : Model
        Its draws give the median.
    scenario : Scenario
        The other levers.
    supply : float
        1 = baseline.
    month_place : int
        The month, counted from the first of the horizon.

    Returns
    -------
    float
        Rounds a year.
    """
    at_supply = dataclasses.replace(scenario, nitrocellulose=supply)
    return float(np.median(run_scenario(model, at_supply)[0][month_place])) * 12


@remember
def find_supply(model: Model, scenario: Scenario, target: float, by: str) -> float | None:
    """The least supply of nitrocellulose with which the median reaches a target, all other levers as they stand.

    Parameters
    ----------
    model : Model
        Its draws give the median.
    scenario : Scenario
        The other levers; its own supply is ignored.
    target : float
        Rounds a year.
    by : str
        The month, YYYY-MM.

    Returns
    -------
    float or None
        1 = baseline; None where no supply up to twice the baseline does.
    """
    month_place = MONTHS.index(by)

    def count_rounds(supply: float) -> float:
        return count_rounds_at(model, scenario, supply, month_place)

    return find_least(count_rounds, 0.0, 2.0, target) if count_rounds(2.0) >= target else None


def find_whole_percent(lever_name: str, position: float) -> int:
    """The whole percent at which a lever is said and set: no less than the position asks for.

    Parameters
    ----------
    lever_name : str
        A lever that is counted in percent.
    position : float
        As stored (1.1 is 110 %).

    Returns
    -------
    int
        Percent of the baseline.
    """
    lever = LEVER_BY_NAME[lever_name]
    percent = position * lever.scale
    return math.floor(percent + _SAME) if lever.helps == "low" else math.ceil(percent - _SAME)


def set_whole_percents(scenario: Scenario, levers: Mapping[str, float]) -> Scenario:
    """A scenario with levers at the whole percents at which they are said and set.

    Parameters
    ----------
    scenario : Scenario
        Where the other levers stand.
    levers : mapping of float
        Lever -> position, as stored (1.1 is 110 %).
    """
    positions: dict[str, Any] = {
        name: find_whole_percent(name, position) / LEVER_BY_NAME[name].scale
        for name, position in levers.items()
    }
    return dataclasses.replace(scenario, **positions)
