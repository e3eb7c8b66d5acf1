"""Numbers and months in words, with no more digits than they bear; texts no longer than one reads."""

from __future__ import annotations

_MONTHS = [
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


def millions(rounds: float) -> str:
    """A number of rounds: 1.31 million, 640,000."""
    if rounds >= 999_500:
        return f"{rounds / 1e6:.2f}".rstrip("0").rstrip(".") + " million"
    return f"{round(rounds, -4 if rounds >= 100_000 else -3):,.0f}"


def span(low: float, high: float) -> str:
    """Two numbers of rounds in as few words as they need: 1.55 to 1.91 million."""
    first, last = millions(low), millions(high)
    if first.endswith(" million") and last.endswith(" million"):
        first = first.removesuffix(" million")
    return f"{first} to {last}"


def percent(share: float) -> str:
    """0.7 -> 70 %."""
    return f"{share * 100:.0f} %"


def in_hundred(share: float) -> str:
    """A chance in words that admit the tails: under 1 %, 43 %, over 99 %."""
    if 0 < share < 0.01:
        return "under 1 %"
    if 0.99 < share < 1:
        return "over 99 %"
    return percent(share)


def month_name(month: str) -> str:
    """2026-12 -> December 2026."""
    year, number = month.split("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


def short_month(month: str) -> str:
    """2026-12 -> Dec 2026."""
    year, number = month.split("-")
    return f"{_MONTHS[int(number) - 1][:3]} {year}"


def shortened(text: str, most: int = 80) -> str:
    """A text of unknown length cut to what a sentence can hold."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
