"""Plants and lines in words: how many opened and are on the way, and what named lines were reported
to make.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ramp155.history.openings import find_recent_openings
from ramp155.record.records import Records
from ramp155.text.numbers import count_words, say_date, say_month, say_rounds


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


def write_map_title(
    records: Records, lines: pd.DataFrame, day: dt.date, product_name: str = ""
) -> str:
    """How many lines have opened and how many are on the way, of those shown, on a day."""
    opened = find_recent_openings(records, day)
    opened = opened[opened["line_id"].isin(lines["line_id"])]
    counts = lines["status"].value_counts()
    ahead_count = int(counts.get("announced", 0) + counts.get("construction", 0))
    product_phrase = f" for {product_name}" if product_name else ""
    new_lines = count_words(len(opened), "new or expanded line")
    return (
        f"By {say_month(day.isoformat()[:7])} {new_lines}{product_phrase} had opened since November 2023; "
        f"{ahead_count} more {'is' if ahead_count == 1 else 'are'} announced or being built"
    )
