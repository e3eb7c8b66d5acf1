"""Plants and lines in words: how many opened and are on the way, what a site does now, what named
lines were reported to make, and how old that is.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import pandas as pd

from ramp155.answers.counts import count_lines, count_openings
from ramp155.history.as_known import find_last_written_report
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.numbers import join_words, say_count, say_date, say_month, say_rounds
from ramp155.text.signs import STATUS_WORDS


def say_known_capacity(rounds_by_stage: dict[str, float], stage_names: dict[str, str]) -> str:
    """What named lines were reported to make, largest first.

    Parameters
    ----------
    rounds_by_stage : dict of str to float
        stage -> rounds a year.
    stage_names : dict of str to str
        stage -> what it is called.
    """
    listing = [
        f"{stage_names[stage]} {say_rounds(rounds)}"
        for stage, rounds in sorted(rounds_by_stage.items(), key=lambda pair: -pair[1])
        if rounds >= 500
    ]
    return ", ".join(listing[:5])


def write_undated_promises(promises: pd.DataFrame, most: int = 4) -> str:
    """The rates that were promised without a date, in a sentence; "" for none.

    Parameters
    ----------
    promises : DataFrame
        Columns rate (units a year), unit, said_on.
    most : int
        How many are named at most.
    """
    if promises.empty:
        return ""
    named = [
        f"{rate:,.0f} {unit.replace('/yr', ' a year')} (said {say_date(said_on[:7]) or 'on an unknown day'})"
        for rate, unit, said_on in zip(
            promises["rate"][:most], promises["unit"], promises["said_on"], strict=False
        )
    ]
    others = len(promises) - len(named)
    return f"Promised without a date: {'; '.join(named)}{f'; {others} more' if others else ''}."


def write_map_title(records: Records, lines: pd.DataFrame, day: dt.date, meant: str = "") -> str:
    """How many lines have opened and how many are on the way, of those shown, on a day; `meant`: which, in words."""
    openings = count_openings(records, as_of=day, line_ids=set(lines["line_id"]))
    coming = count_lines(records, "coming", lines)
    which = f" ({meant})" if meant else ""
    return (
        f"By {say_month(day.isoformat()[:7])}, {say_count(openings)}{which} had opened since November 2023, "
        f"beside {say_count(coming)}"
    )


def say_shown_lines(
    records: Records,
    products: Sequence[str],
    countries: Sequence[str],
    makers: Sequence[str],
    query: str,
    late_only: bool,
) -> str:
    """Which lines are meant: "propellant powder, in Germany, of Rheinmetall, late only"; "" for all.

    `products`, `countries` (by code) and `makers` are those chosen, none for all.
    """
    country_names = dict(zip(records.countries["country"], records.countries["name"], strict=True))
    words_searched = query.strip()
    parts = (
        join_words(PRODUCTS[product].lower() for product in products),
        f"in {join_words(country_names[country] for country in countries)}" if countries else "",
        f"of {join_words(makers)}" if makers else "",
        f"found by “{words_searched}”" if words_searched else "",
        "late only" if late_only else "",
    )
    return ", ".join(part for part in parts if part)


_PICK_WORDS = {"opened": "opened since November 2023", "soon": "with a step due soon"}


def say_picked(meant: str, statuses: Sequence[str], pick: str) -> str:
    """Which lines a map shows: those meant, at plants of some statuses (none: all), and what is picked out of them."""
    parts = (
        meant,
        f"at plants {join_words(statuses)}" if statuses else "",
        _PICK_WORDS.get(pick, ""),
    )
    return ", ".join(part for part in parts if part)


def say_site_status(status: str, ahead: str, marks: Sequence[str]) -> str:
    """What a site's lines do now, what is to come there, and the marks on that: "as before 2022, extension promised; late"."""
    words = STATUS_WORDS[status]
    now = f"{words}, {ahead}" if ahead else words
    return "; ".join([now, *marks])


def say_site_rounds(rounds: float, rate_counts: str) -> str:
    """What the largest latest rate of a site is enough for.

    Parameters
    ----------
    rounds : float
        Rounds a year; NaN where not known.
    rate_counts : str
        What the rate is: "output" (made), "capacity" or "promised".
    """
    if math.isnan(rounds):
        return "no rate reported"
    verb = {"output": "made", "capacity": "capacity reported", "promised": "promised"}[rate_counts]
    return f"{verb}: enough for about {say_rounds(rounds)} rounds a year"


def say_record_age(records: Records) -> str:
    """How old the record is: its last report, and the last of them that a person wrote."""
    last_word = find_last_written_report(records)
    end = f"Record to {records.end.day} {records.end:%B %Y}"
    if last_word is None or last_word >= records.end:
        return end
    return f"{end} (last report by a person: {last_word.day} {last_word:%B %Y})"
