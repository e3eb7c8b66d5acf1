"""What explanations share: how runs are counted, which rows of the record stand behind a figure, and what no model says."""

from __future__ import annotations

from collections.abc import Iterable

from ramp155.model.model import Model
from ramp155.text.explain.grammar.arithmetic import Amount, Line
from ramp155.text.numbers import say_percent

HALF_MORE = "It is the median: half of our runs give more, half give less."
MODEL_NOT_SAID = (
    "It is no plan and no promise. It follows from our assumptions, and a new report can move it."
)


def count_runs(hits: int, runs: int, what: str) -> tuple[Amount, Amount]:
    """Some runs and all of them, for a share of runs.

    Parameters
    ----------
    hits, runs : int
        Count of runs.
    what : str
        What the first ones do.
    """
    return (
        Amount(hits, "runs", f"runs {what}", exact=True),
        Amount(runs, "runs", "all runs", exact=True),
    )


def say_exact_share(share: float) -> str:
    """A share of runs as a figure: 43 %, with more digits near nothing and near all.

    Parameters
    ----------
    share : float
        0 to 1.
    """
    if 0 < share < 0.01 or 0.99 < share < 1:
        return f"{share * 100:.4g} %"
    return say_percent(share)


def find_assumptions(model: Model, *assumption_ids: str) -> tuple[str, ...]:
    """Those of some coefficients that the record has."""
    recorded_ids = set(model.record.assumptions["assumption_id"])
    return tuple(name for name in assumption_ids if name in recorded_ids)


def find_claims(model: Model, claim_ids: Iterable[str]) -> tuple[str, ...]:
    """Those of some claims that the record has, once each."""
    recorded_ids = set(model.record.claims["claim_id"])
    return tuple(name for name in dict.fromkeys(claim_ids) if name in recorded_ids)


def find_total_claims(model: Model, target_id: str) -> tuple[str, ...]:
    """The claims behind a published total that runs are weighed by."""
    calibration = model.record.calibration
    targets = calibration[calibration["target_id"] == target_id]
    return find_claims(model, " ".join(targets["claim_ids"]).split())


def add_up(total: int, what: str, unit: str, parts: Iterable[tuple[int, str]]) -> Line:
    """A count as the sum of its parts; those that are none are left out.

    Parameters
    ----------
    total : int
        Count of all.
    what : str
        What is counted.
    unit : str
        What one of them is called, in the plural.
    parts : iterable of (int, str)
        Count and words of each part.
    """
    terms = [(number, words) for number, words in parts if number] or [(0, "there is none")]
    amounts = tuple(Amount(number, unit, words, exact=True) for number, words in terms)
    right = " + ".join(f"{{{place}}}" for place in range(len(amounts)))
    return Line(Amount(total, unit, what, exact=True), right, amounts)


def pick_sources(source_ids: Iterable[str]) -> tuple[str, ...]:
    """Some sources, once each."""
    return tuple(dict.fromkeys(source_id for source_id in source_ids if source_id))
