"""Words all statements share: who is meant, and a rate and its band in the unit the statement
speaks in.
"""

from __future__ import annotations

from ramp155.record.rows import Statement
from ramp155.text.numbers import say_rounds, say_rounds_range

SUBJECT_NAMES = {
    "nato": "NATO",
    "europe": "Europe",
    "us": "the US",
    "europe us": "Europe and the US",
    "europe ukraine": "Europe and Ukraine",
}


def say_statement_rate(statement: Statement, rate: float) -> str:
    """A rate in the unit the statement speaks in: US plans are monthly.

    Parameters
    ----------
    statement : Statement
        Its subject and date say which unit.
    rate : float
        Rounds a year.
    """
    if statement.subject == "us":
        return f"{round(rate / 12, -3):,.0f} rounds a month"
    return f"{say_rounds(rate)} rounds" + ("" if len(statement.month) == 4 else " a year")


def say_statement_band(statement: Statement, low: float, high: float) -> str:
    """The band, where there is one.

    Parameters
    ----------
    statement : Statement
        Its subject says which unit.
    low, high : float
        Rounds a year.
    """
    if statement.subject == "us":
        low, high = round(low / 12, -3), round(high / 12, -3)
        return f" (likely range {low:,.0f} to {high:,.0f})" if high > low else ", as reported"
    return f" (likely range {say_rounds_range(low, high)})"
