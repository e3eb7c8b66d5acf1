"""Runs of the chain: only output and what bound it, which is all that a forecast needs, or with
every stage's books.

Months that no lever reaches are run once and gone on from.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ramp155.model.arrays import Array, Limits
from ramp155.model.chain.books import Books, Flow, Past, Stacked, Supply
from ramp155.model.chain.tree import Chain

_UNLIMITED = -1
_CORES = os.cpu_count() or 1


def simulate_chain(
    capacity: Mapping[str, Array], chain: Chain, intake: Mapping[str, Array] | None = None
) -> Flow:
    """Run the chain month by month and keep every stage's books.

    Each month a stage makes the least of its capacity, what its inputs allow and what its store still
    takes (one month's capacity plus the buffer). Buffers stand on the powder branch only, so that
    monthly output never falls when nitrocellulose rises: a store on the shell branch would fill while
    powder is short and lift later months above what plentiful powder allows.

    Parameters
    ----------
    capacity : mapping of Array, (months, draws)
        Stage -> rounds a month, already in delivery months; a stage left out is unlimited.
    chain : Chain
        The bill of materials.
    intake : mapping of Array, (months,), optional
        Stage -> factor on what the finished product takes of it: 1.1 is ten percent more powder a round.

    Returns
    -------
    Flow
        Rounds a month, and rounds in store, (months, draws) each.
    """
    shape = np.broadcast_shapes(*(array.shape for array in capacity.values()))
    arrays = [np.broadcast_to(array, shape) for array in capacity.values()]
    return trace_chain(Stacked(tuple(capacity), np.stack(arrays)), chain, intake=intake)


def trace_chain(
    capacity: Stacked,
    chain: Chain,
    factor: Array | None = None,
    supply: Supply | None = None,
    intake: Mapping[str, Array] | None = None,
) -> Flow:
    """As `simulate_chain`, of stacked capacities and with levers.

    Parameters
    ----------
    capacity : Stacked, (stages, months, draws)
        Rounds a month.
    chain : Chain
        The bill of materials.
    factor : Array, (stages, months), optional
        Multiplies capacities, by place in the chain's order.
    supply : Supply, optional
        One stage under a lever with a safety stock.
    intake : mapping of Array, (months,), optional
        As `simulate_chain` takes it.

    Returns
    -------
    Flow
        Rounds a month, and rounds in store, (months, draws) each.
    """
    (months, draws), stages = capacity.array.shape[1:], len(chain.order)
    books = Books(
        made=np.empty((stages, months, draws)),
        stock=np.empty((stages, months, draws)),
        opening=np.empty((stages, draws)),
        reserve=np.zeros((months, draws)),
    )
    output, binds = np.empty((months, draws)), np.empty((months, draws), dtype=np.int8)
    _call_kernel(capacity, chain, factor, supply, intake, output, binds, books=books)
    row_of_stage = {s: i for i, s in enumerate(chain.order)}
    made_by_stage = {s: books.made[row_of_stage[s]] for s in chain.held}
    used_by_stage = _count_used(chain, made_by_stage, output, intake or {})
    return Flow(
        output,
        {s: made_by_stage.get(s, used_by_stage[s]) for s in chain.order},
        used_by_stage,
        {s: books.stock[row_of_stage[s]] for s in chain.held},
        {s: books.opening[row_of_stage[s]] for s in chain.held},
        binds,
        books.reserve,
        _count_released(books.reserve, supply),
    )


def run_chain(
    capacity: Stacked,
    chain: Chain,
    factor: Array | None = None,
    supply: Supply | None = None,
    intake: Mapping[str, Array] | None = None,
    past: Past | None = None,
    pool: ThreadPoolExecutor | None = None,
) -> tuple[Array, Limits]:
    """Finished rounds and what limited them: all that a forecast needs.

    Parameters
    ----------
    capacity, chain, factor, supply, intake
        As `trace_chain` takes them.
    past : Past, optional
        Months that no lever reaches: they are not run again.
    pool : ThreadPoolExecutor, optional
        Shares the draws out over its threads.

    Returns
    -------
    output : Array, (months, draws)
        Rounds a month.
    binds : Limits, (months, draws)
        Place in the chain's order of the stage that limits output.
    """
    months, draws = capacity.array.shape[1:]
    output, binds = np.empty((months, draws)), np.empty((months, draws), dtype=np.int8)
    first_month: int = 0
    stores: Array | None = None
    if past:
        first_month, stores = len(past.output), past.stock.copy()
        output[:first_month], binds[:first_month] = past.output, past.binds
    _call_kernel(
        capacity, chain, factor, supply, intake, output, binds, first_month, stores, pool=pool
    )
    return output, binds


def run_until_month(capacity: Stacked, chain: Chain, month: int) -> Past:
    """The first months of a run without levers, for later ones to go on from.

    Parameters
    ----------
    capacity : Stacked, (stages, months, draws)
        Rounds a month.
    chain : Chain
        The bill of materials.
    month : int
        Count of months to run.

    Returns
    -------
    Past
        Output and binds (month, draws), and what is in store at the end, in rounds.
    """
    draws = capacity.array.shape[2]
    output, binds = np.empty((month, draws)), np.empty((month, draws), dtype=np.int8)
    stores = _call_kernel(capacity, chain, None, None, None, output, binds)
    return Past(output, binds, stores)


def _call_kernel(
    capacity: Stacked,
    chain: Chain,
    factor: Array | None,
    supply: Supply | None,
    intake: Mapping[str, Array] | None,
    output: Array,
    binds: Limits,
    first_month: int = 0,
    opening_stores: Array | None = None,
    books: Books | None = None,
    pool: ThreadPoolExecutor | None = None,
) -> Array:
    """Hand everything to the compiled loop as arrays; returns the stores at the last month's end."""
    from ramp155.model.chain.kernel import (
        DRAWS_PER_BLOCK,
        run_draws,
    )  # here only: numba is slow

    months, draws = capacity.array.shape[1:]
    if factor is None:
        factor = np.ones((len(chain.order), months))
    intake_rate = np.ones((len(chain.order), months))
    for stage, rates in (intake or {}).items():
        intake_rate[chain.order.index(stage)] = np.ravel(rates)
    levered_places = (-1, -1)
    if supply:
        levered_places = (chain.order.index(supply.stage), chain.order.index(supply.feed))
    else:
        no_draws = np.empty(0)
        supply = Supply("", "", no_draws, no_draws, no_draws, np.zeros(months, dtype=bool))
    books = books or Books(
        made=np.empty((0, 0, 0)),
        stock=np.empty((0, 0, 0)),
        opening=np.empty((0, 0)),
        reserve=np.empty((0, 0)),
    )
    capacity_rows = np.array([_find_capacity_row(stage, capacity) for stage in chain.order])
    stores = np.empty((len(chain.order), draws)) if opening_stores is None else opening_stores

    def run_share(first_draw: int, end_draw: int) -> None:
        run_draws(
            capacity.array,
            capacity_rows,
            factor,
            intake_rate,
            *chain.edges,
            chain.buffers,
            levered_places,
            supply.factor,
            supply.fibre,
            supply.stock,
            supply.acts,
            first_month,
            opening_stores is None,
            first_draw,
            end_draw,
            output,
            binds,
            stores,
            books.made,
            books.stock,
            books.opening,
            books.reserve,
        )

    if pool and draws > DRAWS_PER_BLOCK:
        first_draws = range(0, draws, -(-draws // _CORES))
        list(pool.map(run_share, first_draws, [*first_draws[1:], draws]))
    else:
        run_share(0, draws)
    return stores


def _find_capacity_row(stage: str, capacity: Stacked) -> int:
    """Where the kernel finds a stage's capacity, or that it is unlimited."""
    return capacity.stages.index(stage) if stage in capacity.stages else _UNLIMITED


def _count_released(reserve: Array, supply: Supply | None) -> Array:
    """What each month took of the safety stock."""
    opening = supply.stock[None] if supply else np.zeros_like(reserve[:1])
    left_before: Array = np.concatenate([opening, reserve[:-1]])
    return left_before - reserve


def _count_used(
    chain: Chain, made_by_stage: dict[str, Array], output: Array, intake: Mapping[str, Array]
) -> dict[str, Array]:
    """What each stage's consumer took of it; a stage without a store makes just what is taken."""
    used_by_stage: dict[str, Array] = {chain.root: output}
    for stage in reversed(chain.order[:-1]):
        consumer = chain.feeds[stage]
        if consumer == chain.root:
            used_by_stage[stage] = output * np.reshape(intake.get(stage, 1.0), (-1, 1))
        else:
            used_by_stage[stage] = made_by_stage.get(consumer, used_by_stage[consumer])
    return used_by_stage
