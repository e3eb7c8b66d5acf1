"""Goal seek: what it would take to reach a yearly output in a month, first by nitrocellulose alone,
then by one, two, three levers or as many as are needed, and how likely that is.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ramp155.answers.goal.estimate import HELPFUL_END, OUTSIDE_ROUND
from ramp155.answers.goal.lever_sets import (
    LeverSearch,
    LeverSet,
    find_first_reaching,
    find_solutions,
)
from ramp155.answers.goal.odds import compute_goal_odds
from ramp155.answers.goal.supply import count_rounds_at, find_supply
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, check_month
from ramp155.model.scenario.scenario import NO_LIMIT, Scenario
from ramp155.model.simulation.levers import find_acting_months
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import run_scenario


@dataclass(frozen=True)
class Beyond:
    """What it takes where three levers are not enough.

    `reaches` whether all levers together reach the target; `levers` the fewest that do, at their ends, or
    all that bring anything; `rounds_per_year` the median that they reach there, `effort` the sum of their
    changes; `example` the same levers, each only as far as the target asks for (None: out of reach).
    """

    reaches: bool
    levers: dict[str, float]
    rounds_per_year: float
    effort: float
    example: LeverSet | None


@dataclass(frozen=True)
class Goal:
    """What reaches a target in a month, on the median of all draws, the other levers staying as they are.

    Nitrocellulose alone: `reachable` within 0 to 200 %; `nitrocellulose` the least supply that does (None
    if none does); `binds` the stage that limits output there in most draws, or at 200 %, `binds_share` in
    which share of them; `rounds_per_year` what is reached there; `odds` the share of draws that reach the
    target there. All levers, from 100 % nitrocellulose: `solutions` those of one, two and three that reach
    it with the least effort; `pair` the least of at most two (None where no two do); `closest` what comes
    nearest where so many do not; `beyond` what it takes where three are not enough, else None;
    `same_round` the fewest levers that reach it without a lighter charge, where `solutions` have one.
    Where nitrocellulose is the one lever that does, it stands at `nitrocellulose`. `orders` are the rounds a year that buyers order where that is less than the target: all sets are then
    found as if they ordered enough. `moved` are the other levers that do not stand at the baseline.
    """

    target: float
    by: str
    reachable: bool
    nitrocellulose: float | None
    binds: str
    rounds_per_year: float
    odds: float
    pair: LeverSet | None
    binds_share: float
    solutions: tuple[LeverSet, ...]
    closest: tuple[LeverSet, ...]
    beyond: Beyond | None
    same_round: LeverSet | None
    orders: int | None
    moved: tuple[str, ...] = ()
    statistic: str = "median"

    def as_dict(self) -> dict[str, object]:
        """The JSON shape."""
        return dataclasses.asdict(self)


def seek_goal(model: Model, scenario: Scenario, target: float, by: str) -> Goal:
    """Find the supply of nitrocellulose, and the levers, with which the median reaches a target.

    Parameters
    ----------
    model : Model
        Its draws give median and odds.
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
    least_supply = find_supply(model, scenario, target, by)
    supply = 2.0 if least_supply is None else least_supply
    rounds_at_supply = count_rounds_at(model, scenario, supply, month_place)
    scenario_at_supply = dataclasses.replace(scenario, nitrocellulose=supply)
    _, binds = run_scenario(model, scenario_at_supply)
    order = find_chain(model.record).order
    shares = np.bincount(binds[month_place], minlength=len(order)) / binds.shape[1]
    is_short_of_orders = (
        scenario.orders < min(target, NO_LIMIT) and find_acting_months(scenario)[month_place]
    )
    with_orders = dataclasses.replace(scenario, orders=NO_LIMIT) if is_short_of_orders else scenario
    alone = (
        LeverSet({"nitrocellulose": supply}, rounds_at_supply, abs(supply - 1.0))
        if least_supply is not None
        else None
    )
    pair, solutions, closest, beyond = _find_sets(model, with_orders, target, month_place, alone)
    same_round = None
    if any(set(found.levers) - set(OUTSIDE_ROUND) for found in solutions):
        outside_round = LeverSearch(model, with_orders, target, month_place, OUTSIDE_ROUND)
        same_round = find_first_reaching(outside_round)
    return Goal(
        target,
        by,
        least_supply is not None,
        least_supply,
        order[int(shares.argmax())],
        rounds_at_supply,
        compute_goal_odds(model, scenario_at_supply, target, by),
        pair,
        float(shares.max()),
        solutions,
        closest,
        beyond,
        same_round,
        scenario.orders if is_short_of_orders else None,
        tuple(lever.name for lever in scenario.moved),
    )


def _find_sets(
    model: Model, scenario: Scenario, target: float, month_place: int, alone: LeverSet | None
) -> tuple[LeverSet | None, tuple[LeverSet, ...], tuple[LeverSet, ...], Beyond | None]:
    """The pair, the solutions, what comes closest and what it takes beyond.

    `alone` is nitrocellulose where it reaches the target: the search finds the same, less exactly.
    """
    search = LeverSearch(model, scenario, target, month_place)
    rounds_now = search.count_rounds({})
    if rounds_now >= target:
        return LeverSet({}, rounds_now, 0.0), (), (), None
    ends: dict[str, float] = dict(HELPFUL_END)
    if search.count_rounds(ends) < target:
        most = search.trim(ends)
        beyond = Beyond(False, most.levers, most.rounds_per_year, most.effort, None)
        closest = find_solutions(search)[1] if most.levers else []
        return None, (), tuple(closest), beyond
    reaching, closest = find_solutions(search)
    reaching = [
        alone if alone and [*found.levers] == ["nitrocellulose"] else found for found in reaching
    ]
    pair = next((found for found in reversed(reaching) if len(found.levers) <= 2), None)
    if reaching:
        return pair, tuple(reaching), tuple(closest), None
    needed = search.find_needed() or LeverSet(ends, search.count_rounds(ends), 0.0)
    beyond = Beyond(
        True,
        needed.levers,
        needed.rounds_per_year,
        needed.effort,
        search.reach_with(needed.levers),
    )
    return None, (), tuple(closest), beyond
