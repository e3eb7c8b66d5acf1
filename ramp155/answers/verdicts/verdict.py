"""A judged statement: its verdict, its odds from 0 to 1, and the odds from which on it is called so.

A verdict is weaker where named estimates disagree, and none at all where the model was given what it says.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from ramp155.base.spelling import fold_searched, match_words

SUPPORTED, CONTRADICTED = 0.8, 0.2
# The verdict on what the model was given: it repeats its inputs, whichever way.
CIRCULAR = "no test: repeats our inputs"
# Every verdict, by the group it is shown in.
VERDICT_GROUPS = {
    "supported": ("supported", "mostly supported"),
    "undecided": ("undecided",),
    "contradicted": ("contradicted", "mostly contradicted"),
    CIRCULAR: (CIRCULAR,),
}


@dataclass(frozen=True)
class Verdict:
    """One statement judged: `verdict` is a word of `VERDICT_GROUPS`, `odds` from 0 to 1 (None where nothing can
    be said), `reason` a sentence or three, `counted` the way of counting it speaks of. `circular` says that
    the model was given what the odds rest on, `because` how. Of the named estimates it was held against
    (`known_count`) it holds with `agreeing_count`; None where it was held against none."""

    statement_id: str
    statement: str
    who: str
    said_on: str
    verdict: str
    odds: float | None
    reason: str
    counted: str
    claims: tuple[str, ...]
    circular: bool
    because: str
    agreeing_count: int | None
    known_count: int | None

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


def weaken_verdict(verdict: str, agreeing_count: int, known_count: int) -> str:
    """A verdict as far as named estimates bear it: mostly so where a minority disagrees, else undecided.

    Parameters
    ----------
    verdict : str
        Of the estimate that was chosen.
    agreeing_count, known_count : int
        Number of estimates the statement holds with, and number it was held against.
    """
    if verdict == "undecided":
        return verdict
    bearing_count = agreeing_count if verdict == "supported" else known_count - agreeing_count
    if bearing_count == known_count:
        return verdict
    return f"mostly {verdict}" if bearing_count * 2 > known_count else "undecided"


def search_verdicts(
    judged: Iterable[Verdict], query: str = "", speaker: str = ""
) -> tuple[Verdict, ...]:
    """The verdicts in whose words every word of `query` stands, of one speaker where given."""
    return tuple(
        verdict
        for verdict in judged
        if speaker in ("", verdict.who)
        and match_words(query, fold_searched(f"{verdict.who} {verdict.statement} {verdict.reason}"))
    )
