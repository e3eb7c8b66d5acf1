"""The bill of materials as a tree of stages: who feeds whom, how long it takes, how much is kept.

Each stage's capacity is counted in the rounds it is enough for, so every edge carries quantity one.
What a stage takes in in a month can leave the factory as part of a round `lead` months later, the
sum of its own and all later lead times: capacity is read that many months back, and the chain then
runs without delays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ramp155.model.arrays import Array, Places


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

    def list_inputs(self, stage: str) -> list[str]:
        """The stages that go straight into this one."""
        return [s for s in self.order if self.feeds[s] == stage]

    def list_path(self, stage: str) -> list[str]:
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
    def edges(self) -> tuple[Places, Places]:
        """Every stage's inputs as places in `order`: where its list begins, and the lists in a row.

        Returns
        -------
        first : Places, (stages + 1,)
            Where the list of each stage begins, and the end of the last.
        inputs : Places, (edges,)
            Places in `order`.
        """
        lists = [[self.order.index(feed) for feed in self.list_inputs(s)] for s in self.order]
        first = np.cumsum([0, *map(len, lists)], dtype=np.int64)
        return first, np.array([place for places in lists for place in places], dtype=np.int64)

    @cached_property
    def buffers(self) -> Array:
        """Stores by place in `order`.

        Returns
        -------
        Array, (stages,)
            Months of the stage's own capacity.
        """
        return np.array([self.buffer[s] for s in self.order], dtype=float)


def build_chain(stages: pd.DataFrame) -> Chain:
    """The chain a `stages` table describes; its rules were checked when the record was loaded."""
    feeds = dict(zip(stages["stage"], stages["feeds"], strict=True))
    stage_lead = dict(zip(stages["stage"], stages["lead_months"], strict=True))
    buffer = dict(zip(stages["stage"], stages["buffer_months"], strict=True))

    unordered = Chain(tuple(feeds), feeds, {}, buffer)
    order = sorted(feeds, key=lambda stage: -len(unordered.list_path(stage)))
    lead = {
        stage: int(sum(stage_lead[step] for step in unordered.list_path(stage))) for stage in order
    }
    return Chain(tuple(order), feeds, lead, buffer)


def list_delivery_months(chain: Chain, stage: str, months: int) -> Places:
    """The month whose capacity can reach a finished round in each month (the first month holds before).

    Parameters
    ----------
    chain : Chain
        The bill of materials.
    stage : str
        The stage whose capacity is read.
    months : int
        Count of months.

    Returns
    -------
    Places, (months,)
        Months, counted from the first.
    """
    return np.maximum(np.arange(months) - chain.lead[stage], 0)
