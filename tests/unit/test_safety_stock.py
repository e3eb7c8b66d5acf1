"""The safety stock of nitrocellulose: it fills a shortfall that powder makers feel, and none of it is lost."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ramp155.answers.output.medians import FINE_SUPPLY_GRID
from ramp155.model.chain.books import Flow, Stacked, Supply
from ramp155.model.chain.runs import run_chain
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import list_stage_levers
from ramp155.model.simulation.plans import build_running_capacity, find_chain
from ramp155.model.simulation.runs import run_scenario, trace_scenario
from ramp155.record.records import Records
from tests import shared

RECORDS = shared.record()
MODEL = Model(RECORDS, draws=8)
CHAIN = find_chain(RECORDS)
STORES = ("nitrocellulose", "propellant", "charge")
LEVER_STARTS = [month for month in MONTHS if "2026-01" <= month <= "2029-12"]


@dataclass
class Ledger:
    """What went into and out of each store of one draw, in rounds, and what is left of the safety stock."""

    output: list[float] = field(default_factory=list)
    opening: dict[str, float] = field(default_factory=dict)
    stock: dict[str, float] = field(default_factory=dict)
    came: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STORES, 0.0))
    went: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STORES, 0.0))
    reserve: list[float] = field(default_factory=list)
    released: float = 0.0


def keep_ledger(scenario: Scenario, draw: int) -> Ledger:
    """The month loop once more in plain Python, written from docs/model.md and not from the kernel."""
    stacked = build_running_capacity(MODEL, scenario.plans)
    params = {
        name: float(values[draw])
        for name, values in draw_coefficients(MODEL, scenario.assume).params.items()
    }
    begin = MONTHS.index(scenario.start)
    length = scenario.months or len(MONTHS)

    def acts(stage: str, month: int) -> bool:
        return 0 <= month - begin - CHAIN.lead[stage] < length

    def limit(stage: str, month: int) -> float:
        levers = [getattr(scenario, name) for name in list_stage_levers(RECORDS)[stage]]
        factor = math.prod(levers) if acts(stage, month) else 1.0
        return float(stacked.array[stacked.stages.index(stage), month, draw]) * factor

    def room(stage: str, capacity: float) -> float:
        return max((1 + CHAIN.buffer[stage]) * capacity - ledger.stock[stage], 0.0)

    share = params["share_155_nitrocellulose"]
    share_factor = min(share * scenario.share_for_155, 1.0) / share
    asian_fibre = scenario.linters + max(1 - scenario.linters, 0.0) * scenario.wood_pulp
    fibre = 1 - params["linters_asia_share"] * (1 - asian_fibre)

    ledger = Ledger()
    least = min(limit(stage, 0) for stage in stacked.stages)
    ledger.opening = {stage: CHAIN.buffer[stage] * least for stage in STORES}
    ledger.stock = dict(ledger.opening)
    acting = [month for month in range(len(MONTHS)) if acts("nitrocellulose", month)]
    in_reserve = (
        params["reserve_nitrocellulose"]
        * scenario.reserve
        * limit("nitrocellulose", acting[0] if acting else len(MONTHS) - 1)
    )
    for month in range(len(MONTHS)):
        is_cut = acts("nitrocellulose", month)
        full, feed = limit("nitrocellulose", month), limit("cellulose", month)
        supply = full * scenario.nitrocellulose * share_factor if is_cut else full
        bought = feed * scenario.nitrocellulose * share_factor * fibre if is_cut else feed

        made = min(supply, bought, room("nitrocellulose", max(supply, full)))
        ready = ledger.stock["nitrocellulose"] + made
        could_take = min(limit("propellant", month), room("propellant", limit("propellant", month)))
        shortfall = min(full, feed, room("nitrocellulose", full)) - made if is_cut else 0.0
        released = max(min(in_reserve, shortfall, could_take - ready), 0.0)
        in_reserve -= released
        powder = min(could_take, ready + released)

        powder_ready = ledger.stock["propellant"] + powder
        charges = min(limit("charge", month), powder_ready, room("charge", limit("charge", month)))
        charges_ready = ledger.stock["charge"] + charges
        per_round = scenario.propellant_per_round if acts("round", month) else 1.0
        others = ("projectile", "shell_body", "explosive", "fuze", "primer")
        rounds = min(charges_ready / per_round, *(limit(stage, month) for stage in others))

        flows = {
            "nitrocellulose": (made + released, powder),
            "propellant": (powder, charges),
            "charge": (charges, rounds * per_round),
        }
        for stage, (came, went) in flows.items():
            ledger.stock[stage] = max(ledger.stock[stage] + came - went, 0.0)
            ledger.came[stage] += came
            ledger.went[stage] += went
        ledger.output.append(rounds)
        ledger.reserve.append(in_reserve)
        ledger.released += released
    return ledger


SCENARIOS = st.builds(
    Scenario,
    nitrocellulose=st.one_of(st.floats(0, 2), st.sampled_from([0.0, 0.5, 0.9, 1.0])),
    reserve=st.floats(0, 6),
    start=st.sampled_from(LEVER_STARTS),
    months=st.integers(0, 60),
    linters=st.one_of(st.just(1.0), st.floats(0, 1.5)),
    wood_pulp=st.floats(0, 1),
    share_for_155=st.one_of(st.just(1.0), st.floats(0.5, 1.6)),
    propellant_per_round=st.floats(0.7, 1.3),
    explosive=st.floats(0, 2),
    shifts=st.floats(0.6, 1.5),
    extra_delay=st.sampled_from([0, 12]),
)


def weigh_stores(flow: Flow) -> dict[str, np.ndarray]:
    """Opening + made + released - used - stock of every store, as a share of what passed through it."""
    gaps = {}
    for stage in CHAIN.held:
        came = flow.opening[stage] + flow.made[stage].sum(axis=0)
        if stage == "nitrocellulose":
            came = came + flow.released.sum(axis=0)
        went = flow.used[stage].sum(axis=0) + flow.stock[stage][-1]
        gaps[stage] = np.abs(came - went) / np.maximum(came, 1.0)
    return gaps


@settings(max_examples=80, deadline=None)
@given(SCENARIOS)
def test_nothing_is_lost_with_the_safety_stock_in(scenario: Scenario) -> None:
    flow = trace_scenario(MODEL, scenario)
    for gap in weigh_stores(flow).values():
        assert (gap <= 1e-9).all()
    # The safety stock's own account: what it was is what it gave and what it is.
    first = flow.reserve[0] + flow.released[0]
    np.testing.assert_allclose(flow.released.sum(axis=0) + flow.reserve[-1], first, rtol=1e-9)
    assert (flow.released >= 0).all()
    assert (flow.reserve >= 0).all()
    assert (flow.made["nitrocellulose"] <= flow.used["cellulose"] * (1 + 1e-9)).all()


@settings(max_examples=40, deadline=None)
@given(SCENARIOS)
def test_a_plain_loop_keeps_the_same_books(scenario: Scenario) -> None:
    flow = trace_scenario(MODEL, scenario)
    for draw in range(MODEL.draws):
        ledger = keep_ledger(scenario, draw)
        near = 1e-9 * max(ledger.output)
        np.testing.assert_allclose(flow.output[:, draw], ledger.output, rtol=1e-9, atol=near)
        np.testing.assert_allclose(flow.reserve[:, draw], ledger.reserve, rtol=1e-9, atol=near)
        assert flow.released[:, draw].sum() == pytest.approx(ledger.released, abs=100 * near)
        for stage in STORES:
            assert flow.opening[stage][draw] == pytest.approx(ledger.opening[stage])
            assert flow.stock[stage][-1, draw] == pytest.approx(ledger.stock[stage], abs=10 * near)
            balance = ledger.opening[stage] + ledger.came[stage] - ledger.went[stage]
            assert balance == pytest.approx(ledger.stock[stage], abs=10 * near)


@settings(max_examples=20, deadline=None)
@given(SCENARIOS)
def test_no_more_is_released_than_powder_makers_take(scenario: Scenario) -> None:
    flow = trace_scenario(MODEL, scenario)
    is_released = flow.released > 1e-6
    # While the stock is drawn on nothing else is left: no store of nitrocellulose is filled from it.
    assert (flow.stock["nitrocellulose"][is_released] <= 1e-6).all()
    assert (flow.released <= flow.made["propellant"] * (1 + 1e-9)).all()


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(),
        Scenario(months=12),
        Scenario(reserve=4, start="2027-01", months=9),
        Scenario(linters=0.3, reserve=2),
        Scenario(propellant_per_round=1.2, shifts=0.8),
    ],
)
def test_output_never_falls_as_supply_rises(records: Records, scenario: Scenario) -> None:
    """Month by month and draw by draw, at each whole percent."""
    model = Model(records, draws=60)
    before = np.zeros(())
    for supply in FINE_SUPPLY_GRID:
        here = dataclasses.replace(scenario, nitrocellulose=float(supply))
        output, _ = run_scenario(model, here)
        assert (output - before >= -1e-6).all(), supply
        before = output


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(nitrocellulose=0.0),
        Scenario(nitrocellulose=0.6, months=12),
        Scenario(nitrocellulose=0.9),
        Scenario(linters=0.0, start="2027-05"),
    ],
)
def test_more_safety_stock_never_lowers_output(records: Records, scenario: Scenario) -> None:
    model = Model(records, draws=60)
    totals = np.array(
        [
            run_scenario(model, dataclasses.replace(scenario, reserve=reserve))[0].sum(axis=0)
            for reserve in np.linspace(0, 6, 25)
        ]
    )
    assert (np.diff(totals, axis=0) >= -1e-6).all()
    assert totals[-1].sum() > totals[0].sum()


def test_at_full_supply_neither_stock_nor_time_moves_output(records: Records) -> None:
    model = Model(records, draws=200)
    baseline, _ = run_scenario(model, Scenario())
    for scenario in (
        Scenario(reserve=0),
        Scenario(reserve=6),
        Scenario(start="2028-01"),
        Scenario(months=6),
    ):
        np.testing.assert_allclose(run_scenario(model, scenario)[0], baseline, rtol=1e-12)


@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.floats(0, 1),
    st.tuples(st.floats(0, 2), st.floats(0, 1)),
    st.tuples(st.floats(0, 3), st.floats(0, 3)),
    st.floats(0, 1),
)
def test_supply_and_stock_raise_output_whatever_the_capacities(
    seed: int,
    jumpy: float,
    supply: tuple[float, float],
    stock: tuple[float, float],
    fibre: float,
) -> None:
    """Capacities that stop and jump: output still never falls, not in a single month."""
    rng = np.random.default_rng(seed)
    months, draws = 30, 5
    limited = tuple(stage for stage in CHAIN.order if stage != CHAIN.root)
    shape = (len(limited), months, draws)
    capacity = jumpy * rng.uniform(0, 100, shape) + (1 - jumpy) * rng.uniform(
        10, 100, (len(limited), 1, draws)
    )
    capacity[rng.random(shape) < 0.1 * jumpy] = 0.0
    acts = np.arange(months) >= rng.integers(0, 10)
    acts &= np.arange(months) < rng.integers(10, 40)

    def run(factor: float, in_stock: float) -> np.ndarray:
        levered = Supply(
            "nitrocellulose",
            "cellulose",
            np.full(draws, factor),
            np.full(draws, fibre),
            np.full(draws, in_stock * 100),
            acts,
        )
        return run_chain(Stacked(limited, capacity), CHAIN, supply=levered)[0]

    low = run(supply[0], stock[0])
    assert (run(supply[0] + supply[1], stock[0]) >= low - 1e-9).all()
    assert (run(supply[0], stock[0] + stock[1]) >= low - 1e-9).all()
