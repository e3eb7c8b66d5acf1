"""What the product is about, what public reports tell of Europe's output and what they do not."""

from __future__ import annotations

from ramp155.answers.counts import count_lines
from ramp155.answers.output.year_range import find_year_range
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.numbers import say_count, say_rounds_range

_REPORTED_YEAR, _FORECAST_YEAR = 2025, 2027


def write_purpose(records: Records) -> str:
    """What the product is, in one line."""
    return (
        f"**How fast is Europe ramping up ammunition, and what holds it back?** {say_count(count_lines(records, 'sites'))}, "
        f"{say_count(count_lines(records))}: what was promised, what came, and who says so."
    )


def write_unknowns(model: Model) -> str:
    """What is roughly known, what is likely, and what no public source tells; eight in ten runs stand behind a range."""
    reported = find_year_range(model, Scenario(), _REPORTED_YEAR)
    likely = find_year_range(model, Scenario(), _FORECAST_YEAR)
    return (
        f"Public reports tell roughly what Europe makes: {say_rounds_range(*reported)} rounds in {_REPORTED_YEAR}. In "
        f"{_FORECAST_YEAR} it will probably be {say_rounds_range(*likely)}. Which ingredient holds it back, no public "
        "source tells: that part is our assumption."
    )
