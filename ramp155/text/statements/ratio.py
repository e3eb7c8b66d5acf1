"""Statements about Russia's rate over that of others in words: how large it is, or whether the gap
closes.
"""

from __future__ import annotations

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.verdicts.ratio import ClosingFacts, NoFigureFacts, RatioFacts
from ramp155.record.rows import Statement
from ramp155.text.gap.counting import write_counting
from ramp155.text.numbers import count_words, say_date, say_signed_percent
from ramp155.text.statements.wording import SUBJECT_NAMES


def write_no_figure(facts: NoFigureFacts) -> str:
    """Why nothing can be said."""
    dates = say_date(facts.dates[0]) if len(facts.dates) == 1 else "both dates"
    return f"The estimate chosen for Russia names no figure for {dates}."


def write_ratio(statement: Statement, facts: RatioFacts) -> str:
    """The ratio with its band, how it depends on whose figure is taken and on how rounds are counted."""
    low, middle, high = facts.band
    verb = "makes" if facts.is_ahead else "made"
    their_verb = "make" if facts.is_ahead and " " in statement.subject else verb
    return (
        f"In {say_date(statement.month)} Russia {verb} {middle:.1f} times what {SUBJECT_NAMES[statement.subject]} "
        f"{their_verb} (likely range {low:.1f} to {high:.1f}). Over all named estimates it runs from "
        f"{facts.least:.1f} to {facts.most:.1f}; the statement holds with {facts.agreeing_count or 'none'} of "
        f"{facts.known_count}. {_write_held(facts)}{_write_turning_countings(facts.turning)}"
    )


def _write_held(facts: RatioFacts) -> str:
    """That Russia is held level where the estimate chosen ends before the date, and what those say that reach it."""
    if not facts.held_after:
        return ""
    dated_sentence = (
        f"Of the {count_words(facts.dated_count, 'estimate')} with a figure for the date itself, it holds with "
        f"{facts.dated_agreeing_count or 'none'}."
        if facts.dated_count
        else "No estimate has a figure for the date itself."
    )
    return (
        f"Russia is held level after {say_date(facts.held_after)}, the last figure of the estimate chosen. "
        f"{dated_sentence} "
    )


def _write_turning_countings(turning: tuple[tuple[str, Comparison], ...]) -> str:
    """Which other ways of counting turn the verdict."""
    if not turning:
        return "No other way of counting changes the verdict."
    verdict, comparison = turning[0]
    counting = write_counting(comparison)
    others_phrase = f" and {len(turning) - 1} other ways" if len(turning) > 1 else ""
    return (
        f"Counted otherwise ({counting[0].lower()}{counting[1:]}) it would be {verdict}; "
        f"that{others_phrase} would change the verdict."
    )


def write_closing_gap(statement: Statement, facts: ClosingFacts) -> str:
    """How the ratio moved, whose change moved it, and with which estimates it closes."""
    subject_name = SUBJECT_NAMES[statement.subject]
    held = f", held level after {say_date(facts.held_after)}" if facts.held_after else ""
    return (
        f"Russia over {subject_name} went from {facts.ratio_then:.1f} times in {say_date(statement.since)} to "
        f"{facts.ratio_now:.1f} in {say_date(statement.month)}. In that time {subject_name}'s rate changed by "
        f"{say_signed_percent(facts.our_change)}, Russia's by {say_signed_percent(facts.russian_change)}{held}. "
        f"The gap closes with {facts.agreeing_count} of the {facts.known_count} estimates that reach both dates."
    )
