"""The machine: its flow is the model's, its mark is where output is limited, and its words keep the style sheet."""

from __future__ import annotations

import base64
import json
from functools import partial

import numpy as np
import pytest

from ramp155.answers.output.medians import find_limiting_stages, find_median_path
from ramp155.answers.output.nitrocellulose import sum_stores
from ramp155.answers.output.surface import SUPPLY_GRID, compute_surface
from ramp155.answers.stages.flow import (
    LOOK_AHEAD,
    SAFETY_STOCK,
    FlowState,
    MachineFlow,
    compute_flow,
    judge_flow,
    read_flow,
)
from ramp155.model.chain.tree import Chain
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import run_baseline
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.machine.layout import place_stages
from ramp155.pictures.machine.live import build_machine_body, find_flow_top, pack_machine
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.numbers import say_percent
from ramp155.text.output.machine import list_flow_sentences, write_flow, write_flow_state
from tests.wording import LEAST_EASE, find_style_faults, measure_ease

SCENARIOS = [
    Scenario(),
    Scenario(linters=0.2, start="2027-03", months=12),
    Scenario(powder_plants=1.5, explosive=1.4, propellant_per_round=1.1),
    Scenario(orders=300_000.0, start="2028-01", months=24),
]
MOST_BYTES = 150_000  # of the body that the browser is sent, as JSON


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_rounds_flow_as_the_median_path_and_nothing_flows_wider_than_it_could(
    records: Records, scenario: Scenario
) -> None:
    model = Model(records)
    flow = compute_flow(model, scenario)
    assert flow.stages[-1] == "round"
    middle = compute_surface(model, scenario).quantiles[2]
    assert np.array_equal(flow.makes[:, -1], middle)
    assert (flow.makes <= flow.could * (1 + 1e-9) + 1e-6).all()
    at = Scenario(**{**vars(scenario), "nitrocellulose": 0.63})
    path = find_median_path(model, at) * 12
    for month in ("2024-06", "2026-09", "2028-01", "2030-12"):
        rounds = read_flow(model, at, month).stages["makes"].iloc[-1]
        assert rounds == pytest.approx(path[MONTHS.index(month)], abs=1e-6)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("supply", [0.3, 1.0, 1.62])
def test_the_narrow_place_is_the_stage_that_limits_most_runs(
    records: Records, scenario: Scenario, supply: float
) -> None:
    model = Model(records)
    at = Scenario(**{**vars(scenario), "nitrocellulose": supply})
    places, shares = find_limiting_stages(model, at)
    order = find_chain(records).order
    for month in range(0, len(MONTHS), 9):
        answer = read_flow(model, at, MONTHS[month])
        assert answer.state.narrow == order[places[month]]
        limits = answer.stages.set_index("stage")["limits"]
        assert limits[answer.state.narrow] == shares[month]
        assert limits.sum() == pytest.approx(1.0)
        assert answer.state.is_most == (shares[month] >= 0.5)


def test_a_month_outside_the_horizon_is_refused(records: Records) -> None:
    with pytest.raises(ValueError, match="2031-01"):
        read_flow(Model(records), Scenario(), "2031-01")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_stores_are_those_of_the_live_slider(records: Records, scenario: Scenario) -> None:
    """Which takes its stores from fifty draws: here they are all."""
    model = Model(records, 50)
    kept = compute_flow(model, scenario).kept
    assert kept == pytest.approx(sum_stores(model, scenario), abs=1e-12)


def test_what_goes_in_comes_out_or_stays(records: Records) -> None:
    """Of one draw medians are its books: each store gains what is made beyond what is taken."""
    model = Model(records, 1)
    flow = compute_flow(model, Scenario())
    output = run_baseline(model)[:, 0]
    kept = flow.levels * output
    made = {stage: flow.makes[:, k] / 12 for k, stage in enumerate(flow.stages)}
    store = {name: kept[:, k] for k, name in enumerate(flow.stores)}
    store["nitrocellulose"] = store["nitrocellulose"] + store[SAFETY_STOCK]
    for stage, taker in (
        ("nitrocellulose", "propellant"),
        ("propellant", "charge"),
        ("charge", "round"),
    ):
        gained = np.diff(store[stage], axis=1)
        assert gained == pytest.approx((made[stage] - made[taker])[:, 1:], abs=1e-4)
    assert (kept[:, :, MONTHS.index("2026-12")] > 0).any()


def _build_flow(limits: list[float], levels: np.ndarray, gains: np.ndarray) -> MachineFlow:
    """A flow of two stages and one store over all months."""
    ones = np.ones((1, 2, len(MONTHS)))
    shares = ones * np.array(limits)[:, None]
    return MachineFlow(
        ("propellant", "round"),
        ("propellant",),
        ones,
        ones,
        levels[None, None],
        gains[None, None],
        levels[None],
        shares,
    )


def test_what_becomes_of_a_store_is_judged_by_what_it_gains() -> None:
    still, none = np.zeros(len(MONTHS)), np.zeros(len(MONTHS))
    full = np.full(len(MONTHS), 2.0)
    assert judge_flow(_build_flow([0.4, 0.6], full, still), 0, 5).narrow == "round"
    state = judge_flow(_build_flow([0.6, 0.4], full, still - 0.5), 0, 5)
    assert (state.narrow, state.is_most, state.empties) == ("propellant", True, ("propellant",))
    assert not state.are_gone
    assert not state.is_bare
    assert judge_flow(_build_flow([0.4, 0.3], full, still + 0.5), 0, 5).fills == ("propellant",)
    drained = np.where(np.arange(len(MONTHS)) < 8, 2.0, 0.0)
    assert judge_flow(_build_flow([1.0, 0.0], drained, still - 2), 0, 5).are_gone
    assert judge_flow(_build_flow([1.0, 0.0], none, still), 0, 5).is_bare
    assert judge_flow(_build_flow([1.0, 0.0], none, still), 0, len(MONTHS) - 1).ahead == 0


def test_the_sentence_says_what_limits_and_what_happens_next(records: Records) -> None:
    state = FlowState("propellant", True, ("nitrocellulose",), (), True, False, LOOK_AHEAD)
    assert write_flow_state(records, state) == (
        "By our assumptions powder is the narrow place in most runs. In the next half-year the store of nitrocellulose fills."
    )
    state = FlowState(
        "explosive", False, ("charge",), ("nitrocellulose", SAFETY_STOCK), True, False, 2
    )
    assert write_flow_state(records, state) == (
        "By our assumptions no stage is narrow in most runs; most often it is explosive. By the end of 2030 the store of "
        "charges fills, and the store of nitrocellulose and the safety stock run dry."
    )


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_sentence_keeps_the_style_sheet(records: Records, scenario: Scenario) -> None:
    model = Model(records)
    sentences, places = list_flow_sentences(model, scenario)
    assert len(set(sentences)) == len(sentences)
    assert set(np.unique(places)) == set(range(len(sentences)))
    for sentence in sentences:
        assert find_style_faults(sentence) == []
        assert measure_ease(sentence) >= LEAST_EASE, sentence
    for supply, month in ((0.0, "2026-03"), (0.65, "2026-08"), (2.0, "2030-12")):
        answer = read_flow(model, Scenario(**{**vars(scenario), "nitrocellulose": supply}), month)
        position = int(np.argmin(np.abs(SUPPLY_GRID - supply)))
        said = sentences[places[position, MONTHS.index(month)]]
        assert said == write_flow_state(records, answer.state)
        finding = write_flow(records, answer)
        assert find_style_faults(finding) == []
        assert finding.split(". ")[-1] in said


def test_less_nitrocellulose_drains_the_safety_stock_and_says_so(records: Records) -> None:
    answer = read_flow(Model(records), Scenario(nitrocellulose=0.6), "2026-06")
    assert SAFETY_STOCK in answer.state.empties
    assert "the safety stock" in write_flow_state(records, answer.state)


def _unpack(text: str, integer_type: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), dtype=integer_type)


def _read(packed: np.ndarray, moves: int, rows: int, position: int, row: int, month: int) -> int:
    """As the browser finds a value."""
    ahead = len(MONTHS) - moves
    if month < moves:
        return int(packed[row * moves + month])
    return int(packed[rows * moves + (position * rows + row) * ahead + month - moves])


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_the_browser_is_sent_is_the_flow(records: Records, scenario: Scenario) -> None:
    model = Model(records)
    flow, packed = compute_flow(model, scenario), pack_machine(model, scenario)
    sentences, places = list_flow_sentences(model, scenario)
    moves, months = packed["moves"], len(MONTHS)
    makes, levels = _unpack(packed["makes"], "<u2"), _unpack(packed["levels"], "<u2")
    limits, said = _unpack(packed["limits"], "u1"), _unpack(packed["said"], "<u2")
    could = [_unpack(packed[name], "<u2").reshape(-1, months) for name in ("could0", "could1")]
    for position in (0, 7, 20, 33, 40):
        for month in (0, 30, 47, 52, 80, months - 1):
            read = partial(_read, moves=moves, position=position, month=month)
            for k, stage in enumerate(packed["stages"]):
                made = read(makes, rows=packed["rows"], row=stage["row"])
                assert made == pytest.approx(flow.makes[position, k, month] / 1000, abs=0.51)
                without, full = (float(array[k, month]) for array in could)
                expected = flow.could[position, k, month] / 1000
                if np.isfinite(expected):
                    drawn = without + (full - without) * SUPPLY_GRID[position]
                    assert drawn == pytest.approx(expected, abs=2.1)
                else:
                    assert full == 65535
            for k in range(len(flow.stores)):
                level = read(levels, rows=len(flow.stores), row=k) / 100
                assert level == pytest.approx(flow.levels[position, k, month], abs=0.0051)
            for row, k in enumerate(packed["limiting"]):
                share = read(limits, rows=len(packed["limiting"]), row=row)
                assert f"{share} %" == say_percent(flow.limits[position, k, month])
            sentence = packed["sentences"][read(said, rows=1, row=0)]
            assert sentence == sentences[places[position, month]]


def test_the_machine_is_light_to_send_and_the_same_at_every_position(records: Records) -> None:
    model = Model(records)
    for scenario in SCENARIOS:
        body = build_machine_body(model, scenario)
        assert len(body) < MOST_BYTES
        at = Scenario(**{**vars(scenario), "nitrocellulose": 0.4})
        assert build_machine_body(model, at) == body
    light, dark = (json.loads(build_machine_body(model, Scenario(), t)) for t in ("light", "dark"))
    assert light["stages"][2]["colour"] != dark["stages"][2]["colour"]


def test_every_stage_stands_left_of_what_it_goes_into(records: Records) -> None:
    chain = find_chain(records)
    places = place_stages(chain, chain.order)
    for stage in chain.order[:-1]:
        assert places[stage].column == places[chain.feeds[stage]].column + 1
    spots = [(place.column, place.lane) for place in places.values()]
    assert len(set(spots)) == len(spots)
    assert places["projectile"].spans == (places["shell_body"].lane, places["explosive"].lane)
    feeds = {"band": "body", "body": "round", "fuze": "round", "round": ""}
    own = place_stages(Chain(tuple(feeds), feeds, {}, {}), tuple(feeds))
    assert own["band"].lane == own["body"].lane == 0
    assert own["round"].spans == (0, 1)


@pytest.mark.parametrize(
    ("supply", "month"), [(1.0, "2027-12"), (0.4, "2026-08"), (2.0, "2022-03")]
)
def test_the_picture_marks_the_narrow_place_and_draws_widths_to_scale(
    records: Records, supply: float, month: str
) -> None:
    model = Model(records)
    scenario = Scenario(nitrocellulose=supply)
    answer = read_flow(model, scenario, month)
    picture = build_picture(model, "flow", View(scenario, flow_month=month))
    assert picture.finding == write_flow(records, answer)
    rows = [row for layer in picture.spec["layer"] for row in layer["data"]["values"]]
    marks = [row["text"] for row in rows if str(row.get("text", "")).startswith("narrow place")]
    limits = answer.stages.set_index("stage")["limits"]
    assert marks == [f"narrow place: {say_percent(limits[answer.state.narrow])}"]
    top = find_flow_top(compute_flow(model, scenario))
    gates = {(r["stage"], r["part"]): r for r in rows if r.get("part") in ("makes", "could")}
    narrow = gates[answer.state.narrow, "could"]
    wedges = {row["x"] for row in rows if "side" in row}
    assert narrow["x"] < min(wedges) < max(wedges) < narrow["x2"]
    made = answer.stages.set_index("stage")["makes"]
    widths = {
        stage: row["y2"] - row["y"] for (stage, part), row in gates.items() if part == "makes"
    }
    for stage, width in widths.items():
        assert width / widths["fuze"] == pytest.approx(made[stage] / made["fuze"], rel=0.02)
    assert all(row["y2"] - row["y"] <= gates["fuze", "could"]["y2"] for row in gates.values())
    assert (answer.stages["could"].iloc[:-1] > top).sum() == sum(
        row["is_open"] for (_, part), row in gates.items() if part == "could"
    )


def test_the_pictures_month_is_the_pages_unless_it_has_its_own(records: Records) -> None:
    model = Model(records)
    usual = build_picture(model, "flow", View(month="2028-12"))
    assert "December 2028" in usual.finding
    assert (
        "March 2025"
        in build_picture(model, "flow", View(month="2028-12", flow_month="2025-03")).finding
    )
