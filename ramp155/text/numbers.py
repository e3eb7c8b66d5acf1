"""Numbers, shares, months, counts and lists in words, with no more digits than they bear.

The one home of plurals (`count_words`) and lists (`join_words`). Babel 2.19 was tried for both and for the
months: it takes 36 MB installed, 0.02 s to import and 0.01 s at its first list. It knows which form a number
asks for but not the word itself, and its English is not the one used here ("Sept", "70%", and without a
territory "a, b, and c"), so every pattern would have to be given to it. For one language these few lines say
it; a second language is the time to take it, here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from ramp155.answers.counts import Count

MINUS = "−"  # as numbers are printed: a hyphen joins words
_SMALL_NUMBERS = dict(
    enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), start=1)
)
_MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def count_words(count: float, noun: str, plural: str = "") -> str:
    """How many of something there are: 1 line, 1,200 lines.

    Parameters
    ----------
    count : float
        Number of things (plants, months); shown to the nearest whole one.
    noun : str
        What one of them is called; may have words before it ("new line").
    plural : str
        What several are called, where an s does not do.
    """
    number = f"{count:,.0f}"
    return f"{number} {noun if number == '1' else plural or noun + 's'}"


def say_small_number(number: int) -> str:
    """One to nine in words, other numbers as figures.

    Parameters
    ----------
    number : int
        How many there are (lines, months).
    """
    return _SMALL_NUMBERS.get(number, f"{number:,}")


def say_count(count: Count) -> str:
    """A count with what it counts: 12 new or expanded lines."""
    return count_words(count.number, count.one, count.several)


def join_words(words: Iterable[str], joint: str = "and") -> str:
    """A list as it is read out: a, b and c. Nothing gives ""."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} {joint} {last}" if first else last


def say_amount(amount: float) -> str:
    """An amount with the digits it was reported with: 350,000, 1.25 million, 1.6 billion.

    Parameters
    ----------
    amount : float
        Rounds, tonnes or another unit, as it was reported.
    """
    for size, word in ((1e9, " billion"), (1e6, " million")):
        if amount >= size:
            return f"{amount / size:.10g}{word}"
    return f"{amount:,.0f}"


def say_rounds(rounds: float) -> str:
    """A number of rounds: 1.31 million, 640,000.

    Parameters
    ----------
    rounds : float
        Rounds, or rounds in some time.
    """
    if rounds >= 999_500:
        return f"{rounds / 1e6:.2f}".rstrip("0").rstrip(".") + " million"
    return f"{round_rounds(rounds):,.0f}"


def round_rounds(rounds: float) -> float:
    """Rounds, or a change in them, with the digits they bear, for a table that sorts: 337,200 -> 340,000.

    Parameters
    ----------
    rounds : float
        Rounds, or rounds a year.

    Returns
    -------
    float
        Rounds, to tens of thousands from 100,000 on, else to thousands.
    """
    return round(rounds, -4 if abs(rounds) >= 100_000 else -3)


def say_rounds_range(low: float, high: float) -> str:
    """Two numbers of rounds in as few words as they need: 1.55 to 1.91 million.

    Parameters
    ----------
    low, high : float
        Rounds, or rounds in some time.
    """
    low_words, high_words = say_rounds(low), say_rounds(high)
    if low_words.endswith(" million") and high_words.endswith(" million"):
        low_words = low_words.removesuffix(" million")
    return f"{low_words} to {high_words}"


def say_percent(share: float) -> str:
    """0.7 -> 70 %; a half is rounded up, as the live slider rounds it.

    Parameters
    ----------
    share : float
        Share, 1 = all; NaN where it is not known.
    """
    if math.isnan(share):
        return "unknown"
    return f"{math.floor(round(share * 100, 6) + 0.5)} %"


def say_chance(share: float) -> str:
    """A chance in words that admit the tails: under 1 %, 43 %, over 99 %. Runs are a sample, so none of them is under 1 %.

    Parameters
    ----------
    share : float
        Share of draws, 0 to 1.
    """
    if share < 0.01:
        return "under 1 %"
    if share > 0.99:
        return "over 99 %"
    return say_percent(share)


def say_month(month: str) -> str:
    """2026-12 -> December 2026."""
    year, number = month.split("-")
    return f"{_MONTH_NAMES[int(number) - 1]} {year}"


def say_short_month(month: str) -> str:
    """2026-12 -> Dec 2026."""
    year, number = month.split("-")
    return f"{_MONTH_NAMES[int(number) - 1][:3]} {year}"


def say_times(ratio: float) -> str:
    """1.94 -> 1.9 times.

    Parameters
    ----------
    ratio : float
        One figure over another, without a unit: 1.94 where it is 94 % larger.
    """
    return f"{ratio:.1f} times"


def say_signed_percent(change: float) -> str:
    """0.27 -> +27 %; nothing is 0 %, without a sign.

    Parameters
    ----------
    change : float
        Change as a share of what was, 0.01 = 1 %.
    """
    percent_points = round(change * 100)
    return f"{percent_points:+d} %".replace("-", MINUS) if percent_points else "0 %"


def say_short_date(date: str) -> str:
    """2025-06-15 -> Jun 2025, 2025 -> 2025; "undated" for none."""
    return say_short_month(date[:7]) if len(date) > 4 else date or "undated"


def say_date(date: str) -> str:
    """2025-06 -> June 2025, 2025 -> 2025."""
    return say_month(date) if len(date) > 4 else date


def say_signed_rounds(rounds: float) -> str:
    """A change with its sign, with the digits that rounds are told with: −1.27 million, −340,000.

    Parameters
    ----------
    rounds : float
        Change in rounds, or in rounds in some time.
    """
    amount = say_rounds(abs(rounds))
    return amount if amount == "0" else f"{MINUS if rounds < 0 else '+'}{amount}"
