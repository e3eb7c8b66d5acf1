"""The locks: what each stage allows and holds back agrees with runs of the chain, by stage, by pair and in words."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from ramp155.answers.stages.locks import Locks, find_locks, share_limits
from ramp155.cli.commands import run_command_line
from ramp155.model.chain.books import Stacked
from ramp155.model.chain.runs import run_chain
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import prepare_scenario
from ramp155.model.simulation.lifts import find_stage_capacity, run_lifted
from ramp155.model.simulation.runs import run_scenario
from ramp155.record.records import Records, build_records
from ramp155.record.schema import SCHEMAS
from ramp155.record.upload.own_rows import write_as_text
from ramp155.text.numbers import say_percent
from ramp155.text.output.locks import (
    list_named_claims,
    write_limits,
    write_locks,
    write_speakers,
)

MONTH = "2027-12"
PLACE = MONTHS.index(MONTH)
SCENARIOS = [
    Scenario(),
    Scenario(nitrocellulose=0.6),
    Scenario(nitrocellulose=0.0),
    Scenario(linters=0.3, reserve=2.0),
    Scenario(shell_bodies=0.0),
    Scenario(nitrocellulose=0.7, months=12, start="2026-07"),
    Scenario(propellant_per_round=1.2, shifts=1.3, explosive=0.5),
]


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records, 120)


def find_pair(locks: Locks, *stages: str) -> float:
    is_pair = [{*pair} == {*stages} for pair in locks.pairs[["first", "second"]].to_numpy()]
    return float(locks.pairs.loc[is_pair, "adds_p50"].iloc[0])


@pytest.mark.parametrize("scenario", SCENARIOS, ids=range(len(SCENARIOS)))
def test_shares_sum_to_one_and_no_lift_of_a_limiting_stage_costs_rounds(
    model: Model, scenario: Scenario
) -> None:
    locks = find_locks(model, scenario, MONTH)
    assert locks.stages["binds_share"].sum() == pytest.approx(1.0)
    assert locks.stages["allows_p50"].is_monotonic_increasing
    assert (locks.stages["alone_adds_p50"] >= -1e-6).all()
    alone = locks.stages.set_index("stage")["alone_adds_p50"]
    for first, second, adds in locks.pairs[["first", "second", "adds_p50"]].to_numpy():
        assert adds >= max(alone[first], alone[second]) - 0.002 * max(locks.output, 1.0)
    shares = share_limits(model, scenario)
    assert shares.groupby("month")["share"].sum().to_numpy() == pytest.approx(np.ones(len(MONTHS)))
    of_month = shares[shares["month"] == MONTH].set_index("stage")["share"]
    for stage, share in of_month.items():
        assert locks.stages.set_index("stage")["binds_share"].get(stage, 0.0) == pytest.approx(
            share
        )


def test_a_pair_adds_what_a_run_with_both_levers_up_adds(model: Model) -> None:
    """Nitrocellulose and explosives have levers that go to twice the baseline: beyond what the next stage allows."""
    locks = find_locks(model, Scenario(), MONTH)
    base, raised = (
        run_scenario(model, scenario)[0][PLACE] * 12
        for scenario in (Scenario(), Scenario(nitrocellulose=2.0, explosive=2.0))
    )
    by_levers = float(np.median(raised - base))
    assert by_levers > 20_000
    assert find_pair(locks, "nitrocellulose", "explosive") == pytest.approx(by_levers, rel=0.02)


def test_every_pair_agrees_with_a_chain_run_by_hand(model: Model) -> None:
    """Capacities multiplied in the open, the whole horizon run anew."""
    locks = find_locks(model, Scenario(), MONTH)
    stacked, chain, factor, supply, intake = prepare_scenario(model, Scenario())
    first_month = MONTHS.index(Scenario().start)
    base = run_chain(stacked, chain, factor, supply, intake)[0][PLACE] * 12
    for pair in (("nitrocellulose", "propellant"), ("propellant", "explosive"), ("fuze", "charge")):
        array = stacked.array.copy()
        along = [*pair, "cellulose"] if "nitrocellulose" in pair else pair
        for stage in along:
            array[stacked.stages.index(stage), first_month + chain.lead[stage] :] *= 1e6
        lifted = run_chain(Stacked(stacked.stages, array), chain, factor, supply, intake)[0]
        by_hand = float(np.median(lifted[PLACE] * 12 - base))
        assert find_pair(locks, *pair) == pytest.approx(by_hand, rel=1e-9, abs=1e-3)


def test_alone_and_in_pairs_are_read_from_the_same_runs_as_the_slider(model: Model) -> None:
    twice = run_scenario(model, Scenario(nitrocellulose=2.0))[0][PLACE]
    lifted = run_lifted(model, Scenario(), ("nitrocellulose",))[PLACE]
    assert (lifted >= twice - 1e-6).all()
    assert np.median(lifted) == pytest.approx(np.median(twice), rel=0.03)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=range(len(SCENARIOS)))
def test_a_stage_alone_allows_what_the_chain_makes_when_all_others_are_lifted(
    model: Model, scenario: Scenario
) -> None:
    """In the last month, when stores and safety stock have long run down."""
    scenario = dataclasses.replace(scenario, reserve=0.0)
    allowed = find_stage_capacity(model, scenario)
    for stage in ("nitrocellulose", "propellant", "explosive", "shell_body", "fuze"):
        others = tuple(name for name in allowed if name != stage)
        if stage == "nitrocellulose" and scenario.linters < 1:
            continue  # fibre is what limits it there
        alone = run_lifted(model, scenario, others)[-1]
        assert alone == pytest.approx(allowed[stage][-1], rel=1e-6, abs=1e-3), stage


def test_a_lift_changes_nothing_before_levers_act(model: Model) -> None:
    first_month = MONTHS.index(Scenario().start)
    base = run_scenario(model, Scenario())[0]
    lifted = run_lifted(model, Scenario(), ("propellant", "nitrocellulose"))
    assert (lifted[:first_month] == base[:first_month]).all()
    assert (lifted[PLACE] >= base[PLACE] - 1e-6).all()
    with pytest.raises(ValueError, match="not a stage"):
        run_lifted(model, Scenario(), ("round",))


def test_raising_nitrocellulose_alone_does_not_help_where_fibre_is_missing(model: Model) -> None:
    scenario = Scenario(linters=0.2)
    locks = find_locks(model, scenario, MONTH)
    alone = locks.stages.set_index("stage")["alone_adds_p50"]
    assert alone["cellulose"] > 100_000
    assert alone["nitrocellulose"] < 0.02 * locks.output
    assert find_pair(locks, "cellulose", "nitrocellulose") >= alone["cellulose"]


def test_what_limits_is_said_to_be_assumed_with_at_most_two_figures(
    model: Model, records: Records
) -> None:
    for scenario in SCENARIOS:
        locks = find_locks(model, scenario, MONTH)
        for text in (
            write_locks(records, locks),
            write_limits(records, share_limits(model, scenario), MONTH),
        ):
            assert "By our assumptions" in text
            for sentence in text.split(". "):
                figures = [
                    word for word in sentence.replace(MONTH[:4], "").split() if word[0].isdigit()
                ]
                assert len(figures) <= 2, sentence


def test_where_no_stage_alone_helps_most_runs_the_words_do_not_contradict_themselves(
    model: Model, records: Records
) -> None:
    locks = find_locks(model, Scenario(), MONTH)
    baseline = dataclasses.replace(locks, stages=locks.stages.assign(alone_adds_p50=0.0))
    text = write_locks(records, baseline)
    assert "more than one stage holds output back" in text
    # No word of nothing in most runs beside a median that rises: how many each alone helps, then what both add.
    pair = baseline.pairs.iloc[0]
    helped = baseline.stages.set_index("stage")["alone_gains_share"]
    assert f"alone adds rounds in {say_percent(helped[pair['first']])} of runs" in text
    assert f"alone in {say_percent(helped[pair['second']])}; in the others it adds nothing" in text
    assert f"Raising both adds rounds in {say_percent(pair['gains_share'])} of runs" in text
    assert "most runs" not in text
    for sentence in text.split(". "):
        assert sum(word[0].isdigit() for word in sentence.split()) <= 2


def test_a_month_before_any_lift_can_arrive_is_told_so(model: Model, records: Records) -> None:
    locks = find_locks(model, Scenario(start="2029-01"), MONTH)
    assert (locks.stages["alone_adds_p50"] == 0).all()
    assert "no stage can be raised in time for December 2027" in write_locks(records, locks)


def test_the_command_gives_stages_narrowest_first_and_pairs_last(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["locks", "--month", MONTH, "--draws", "60", "--set", "nitrocellulose=0.8"]
    assert run_command_line([*words, "--format", "json"]) == 0
    *stages, last = json.loads(capsys.readouterr().out)
    assert {
        "stage",
        "allows_p10",
        "allows_p50",
        "allows_p90",
        "binds_share",
        "alone_adds_p50",
    } <= set(stages[0])
    allowed = [stage["allows_p50"] for stage in stages]
    assert allowed == sorted(allowed)
    count = len(stages)
    assert len(last["pairs"]) == count * (count - 1) // 2
    assert {"stages", "adds_p50"} <= set(last["pairs"][0])
    assert run_command_line(words) == 0
    assert "By our assumptions" in capsys.readouterr().out
    assert run_command_line(["locks", "--month", "1999-01"]) == 2


def test_who_calls_powder_the_bottleneck_is_named_and_marked_as_their_words(
    records: Records,
) -> None:
    said, named = write_speakers(records), list_named_claims(records)
    assert {"Papperger", "PGZ"} <= set(named["speaker"])
    assert all(speaker in said for speaker in named["speaker"])
    assert "chief" not in said, "an office alone is no name"
    assert "Papperger of Rheinmetall (January 2023 and November 2025)" in said
    assert "These are their words; our runs do not test them" in said
    for claim in named.itertuples():
        assert "powder" in claim.basis or "nitrocellulose" in claim.basis


def test_a_record_without_such_words_says_nothing_of_them(records: Records) -> None:
    tables = {name: write_as_text(records, name) for name in SCHEMAS}
    tables["claims"].cells["quantity"] = ["other"] * len(records.claims)
    assert write_speakers(build_records(tables, records.end)) == ""
