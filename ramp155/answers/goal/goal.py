"""Goal seek: what nitrocellulose supply it would take to reach a yearly output by a month, and how
likely that is.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from ramp155.answers.goal.halving import find_least
from ramp155.answers.goal.odds import compute_goal_odds
from ramp155.answers.goal.pair import Pair, find_pair
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import run_central


@dataclass(frozen=True)
class Goal:
    """What nitrocellulose supply reaches a target, the other levers staying as they are.

    `reachable` within 0 to 200 % in the middle case; `nitrocellulose` the least supply that does (None if
    none does); `binds` the stage that limits output there, or at 200 %; `rounds_per_year` what is
    reached there; `odds` the share of draws that reach the target there; `pair` the two levers that
    reach it with the least effort, None where no two do.
    """

    target: float
    by: str
    reachable: bool
    nitrocellulose: float | None
    binds: str
    rounds_per_year: float
    odds: float
    pair: Pair | None

    def as_dict(self) -> dict[str, object]:
        """The JSON shape."""
        return dataclasses.asdict(self)


def seek_goal(model: Model, scenario: Scenario, target: float, by: str) -> Goal:
    """Find the supply of nitrocellulose at which the middle case reaches a target in a month.

    Parameters
    ----------
    model : Model
        Its draws give the odds.
    scenario : Scenario
        The other levers; its own supply is ignored.
    target : float
        Rounds a year.
    by : str
        The month, YYYY-MM.

    Raises
    ------
    ValueError
        For a month outside the forecast or a target that is not a positive number.
    """
    check_month(by)
    if not 0 < target < 1e9:
        raise ValueError(f"target: {target} is not a number of rounds a year above 0")
    return _seek_goal(model, dataclasses.replace(scenario, nitrocellulose=1.0), target, by)


@remember
def _seek_goal(model: Model, scenario: Scenario, target: float, by: str) -> Goal:
    month_place = MONTHS.index(by)
    order = find_chain(model.record).order

    def count_rounds(supply: float) -> float:
        return float(run_central(model, scenario, [supply])[0][month_place, 0]) * 12

    reachable = count_rounds(2.0) >= target
    supply = find_least(count_rounds, 0.0, 2.0, target) if reachable else 2.0
    output, binds = run_central(model, scenario, [supply])
    scenario_at_supply = dataclasses.replace(scenario, nitrocellulose=supply)
    return Goal(
        target,
        by,
        reachable,
        supply if reachable else None,
        order[binds[month_place, 0]],
        float(output[month_place, 0]) * 12,
        compute_goal_odds(model, scenario_at_supply, target, by),
        find_pair(model, scenario, target, month_place),
    )
