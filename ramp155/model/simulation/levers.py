"""A scenario's levers put on the capacities: factors by stage and month, the nitrocellulose supply
under its lever, and what a round draws.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.arrays import Array, Flags, Params
from ramp155.model.chain.books import Stacked, Supply
from ramp155.model.chain.tree import Chain
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.levers import STAGE_LEVERS
from ramp155.model.scenario.scenario import NO_LIMIT, Scenario
from ramp155.model.simulation.plans import build_running_capacity, find_chain
from ramp155.record.records import Records

# Capacities, chain, factors by stage and month, the supply under its lever, what a round draws.
Prepared = tuple[Stacked, Chain, Array, Supply, dict[str, Array]]


def find_acting_months(scenario: Scenario, lead: int = 0) -> Flags:
    """Delivery months in which a lever acts on a stage upstream of the finished product.

    Parameters
    ----------
    scenario : Scenario
        Whose start and duration count.
    lead : int
        Months from the stage's intake to the finished product.

    Returns
    -------
    Flags, (months,)
        Booleans, one a month of the horizon.
    """
    first = MONTHS.index(scenario.start) + lead
    last = first + scenario.months if scenario.months else len(MONTHS)
    months = np.arange(len(MONTHS))
    return (months >= first) & (months < last)


def prepare_scenario(model: Model, scenario: Scenario) -> Prepared:
    """A scenario's capacities and levers as the chain takes them."""
    stacked = build_running_capacity(model, scenario.plans)
    if scenario.orders < NO_LIMIT:
        orders = Scenario(orders=scenario.orders, start=scenario.start, months=scenario.months)
        stacked = _build_ordered_capacity(model, scenario.plans, orders)
    params = draw_coefficients(model, scenario.assume).params
    return apply_levers(model.record, stacked, params, scenario)


@remember
def _build_ordered_capacity(model: Model, plans: Scenario, orders: Scenario) -> Stacked:
    """Capacity as run with orders beside it: the same at every position of all other levers."""
    return limit_by_orders(model.record, build_running_capacity(model, plans), orders)


def limit_by_orders(records: Records, stacked: Stacked, scenario: Scenario) -> Stacked:
    """Capacities with what buyers order beside them; as they are where that limits nothing or is there.

    Parameters
    ----------
    records : Records
        Its stages say which one orders are.
    stacked : Stacked, (stages, months, draws)
        Capacities as run, rounds a month.
    scenario : Scenario
        Its orders, rounds a year, and the months in which they act.

    Returns
    -------
    Stacked, (stages, months, draws)
        Rounds a month; without limit in months in which the lever does not act.
    """
    if scenario.orders >= NO_LIMIT or records.stage_of_role["orders"] in stacked.stages:
        return stacked
    ordered = np.where(find_acting_months(scenario), scenario.orders / 12, np.inf)
    rows = np.broadcast_to(ordered[None, :, None], (1, *stacked.array.shape[1:]))
    return Stacked(
        (*stacked.stages, records.stage_of_role["orders"]), np.concatenate([stacked.array, rows])
    )


@remember
def list_stage_levers(records: Records) -> dict[str, tuple[str, ...]]:
    """stage -> the levers that multiply its capacity while they act: its own, then working hours."""
    stages = records.stages
    return {
        stage: (
            *(lever.name for lever in STAGE_LEVERS.values() if stage in lever.stages),
            *(["shifts"] if hours == "yes" else []),
        )
        for stage, hours in zip(stages["stage"], stages["hours"], strict=True)
    }


def apply_levers(
    records: Records, stacked: Stacked, params: Params, scenario: Scenario
) -> Prepared:
    """A scenario's levers on capacities as run, at coefficients assumption_id -> (draws,)."""
    chain = find_chain(records)
    stacked = limit_by_orders(records, stacked, scenario)
    levers_of_stage = list_stage_levers(records)
    factor = np.ones((len(chain.order), len(MONTHS)))
    for place, stage in enumerate(chain.order):
        scale = math.prod(getattr(scenario, name) for name in levers_of_stage[stage])
        if scale != 1.0:
            factor[place] = np.where(find_acting_months(scenario, chain.lead[stage]), scale, 1.0)
    intake = {}
    if scenario.propellant_per_round != 1.0:
        intake[records.stage_of_role["charge"]] = np.where(
            find_acting_months(scenario), scenario.propellant_per_round, 1.0
        )
    supply = _build_supply(records.stage_of_role, params, scenario, stacked, chain)
    return stacked, chain, factor, supply, intake


def _build_supply(
    stage_of_role: Mapping[str, str],
    params: Params,
    scenario: Scenario,
    stacked: Stacked,
    chain: Chain,
) -> Supply:
    """Nitrocellulose and its cellulose under their levers."""
    share_for_155, asian_share = params["share_155_nitrocellulose"], params["linters_asia_share"]
    share_factor = np.minimum(share_for_155 * scenario.share_for_155, 1.0) / share_for_155
    missing_linters = max(1.0 - scenario.linters, 0.0)
    fibre = (
        1.0 - asian_share + asian_share * (scenario.linters + missing_linters * scenario.wood_pulp)
    )
    # Fibre is bought for the nitrocellulose it becomes, so both reach the round in the same month.
    acts = find_acting_months(scenario, chain.lead[stage_of_role["supply"]])
    first_month = int(np.argmax(acts)) if acts.any() else len(acts) - 1
    nominal = stacked.array[stacked.stages.index(stage_of_role["supply"]), first_month]
    reserve_months = params["reserve_nitrocellulose"] * scenario.reserve
    return Supply(
        stage_of_role["supply"],
        stage_of_role["fibre"],
        scenario.nitrocellulose * share_factor,
        fibre,
        reserve_months * nominal,
        acts,
    )
