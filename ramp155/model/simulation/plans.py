"""A record's chain, and the capacity that a scenario's plans (delays, shares of projects,
countries) lead to before the supply levers.
"""

from __future__ import annotations

from ramp155.base.memory import remember
from ramp155.model.capacity.stages import Capacity, build_capacity, build_delivered_capacity
from ramp155.model.chain.books import Stacked
from ramp155.model.chain.tree import Chain, build_chain
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records


@remember
def find_chain(records: Records) -> Chain:
    """The record's chain."""
    return build_chain(records.stages)


@remember
def build_plan_capacity(model: Model, plans: Scenario) -> Capacity:
    """Capacity before the levers, in every draw."""
    return build_capacity(model.record, draw_coefficients(model, plans.assume).params, plans)


@remember
def build_running_capacity(model: Model, plans: Scenario) -> Stacked:
    """Capacity as run, by the month in which it reaches a round."""
    params = draw_coefficients(model, plans.assume).params
    return build_delivered_capacity(model.record, params, plans)
