"""One run's month taken apart: from the finished rounds back to the stage that limits them, store by store."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ramp155.model.chain.books import Flow, Stacked
from ramp155.model.chain.runs import trace_chain
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import prepare_scenario

_CLOSE = 1e-7  # two figures of a run are the same where they differ by less than this share


@dataclass(frozen=True)
class StoreStep:
    """What was taken of a stage with a store in a month, rounds' worth: `stored` + `made` + `released` - `kept`."""

    stage: str
    used: float
    stored: float
    made: float
    released: float
    kept: float


@dataclass(frozen=True)
class CapacityStep:
    """What the limiting stage could make in a month: `rounds` = `yearly` x `lever` / 12 / `needs`, each in its own unit.

    `yearly` is its capacity a year in `unit`, `needs` name -> how much of that goes into one round (their product),
    `lever` a factor (1: as in the baseline). `by_room`: it made no more than its store had room for, so that
    its capacity is not what `rounds` comes to.
    """

    stage: str
    rounds: float
    yearly: float
    unit: str
    lever: float
    needs: tuple[tuple[str, float], ...]
    by_room: bool


@dataclass(frozen=True)
class RunMonth:
    """One run in one month: finished `rounds`, what is taken of the limiting input for each (`intake`, 1 as a rule), the stage that
    `limits`, the stores on the way back to it, and its capacity."""

    rounds: float
    intake: float
    limits: str
    stores: tuple[StoreStep, ...]
    capacity: CapacityStep


def trace_run(model: Model, scenario: Scenario, month: str, run: int) -> RunMonth:
    """Take one run's month apart.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        All levers.
    month : str
        YYYY-MM.
    run : int
        Its place among the draws, from 0.
    """
    place = MONTHS.index(month)
    stacked, chain, factor, supply, intake = prepare_scenario(model, scenario)
    draw = slice(run, run + 1)
    stacked = Stacked(stacked.stages, np.ascontiguousarray(stacked.array[:, :, draw]))
    supply = dataclasses.replace(
        supply, factor=supply.factor[draw], fibre=supply.fibre[draw], stock=supply.stock[draw]
    )
    books = trace_chain(stacked, chain, factor, supply, intake)
    limits = chain.order[int(books.binds[place, 0])]
    way_back = chain.list_path(limits)[
        -2::-1
    ]  # from the input of the finished product to what limits
    stores = tuple(
        _read_store(books, stage, place, is_supply=stage == supply.stage)
        for stage in way_back
        if chain.buffer[stage] > 0
    )
    lever = float(factor[chain.order.index(limits), place])
    if limits in (supply.stage, supply.feed) and supply.acts[place]:
        lever *= float(supply.factor[0])
        lever *= float(supply.fibre[0]) if limits == supply.feed else 1.0
    first_input = way_back[0]
    taken = float(np.ravel(intake[first_input])[place]) if first_input in intake else 1.0
    made = books.made if chain.buffer[limits] > 0 else books.used
    nominal = float(stacked.array[stacked.stages.index(limits), place, 0])
    capacity = _describe_capacity(
        model, scenario, limits, float(made[limits][place, 0]), nominal, lever, run
    )
    return RunMonth(float(books.output[place, 0]), taken, limits, stores, capacity)


def _read_store(books: Flow, stage: str, place: int, is_supply: bool) -> StoreStep:
    before = books.stock[stage][place - 1, 0] if place else books.opening[stage][0]
    return StoreStep(
        stage,
        used=float(books.used[stage][place, 0]),
        stored=float(before),
        made=float(books.made[stage][place, 0]),
        released=float(books.released[place, 0]) if is_supply else 0.0,
        kept=float(books.stock[stage][place, 0]),
    )


def _describe_capacity(
    model: Model,
    scenario: Scenario,
    stage: str,
    rounds: float,
    nominal: float,
    lever: float,
    run: int,
) -> CapacityStep:
    """The stage's capacity in its own unit: `nominal` is what it is enough for, rounds a month, without levers."""
    params = draw_coefficients(model, scenario.assume).params
    rows = {row.stage: row for row in model.record.list_stages()}
    stages = model.record.stages
    needs, step = [], stage
    while rows[step].feeds:
        name = rows[step].quantity
        if name in params:
            needs.append((name, float(params[name][run])))
        step = rows[step].feeds
    whole = float(np.prod([amount for _, amount in needs]))
    capacity = nominal * lever
    return CapacityStep(
        stage,
        rounds,
        yearly=nominal * 12 * whole,
        unit=str(stages.loc[stages["stage"] == stage, "unit"].iloc[0]),
        lever=lever,
        needs=tuple(needs),
        by_room=abs(rounds - capacity) > _CLOSE * max(capacity, 1.0),
    )
