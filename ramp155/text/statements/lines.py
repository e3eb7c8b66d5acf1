"""Statements about deliveries and lines in words: delivered, opened, under way, and how many the
record may lack.
"""

from __future__ import annotations

from ramp155.answers.verdicts.lines import DeliveryFacts, LineCountFacts
from ramp155.history.standing.sites import STATUS_GROUPS
from ramp155.record.rows import Statement
from ramp155.text.numbers import (
    count_words,
    say_date,
    say_percent,
    say_rounds,
    say_rounds_range,
)


def write_delivery(statement: Statement, facts: DeliveryFacts) -> str:
    """What reports of the month say, and for when the figure was first reported."""
    month = say_date(statement.month)
    if facts.reported is None:
        reports = f"No report speaks of {month}."
    else:
        smallest, largest = facts.reported
        range_words = (
            say_rounds(smallest) if smallest == largest else say_rounds_range(smallest, largest)
        )
        reports = f"Reports for {month} say {range_words}."
    if not facts.first_month or statement.low is None:
        return f"{reports} No report says it was reached."
    later = f", {count_words(facts.late_months, 'month')} later" if facts.late_months > 0 else ""
    return (
        f"{reports} {say_rounds(statement.low)} was first reported for "
        f"{say_date(facts.first_month)}{later}."
    )


def write_line_count(statement: Statement, facts: LineCountFacts) -> str:
    """How many lines the record holds, at how many plants, how many of them for 155 mm, and how many there
    were if it lacks some."""
    if statement.kind == "opened":
        count_sentence = (
            f"The record counts lines: {_say_lines(facts, 'new or expanded line')} opened from {say_date(statement.since)} to "
            f"{say_date(statement.month)}. A plant with several lines counts once."
        )
        noun = "plants"
    else:
        meant = statement.subject.split()
        statuses = ", ".join(
            group for group, members in STATUS_GROUPS.items() if {*members} & {*meant}
        )
        count_sentence = (
            f"At the end of {say_date(statement.month)} the record holds {_say_lines(facts, 'new or growing line')} "
            f"({statuses})."
        )
        noun = "lines"
    shortfall = f" That alone is {facts.short:.0f} short." if facts.short else ""
    low, high = facts.completeness
    return (
        f"{count_sentence} {facts.for_155_count} of the lines are for 155 mm.{shortfall} If the record holds (our "
        f"assumption) {say_percent(low)} to {say_percent(high)} of all, there were {facts.least:.0f} to "
        f"{facts.most:.0f} {noun}."
    )


def _say_lines(facts: LineCountFacts, noun: str) -> str:
    return f"{count_words(facts.line_count, noun)} at {count_words(facts.site_count, 'plant')}"
