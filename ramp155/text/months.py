"""What a map or list says of one month: how many lines and plants there are, what opened, what is late, what is next;
and the steps of a line with their dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ramp155.text.numbers import count_words, say_month, say_short_month

# A milestone as a step to come, as one whose date has passed, and as one that was reached.
_COMING_WORDS = {
    "groundbreaking": "ground to be broken {}",
    "opened": "to open {}",
    "first_output": "first output promised {}",
    "full_rate": "full rate promised {}",
}
_DUE_WORDS = {
    "groundbreaking": "ground was to be broken {}",
    "opened": "was to open {}",
    "first_output": "first output was due {}",
    "full_rate": "full rate was due {}",
}
_REACHED_WORDS = {
    "groundbreaking": "ground broken {}",
    "opened": "opened {}",
    "first_output": "gave first output {}",
    "full_rate": "reached full rate {}",
}


def say_known_on(day: dt.date, end: dt.date, hindsight: bool) -> str:
    """The month and whose knowledge of it counts, to end a heading with; "" at the record's end."""
    if day == end:
        return ""
    return f", {day:%B %Y} as known {'today' if hindsight else 'then'}"


def write_shown(lines: int, plants: int) -> str:
    """How much is shown.

    Parameters
    ----------
    lines, plants : int
        Counts of lines, and of the plants they stand at.
    """
    return f"{count_words(lines, 'line')} at {count_words(plants, 'plant')}"


def write_opened(lines: int) -> str:
    """How many lines opened; "" for none, as before that month.

    Parameters
    ----------
    lines : int
        Count of new or expanded lines of counted countries.
    """
    return (
        f"{count_words(lines, 'new or expanded line')} opened since November 2023" if lines else ""
    )


def write_late(plants: int) -> str:
    """How many plants are late.

    Parameters
    ----------
    plants : int
        Count of plants with a line whose promise has passed or was moved.
    """
    return f"{count_words(plants, 'plant')} {'is' if plants == 1 else 'are'} late"


def write_soon(lines: int, day: dt.date) -> str:
    """How many lines are to reach a step within a year.

    Parameters
    ----------
    lines : int
        Count of lines with a step promised for then.
    day : date
        From when the year is counted.
    """
    until = say_month(f"{day.year + 1}-{day.month:02}")
    return f"Next: {count_words(lines, 'line')} promised to move on by {until}"


def say_step(milestone: str, date: str, state: str) -> str:
    """A step with its date, short: "first output promised Jan 2027", "was to open Jun 2025", "opened Oct 2025".

    `state` is "coming", "due" (its date has passed) or "reached".
    """
    words = {"coming": _COMING_WORDS, "due": _DUE_WORDS, "reached": _REACHED_WORDS}[state]
    shown_date = say_short_month(date[:7]) if len(date) > 4 else date
    return words[milestone].format(shown_date)


def write_line_sentence(
    product: str, status: str, steps: Sequence[str], lateness: int, marks: Sequence[str]
) -> str:
    """One line of a plant in a sentence: "Nitrocellulose: being built; to open Jan 2027; late by 9 months".

    Parameters
    ----------
    product : str
        What it makes.
    status : str
        Its status in words.
    steps : sequence of str
        Of `say_step`.
    lateness : int
        How late it is at least, months; 0 where it is not.
    marks : sequence of str
        What else there is to say of the status.
    """
    late = [f"late by {count_words(lateness, 'month')} or more"] if lateness else []
    return f"{product}: {'; '.join([status, *(step for step in steps if step), *late, *marks])}."
