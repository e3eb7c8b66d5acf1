"""A scenario's levers put on the capacities, and the chain run for one position or the whole slider.

Positions of the slider run on as many threads as there are processors; each reduces its draws to
quantiles and shares at once, so memory does not grow with the number of positions.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numba import njit

from ramp155 import capacity as capacities
from ramp155 import chain as chains
from ramp155 import ensemble
from ramp155.capacity import Capacity, Params
from ramp155.chain import Array, Chain, Flow, Past, Stacked, Supply
from ramp155.records import Records
from ramp155.scenario import MONTHS, Scenario

MODEL = 2  # raised when an equation changes: links say which model they were made with
QUANTILES = np.array([0.1, 0.5, 0.9])
# Levers that multiply a stage's capacity while they act.
_FACTORS = {"explosive": "explosive", "shell_body": "shell_bodies", "fuze": "fuzes"}
# Working hours move lines in Europe; nitrocellulose and cellulose are supply, moved by their own levers.
_SHIFTED = ("propellant", "charge", "shell_body", "explosive", "projectile", "fuze", "primer")


@dataclass(frozen=True)
class Ensemble:
    """What the draws say at several positions of the nitrocellulose slider.

    `quantiles` (3, positions, months): P10, P50, P90 of output; `change` likewise of output minus the
    baseline of the same draw; both rounds a month. `binds` (positions, months, stages) is the share of
    draws in which each stage of the chain's order limits output; `reached` (positions, months,
    targets) the share at or above each target.
    """

    quantiles: Array
    change: Array
    binds: Array
    reached: Array


def central(records: Records, scenario: Scenario, supply: Sequence[float]) -> tuple[Array, Array]:
    """Output and what bound it at central coefficients, (months, positions) each, by supply position.

    Rounds a month and places in the chain's order.
    """
    output = np.empty((len(MONTHS), len(supply)))
    binds = np.empty((len(MONTHS), len(supply)), dtype=np.int8)
    for column, position in enumerate(supply):
        at = dataclasses.replace(scenario, nitrocellulose=float(position))
        found, who = outputs(records, 0, at)
        output[:, column], binds[:, column] = found[:, 0], who[:, 0]
    return output, binds


def outputs(
    records: Records, draws: int, scenario: Scenario, shared: bool = True
) -> tuple[Array, Array]:
    """Finished rounds a month and what bound them, (months, draws) each (one column for 0 draws).

    `shared` spreads the draws over the processors.
    """
    pool = _pool() if shared and draws else None
    past = _past(records, draws, scenario.plans, MONTHS.index(scenario.start))
    return chains.outputs(*prepared(records, draws, scenario), past=past, pool=pool)


@lru_cache(maxsize=16)
def _past(records: Records, draws: int, plans: Scenario, month: int) -> Past:
    """The months before a scenario's levers act: the same at every position of every lever."""
    return chains.until(running(records, draws, plans), tree(records), month)


def outputs_at(records: Records, params: Params, scenario: Scenario) -> tuple[Array, Array]:
    """As `outputs` at any sets of coefficients, assumption_id -> (sets,); the scenario's own ones count."""
    count = len(next(iter(params.values())))
    params = {**params, **{name: np.full(count, value) for name, value in scenario.assume}}
    stacked = capacities.delivered(records, params, scenario.plans)
    return chains.outputs(*_levers(records, stacked, params, scenario), pool=_pool())


def flow(records: Records, draws: int, scenario: Scenario) -> Flow:
    """As `outputs`, with every stage's books."""
    return chains.flow(*prepared(records, draws, scenario))


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="ramp155")


@lru_cache(maxsize=8)
def tree(records: Records) -> Chain:
    """The record's chain."""
    return chains.from_stages(records.stages)


def ensemble_over(
    records: Records, scenario: Scenario, draws: int, supply: Array, targets: Array
) -> Ensemble:
    """Quantiles, changes, shares and odds over supply positions; the scenario's own one is ignored.

    `targets` are rounds a year. The baseline of each draw has the same coefficients, but for those the
    scenario sets itself.
    """
    chain = tree(records)
    base, kept = baseline(records, draws), ensemble.draw(records, draws, scenario.assume).kept
    base = base if len(kept) == base.shape[1] else base[:, kept]
    months, positions, goals = len(MONTHS), len(supply), len(targets)
    begin = MONTHS.index(scenario.start)
    found = Ensemble(
        np.empty((3, positions, months)),
        np.empty((3, positions, months)),
        np.empty((positions, months, len(chain.order))),
        np.empty((positions, months, goals)),
    )

    def at(position: int) -> None:
        # No lever changes the past: its quantiles are taken once.
        past = begin if position else 0
        here = dataclasses.replace(scenario, nitrocellulose=float(supply[position]))
        output, binds = outputs(records, draws, here, shared=False)
        _reduce(
            output, base, binds, np.asarray(targets, dtype=float) / 12, QUANTILES, past,
            found.quantiles[:, position], found.change[:, position],
            found.binds[position], found.reached[position],
        )  # fmt: skip

    at(0)  # fills the caches the others share
    list(_pool().map(at, range(1, positions)))
    for array in (found.quantiles, found.change):
        array[:, 1:, :begin] = array[:, :1, :begin]
    for array in (found.binds, found.reached):
        array[1:, :begin] = array[:1, :begin]
    return found


@lru_cache(maxsize=4)
def baseline(records: Records, draws: int) -> Array:
    """The baseline's output, rounds a month, (months, draws)."""
    return outputs(records, draws, Scenario())[0]


@lru_cache(maxsize=8)
def built(records: Records, draws: int, plans: Scenario) -> Capacity:
    """Capacity before the levers at central coefficients or draws."""
    return capacities.build(records, ensemble.draw(records, draws, plans.assume).params, plans)


@lru_cache(maxsize=8)
def running(records: Records, draws: int, plans: Scenario) -> Stacked:
    """Capacity as run, by the month in which it reaches a round."""
    params = ensemble.draw(records, draws, plans.assume).params
    return capacities.delivered(records, params, plans)


def window(scenario: Scenario, lead: int = 0) -> Array:
    """Delivery months in which a lever acts on a stage `lead` months upstream, (months,) of bool."""
    first = MONTHS.index(scenario.start) + lead
    last = first + scenario.months if scenario.months else len(MONTHS)
    months = np.arange(len(MONTHS))
    return (months >= first) & (months < last)


# Capacities, chain, factors by stage and month, the supply under its lever, what a round draws.
Prepared = tuple[Stacked, Chain, Array, Supply, dict[str, Array]]


def prepared(records: Records, draws: int, scenario: Scenario) -> Prepared:
    """A scenario's capacities and levers as the chain takes them."""
    stacked = running(records, draws, scenario.plans)
    params = ensemble.draw(records, draws, scenario.assume).params
    return _levers(records, stacked, params, scenario)


def _levers(records: Records, stacked: Stacked, params: Params, scenario: Scenario) -> Prepared:
    chain = tree(records)
    factor = np.ones((len(chain.order), len(MONTHS)))
    for place, stage in enumerate(chain.order):
        scale = getattr(scenario, _FACTORS[stage]) if stage in _FACTORS else 1.0
        scale *= scenario.shifts if stage in _SHIFTED else 1.0
        if scale != 1.0:
            factor[place] = np.where(window(scenario, chain.lead[stage]), scale, 1.0)
    drawn = {}
    if scenario.propellant_per_round != 1.0:
        drawn["charge"] = np.where(window(scenario), scenario.propellant_per_round, 1.0)
    return stacked, chain, factor, _supply(params, scenario, stacked, chain), drawn


def _supply(params: Params, scenario: Scenario, stacked: Stacked, chain: Chain) -> Supply:
    """Nitrocellulose and its cellulose under their levers."""
    share, asia = params["share_155_nitrocellulose"], params["linters_asia_share"]
    more = np.minimum(share * scenario.share_for_155, 1.0) / share
    lost = max(1.0 - scenario.linters, 0.0)
    fibre = 1.0 - asia + asia * (scenario.linters + lost * scenario.wood_pulp)
    # Fibre is bought for the nitrocellulose it becomes, so both reach the round in the same month.
    acts = window(scenario, chain.lead["nitrocellulose"])
    first = int(np.argmax(acts)) if acts.any() else len(acts) - 1
    nominal = stacked.array[stacked.stages.index("nitrocellulose"), first]
    months = params["reserve_nitrocellulose"] * scenario.reserve
    return Supply(
        "nitrocellulose",
        "cellulose",
        scenario.nitrocellulose * more,
        fibre,
        months * nominal,
        acts,
    )


@njit(nogil=True, cache=True)
def _reduce(  # noqa: ANN202
    output, base, binds, targets, levels, past, quantiles, change, shares, reached  # noqa: ANN001
):  # fmt: skip
    """Draws of every month reduced to quantiles of output and of its change, shares and odds.

    The first `past` months are left to the caller."""
    months, draws = output.shape
    work = np.empty(draws)
    for t in range(past, months):
        same = True
        for d in range(draws):
            work[d] = output[t, d]
            same = same and output[t, d] == base[t, d]
        for k in range(len(targets)):
            over = 0
            for d in range(draws):
                over += work[d] >= targets[k]
            reached[t, k] = over / draws
        for s in range(shares.shape[1]):
            shares[t, s] = 0.0
        for d in range(draws):
            shares[t, binds[t, d]] += 1.0
        for s in range(shares.shape[1]):
            shares[t, s] /= draws
        _quantiles(work, levels, quantiles[:, t])
        if same:
            change[:, t] = 0.0
        else:
            for d in range(draws):
                work[d] = output[t, d] - base[t, d]
            _quantiles(work, levels, change[:, t])


@njit(nogil=True, cache=True)
def bands(values, levels):  # noqa: ANN001, ANN201
    """Quantiles of every month over its draws: (months, draws) and (levels,) -> (levels, months).

    As numpy's, several times faster; NaN where any draw is NaN.
    """
    months, draws = values.shape
    found = np.empty((len(levels), months))
    work = np.empty(draws)
    for t in range(months):
        known = True
        for d in range(draws):
            work[d] = values[t, d]
            known = known and not np.isnan(work[d])
        if known:
            _quantiles(work, levels, found[:, t])
        else:
            found[:, t] = np.nan
    return found


@njit(nogil=True, cache=True)
def _quantiles(work, levels, found):  # noqa: ANN001, ANN202
    """Quantiles at rising levels, joined by straight lines as numpy does; reorders `work`."""
    begin, last = 0, len(work) - 1
    for k in range(len(levels)):
        place = levels[k] * last
        lower = int(place)
        _select(work, begin, last, lower)
        value = work[lower]
        if place > lower:
            upper = work[lower + 1]
            for d in range(lower + 2, last + 1):
                upper = work[d] if work[d] < upper else upper
            value += (upper - value) * (place - lower)
        found[k] = value
        begin = lower


@njit(nogil=True, cache=True)
def _select(work, left, right, k):  # noqa: ANN001, ANN202
    """Quickselect (Hoare 1961): afterwards work[k] is what a full sort would put there."""
    while left < right:
        pivot = work[k]
        i, j = left, right
        while i <= j:
            while work[i] < pivot:
                i += 1
            while pivot < work[j]:
                j -= 1
            if i <= j:
                work[i], work[j] = work[j], work[i]
                i += 1
                j -= 1
        if j < k:
            left = i
        if k < i:
            right = j
