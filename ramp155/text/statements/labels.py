"""Judged statements as lines of a list, and how many of them hold."""

from __future__ import annotations

from ramp155.answers.verdicts.verdict import Verdict
from ramp155.text.numbers import say_chance
from ramp155.text.signs import VERDICT_SIGNS


def write_verdict_label(verdict: Verdict) -> str:
    """A statement's line in the list: sign, words, odds."""
    odds = "?" if verdict.odds is None else say_chance(verdict.odds)
    odds = odds.replace(" ", "\u00a0")
    return f"{VERDICT_SIGNS[verdict.verdict].glyph} {verdict.statement} · {odds}"


def write_verdicts_title(judged: list[Verdict]) -> str:
    """How many statements hold."""
    count = {
        verdict_word: sum(verdict.verdict == verdict_word for verdict in judged)
        for verdict_word in ("supported", "contradicted", "undecided")
    }
    return (
        f"Of {len(judged)} public statements {count['supported']} are supported by record and model, "
        f"{count['contradicted']} contradicted, {count['undecided']} undecided"
    )
