from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from ramp155.answers.goal.goal import seek_goal
from ramp155.answers.goal.odds import compute_goal_odds, tabulate_odds_by_supply
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import run_scenario
from ramp155.record.records import Records

DRAWS = 100


def rounds(records: Records, scenario: Scenario, by: str) -> float:
    output, _ = run_scenario(Model(records, draws=0), scenario)
    return float(output[MONTHS.index(by), 0]) * 12


@pytest.mark.parametrize("by", ["2026-12", "2027-06", "2028-12", "2030-12"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.99])
def test_the_answer_fed_back_hits_the_target(records: Records, by: str, share: float) -> None:
    scenario = Scenario(explosive=0.9)
    low = rounds(records, dataclasses.replace(scenario, nitrocellulose=0.0), by)
    high = rounds(records, dataclasses.replace(scenario, nitrocellulose=2.0), by)
    target = low + share * (high - low)
    goal = seek_goal(Model(records, draws=DRAWS), scenario, target, by)
    assert goal.reachable
    hit = rounds(records, dataclasses.replace(scenario, nitrocellulose=goal.nitrocellulose), by)
    assert hit == pytest.approx(target, rel=0.005)
    # It is the least supply that does.
    under = dataclasses.replace(scenario, nitrocellulose=max(goal.nitrocellulose - 0.01, 0))
    assert rounds(records, under, by) < target


def test_the_lever_s_own_position_plays_no_part(records: Records) -> None:
    answers = {
        seek_goal(
            Model(records, draws=DRAWS), Scenario(nitrocellulose=nc), 900_000, "2027-12"
        ).nitrocellulose.__round__(6)
        for nc in (0.2, 1.0, 1.7)
    }
    assert len(answers) == 1


def test_what_cannot_be_reached_says_what_binds_and_where(records: Records) -> None:
    goal = seek_goal(Model(records, draws=DRAWS), Scenario(), 3_800_000, "2027-12")
    assert not goal.reachable
    assert goal.nitrocellulose is None
    most = Scenario(nitrocellulose=2.0)
    assert goal.rounds_per_year == pytest.approx(rounds(records, most, "2027-12"))
    _, binds = run_scenario(Model(records, draws=0), most)
    chain = find_chain(records)
    assert goal.binds == chain.order[binds[MONTHS.index("2027-12"), 0]]
    assert goal.pair is None


def test_odds_are_the_share_of_draws_that_reach_it(records: Records) -> None:
    scenario = Scenario(nitrocellulose=0.9)
    drawn, _ = run_scenario(Model(records, draws=DRAWS), scenario)
    share = (drawn[MONTHS.index("2028-12")] * 12 >= 1_100_000).mean()
    assert compute_goal_odds(Model(records, draws=DRAWS), scenario, 1_100_000, "2028-12") == share
    table = tabulate_odds_by_supply(Model(records, draws=DRAWS), scenario, 1_100_000, "2028-12")
    assert table.set_index("nitrocellulose")["odds"][0.9] == pytest.approx(share)
    assert (np.diff(table["odds"]) >= 0).all()


@pytest.mark.parametrize(("target", "by"), [(1_200_000, "2027-12"), (1_450_000, "2029-12")])
def test_the_least_pair_reaches_the_target_and_nothing_cheaper_nearby_does(
    records: Records, target: float, by: str
) -> None:
    goal = seek_goal(Model(records, draws=DRAWS), Scenario(), target, by)
    assert not goal.reachable  # nitrocellulose alone does not do it
    assert goal.pair is not None
    assert 1 <= len(goal.pair.levers) <= 2
    moved = Scenario(**goal.pair.levers)
    assert rounds(records, moved, by) >= target * (1 - 1e-6)
    effort = sum(abs(value - 1.0) for value in goal.pair.levers.values())
    assert goal.pair.effort == pytest.approx(effort)
    for name, value in goal.pair.levers.items():
        less = dataclasses.replace(moved, **{name: value + (1.0 - value) * 0.05})
        assert rounds(records, less, by) < target
    # By brute force over another grid of two of the levers, no pair with less effort reaches it.
    for powder in np.arange(1.0, 0.69, -0.02):
        for hours in np.arange(1.0, 1.51, 0.02):
            if 1 - powder + hours - 1 < goal.pair.effort - 0.005:
                tried = Scenario(propellant_per_round=float(powder), shifts=float(hours))
                assert rounds(records, tried, by) < target


def test_impossible_questions_are_refused(records: Records) -> None:
    for target in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="target"):
            seek_goal(Model(records, draws=DRAWS), Scenario(), target, "2027-12")
    with pytest.raises(ValueError, match="2041-01"):
        seek_goal(Model(records, draws=DRAWS), Scenario(), 1e6, "2041-01")
