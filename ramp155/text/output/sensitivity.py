"""What the answer hangs on, in words: one coefficient at a time, Sobol indices, and where a change
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
        f"What we know least matters most: {first['label'][0].lower()}{first['label'][1:]} alone moves "
        f"{say_month(month)} from {say_rounds(first['rounds_at_low'])} to {say_rounds(first['rounds_at_high'])} rounds a year"
    )


def write_tornado(table: pd.DataFrame, month: str) -> str:
    """What the answer hangs on, from one coefficient at a time."""
    first, second = table.iloc[0], table.iloc[1]
    mover_count = int((table["swing"] >= 0.01 * table["swing"].iloc[0]).sum())
    return (
        f"**{first['label']}** matters most: from {first['low']} to {first['high']}, output in "
        f"{say_month(month)} goes from {say_rounds(first['rounds_at_low'])} to "
        f"{say_rounds(first['rounds_at_high'])} rounds a year. Next is **{second['label'][0].lower()}{second['label'][1:]}** "
        f"({say_rounds(second['rounds_at_low'])} to {say_rounds(second['rounds_at_high'])}). "
        f"{len(table) - mover_count} of {len(table)} change next to nothing on their own."
    )


def write_sobol(table: pd.DataFrame) -> str:
    """Sobol indices read out."""
    first = table.iloc[0]
    alone = float(table["first"].clip(0).sum())
    return (
        f"**{first['label']}** has the largest share in how far results spread: "
        f"{say_percent(first['total'])} with all it acts on together, {say_percent(max(first['first'], 0))} on its "
        f"own. All coefficients on their own explain {say_percent(min(alone, 1.0))} of the spread; the rest "
        "comes from coefficients acting together: what binds depends on several at once."
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
        f"In {say_month(month)} output changes by {say_signed_rounds(change)} rounds a year, from "
        f"{say_rounds(origins.before)} to {say_rounds(origins.after)}: {listing}."
    )
