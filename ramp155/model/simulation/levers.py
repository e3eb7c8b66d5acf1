"""A scenario's levers put on the capacities: factors by stage and month, the nitrocellulose supply
under its lever, and what a round draws.
"""

from __future__ import annotations

import numpy as np

from ramp155.model.arrays import Array, Params
from ramp155.model.chain.books import Stacked, Supply
from ramp155.model.chain.tree import Chain
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import build_running_capacity, find_chain
from ramp155.record.records import Records

# Levers that multiply a stage's capacity while they act.
_LEVER_OF_STAGE = {"explosive": "explosive", "shell_body": "shell_bodies", "fuze": "fuzes"}
# Working hours move lines in Europe; nitrocellulose and cellulose are supply, moved by their own levers.
_SHIFTED_STAGES = (
    "propellant",
    "charge",
    "shell_body",
    "explosive",
    "projectile",
    "fuze",
    "primer",
)
# Capacities, chain, factors by stage and month, the supply under its lever, what a round draws.
Prepared = tuple[Stacked, Chain, Array, Supply, dict[str, Array]]


def find_acting_months(scenario: Scenario, lead: int = 0) -> Array:
    """Delivery months in which a lever acts on a stage `lead` months upstream, (months,) of bool."""
    first = MONTHS.index(scenario.start) + lead
    last = first + scenario.months if scenario.months else len(MONTHS)
    months = np.arange(len(MONTHS))
    return (months >= first) & (months < last)


def prepare_scenario(model: Model, scenario: Scenario) -> Prepared:
    """A scenario's capacities and levers as the chain takes them."""
    stacked = build_running_capacity(model, scenario.plans)
    params = draw_coefficients(model, scenario.assume).params
    return apply_levers(model.record, stacked, params, scenario)


def apply_levers(
    records: Records, stacked: Stacked, params: Params, scenario: Scenario
) -> Prepared:
    chain = find_chain(records)
    factor = np.ones((len(chain.order), len(MONTHS)))
    for place, stage in enumerate(chain.order):
        scale = getattr(scenario, _LEVER_OF_STAGE[stage]) if stage in _LEVER_OF_STAGE else 1.0
        scale *= scenario.shifts if stage in _SHIFTED_STAGES else 1.0
        if scale != 1.0:
            factor[place] = np.where(find_acting_months(scenario, chain.lead[stage]), scale, 1.0)
    intake = {}
    if scenario.propellant_per_round != 1.0:
        intake["charge"] = np.where(
            find_acting_months(scenario), scenario.propellant_per_round, 1.0
        )
    return stacked, chain, factor, _build_supply(params, scenario, stacked, chain), intake


def _build_supply(params: Params, scenario: Scenario, stacked: Stacked, chain: Chain) -> Supply:
    """Nitrocellulose and its cellulose under their levers."""
    share_for_155, asian_share = params["share_155_nitrocellulose"], params["linters_asia_share"]
    share_factor = np.minimum(share_for_155 * scenario.share_for_155, 1.0) / share_for_155
    missing_linters = max(1.0 - scenario.linters, 0.0)
    fibre = (
        1.0 - asian_share + asian_share * (scenario.linters + missing_linters * scenario.wood_pulp)
    )
    # Fibre is bought for the nitrocellulose it becomes, so both reach the round in the same month.
    acts = find_acting_months(scenario, chain.lead["nitrocellulose"])
    first_month = int(np.argmax(acts)) if acts.any() else len(acts) - 1
    nominal = stacked.array[stacked.stages.index("nitrocellulose"), first_month]
    reserve_months = params["reserve_nitrocellulose"] * scenario.reserve
    return Supply(
        "nitrocellulose",
        "cellulose",
        scenario.nitrocellulose * share_factor,
        fibre,
        reserve_months * nominal,
        acts,
    )
