"""The goal seek and the odds of a target in words: the supply it takes or what stands in the way,
and how sure a supply makes it.
"""

from __future__ import annotations

import pandas as pd

from ramp155.answers.goal.goal import Goal
from ramp155.model.scenario.levers import LEVER_BY_NAME
from ramp155.record.records import Records
from ramp155.text.numbers import say_chance, say_month, say_percent, say_rounds, say_short_month
from ramp155.text.stages import name_stages


def write_odds_line(label: str, odds: float, even_month: str) -> str:
    """The odds of a target in words.

    Parameters
    ----------
    label : str
        The target.
    odds : float
        Share of draws that reach it, 0 to 1.
    even_month : str
        First month from which half of the draws reach it, YYYY-MM, "" for none.
    """
    later_phrase = (
        f"even odds from {say_short_month(even_month)}"
        if even_month
        else "not likely by the end of 2030"
    )
    return f"{label}: {say_chance(odds)}; {later_phrase}"


def write_goal_answer(records: Records, answer: Goal) -> list[str]:
    """The goal seek's answer: the supply it takes or what stands in the way, the odds, the least pair."""
    stage_names = name_stages(records)
    target, month_phrase = say_rounds(answer.target), say_month(answer.by)
    if answer.nitrocellulose is not None:
        first = (
            f"**{target} rounds a year in {month_phrase} take {answer.nitrocellulose * 100:.1f} % nitrocellulose**"
            f" in the middle case; {stage_names[answer.binds]} binds there."
        )
        second = f"At that supply {say_chance(answer.odds)} of the sets of assumptions reach it."
    else:
        first = (
            f"**No supply of nitrocellulose reaches {target} rounds a year in {month_phrase}**: "
            f"{stage_names[answer.binds]} binds at {say_rounds(answer.rounds_per_year)}."
            if answer.rounds_per_year >= 1_000
            else f"**No supply of nitrocellulose reaches {target} rounds a year in {month_phrase}**: output has "
            f"stopped for want of {stage_names[answer.binds]}."
        )
        second = (
            f"With all the nitrocellulose one could want (200 %), {say_chance(answer.odds)} of the sets of "
            "assumptions reach it."
        )
    if answer.pair is None:
        third = "No two levers within their ranges reach it."
    elif not answer.pair.levers:
        third = "At 100 % nitrocellulose it is reached without moving another lever."
    else:
        moves = [
            f"{LEVER_BY_NAME[lever].label.lower()} at {position * 100:.1f} %"
            for lever, position in answer.pair.levers.items()
        ]
        third = (
            f"The least effort from 100 % nitrocellulose: {' with '.join(moves)}, "
            f"{answer.pair.effort * 100:.1f} points of change in all (no prices of levers are published, so "
            "points stand for cost)."
        )
    return [first, second, third]


def write_supply_odds_title(table: pd.DataFrame, target: float, by: str) -> str:
    """How sure a supply makes a target, as a chart's title.

    Parameters
    ----------
    table : pandas.DataFrame
        As `tabulate_odds_by_supply` gives it.
    target : float
        Rounds a year.
    by : str
        The month, YYYY-MM.
    """
    target_phrase = f"{say_rounds(target)} complete rounds a year in {say_month(by)}"
    best_odds = float(table["odds"].max())
    for level, share_phrase in ((0.8, "Eight in ten"), (0.5, "Half of the")):
        if best_odds >= level:
            supply = float(table.loc[table["odds"] >= level, "nitrocellulose"].iloc[0])
            return (
                f"**{share_phrase} sets of assumptions make {target_phrase} from {say_percent(supply)} nitrocellulose on; at most "
                f"{say_chance(best_odds)} do**"
            )
    if best_odds == 0:
        return (
            f"**However much nitrocellulose there is, no set of assumptions makes {target_phrase}**"
        )
    return f"**However much nitrocellulose there is, at most {say_chance(best_odds)} of the sets of assumptions make {target_phrase}**"
