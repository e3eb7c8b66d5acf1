"""Statements about supply and demand in words: what holds output back, and what stays unmet."""

from __future__ import annotations

from ramp155.answers.verdicts.supply import BottleneckFacts, UnmetFacts
from ramp155.record.records import Records
from ramp155.record.rows import Statement
from ramp155.text.numbers import say_date, say_percent
from ramp155.text.stages import name_stages


def write_bottleneck(records: Records, statement: Statement, facts: BottleneckFacts) -> str:
    """What holds output back, by how many draws say so."""
    names = name_stages(records)
    listing = ", ".join(
        f"{names[stage]} in {say_percent(share)}" for stage, share in facts.shares if share >= 0.01
    )
    return f"What holds output back in {say_date(statement.month)}, by our assumptions, as shares of runs: {listing}."


def write_unmet_demand(statement: Statement, facts: UnmetFacts) -> str:
    """What part of demand stays unmet, with its band."""
    low, middle, high = map(say_percent, facts.band)
    return (
        f"In {say_date(statement.month)} {middle} of demand is unmet (likely range {low} to "
        f"{high}), with aid and stocks as set under Two tracks; demand is an assumption."
    )
