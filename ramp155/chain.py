"""The bill of materials and its monthly simulation.

Two ideas keep it simple and exact.

*Rounds, not tonnes.* Each stage's capacity is counted in the rounds it is enough for (tonnes divided
by tonnes a round), so every edge of the tree carries quantity one and stages compare at a glance.

*Delivery months.* What a stage takes in in month t can leave the factory as part of a round `lead`
months later, the sum of its own and all later lead times. Capacity is read that many months back, and
the chain then runs without delays. For material that only moves forward this is the same as carrying
each lead time as a conveyor.

Months, draws and slider positions are columns of one array; the order of draws cannot matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

Array = np.ndarray


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


@dataclass(frozen=True)
class Flow:
    """What the chain did. Arrays are (months, draws), in rounds (or the rounds it is enough for).

    `made`, `used` and `stock` (at month's end) are by stage, `opening` is the stock before the first
    month; `binds` holds the position in `Chain.order` of the stage that limited output.
    """

    output: Array
    made: dict[str, Array]
    used: dict[str, Array]
    stock: dict[str, Array]
    opening: dict[str, Array]
    binds: Array


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


def delivered(capacity: Mapping[str, Array], chain: Chain) -> dict[str, Array]:
    """Capacity by the month in which it can reach a finished round (the first month holds before)."""
    shifted = {}
    for stage, array in capacity.items():
        months = np.maximum(np.arange(len(array)) - chain.lead[stage], 0)
        shifted[stage] = array[months]
    return shifted


def simulate(
    capacity: Mapping[str, Array], chain: Chain, drawn: Mapping[str, Array] | None = None
) -> Flow:
    """Run the chain month by month.

    `capacity` is rounds a month by stage, (months, draws), already in delivery months; a stage left
    out is unlimited. `drawn` multiplies what the finished product takes of an input, (months, 1) or
    (months, draws): 1.1 means ten percent more powder a round.

    Each month a stage makes the least of its capacity, what its inputs allow and what its store still
    takes (one month's capacity plus the buffer). Buffers stand on the powder branch only, so that
    monthly output never falls when nitrocellulose rises: a store on the shell branch would fill while
    powder is short and lift later months above what plentiful powder allows.
    """
    drawn = drawn or {}
    shape = np.broadcast_shapes(*(a.shape for a in capacity.values()))
    unlimited = np.broadcast_to(np.inf, shape)
    caps = {s: np.broadcast_to(capacity.get(s, unlimited), shape) for s in chain.order}
    ready, limit = _flows(caps, chain)
    held = [s for s in chain.order if chain.buffer[s] > 0]
    opening, stock, made = _stores(caps, chain, held, shape)
    root_inputs = {s: drawn.get(s, 1.0) for s in chain.inputs(chain.root)}
    allowed = _months(caps, chain, held, ready, opening, stock, made, root_inputs)
    for stage in held:
        limit[stage] = _limit_of(stage, caps, chain, ready, limit)
    names = list(root_inputs)
    tightest = np.argmin([ready[s] / root_inputs[s] for s in names], axis=0)
    binds = np.choose(tightest, [limit[s] for s in names])
    used = _used(chain, held, made, allowed, root_inputs)
    made = {s: made[s] if s in held else used[s] for s in chain.order}
    return Flow(allowed, made, used, stock, opening, binds)


def _flows(caps: dict[str, Array], chain: Chain) -> tuple[dict[str, Array], dict[str, Array]]:
    """What stages without a store before them could deliver, all months at once, and what limits it."""
    ready: dict[str, Array] = {}
    limit: dict[str, Array] = {}
    for stage in chain.order[:-1]:
        inputs = chain.inputs(stage)
        if chain.buffer[stage] > 0 or any(s not in ready for s in inputs):
            continue
        ready[stage] = np.minimum.reduce([caps[stage], *(ready[s] for s in inputs)])
        limit[stage] = _limit_of(stage, caps, chain, ready, limit)
    return ready, limit


def _limit_of(
    stage: str,
    caps: dict[str, Array],
    chain: Chain,
    ready: dict[str, Array],
    limit: dict[str, Array],
) -> Array:
    """Which stage keeps `stage` from making more: itself, or whatever limits its scarcest input."""
    who = np.full(caps[stage].shape, chain.order.index(stage), dtype=np.int8)
    least = caps[stage]
    for source in chain.inputs(stage):
        who = np.where(ready[source] < least, limit[source], who)
        least = np.minimum(least, ready[source])
    return who


def _stores(
    caps: dict[str, Array], chain: Chain, held: list[str], shape: tuple[int, ...]
) -> tuple[dict[str, Array], dict[str, Array], dict[str, Array]]:
    """Opening stocks (the buffer at the first month's flow) and empty arrays for stock and make."""
    flow = np.minimum.reduce([caps[s][0] for s in chain.order])
    opening = {s: chain.buffer[s] * flow for s in held}
    return opening, {s: np.empty(shape) for s in held}, {s: np.empty(shape) for s in held}


def _months(
    caps: dict[str, Array],
    chain: Chain,
    held: list[str],
    ready: dict[str, Array],
    opening: dict[str, Array],
    stock: dict[str, Array],
    made: dict[str, Array],
    root_inputs: dict[str, Array | float],
) -> Array:
    """The months in turn, for the stages that keep a store. Fills `ready`, `stock` and `made`."""
    shape = caps[chain.root].shape
    free = [s for s in root_inputs if s in ready]
    ceiling = np.minimum.reduce(
        [np.broadcast_to(caps[chain.root], shape), *(ready[s] / root_inputs[s] for s in free)]
    )
    last = [s for s in root_inputs if s in held]
    rates = {s: np.broadcast_to(root_inputs[s], shape) for s in last}
    for stage in held:
        ready[stage] = np.empty(shape)
    now = dict(opening)
    most = {s: (1 + chain.buffer[s]) * caps[s] for s in held}
    sources = {s: chain.inputs(s) for s in held}
    output = np.empty(shape)
    for t in range(shape[0]):
        for stage in held:
            make = caps[stage][t]
            for source in sources[stage]:
                make = np.minimum(make, ready[source][t])
            room = np.maximum(most[stage][t] - now[stage], 0.0)
            make = np.minimum(make, room)
            made[stage][t] = make
            ready[stage][t] = now[stage] + make
            for source in sources[stage]:
                if source in now:
                    now[source] = ready[source][t] - make
            now[stage] = ready[stage][t]
        out = ceiling[t]
        for stage in last:
            out = np.minimum(out, ready[stage][t] / rates[stage][t])
        for stage in last:
            # Rounding must not leave a store a hair below zero.
            now[stage] = np.maximum(ready[stage][t] - out * rates[stage][t], 0.0)
        output[t] = out
        for stage in held:
            stock[stage][t] = now[stage]
    return output


def _used(
    chain: Chain,
    held: list[str],
    made: dict[str, Array],
    output: Array,
    root_inputs: dict[str, Array | float],
) -> dict[str, Array]:
    """What each stage's consumer took of it; a stage without a store makes just what is taken."""
    used: dict[str, Array] = {chain.root: output}
    for stage in reversed(chain.order[:-1]):
        consumer = chain.feeds[stage]
        if consumer == chain.root:
            used[stage] = output * root_inputs[stage]
        else:
            used[stage] = made[consumer] if consumer in held else used[consumer]
    return used
