"""The model of one record: what all answers are asked of.

A `Model` holds the record, how many draws stand behind a band, and through the record the one memory in
which answers are kept. Two models of records with the same content and as many draws are the same model.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from ramp155.base.memory import Memory
from ramp155.record.records import Records

# Draws behind every median and band, unless told otherwise; fewer are quicker and rougher.
DRAWS = int(os.environ.get("RAMP155_DRAWS", "1000"))


@dataclass(frozen=True)
class Model:
    """A record and the number of draws behind its medians and bands.

    Raises ValueError for fewer than one draw.
    """

    record: Records
    draws: int = DRAWS

    def __post_init__(self) -> None:
        if self.draws < 1:
            raise ValueError("draws must be at least 1: every figure is taken over draws")

    @property
    def memory(self) -> Memory:
        """Where answers are kept: the record's memory."""
        return self.record.memory

    @property
    def identity(self) -> tuple[str, int]:
        """What makes this model the one it is.

        Returns
        -------
        tuple of (str, int)
            The record's digest and the number of draws.
        """
        return self.record.digest, self.draws

    def with_passing_memory(self, max_bytes: int) -> Model:
        """The same model with a small memory before its own: what is worked out with it goes when it goes.

        Parameters
        ----------
        max_bytes : int
            Bytes that its answers may take together.
        """
        return self.with_record(self.record.with_memory(Memory(max_bytes, behind=self.memory)))

    def with_record(self, record: Records) -> Model:
        """Another record with as many draws."""
        return Model(record, self.draws)

    def with_draws(self, draws: int) -> Model:
        """The same record with another number of draws.

        Parameters
        ----------
        draws : int
            Count of draws, at least 1.

        Raises
        ------
        ValueError
            For fewer than one.
        """
        return self if draws == self.draws else Model(self.record, draws)
