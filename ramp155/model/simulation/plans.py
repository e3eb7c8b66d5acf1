"""A record's chain, and the capacity that a scenario's plans (delays, shares of projects, countries) lead to before the supply levers."""

from __future__ import annotations

from functools import lru_cache

from ramp155.model.capacity.stages import Capacity, build_capacity, build_delivered_capacity
from ramp155.model.chain.books import Stacked
from ramp155.model.chain.tree import Chain, build_chain
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records


@lru_cache(maxsize=8)
def find_chain(records: Records) -> Chain:
    """The record's chain."""
    return build_chain(records.stages)


@lru_cache(maxsize=8)
def build_plan_capacity(records: Records, draws: int, plans: Scenario) -> Capacity:
    """Capacity before the levers at central coefficients or draws."""
    return build_capacity(records, draw_coefficients(records, draws, plans.assume).params, plans)


@lru_cache(maxsize=8)
def build_running_capacity(records: Records, draws: int, plans: Scenario) -> Stacked:
    """Capacity as run, by the month in which it reaches a round."""
    params = draw_coefficients(records, draws, plans.assume).params
    return build_delivered_capacity(records, params, plans)
