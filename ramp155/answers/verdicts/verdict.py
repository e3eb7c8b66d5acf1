"""A judged statement: supported, contradicted or undecided, its odds from 0 to 1, and the odds from
which on it is called so.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

SUPPORTED, CONTRADICTED = 0.8, 0.2


@dataclass(frozen=True)
class Verdict:
    """One statement judged: `verdict` is supported, contradicted or undecided, `odds` from 0 to 1 (None
    where nothing can be said), `reason` a sentence or three, `counted` the way of counting it speaks of."""

    statement_id: str
    statement: str
    who: str
    said_on: str
    verdict: str
    odds: float | None
    reason: str
    counted: str
    claims: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The JSON shape."""
        return {**dataclasses.asdict(self), "claims": list(self.claims)}


def name_verdict(odds: float) -> str:
    """Odds as a verdict; unknown odds leave it undecided.

    Parameters
    ----------
    odds : float
        From 0 to 1, NaN where nothing can be said.
    """
    if odds >= SUPPORTED:
        return "supported"
    return "contradicted" if odds <= CONTRADICTED else "undecided"
