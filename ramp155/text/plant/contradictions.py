"""Where reports of a line disagree, in words."""

from __future__ import annotations

from ramp155.answers.plants.contradictions import Contradiction
from ramp155.record.rows import Event
from ramp155.record.schema.vocabulary import EVENTS
from ramp155.text.plant.promises import say_rate
from ramp155.text.plant.standing import say_when


def say_contradiction(contradiction: Contradiction) -> str:
    """What reports disagree about: "The rate promised for 2026"."""
    first_report = contradiction.sides[0][0]
    if contradiction.kind == "milestone":
        return f"When: {EVENTS[contradiction.about].lower()}"
    verb = "reached in" if first_report.rate_status == "done" else "promised for"
    return f"The rate {verb} {say_when(contradiction.about)}"


def say_side(kind: str, report: Event) -> str:
    """What one side says: a rate, or a date as done or still to come."""
    if kind == "rate":
        return say_rate(report)
    when = say_when(report.date)
    return f"{when}, done" if report.status == "done" else f"promised for {when}"
