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
        f"Of {len(table)} assumptions, {idle_count} explain next to nothing."
    )


def write_attribution(origins: Attribution, month: str) -> str:
    """Where a change comes from, in words."""
    contributions = [("levers", origins.levers), ("your assumptions", origins.assumptions)]
    if origins.record:
        contributions.append(("a newer record or model", origins.record))
    change = origins.after - origins.before
    if abs(change) < 500 and all(abs(rounds) < 500 for _, rounds in contributions):
        return f"In {say_month(month)} nothing has changed against the baseline."
    return (
        f"In {say_month(month)} output most likely goes from {say_rounds(origins.before)} to "
        f"{say_rounds(origins.after)} rounds a year. {_list_origins(contributions)}"
    )


def _list_origins(contributions: list[tuple[str, float]]) -> str:
    """What each origin of a change brings; at most two in a sentence."""
    phrases = [
        f"{origin[0].upper()}{origin[1:]}: {say_signed_rounds(rounds)}"
        for origin, rounds in contributions
    ]
    return f"{'. '.join(phrases)}."
