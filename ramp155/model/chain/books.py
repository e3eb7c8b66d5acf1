"""What goes into a run of the chain and what comes out: stacked capacities, a supply under a lever
with its safety stock, months already run, and every stage's books.

Arrays are (months, draws) in rounds.
"""

from __future__ import annotations

from dataclasses import dataclass

from ramp155.model.arrays import Array, Flags, Limits


@dataclass(frozen=True)
class Stacked:
    """Monthly capacity by stage and delivery month in one array (stages, months, draws), rounds a month.

    `stages` names the rows; a stage of the chain that is left out is unlimited.
    """

    stages: tuple[str, ...]
    array: Array


@dataclass(frozen=True)
class Flow:
    """What the chain did. Arrays are (months, draws), in rounds (or the rounds it is enough for).

    `made`, `used` and `stock` (at month's end) are by stage, `opening` is the stock before the first
    month; `binds` holds the position in `Chain.order` of the stage that limited output; `reserve` is
    what is left of the safety stock at month's end and `released` what was taken of it in the month,
    which is not in `made`.
    """

    output: Array
    made: dict[str, Array]
    used: dict[str, Array]
    stock: dict[str, Array]
    opening: dict[str, Array]
    binds: Limits
    reserve: Array
    released: Array


@dataclass(frozen=True)
class Supply:
    """A stage and the feed it is made from under a lever, with a safety stock.

    While the lever `acts` (months,), the stage makes `factor` (draws,) times its capacity and is fed
    `factor` times `fibre` (draws,) times the feed's. Of the `stock` (draws,) a month takes the least of
    what is left, what full supply would have made beyond what is made, and what the stage's consumer
    could take beyond what is ready: it cannot lift supply above capacity, and none of it is lost. The
    stage's store is never smaller than at full supply. A consumer other than the finished product takes
    of it only if it keeps a store.
    """

    stage: str
    feed: str
    factor: Array
    fibre: Array
    stock: Array
    acts: Flags


@dataclass(frozen=True)
class Past:
    """Months that no lever reaches: output and binds (months, draws), and stores at the end of the last
    of them (stages, draws), in rounds."""

    output: Array
    binds: Limits
    stock: Array


@dataclass(frozen=True)
class Books:
    """Room for every stage's books: made and stock (stages, months, draws), opening (stages, draws),
    reserve (months, draws), in rounds."""

    made: Array
    stock: Array
    opening: Array
    reserve: Array
