from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ramp155.model.chain.runs import simulate_chain
from ramp155.model.chain.tree import build_chain, list_delivery_months
from tests import shared

RECORDS = shared.record()
CHAIN = build_chain(RECORDS.stages)
LIMITED = [s for s in CHAIN.order if s != CHAIN.root]
HELD = [s for s in CHAIN.order if CHAIN.buffer[s] > 0]
MONTHS, DRAWS = 30, 3


@st.composite
def capacities(draw: st.DrawFn) -> dict[str, np.ndarray]:
    """Any capacity path a stage, with stops, jumps and months of nothing."""
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    jumpy = draw(st.floats(0, 1))
    capacity = {}
    for stage in LIMITED:
        level = rng.uniform(0, 100, (MONTHS, DRAWS))
        steady = np.full((MONTHS, DRAWS), rng.uniform(10, 100))
        capacity[stage] = jumpy * level + (1 - jumpy) * steady
        capacity[stage][rng.random((MONTHS, DRAWS)) < 0.1 * jumpy] = 0.0
    return capacity


@settings(max_examples=60, deadline=None)
@given(capacities())
def test_mass_is_conserved(capacity: dict[str, np.ndarray]) -> None:
    flow = simulate_chain(capacity, CHAIN)
    for stage in HELD:
        came = flow.opening[stage] + flow.made[stage].sum(axis=0)
        went = flow.used[stage].sum(axis=0) + flow.stock[stage][-1]
        np.testing.assert_allclose(came, went, rtol=1e-9, atol=1e-9)
        consumer = CHAIN.feeds[stage]
        taken = flow.output if consumer == CHAIN.root else flow.made[consumer]
        np.testing.assert_allclose(flow.used[stage], taken, rtol=1e-9, atol=1e-9)
        assert (flow.stock[stage] >= 0).all()


@settings(max_examples=60, deadline=None)
@given(capacities())
def test_no_stage_makes_more_than_its_capacity(capacity: dict[str, np.ndarray]) -> None:
    flow = simulate_chain(capacity, CHAIN)
    for stage in LIMITED:
        assert (flow.made[stage] <= capacity[stage] * (1 + 1e-9) + 1e-9).all()


@settings(max_examples=120, deadline=None)
@given(capacities(), st.floats(0, 1), st.floats(0, 2))
def test_output_never_falls_when_nitrocellulose_rises(
    capacity: dict[str, np.ndarray], low: float, more: float
) -> None:
    def output(factor: float) -> np.ndarray:
        feeds = {s: capacity[s] * factor for s in ("nitrocellulose", "cellulose")}
        return simulate_chain({**capacity, **feeds}, CHAIN).output

    # Month by month, not only in sum.
    assert (output(low + more) >= output(low) - 1e-9).all()


@settings(max_examples=60, deadline=None)
@given(capacities())
def test_doubling_everything_doubles_output(capacity: dict[str, np.ndarray]) -> None:
    once = simulate_chain(capacity, CHAIN)
    twice = simulate_chain({s: 2 * a for s, a in capacity.items()}, CHAIN)
    np.testing.assert_allclose(twice.output, 2 * once.output, rtol=1e-9, atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(capacities(), st.permutations(range(DRAWS)))
def test_the_order_of_draws_does_not_matter(
    capacity: dict[str, np.ndarray], order: list[int]
) -> None:
    straight = simulate_chain(capacity, CHAIN)
    # In the layout of the straight ones: for another the loop would be compiled anew, which takes 10 s.
    mixed = simulate_chain(
        {s: np.ascontiguousarray(a[:, order]) for s, a in capacity.items()}, CHAIN
    )
    np.testing.assert_array_equal(mixed.output, straight.output[:, order])
    np.testing.assert_array_equal(mixed.binds, straight.binds[:, order])


def steady(**changed: float) -> dict[str, np.ndarray]:
    return {s: np.full((MONTHS, 1), changed.get(s, 100.0)) for s in LIMITED}


@pytest.mark.parametrize("stage", LIMITED)
def test_the_scarcest_stage_sets_output_and_is_named(stage: str) -> None:
    flow = simulate_chain(steady(**{stage: 40.0}), CHAIN)
    assert flow.output[-1, 0] == pytest.approx(40.0)
    assert CHAIN.order[flow.binds[-1, 0]] == stage


def test_a_cut_reaches_output_only_after_the_stores_are_used() -> None:
    capacity = steady(projectile=50.0)
    capacity["nitrocellulose"][10:] = 0.0
    flow = simulate_chain(capacity, CHAIN)
    assert flow.output[10, 0] == pytest.approx(50.0)
    assert flow.output[-1, 0] == 0.0
    stored = sum(flow.stock[s][9, 0] for s in HELD)
    assert flow.output[10:].sum() == pytest.approx(stored)


def test_a_heavier_charge_draws_more_powder() -> None:
    capacity = steady(charge=60.0)
    plain = simulate_chain(capacity, CHAIN)
    heavy = simulate_chain(capacity, CHAIN, {"charge": np.full((MONTHS, 1), 1.2)})
    assert heavy.output[-1, 0] == pytest.approx(plain.output[-1, 0] / 1.2)
    assert heavy.used["charge"][-1, 0] == pytest.approx(60.0)


def test_lead_times_add_up_along_the_way() -> None:
    lead_months = RECORDS.stages.set_index("stage")["lead_months"]
    assert (
        CHAIN.lead["nitrocellulose"]
        == lead_months[["nitrocellulose", "propellant", "charge"]].sum()
    )
    array = np.arange(MONTHS, dtype=float)[:, None]
    shifted = array[list_delivery_months(CHAIN, "nitrocellulose", MONTHS)]
    lead = CHAIN.lead["nitrocellulose"]
    assert (shifted[lead:, 0] == array[: MONTHS - lead, 0]).all()
    assert (shifted[:lead] == array[0]).all()


def test_a_new_input_is_a_row_and_no_code() -> None:
    row = RECORDS.stages[RECORDS.stages["stage"] == "primer"].assign(stage="gloves", feeds="charge")

    more = pd.concat([RECORDS.stages, row], ignore_index=True)
    tree = build_chain(more)
    capacity = {s: np.full((MONTHS, 1), 100.0) for s in tree.order if s != tree.root}
    capacity["gloves"][:] = 30.0
    flow = simulate_chain(capacity, tree)
    assert flow.output[-1, 0] == pytest.approx(30.0)
    assert tree.order[flow.binds[-1, 0]] == "gloves"
