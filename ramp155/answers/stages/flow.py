"""The chain as a flow: what every stage could make and makes, the stores behind it, and which stage limits
output, month by month and over the whole slider.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ramp155.answers.output.surface import (
    SUPPLY_GRID,
    compute_surface,
    find_nearest_position,
    interpolate_position,
)
from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.chain.books import Flow
from ramp155.model.chain.tree import Chain
from ramp155.model.model import Model
from ramp155.model.quantiles import reduce_months
from ramp155.model.scenario.horizon import MONTHS, check_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import prepare_scenario
from ramp155.model.simulation.lifts import find_stage_capacity
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import POOL, run_scenario, trace_scenario

# What is kept beside the stores of the chain: nitrocellulose laid by against a shortfall.
SAFETY_STOCK = "safety_stock"
LOOK_AHEAD = 6  # months over which a store is said to fill or to empty
_LATER = np.minimum(np.arange(len(MONTHS)) + LOOK_AHEAD, len(MONTHS) - 1)
_MOVES = 0.1  # months of output: a store that changes by less holds steady
NOTHING = 0.05  # months of output: a store that holds less is empty
_MEDIAN = np.array([0.5])


@dataclass(frozen=True)
class MachineFlow:
    """The chain as a flow over slider positions and months: medians over draws.

    `stages` are those that can run short, in the chain's order, and last the finished product; `could` and
    `makes` (positions, stages, months) what they could make and make, rounds a year that it is enough for
    (`could` is infinite where nothing limits it). `stores` names what keeps a store, and last the safety
    stock; `levels` (positions, stores, months) is what is in them at month's end, `kept` (positions,
    months) all of it, in months of the same draw's baseline output of that time; `gains` (positions, stores,
    months) what the median of each gains in the `LOOK_AHEAD` months that follow, in months of output now. `limits` (positions,
    stages, months) is the share of draws, 0 to 1, in which a stage limits output.
    """

    stages: tuple[str, ...]
    stores: tuple[str, ...]
    could: Array
    makes: Array
    levels: Array
    gains: Array
    kept: Array
    limits: Array


def compute_flow(model: Model, scenario: Scenario) -> MachineFlow:
    """The flow over the whole slider (`SUPPLY_GRID`); the scenario's own position plays no part."""
    return _compute_flow(model, dataclasses.replace(scenario, nitrocellulose=1.0))


@remember
def _compute_flow(model: Model, scenario: Scenario) -> MachineFlow:
    chain = find_chain(model.record)
    surface = compute_surface(model, scenario)
    capacity_names = prepare_scenario(model, scenario)[0].stages
    stages = tuple(s for s in chain.order if s in capacity_names or s == chain.root)
    stores = (*chain.held, SAFETY_STOCK)
    baseline_rounds = run_scenario(model, Scenario(assume=scenario.assume))[0]
    baseline_rounds = np.maximum(baseline_rounds, 1.0)

    def trace_position(position: int) -> tuple[Array, ...]:
        supply = float(SUPPLY_GRID[position])
        scenario_at_supply = dataclasses.replace(scenario, nitrocellulose=supply)
        return _trace_flow(model, scenario_at_supply, chain, stages, baseline_rounds)

    traced = list(POOL.map(trace_position, range(len(SUPPLY_GRID))))
    could, makes, levels, gains, kept = (np.array(arrays) for arrays in zip(*traced, strict=True))
    places = [chain.order.index(stage) for stage in stages]
    limits = np.ascontiguousarray(surface.binds[:, :, places].transpose(0, 2, 1))
    return MachineFlow(stages, stores, could, makes, levels, gains, kept, limits)


def _trace_flow(
    model: Model,
    scenario: Scenario,
    chain: Chain,
    stages: tuple[str, ...],
    baseline_rounds: Array,
) -> tuple[Array, ...]:
    """Medians at one position: could and makes (stages, months), levels and gains (stores, months), kept (months,)."""
    books = trace_scenario(model, scenario)
    capacity = find_stage_capacity(model, scenario)
    intake = prepare_scenario(model, scenario)[4]
    could = [
        _find_medians(capacity[s]) if s in capacity else np.full(len(MONTHS), np.inf)
        for s in stages
    ]
    made_by_stage = _list_distinct_flows(books, chain)
    makes = []
    for stage in stages:
        made = made_by_stage[stage]
        for step in chain.list_path(stage):
            made = made / np.reshape(intake.get(step, 1.0), -1)
        makes.append(made)
    kept_rounds = {**books.stock, SAFETY_STOCK: books.reserve}
    levels = [_find_medians(rounds / baseline_rounds) for rounds in kept_rounds.values()]
    # Counted in rounds: a store that nobody touches does not empty because more is made.
    rounds = np.array([_find_medians(kept) for kept in kept_rounds.values()])
    gains = (rounds[:, _LATER] - rounds) / _find_medians(baseline_rounds)
    all_kept = _find_medians(sum(kept_rounds.values()) / baseline_rounds)
    return np.array(could) * 12, np.array(makes) * 12, np.array(levels), gains, all_kept


def _list_distinct_flows(books: Flow, chain: Chain) -> dict[str, Array]:
    """stage -> what it makes, the median (months,): taken once where stages make just what one consumer takes."""
    medians: dict[int, Array] = {}
    by_stage = {}
    for stage in chain.order:
        made = books.made[stage]
        if id(made) not in medians:
            medians[id(made)] = _find_medians(made)
        by_stage[stage] = medians[id(made)]
    return by_stage


def _find_medians(rounds: Array) -> Array:
    """Medians of every month over its draws, (months,)."""
    if not np.isfinite(rounds).all():  # orders outside their lever's months
        return np.asarray(np.median(rounds, axis=1))
    return np.asarray(reduce_months(rounds, _MEDIAN)[0])


@dataclass(frozen=True)
class FlowState:
    """What limits output in a month and what becomes of the stores: all that its sentence is made from.

    `narrow` is the stage that limits output in most draws, `is_most` whether in half of them or more. `fills` and
    `empties` name the stores that move over the `ahead` months that follow, `are_gone` says whether nothing is left
    then of those that empty, `is_bare` whether there is nothing in any store now or then.
    """

    narrow: str
    is_most: bool
    fills: tuple[str, ...]
    empties: tuple[str, ...]
    are_gone: bool
    is_bare: bool
    ahead: int


@dataclass(frozen=True)
class FlowMonth:
    """The flow of a scenario in one month, medians over draws.

    `stages`: stage, could and makes (rounds a year it is enough for), limits (share of draws in which it limits
    output), in the chain's order, the finished product last. `stores`: store, level (months of output).
    """

    month: str
    stages: pd.DataFrame
    stores: pd.DataFrame
    state: FlowState


def read_flow(model: Model, scenario: Scenario, month: str) -> FlowMonth:
    """The flow of a scenario at its own position in one month; between two positions on a straight line.

    Which stage limits output, and what becomes of the stores, is that of the nearest position.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        All levers.
    month : str
        YYYY-MM, within the horizon; ValueError for any other.
    """
    check_month(month)
    flow = compute_flow(model, scenario)
    place, supply = MONTHS.index(month), scenario.nitrocellulose
    could, makes, levels = (
        interpolate_position(grid[None, :, :, place], supply)[0]
        for grid in (np.nan_to_num(flow.could, posinf=0.0), flow.makes, flow.levels)
    )
    position = find_nearest_position(supply)
    could = np.where(np.isfinite(flow.could[position, :, place]), could, np.inf)
    limits = flow.limits[position, :, place]
    return FlowMonth(
        month,
        pd.DataFrame({"stage": flow.stages, "could": could, "makes": makes, "limits": limits}),
        pd.DataFrame({"store": flow.stores, "level": levels}),
        judge_flow(flow, position, place),
    )


def judge_flow(flow: MachineFlow, position: int, place: int) -> FlowState:
    """What limits output and what becomes of the stores.

    Parameters
    ----------
    flow : MachineFlow
        The flow over positions and months.
    position : int
        Place in `SUPPLY_GRID`.
    place : int
        Place in `MONTHS`.
    """
    limits = flow.limits[position, :, place]
    later_place = int(_LATER[place])
    now, later = flow.levels[position, :, place], flow.levels[position, :, later_place]
    gains, stores = flow.gains[position, :, place], np.array(flow.stores)
    is_emptied = gains < -_MOVES
    return FlowState(
        flow.stages[int(limits.argmax())],
        bool(limits.max() >= 0.5),
        tuple(stores[gains > _MOVES].tolist()),
        tuple(stores[is_emptied].tolist()),
        bool((later[is_emptied] < NOTHING).all()),
        bool((np.maximum(now, later) < NOTHING).all()),
        later_place - place,
    )
