"""What a search for plants found, in words."""

from __future__ import annotations

from typing import Any

from ramp155.answers.plants.hits import CountryHits, SiteHit
from ramp155.record.records import Records
from ramp155.text.numbers import count_words
from ramp155.text.plant.promises import list_rate_sentences, list_step_sentences
from ramp155.text.plant.standing import name_line, say_line_now


def write_hits(hits: tuple[SiteHit, ...], query: str) -> str:
    """How many plants a query finds, and how many of them are late: "22 plants for “Germany”, 9 are late"."""
    found = f"{count_words(len(hits), 'plant')} for “{query}”"
    late_count = sum(hit.is_late for hit in hits)
    if len(hits) == 1:
        return found
    return f"{found}, {say_late_count(late_count)}"


def say_country(hits: CountryHits) -> str:
    """A country's plants: "22 plants, 9 are late"."""
    return f"{count_words(hits.plants, 'plant')}, {say_late_count(hits.late)}"


def say_late_count(late: int) -> str:
    """How many of some plants are late.

    Parameters
    ----------
    late : int
        Count of plants.
    """
    return f"{late or 'none'} {'are' if late > 1 else 'is'} late"


def say_hit(hit: SiteHit) -> str:
    """How late a plant is: "late by 9 months"; "" where it is not."""
    if not hit.is_late:
        return ""
    return f"late by {count_words(hit.late_months, 'month')}" if hit.late_months else "late"


def write_line(records: Records, line_status: dict[str, Any]) -> str:
    """A line from a row of `list_statuses`: what it does now, what was promised of its steps and rates, and what came."""
    line = records.line(line_status["line_id"])
    steps = list_step_sentences(records, line.line_id)
    rates = list_rate_sentences(records, line.line_id)
    return " ".join([f"{name_line(line)}: {say_line_now(records, line_status)}.", *steps, *rates])


def write_no_hit(query: str, near_names: list[str]) -> str:
    """That nothing is called so, with names that are spelt nearly alike."""
    near = f" Near in spelling: {', '.join(near_names)}." if near_names else ""
    return f"No plant, maker or town is called “{query}”.{near}"
