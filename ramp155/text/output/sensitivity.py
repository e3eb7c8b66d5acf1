"""What the answer hangs on, in words: coefficient by coefficient over the runs, and where a change
comes from.
"""

from __future__ import annotations

import pandas as pd

from ramp155.answers.sensitivity.attribution import Attribution
from ramp155.text.numbers import say_month, say_percent, say_rounds, say_signed_rounds


def write_tornado_title(table: pd.DataFrame, month: str) -> str:
    """What the answer hangs on most, as a heading (`compute_tornado`)."""
    first = table.iloc[0]
    return (
        f"{first['label']} matters most: from the runs with the lowest fifth to those with the highest, {say_month(month)} "
        f"goes from {say_rounds(first['rounds_at_low'])} to {say_rounds(first['rounds_at_high'])} rounds a year"
    )


def write_tornado(table: pd.DataFrame, month: str) -> str:
    """What the answer hangs on, from the runs with each coefficient low and high."""
    first, second = table.iloc[0], table.iloc[1]
    idle_count = int((table["share"] < 0.01).sum())
    return (
        f"**{first['label']}** matters most. In the fifth of runs with the lowest ({first['low']}), output in "
        f"{say_month(month)} is {say_rounds(first['rounds_at_low'])} rounds a year. In the fifth with the highest "
        f"({first['high']}) it is {say_rounds(first['rounds_at_high'])}. That explains {say_percent(first['share'])} of how "
        f"far runs differ. Next is **{second['label'][0].lower()}{second['label'][1:]}** ({say_percent(second['share'])}). "
        f"{idle_count} of {len(table)} explain next to nothing."
    )


def write_attribution(origins: Attribution, month: str) -> str:
    """Where a change comes from, in words."""
    contributions = [("levers", origins.levers), ("your assumptions", origins.assumptions)]
    if origins.record:
        contributions.append(("a newer record or model", origins.record))
    listing = ", ".join(
        f"{say_signed_rounds(rounds)} from {origin}" for origin, rounds in contributions
    )
    change = origins.after - origins.before
    if abs(change) < 500 and all(abs(rounds) < 500 for _, rounds in contributions):
        return f"In {say_month(month)} nothing has changed against the baseline."
    return (
        f"In {say_month(month)} output most likely changes by {say_signed_rounds(change)} rounds a year, from "
        f"{say_rounds(origins.before)} to {say_rounds(origins.after)}: {listing}."
    )
