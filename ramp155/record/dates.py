"""Partial dates: the record says "2025", "2025-07" or "2025-07-14", and keeps that precision.

A date text stands for the span it names. `first_day` and `last_day` give the ends of that span,
`month_number` its middle as a whole number of months, so that slips between dates of different
precision can be subtracted.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

# Months that a month stands for beside itself, by the word that says how wide it is.
_MONTHS_AROUND = {"season": (0, 2), "half": (0, 5), "computed": (1, 1)}
PATTERN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


def parse(text: str) -> tuple[int, int | None, int | None]:
    """Split a partial date into what it names.

    Returns
    -------
    year : int
        Calendar year, 1900 to 2100.
    month, day : int or None
        Month of the year and day of the month, from 1; None where it names none.

    Raises
    ------
    ValueError
        Where the text is no date, or its year lies outside 1900 to 2100.
    """
    match = PATTERN.match(text)
    if not match:
        raise ValueError(f"'{text}' is not a date (YYYY, YYYY-MM or YYYY-MM-DD)")
    year = int(match[1])
    month = int(match[2]) if match[2] else None
    day = int(match[3]) if match[3] else None
    if not 1900 <= year <= 2100:
        raise ValueError(f"'{text}' lies outside 1900 to 2100")
    dt.date(year, month or 1, day or 1)  # raises ValueError for month 13 or 31 February
    return year, month, day


def first_day(text: str) -> dt.date:
    """First day of the span the text names."""
    year, month, day = parse(text)
    return dt.date(year, month or 1, day or 1)


def last_day(text: str) -> dt.date:
    """Last day of the span the text names."""
    year, month, day = parse(text)
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def find_span(text: str, precision: str = "") -> tuple[dt.date, dt.date]:
    """First and last day of what a date stands for, with the width of its month where that is more.

    Parameters
    ----------
    text : str
        A date (YYYY, YYYY-MM or YYYY-MM-DD).
    precision : str
        A word of `PRECISIONS`, or "" where the text says it all.

    Raises
    ------
    ValueError
        Where the text is no date.
    """
    before, after = _MONTHS_AROUND.get(precision, (0, 0))
    if not before and not after:
        return first_day(text), last_day(text)
    month = month_number(text)
    return first_day(month_text(month - before)), last_day(month_text(month + after))


def month_number(text: str) -> int:
    """The month in the middle of the span the text names: a bare year stands for its July.

    Returns
    -------
    int
        Months since year 0, from 0 for its January.

    Raises
    ------
    ValueError
        Where the text is no date.
    """
    year, month, _ = parse(text)
    return year * 12 + (month or 7) - 1


def month_text(number: int) -> str:
    """The inverse of `month_number`, as YYYY-MM.

    Parameters
    ----------
    number : int
        Months since year 0.
    """
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_range(first: str, last: str) -> list[str]:
    """Every month from first to last (YYYY-MM), both included."""
    return [month_text(n) for n in range(month_number(first), month_number(last) + 1)]
