"""What it would take: the median of the runs is brought to a target, with as few levers and as little
effort as it needs, and where that cannot be done the answer says what comes closest.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
import time

import numpy as np
import pytest

from ramp155.answers.goal.estimate import HELPFUL_END, build_estimate
from ramp155.answers.goal.goal import Goal, seek_goal
from ramp155.answers.goal.lever_sets import LeverSet
from ramp155.answers.goal.odds import compute_goal_odds, tabulate_odds_by_supply
from ramp155.answers.goal.supply import set_whole_percents
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.levers import LEVER_BY_NAME
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import run_scenario
from ramp155.record.records import Records
from ramp155.text.output.goal import write_goal_answer, write_goal_table
from ramp155.text.scenario import list_lever_warnings

DRAWS = 100
EXACT = 1e-4  # how near to the target an exact answer comes


def rounds(records: Records, scenario: Scenario, by: str) -> float:
    """The median of the month, computed here once more."""
    output, _ = run_scenario(Model(records, draws=DRAWS), scenario)
    return float(np.median(output[MONTHS.index(by)])) * 12


def seek(records: Records, times: float, by: str = "2027-12", **levers: float) -> Goal:
    """Seek so many times what the baseline makes."""
    scenario = Scenario(**levers)
    target = times * rounds(records, Scenario(), by)
    return seek_goal(Model(records, draws=DRAWS), scenario, target, by)


def check_set(records: Records, goal: Goal, found: LeverSet, **levers: float) -> None:
    """What a set says of itself is what the model says."""
    moved = Scenario(**{**levers, **found.levers})
    assert found.rounds_per_year == pytest.approx(rounds(records, moved, goal.by), rel=1e-12)
    start = Scenario(**levers)
    effort = sum(abs(value - getattr(start, name)) for name, value in found.levers.items())
    assert found.effort == pytest.approx(effort)
    for name, value in found.levers.items():
        low, high = sorted((getattr(start, name), HELPFUL_END[name]))
        assert low <= value <= high


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
    assert hit == pytest.approx(target, rel=EXACT)
    # It is the least supply that does.
    under = dataclasses.replace(scenario, nitrocellulose=max(goal.nitrocellulose - 0.01, 0))
    assert rounds(records, under, by) < target


def test_the_lever_s_own_position_plays_no_part(records: Records) -> None:
    answers = {
        seek_goal(
            Model(records, draws=DRAWS), Scenario(nitrocellulose=nc), 500_000, "2027-12"
        ).nitrocellulose.__round__(6)
        for nc in (0.2, 1.0, 1.7)
    }
    assert len(answers) == 1


def test_what_cannot_be_reached_says_what_limits_output_and_where(records: Records) -> None:
    goal = seek(records, 3.0)
    assert not goal.reachable
    assert goal.nitrocellulose is None
    most = Scenario(nitrocellulose=2.0)
    assert goal.rounds_per_year == pytest.approx(rounds(records, most, "2027-12"))
    _, binds = run_scenario(Model(records, draws=DRAWS), most)
    places, counts = np.unique(binds[MONTHS.index("2027-12")], return_counts=True)
    assert goal.binds == find_chain(records).order[places[counts.argmax()]]
    assert goal.binds_share == counts.max() / DRAWS


def test_odds_are_the_share_of_draws_that_reach_it(records: Records) -> None:
    scenario = Scenario(nitrocellulose=0.9)
    target = rounds(records, scenario, "2028-12") * 1.05
    drawn, _ = run_scenario(Model(records, draws=DRAWS), scenario)
    share = (drawn[MONTHS.index("2028-12")] * 12 >= target).mean()
    assert compute_goal_odds(Model(records, draws=DRAWS), scenario, target, "2028-12") == share
    table = tabulate_odds_by_supply(Model(records, draws=DRAWS), scenario, target, "2028-12")
    assert table.set_index("nitrocellulose")["odds"][0.9] == pytest.approx(share)
    assert (np.diff(table["odds"]) >= 0).all()


@pytest.mark.parametrize(("times", "by"), [(1.05, "2027-12"), (1.2, "2029-12"), (1.5, "2027-12")])
def test_solutions_reach_the_target_exactly_and_nothing_less_nearby_does(
    records: Records, times: float, by: str
) -> None:
    goal = seek(records, times, by)
    assert goal.solutions
    assert goal.beyond is None
    for found in (*goal.solutions, *filter(None, [goal.same_round])):
        check_set(records, goal, found)
        assert found.rounds_per_year == pytest.approx(goal.target, rel=2e-3)
        assert found.rounds_per_year >= goal.target
        for name, value in found.levers.items():
            less = Scenario(**{**found.levers, name: value + (1.0 - value) * 0.02})
            assert rounds(records, less, by) < goal.target
    sizes = [len(found.levers) for found in goal.solutions]
    assert sizes == sorted(set(sizes))
    # More levers are given only where they take less effort.
    efforts = [found.effort for found in goal.solutions]
    assert efforts == sorted(efforts, reverse=True)
    if goal.same_round:
        assert "propellant_per_round" not in goal.same_round.levers
    two = [found for found in goal.solutions if len(found.levers) <= 2]
    assert goal.pair == (two[-1] if two else None)


def test_by_brute_force_no_pair_takes_clearly_less_effort(records: Records) -> None:
    """Sets are ranked by an estimate, so another may take up to five points less."""
    goal = seek(records, 1.25)
    least = goal.pair.effort
    for first, second in itertools.combinations(HELPFUL_END, 2):
        ends = Scenario(**{first: HELPFUL_END[first], second: HELPFUL_END[second]})
        if rounds(records, ends, goal.by) < goal.target:
            continue
        for part in np.linspace(0, 1, 9):
            rest = least - 0.05 - part * abs(HELPFUL_END[first] - 1)
            if rest < 0:
                continue
            room = abs(HELPFUL_END[second] - 1)
            tried = Scenario(
                **{
                    first: 1 + part * (HELPFUL_END[first] - 1),
                    second: 1 + min(rest / room, 1) * (HELPFUL_END[second] - 1),
                }
            )
            assert rounds(records, tried, goal.by) < goal.target, tried


@pytest.mark.parametrize("times", [1.3, 1.7, 2.2, 2.7, 3.2, 9.0])
def test_there_is_always_an_answer(records: Records, times: float) -> None:
    """A solution, or what one, two and three levers get and what it takes beyond."""
    goal = seek(records, times)
    everything = rounds(records, Scenario(**HELPFUL_END), goal.by)
    for found in (*goal.solutions, *goal.closest):
        check_set(records, goal, found)
    gets = [found.rounds_per_year for found in goal.closest]
    assert gets == sorted(gets)
    assert all(reached < goal.target for reached in gets)
    if goal.solutions:
        assert goal.beyond is None
    else:
        assert 1 <= len(goal.closest) <= 3
        assert goal.beyond.reaches == (everything >= goal.target)
        assert goal.pair is None
        stated = rounds(records, Scenario(**goal.beyond.levers), goal.by)
        assert goal.beyond.rounds_per_year == pytest.approx(stated)
        if goal.beyond.reaches:
            assert len(goal.beyond.levers) > 3
            assert goal.beyond.levers.items() <= HELPFUL_END.items()
            assert goal.beyond.rounds_per_year >= goal.target
            check_set(records, goal, goal.beyond.example)
            assert goal.beyond.example.rounds_per_year == pytest.approx(goal.target, rel=2e-3)
            assert goal.beyond.example.effort <= goal.beyond.effort
        else:
            assert goal.beyond.example is None
            assert goal.beyond.rounds_per_year == pytest.approx(everything, rel=1e-3)
    text = " ".join(write_goal_answer(records, goal))
    assert "No two levers" not in text
    table = write_goal_table(goal)
    assert len(table.columns) >= 1
    assert table.loc["reaches it"].iloc[-1] == ("no" if everything < goal.target else "yes")


def test_the_table_says_whole_percents_that_do(records: Records) -> None:
    """What it says is set by the button: further than asked for, never less."""
    for times in (1.1, 1.5, 2.2):
        goal = seek(records, times)
        table = write_goal_table(goal)
        for found in (*goal.solutions, *filter(None, [goal.beyond and goal.beyond.example])):
            cells = table[str(len(found.levers))]
            said = {name: int(cells[LEVER_BY_NAME[name].short]) / 100 for name in found.levers}
            for name, position in found.levers.items():
                assert abs(said[name] - 1) >= abs(position - 1) - 1e-6
            assert rounds(records, Scenario(**said), goal.by) >= goal.target
            effort = sum(abs(position - 1) for position in said.values()) * 100
            assert int(cells["effort, points"]) == round(effort)


def test_what_is_noted_of_a_set_has_the_percents_of_its_table(records: Records) -> None:
    """The note under the table, the table and the button say one position of the powder a round."""
    noted = 0
    for times in np.linspace(1.2, 2.6, 8):
        goal = seek(records, times)
        found = goal.solutions[0] if goal.solutions else goal.beyond and goal.beyond.example
        if not found or "propellant_per_round" not in found.levers:
            continue
        scenario = set_whole_percents(Scenario(), found.levers)
        notes = " ".join(list_lever_warnings(Model(records, draws=DRAWS), scenario))
        cell = write_goal_table(goal)[str(len(found.levers))]["powder a round"]
        for percent in re.findall(r"Powder at (\d+) % a round", notes):
            assert percent == cell
            noted += 1
    assert noted


def test_nitrocellulose_as_the_one_lever_stands_where_it_is_said_to(records: Records) -> None:
    scenario = {name: end for name, end in HELPFUL_END.items() if name != "nitrocellulose"}
    target = rounds(records, Scenario(nitrocellulose=1.2345, **scenario), "2027-12")
    goal = seek_goal(Model(records, draws=DRAWS), Scenario(**scenario), target, "2027-12")
    assert list(goal.solutions[0].levers) == ["nitrocellulose"]
    assert goal.solutions[0].levers["nitrocellulose"] == goal.nitrocellulose
    check_set(records, goal, goal.solutions[0], **scenario)
    assert {*goal.moved} == {*scenario}
    said = " ".join(write_goal_answer(records, goal))
    assert "if no other lever moves" not in said
    assert said.count("ith your other levers as they stand") == 2
    assert "as they stand" not in " ".join(write_goal_answer(records, seek(records, 1.15)))


def test_no_set_of_so_many_levers_gets_closer(records: Records) -> None:
    """By trying all of them at their ends, in the model itself."""
    goal = seek(records, 9.0)
    for size, found in zip((1, 2, 3), goal.closest, strict=False):
        best = max(
            rounds(records, Scenario(**{name: HELPFUL_END[name] for name in names}), goal.by)
            for names in itertools.combinations(HELPFUL_END, size)
        )
        assert found.rounds_per_year == pytest.approx(best, rel=2e-3)


def test_fewer_levers_than_are_said_to_be_needed_do_not_do(records: Records) -> None:
    goal = next(goal for goal in (seek(records, times) for times in (2.2, 2.5, 2.8)) if goal.beyond)
    assert goal.beyond.reaches
    for left_out in goal.beyond.levers:
        fewer = {name: end for name, end in goal.beyond.levers.items() if name != left_out}
        assert rounds(records, Scenario(**fewer), goal.by) < goal.target


def test_what_is_reached_already_asks_for_no_lever(records: Records) -> None:
    goal = seek(records, 0.9)
    assert goal.pair.levers == {}
    assert not goal.solutions
    assert not goal.closest
    assert goal.beyond is None
    assert "without moving another lever" in write_goal_answer(records, goal)[-1]
    assert not len(write_goal_table(goal).columns)


def test_orders_that_fall_short_are_said_and_lifted(records: Records) -> None:
    goal = seek(records, 1.1, orders=100_000)
    assert goal.orders == 100_000
    assert not goal.reachable
    assert goal.binds == "orders"
    assert goal.rounds_per_year == 100_000
    assert goal.solutions == seek(records, 1.1).solutions
    assert any("Buyers order" in sentence for sentence in write_goal_answer(records, goal))
    assert seek(records, 1.1).orders is None
    assert seek(records, 9.0).orders is None


def test_levers_that_act_too_late_move_nothing(records: Records) -> None:
    target = 1.5 * rounds(records, Scenario(), "2027-12")
    goal = seek_goal(Model(records, draws=DRAWS), Scenario(start="2029-01"), target, "2027-12")
    assert not goal.beyond.reaches
    assert goal.beyond.levers == {}
    assert not goal.closest
    assert "No lever moves output" in write_goal_answer(records, goal)[-1]


def test_a_lever_at_nought_may_be_raised(records: Records) -> None:
    goal = seek(records, 0.8, explosive=0.0)
    assert goal.solutions
    assert all("explosive" in found.levers for found in goal.solutions)
    for found in goal.solutions:
        check_set(records, goal, found, explosive=0.0)


def test_the_estimate_is_near_the_model(records: Records) -> None:
    """It ranks settings; stores, which it leaves out, play little part two years after levers began to act."""
    model, by = Model(records, draws=DRAWS), "2027-12"
    estimate = build_estimate(model, Scenario(), MONTHS.index(by))
    pairs = list(itertools.combinations(HELPFUL_END, 2))
    estimated = estimate.compute_medians_at_ends(pairs)
    for names, median in zip(pairs, estimated, strict=True):
        there = rounds(records, Scenario(**{name: HELPFUL_END[name] for name in names}), by)
        assert median == pytest.approx(there, rel=0.05)


def test_an_answer_takes_seconds_at_most(records: Records) -> None:
    model = Model(records, draws=1000)
    seek_goal(model, Scenario(), 300_000, "2027-12")  # draws and capacity are made once
    for target in (1_310_000.0, 2_010_000.0):
        began = time.perf_counter()
        seek_goal(model, Scenario(), target, "2027-12")
        assert time.perf_counter() - began < 6.0


def test_impossible_questions_are_refused(records: Records) -> None:
    for target in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="target"):
            seek_goal(Model(records, draws=DRAWS), Scenario(), target, "2027-12")
    with pytest.raises(ValueError, match="2041-01"):
        seek_goal(Model(records, draws=DRAWS), Scenario(), 1e6, "2041-01")
