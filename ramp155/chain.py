"""The bill of materials and its monthly simulation.

Two ideas keep it simple and exact.

*Rounds, not tonnes.* Each stage's capacity is counted in the rounds it is enough for (tonnes divided
by tonnes a round), so every edge of the tree carries quantity one and stages compare at a glance.

*Delivery months.* What a stage takes in in month t can leave the factory as part of a round `lead`
months later, the sum of its own and all later lead times. Capacity is read that many months back, and
the chain then runs without delays. For material that only moves forward this is the same as carrying
each lead time as a conveyor.

The months are one compiled loop over draws (numba): as plain numpy it took eight times as long. It
holds no lock, so slider positions run on several threads. The order of draws cannot matter.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numba import njit

Array = np.ndarray
_BLOCK = 256
_UNLIMITED = -1
_CORES = os.cpu_count() or 1


@dataclass(frozen=True)
class Chain:
    """The bill of materials as a tree: who feeds whom, how long it takes, how much is kept.

    `order` lists inputs before what they go into and ends with the finished product; `lead` is months
    from a stage's intake to the finished product; `buffer` the months of its own capacity a stage
    keeps in store before it slows down. Stages with a buffer must feed the product or each other.
    """

    order: tuple[str, ...]
    feeds: dict[str, str]
    lead: dict[str, int]
    buffer: dict[str, float]

    @property
    def root(self) -> str:
        """The finished product."""
        return self.order[-1]

    def inputs(self, stage: str) -> list[str]:
        """The stages that go straight into this one."""
        return [s for s in self.order if self.feeds[s] == stage]

    def path(self, stage: str) -> list[str]:
        """The stage and all after it, the finished product last."""
        steps = [stage]
        while self.feeds[steps[-1]]:
            steps.append(self.feeds[steps[-1]])
        return steps

    @property
    def held(self) -> list[str]:
        """The stages that keep a store."""
        return [s for s in self.order if self.buffer[s] > 0]

    @cached_property
    def edges(self) -> tuple[Array, Array]:
        """Every stage's inputs as places in `order`: where its list begins, and the lists in a row."""
        lists = [[self.order.index(i) for i in self.inputs(s)] for s in self.order]
        first = np.cumsum([0, *map(len, lists)])
        return first, np.array([i for each in lists for i in each], dtype=np.int64)

    @cached_property
    def buffers(self) -> Array:
        """Months of store by place in `order`."""
        return np.array([self.buffer[s] for s in self.order], dtype=float)


@dataclass(frozen=True)
class Stacked:
    """Monthly capacity by stage and delivery month in one array (stages, months, draws), in rounds.

    `stages` names the rows; a stage of the chain that is left out is unlimited.
    """

    stages: tuple[str, ...]
    array: Array


@dataclass(frozen=True)
class Flow:
    """What the chain did. Arrays are (months, draws), in rounds (or the rounds it is enough for).

    `made`, `used` and `stock` (at month's end) are by stage, `opening` is the stock before the first
    month; `binds` holds the position in `Chain.order` of the stage that limited output; `reserve` is
    what is left of the safety stock at month's end.
    """

    output: Array
    made: dict[str, Array]
    used: dict[str, Array]
    stock: dict[str, Array]
    opening: dict[str, Array]
    binds: Array
    reserve: Array


@dataclass(frozen=True)
class Supply:
    """A stage and the feed it is made from under a lever, with a safety stock.

    While the lever `acts` (months,), the stage makes `factor` (draws,) times its capacity and is fed
    `factor` times `fibre` (draws,) times the feed's. What falls short of capacity comes from the
    `stock` (draws,) until it is used up; it cannot lift supply above capacity.
    """

    stage: str
    feed: str
    factor: Array
    fibre: Array
    stock: Array
    acts: Array


@dataclass(frozen=True)
class Past:
    """Months that no lever reaches: output and binds (months, draws), and stores at the end of the last
    of them (stages, draws)."""

    output: Array
    binds: Array
    stock: Array


@dataclass(frozen=True)
class Books:
    """Room for every stage's books: made and stock (stages, months, draws), opening (stages, draws),
    reserve (months, draws)."""

    made: Array
    stock: Array
    opening: Array
    reserve: Array


def from_stages(stages: pd.DataFrame) -> Chain:
    """The chain a `stages` table describes; its rules were checked when the record was loaded."""
    feeds = dict(zip(stages["stage"], stages["feeds"], strict=True))
    own = dict(zip(stages["stage"], stages["lead_months"], strict=True))
    buffer = dict(zip(stages["stage"], stages["buffer_months"], strict=True))

    def path(stage: str) -> list[str]:
        return [stage, *(path(feeds[stage]) if feeds[stage] else [])]

    order = sorted(feeds, key=lambda s: -len(path(s)))
    lead = {s: int(sum(own[step] for step in path(s))) for s in order}
    return Chain(tuple(order), feeds, lead, buffer)


def delivery_months(chain: Chain, stage: str, months: int) -> Array:
    """The month whose capacity can reach a finished round in each month (the first month holds before)."""
    return np.maximum(np.arange(months) - chain.lead[stage], 0)


def simulate(
    capacity: Mapping[str, Array], chain: Chain, drawn: Mapping[str, Array] | None = None
) -> Flow:
    """Run the chain month by month and keep every stage's books.

    `capacity` is rounds a month by stage, (months, draws), already in delivery months; a stage left
    out is unlimited. `drawn` multiplies what the finished product takes of an input, (months,): 1.1
    means ten percent more powder a round.

    Each month a stage makes the least of its capacity, what its inputs allow and what its store still
    takes (one month's capacity plus the buffer). Buffers stand on the powder branch only, so that
    monthly output never falls when nitrocellulose rises: a store on the shell branch would fill while
    powder is short and lift later months above what plentiful powder allows.
    """
    shape = np.broadcast_shapes(*(a.shape for a in capacity.values()))
    rows = [np.broadcast_to(array, shape) for array in capacity.values()]
    return flow(Stacked(tuple(capacity), np.stack(rows)), chain, drawn=drawn)


def flow(
    capacity: Stacked,
    chain: Chain,
    factor: Array | None = None,
    supply: Supply | None = None,
    drawn: Mapping[str, Array] | None = None,
) -> Flow:
    """As `simulate`, with `factor`, `supply` and `drawn` as `outputs` takes them."""
    (months, draws), stages = capacity.array.shape[1:], len(chain.order)
    books = Books(
        np.empty((stages, months, draws)),
        np.empty((stages, months, draws)),
        np.empty((stages, draws)),
        np.zeros((months, draws)),
    )
    output, binds = np.empty((months, draws)), np.empty((months, draws), dtype=np.int8)
    _call(capacity, chain, factor, supply, drawn, output, binds, books=books)
    place = {s: i for i, s in enumerate(chain.order)}
    made = {s: books.made[place[s]] for s in chain.held}
    used = _used(chain, made, output, drawn or {})
    return Flow(
        output,
        {s: made.get(s, used[s]) for s in chain.order},
        used,
        {s: books.stock[place[s]] for s in chain.held},
        {s: books.opening[place[s]] for s in chain.held},
        binds,
        books.reserve,
    )


def outputs(
    capacity: Stacked,
    chain: Chain,
    factor: Array | None = None,
    supply: Supply | None = None,
    drawn: Mapping[str, Array] | None = None,
    past: Past | None = None,
    pool: ThreadPoolExecutor | None = None,
) -> tuple[Array, Array]:
    """Finished rounds and what bound them, (months, draws) each: all that a forecast needs.

    `factor` (places in `order`, months) multiplies capacities; `supply` puts one stage under a lever
    with a safety stock; `drawn` as in `simulate`; a `past` that no lever reaches is not run again; a
    `pool` shares the draws out over its threads.
    """
    months, draws = capacity.array.shape[1:]
    output, binds = np.empty((months, draws)), np.empty((months, draws), dtype=np.int8)
    begin, now = 0, None
    if past:
        begin, now = len(past.output), past.stock.copy()
        output[:begin], binds[:begin] = past.output, past.binds
    _call(capacity, chain, factor, supply, drawn, output, binds, begin, now, pool=pool)
    return output, binds


def until(capacity: Stacked, chain: Chain, month: int) -> Past:
    """The first months of a run without levers, for later ones to go on from."""
    draws = capacity.array.shape[2]
    output, binds = np.empty((month, draws)), np.empty((month, draws), dtype=np.int8)
    now = _call(capacity, chain, None, None, None, output, binds)
    return Past(output, binds, now)


def _call(
    capacity: Stacked,
    chain: Chain,
    factor: Array | None,
    supply: Supply | None,
    drawn: Mapping[str, Array] | None,
    output: Array,
    binds: Array,
    begin: int = 0,
    now: Array | None = None,
    books: Books | None = None,
    pool: ThreadPoolExecutor | None = None,
) -> Array:
    """Hand everything to the compiled loop as arrays; returns the stores at the last month's end."""
    months, draws = capacity.array.shape[1:]
    if factor is None:
        factor = np.ones((len(chain.order), months))
    rate = np.ones((len(chain.order), months))
    for stage, values in (drawn or {}).items():
        rate[chain.order.index(stage)] = np.ravel(values)
    supplied = (-1, -1)
    if supply:
        supplied = (chain.order.index(supply.stage), chain.order.index(supply.feed))
    else:
        supply = Supply("", "", *[np.empty(0)] * 3, np.zeros(months, dtype=bool))
    books = books or Books(*[np.empty((0, 0, 0))] * 2, *[np.empty((0, 0))] * 2)
    where = np.array([_row(stage, capacity) for stage in chain.order])
    stores = np.empty((len(chain.order), draws)) if now is None else now

    def run(first: int, last: int) -> None:
        _run(
            capacity.array, where, factor, rate, *chain.edges, chain.buffers, supplied,
            supply.factor, supply.fibre, supply.stock, supply.acts, begin, now is None, first, last,
            output, binds, stores, books.made, books.stock, books.opening, books.reserve,
        )  # fmt: skip

    if pool and draws > _BLOCK:
        step = -(-draws // _CORES)
        list(pool.map(run, range(0, draws, step), [*range(step, draws, step), draws]))
    else:
        run(0, draws)
    return stores


def _row(stage: str, capacity: Stacked) -> int:
    """Where the kernel finds a stage's capacity, or that it is unlimited."""
    return capacity.stages.index(stage) if stage in capacity.stages else _UNLIMITED


@njit(nogil=True, cache=True, error_model="numpy")
def _run(  # noqa: ANN202
    caps, where, factor, rate, first, inputs, buffer, supplied, lever, fibre, reserve, acts,  # noqa: ANN001
    start, opens, begin, end, output, binds, stores, made, stock, opening, left,  # noqa: ANN001
):  # fmt: skip
    """Draws from begin to end, a block at a time, months from `start` in turn: a block fits the cache.

    Inner loops run over draws without branches, so that the compiler takes several at once. Names of
    limiting stages are kept as floats: lanes as wide as the rounds beside them. A stage without
    inputs and store is all capacity, so it has no loop of its own: its consumer reads it.
    """
    stages, months = len(where), len(output)
    root = stages - 1
    cap, make = np.empty(_BLOCK), np.empty(_BLOCK)
    ready, now = np.empty((stages, _BLOCK)), np.zeros((stages, _BLOCK))
    limit = np.empty((stages, _BLOCK))
    own = np.empty((2, len(acts), _BLOCK))
    main, feed = supplied
    for b in range(begin, end, _BLOCK):
        n = min(_BLOCK, end - b)
        if main >= 0:
            _release(
                caps[where[main]], caps[where[feed]], lever, fibre, reserve, acts, start, b, n,
                own, left,
            )  # fmt: skip
        if opens:
            _open(caps, where, factor, buffer, stores, opening, b, n)
        for s in range(stages):
            for d in range(n):
                now[s, d] = stores[s, b + d]
        for t in range(start, months):
            for s in range(stages):
                inner = first[s + 1] > first[s]
                if not inner and buffer[s] == 0:
                    continue
                # All it could make, limited by itself.
                row, scale = where[s], factor[s, t]
                if s == main:
                    for d in range(n):
                        cap[d] = own[0, t, d]
                elif row >= 0:
                    for d in range(n):
                        cap[d] = caps[row, t, b + d] * scale
                else:
                    for d in range(n):
                        cap[d] = np.inf
                for d in range(n):
                    ready[s, d] = cap[d]
                    limit[s, d] = s
                # Less if an input allows less; then what limits that input limits this stage.
                for k in range(first[s], first[s + 1]):
                    i = inputs[k]
                    per = 1.0 / rate[i, t] if s == root else 1.0
                    row, scale = where[i], factor[i, t] * per
                    if first[i + 1] > first[i] or buffer[i] > 0:
                        for d in range(n):
                            value, least = ready[i, d] * per, ready[s, d]
                            name, other = limit[s, d], limit[i, d]
                            ready[s, d] = value if value < least else least
                            limit[s, d] = other if value < least else name
                    elif i == feed:
                        for d in range(n):
                            value, least, name = own[1, t, d] * per, ready[s, d], limit[s, d]
                            ready[s, d] = value if value < least else least
                            limit[s, d] = i if value < least else name
                    elif row >= 0:
                        for d in range(n):
                            value, least = caps[row, t, b + d] * scale, ready[s, d]
                            name = limit[s, d]
                            ready[s, d] = value if value < least else least
                            limit[s, d] = i if value < least else name
                # Less if the store is full; what is ready is the store and what is made.
                if buffer[s] > 0:
                    most = 1 + buffer[s]
                    for d in range(n):
                        kept, can = now[s, d], ready[s, d]
                        room = most * cap[d] - kept
                        room = room if room > 0.0 else 0.0
                        can = room if room < can else can
                        make[d] = can
                        ready[s, d] = kept + can
                    for k in range(first[s], first[s + 1]):
                        i = inputs[k]
                        if buffer[i] > 0:
                            for d in range(n):
                                now[i, d] = ready[i, d] - make[d]
                    if made.size:
                        made[s, t, b : b + n] = make[:n]
            for d in range(n):
                output[t, b + d] = ready[root, d]
                binds[t, b + d] = limit[root, d]
            for k in range(first[root], first[root + 1]):
                i = inputs[k]
                if buffer[i] > 0:
                    for d in range(n):
                        # Rounding must not leave a store a hair below zero.
                        rest = ready[i, d] - ready[root, d] * rate[i, t]
                        now[i, d] = rest if rest > 0.0 else 0.0
            if stock.size:
                for s in range(stages):
                    stock[s, t, b : b + n] = now[s, :n]
        for s in range(stages):
            for d in range(n):
                stores[s, b + d] = now[s, d]


@njit(nogil=True, cache=True, error_model="numpy")
def _open(caps, where, factor, buffer, stores, opening, begin, n):  # noqa: ANN001, ANN202
    """Stores open with the buffer at the first month's flow."""
    for d in range(begin, begin + n):
        least = np.inf
        for s in range(len(where)):
            if where[s] >= 0:
                least = min(least, caps[where[s], 0, d] * factor[s, 0])
        for s in range(len(where)):
            stores[s, d] = buffer[s] * least if buffer[s] > 0 else 0.0
            if opening.size:
                opening[s, d] = stores[s, d]


@njit(nogil=True, cache=True, error_model="numpy")
def _release(  # noqa: ANN202
    nominal, feed, lever, fibre, reserve, acts, start, begin, n, own, left  # noqa: ANN001
):  # fmt: skip
    """Month by month: what is made and bought, and what the stock adds while supply falls short."""
    rest = reserve[begin : begin + n].copy()
    for t in range(start, len(acts)):
        for d in range(n):
            full, fed = nominal[t, begin + d], feed[t, begin + d]
            factor = lever[begin + d] if acts[t] else 1.0
            made = full * factor
            bought = fed * factor * (fibre[begin + d] if acts[t] else 1.0)
            least = bought if bought < made else made
            short = full - least if acts[t] else 0.0
            short = short if short > 0.0 else 0.0
            add = short if short < rest[d] else rest[d]
            rest[d] -= add
            own[0, t, d] = made + add
            own[1, t, d] = bought + add
        if left.size:
            left[t, begin : begin + n] = rest


def _used(
    chain: Chain, made: dict[str, Array], output: Array, drawn: Mapping[str, Array]
) -> dict[str, Array]:
    """What each stage's consumer took of it; a stage without a store makes just what is taken."""
    used: dict[str, Array] = {chain.root: output}
    for stage in reversed(chain.order[:-1]):
        consumer = chain.feeds[stage]
        if consumer == chain.root:
            used[stage] = output * np.reshape(drawn.get(stage, 1.0), (-1, 1))
        else:
            used[stage] = made.get(consumer, used[consumer])
    return used
