"""The chain run for one scenario: in every draw, at any sets of coefficients, or with every stage's
books.

Draws are spread over as many threads as there are processors.
"""

from __future__ import annotations

import dataclasses
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.arrays import Array, Limits
from ramp155.model.chain.books import Flow, Past, Stacked
from ramp155.model.chain.runs import run_chain, run_until_month, trace_chain
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import prepare_scenario
from ramp155.model.simulation.plans import build_running_capacity, find_chain

_TRACED_DRAWS = 50  # whose books are kept where a median of them is asked for
# Starts its threads when it is first asked.
POOL = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="ramp155")


def run_scenario(model: Model, scenario: Scenario, shared: bool = True) -> tuple[Array, Limits]:
    """Finished rounds and what limited them, draw by draw.

    `shared` spreads the draws over the processors.

    Returns
    -------
    output : Array, (months, draws)
        Rounds a month.
    binds : Limits, (months, draws)
        Place in the chain's order of the stage that limits output.
    """
    pool = POOL if shared else None
    past = run_past(model, scenario.plans, MONTHS.index(scenario.start))
    return run_chain(*prepare_scenario(model, scenario), past=past, pool=pool)


@remember
def run_past(model: Model, plans: Scenario, month: int) -> Past:
    """The months before a scenario's levers act: the same at every position of every lever.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    plans : Scenario
        Delays, shares of projects, countries, coefficients of one's own.
    month : int
        Count of months before the levers act.
    """
    return run_until_month(build_running_capacity(model, plans), find_chain(model.record), month)


def trace_scenario(model: Model, scenario: Scenario) -> Flow:
    """As `run_scenario`, with every stage's books."""
    return trace_chain(*prepare_scenario(model, scenario))


def trace_some_draws(model: Model, scenario: Scenario) -> Flow:
    """As `trace_scenario`, for every so many draws alone (`_pick_some_draws`): books of all take long to keep."""
    stacked, chain, factor, supply, intake = prepare_scenario(model, scenario)
    draws = _pick_some_draws(stacked.array.shape[2])
    some_capacity = Stacked(stacked.stages, np.ascontiguousarray(stacked.array[:, :, draws]))
    some_supply = dataclasses.replace(
        supply,
        factor=np.ascontiguousarray(supply.factor[draws]),
        fibre=np.ascontiguousarray(supply.fibre[draws]),
        stock=np.ascontiguousarray(supply.stock[draws]),
    )
    return trace_chain(some_capacity, chain, factor, some_supply, intake)


def _pick_some_draws(draws: int) -> slice:
    """Every so many draws: at most `_TRACED_DRAWS` of them, evenly over all.

    Parameters
    ----------
    draws : int
        Count of all draws.

    Returns
    -------
    slice
        Their places among the draws, from 0.
    """
    return slice(None, None, -(-draws // _TRACED_DRAWS))


@remember
def run_baseline(model: Model) -> Array:
    """The baseline's output.

    Returns
    -------
    Array, (months, draws)
        Rounds a month.
    """
    return run_scenario(model, Scenario())[0]
