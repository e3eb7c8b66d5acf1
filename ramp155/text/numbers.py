"""Numbers, shares and months in words, with no more digits than they bear."""

from __future__ import annotations

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


def say_rounds(rounds: float) -> str:
    """A number of rounds: 1.31 million, 640,000."""
    if rounds >= 999_500:
        return f"{rounds / 1e6:.2f}".rstrip("0").rstrip(".") + " million"
    return f"{round(rounds, -4 if rounds >= 100_000 else -3):,.0f}"


def say_rounds_range(low: float, high: float) -> str:
    """Two numbers of rounds in as few words as they need: 1.55 to 1.91 million."""
    low_words, high_words = say_rounds(low), say_rounds(high)
    if low_words.endswith(" million") and high_words.endswith(" million"):
        low_words = low_words.removesuffix(" million")
    return f"{low_words} to {high_words}"


def say_percent(share: float) -> str:
    """0.7 -> 70 %."""
    return f"{share * 100:.0f} %"


def say_chance(share: float) -> str:
    """A chance in words that admit the tails: under 1 %, 43 %, over 99 %."""
    if 0 < share < 0.01:
        return "under 1 %"
    if 0.99 < share < 1:
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
    """1.94 -> 1.9 times."""
    return f"{ratio:.1f} times"


def say_signed_percent(change: float) -> str:
    """0.27 -> +27 %; nothing is 0 %, without a sign."""
    percent_points = round(change * 100)
    return f"{percent_points:+d} %" if percent_points else "0 %"


def say_date(date: str) -> str:
    """2025-06 -> June 2025, 2025 -> 2025."""
    return say_month(date) if len(date) > 4 else date


def say_signed_rounds(rounds: float) -> str:
    """A change in thousands with its sign: -120,000."""
    thousands = round(rounds, -3)
    return f"{thousands:+,.0f}" if thousands else "0"
