"""A European preference in words: what it costs in rounds and months, and what it leaves at home."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.procurement.rule import Rule
from ramp155.text.numbers import count_words, say_chance, say_percent, say_rounds


def write_absent_rule(others: list[Rule]) -> str:
    """What rules would cost where none is set."""
    costs = [
        f"one of {say_percent(rule.preference)} would cost {_say_some_rounds(rule.cost_rounds[1])}"
        for rule in others
    ]
    return f"**No European preference is set.** By 2031 {'; '.join(costs)}, on average. The EU's loans ask for 65 %."


def write_preference_title(table: pd.DataFrame) -> str:
    """What reserving orders for Europe costs by the end of 2030 (`compute_preference_curve`)."""
    without_rule, all_european = table.iloc[0], table.iloc[-1]
    return (
        f"Buying only European would leave {say_rounds(all_european['mean'])} rounds missing by the end of 2030. "
        f"With no rule it would be {say_rounds(without_rule['mean'])}"
    )


def write_rule_cost(rule: Rule) -> str:
    """What the preference in force costs in rounds and months."""
    low, mean, high = rule.cost_rounds
    if high < 1_000:
        return (
            f"**A {say_percent(rule.preference)} rule costs next to nothing**: Europe meets more than that part of "
            "demand anyway, or nobody else has rounds to sell."
        )
    likely_range = f"{say_rounds(low) if low >= 500 else 'none'} to {_say_some_rounds(high)}"
    return (
        f"**A {say_percent(rule.preference)} rule costs {_say_some_rounds(mean)} on average** by 2031. Likely range: "
        f"{likely_range}. It costs any in {say_chance(rule.cost_odds)} of runs. {_write_delay(rule)}"
    )


def _write_delay(rule: Rule) -> str:
    """How much later stocks are full, told apart from never."""
    if rule.never > 0.5:
        free_odds = say_chance(rule.never_free)
        return f"Stocks are then not full by the end of 2040 in {say_chance(rule.never)} of runs, against {free_odds} without."
    middle_months, late_months = rule.late
    if late_months < 0.5:
        return "Stocks are full no later."
    start = (
        f"{count_words(middle_months, 'month')} later in half of the runs"
        if middle_months >= 0.5
        else "no later in half of the runs"
    )
    return f"Stocks are full {start}, {count_words(late_months, 'month')} or more in one of ten."


def write_rule_gain(rule: Rule) -> str:
    """What the preference leaves at home."""
    if rule.kept[2] < 1_000:
        return "It keeps no orders at home that would otherwise go abroad."
    start = f"**It leaves at home** orders for {_say_some_rounds(rule.kept[1])} on average"
    if rule.plants[1] < 0.05:
        return f"{start}, too few or too late for a new powder plant by 2031."
    return (
        f"{start}. Those placed early enough would pay for {rule.plants[1]:.1f} new powder plants, enough for "
        f"{say_rounds(rule.capacity[1])} rounds a year by 2031. Likely range: {rule.plants[0]:.1f} to "
        f"{rule.plants[2]:.1f} plants. They are not counted in the picture."
    )


def _say_some_rounds(value: float) -> str:
    return "no rounds" if value < 500 else f"{say_rounds(value)} rounds"
