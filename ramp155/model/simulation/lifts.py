"""The chain run as if some stages never ran short: what a stage holds back is what such a run adds."""

from __future__ import annotations

import dataclasses

import numpy as np

from ramp155.model.arrays import Array, Flags
from ramp155.model.chain.books import Stacked
from ramp155.model.chain.runs import run_chain
from ramp155.model.chain.tree import Chain
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import find_acting_months, prepare_scenario
from ramp155.model.simulation.runs import POOL, run_past

# A lifted stage makes this many times the most that any stage could make in any month.
_OUT_OF_REACH = 1e3


def run_lifted(
    model: Model, scenario: Scenario, stages: tuple[str, ...], month_count: int = len(MONTHS)
) -> Array:
    """Output where some stages do not limit it: from the scenario's start on they make all that is asked.

    As a lever would, a lift reaches finished rounds after the stage's lead, and stays. Stores are run as ever.
    Nitrocellulose brings the fibre that it is made of along, as its slider does, but for what the scenario takes
    away of it.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        All levers; they act on every stage that is not lifted.
    stages : tuple of str
        The stages that are lifted.
    month_count : int, optional
        Months to run; none given: the whole horizon.

    Returns
    -------
    Array, (months, draws)
        Rounds a month.

    Raises
    ------
    ValueError
        For a stage that has no capacity in the record.
    """
    stacked, chain, factor, supply, intake = prepare_scenario(model, scenario)
    for stage in stages:
        if stage not in stacked.stages:
            raise ValueError(f"{stage!r} is not a stage with a capacity")
    months = slice(0, month_count)
    array, factor = stacked.array[:, months].copy(), factor[:, months].copy()
    supply = dataclasses.replace(supply, acts=supply.acts[months])
    is_finite = np.isfinite(stacked.array)  # orders limit nothing outside their lever's months
    out_of_reach = float(stacked.array.max(where=is_finite, initial=1.0)) * _OUT_OF_REACH
    if supply.stage in stages:
        # Its lever no longer counts for it; of its feed only what the scenario takes away of fibre does.
        is_lifted = find_lifted_months(scenario, chain, supply.stage)[months]
        is_short = supply.fibre < 1.0
        feed = array[stacked.stages.index(supply.feed)]
        feed[np.ix_(is_lifted, ~is_short)] = out_of_reach
        supply = dataclasses.replace(
            supply,
            factor=np.ones(len(is_short)),
            fibre=np.where(is_short, supply.factor * supply.fibre, 1.0),
        )
    for stage in stages:
        is_lifted = find_lifted_months(scenario, chain, stage)[months]
        array[stacked.stages.index(stage), is_lifted] = out_of_reach
        factor[chain.order.index(stage), is_lifted] = 1.0
        if stage == supply.feed:
            supply = dataclasses.replace(supply, fibre=np.maximum(supply.fibre, 1.0))
    intake = {stage: rates[months] for stage, rates in intake.items()}
    first_month = MONTHS.index(scenario.start)
    past = run_past(model, scenario.plans, first_month) if first_month < month_count else None
    return run_chain(
        Stacked(stacked.stages, array), chain, factor, supply, intake, past=past, pool=POOL
    )[0]


def find_lifted_months(scenario: Scenario, chain: Chain, stage: str) -> Flags:
    """Delivery months from which a lift of a stage counts, (months,) of booleans: its start and lead, to the end."""
    return find_acting_months(dataclasses.replace(scenario, months=0), chain.lead[stage])


def find_stage_capacity(model: Model, scenario: Scenario) -> dict[str, Array]:
    """What each stage alone would allow under the levers, by the month in which it reaches a round.

    Stores and the safety stock are left out: they carry over a gap and allow nothing by themselves.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        All levers.

    Returns
    -------
    dict of Array, (months, draws)
        stage -> rounds a month, in the chain's order.
    """
    stacked, chain, factor, supply, intake = prepare_scenario(model, scenario)
    allowed = {}
    for place, stage in enumerate(chain.order):
        if stage not in stacked.stages:
            continue
        scale = factor[place][:, None]
        if stage in (supply.stage, supply.feed):
            lever = supply.factor * (supply.fibre if stage == supply.feed else 1.0)
            scale = scale * np.where(supply.acts[:, None], lever, 1.0)
        for step in chain.list_path(stage):
            scale = scale / np.reshape(intake.get(step, 1.0), (-1, 1))
        allowed[stage] = stacked.array[stacked.stages.index(stage)] * scale
    return allowed
