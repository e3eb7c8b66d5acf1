"""Statements about a rate in words: its level, its growth, and a figure held against the other
named estimates.
"""

from __future__ import annotations

from ramp155.answers.verdicts.level import GrowthFacts, LevelFacts, NamedFigureFacts
from ramp155.answers.verdicts.verdict import name_verdict
from ramp155.record.rows import Statement
from ramp155.text.numbers import say_date, say_rounds
from ramp155.text.statements.wording import SUBJECT_NAMES, say_statement_band, say_statement_rate


def write_level(statement: Statement, facts: LevelFacts) -> str:
    """A rate beside its bounds, and what it is when counted the other way."""
    low, middle, high = facts.band
    verb = {"output": "made", "nameplate": "could make"}[statement.counts]
    sentences = [
        f"In {say_date(statement.month)} {SUBJECT_NAMES[statement.subject]} {verb} "
        f"{say_statement_rate(statement, middle)}{say_statement_band(statement, low, high)}."
    ]
    sentences.append(
        f"Read as {facts.other_counts} it was {say_statement_rate(statement, facts.other_rate)}: "
        f"{name_verdict(facts.other_odds)}."
    )
    return " ".join(sentences)


def write_growth(statement: Statement, facts: GrowthFacts) -> str:
    """How many times a rate grew, from the model's start and from reported ones."""
    low, middle, high = facts.band
    sentences = [
        f"From {say_date(statement.since)} to {say_date(statement.month)} {statement.counts} grew {middle:.1f} times "
        f"(likely range {low:.1f} to {high:.1f}) from the model's {say_rounds(facts.start)}."
    ]
    sentences += [
        f"From the {say_rounds(base)} reported for that date it is {factor:.1f} times."
        for base, factor in facts.from_reports
    ]
    sentences.append(f"Read as {facts.other_counts}: {facts.other_factor:.1f} times.")
    return " ".join(sentences)


def write_named_figure(statement: Statement, facts: NamedFigureFacts) -> str:
    """A figure beside the other named estimates."""
    return (
        f"{facts.known_count} other estimates reach that year; counted alike they run from "
        f"{say_rounds(facts.least)} to {say_rounds(facts.most)}. In {facts.agreeing_count} of them this figure is "
        "likelier than not."
    )
