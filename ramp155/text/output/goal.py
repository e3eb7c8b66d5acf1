"""The goal seek and the odds of a target in words: what nitrocellulose alone does, what other levers
do, what it takes at least, and how sure a supply makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sized

import pandas as pd

from ramp155.answers.goal.goal import Beyond, Goal
from ramp155.answers.goal.halving import TOLERANCE
from ramp155.answers.goal.lever_sets import LeverSet
from ramp155.answers.goal.supply import find_whole_percent
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.levers import LEVER_BY_NAME
from ramp155.record.records import Records
from ramp155.text.numbers import (
    join_words,
    say_chance,
    say_month,
    say_percent,
    say_rounds,
    say_short_month,
    say_small_number,
)
from ramp155.text.stages import name_stages

_AS_THEY_STAND = "with your other levers as they stand"

_EFFORT = "Effort: all changes added up, in points. Nobody publishes what levers cost."


def _count_levers(levers: Sized) -> str:
    """One lever, two levers ... in words."""
    count = len(levers)
    return "one lever" if count == 1 else f"{say_small_number(count)} levers"


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
    return f"{label}: {say_chance(odds)}; even odds {say_even_month(even_month)}"


def say_even_month(even_month: str) -> str:
    """From when half of the draws reach a target: from Dec 2027, or after 2030; "" for no month of the forecast."""
    return f"from {say_short_month(even_month)}" if even_month else f"after {MONTHS[-1][:4]}"


def write_goal_answer(records: Records, answer: Goal) -> list[str]:
    """The goal seek's answer in paragraphs: what nitrocellulose alone does, what other levers do or what
    it takes at least, and what effort is.
    """
    paragraphs = [
        _say_supply(name_stages(records), answer),
        [_say_orders(answer.orders)] if answer.orders is not None else [],
        _say_levers(answer),
        [_EFFORT] if len(write_goal_table(answer).columns) else [],
    ]
    return [" ".join(sentences) for sentences in paragraphs if sentences]


def _say_supply(stage_names: dict[str, str], answer: Goal) -> list[str]:
    """What nitrocellulose alone does, how sure that is, and what limits output there."""
    target, month_phrase = say_rounds(answer.target), say_month(answer.by)
    stage, share = stage_names[answer.binds], say_percent(answer.binds_share)
    if answer.nitrocellulose is not None:
        percent = find_whole_percent("nitrocellulose", answer.nitrocellulose)
        others = _AS_THEY_STAND if answer.moved else "if no other lever moves"
        return [
            f"**{target} rounds a year in {month_phrase} take {percent} % nitrocellulose** {others}. "
            f"Then {say_chance(answer.odds)} of our runs reach it.",
            f"By our assumptions the limit there is {stage} in {share} of runs.",
        ]
    beginning = (
        f"**No supply of nitrocellulose {'' if answer.moved else 'alone '}reaches {target} rounds a year in "
        f"{month_phrase}{f' {_AS_THEY_STAND}' if answer.moved else ''}**: "
    )
    if answer.rounds_per_year < 1_000:
        return [f"{beginning}output has stopped for lack of {stage}."]
    return [
        f"{beginning}even 200 % most likely makes {say_rounds(answer.rounds_per_year)}.",
        f"By our assumptions the limit there is {stage} in {share} of runs.",
        f"{say_chance(answer.odds).capitalize()} of our runs reach it.",
    ]


def _say_orders(orders: int) -> str:
    """That buyers order less than the target."""
    return (
        f"Buyers order {say_rounds(orders)} rounds a year, and no more is made than is ordered. What follows "
        "supposes that they order enough."
    )


def _say_levers(answer: Goal) -> list[str]:
    """What one, two, three levers do, and what it takes beyond; from 100 % nitrocellulose."""
    if answer.pair and not answer.pair.levers:
        if answer.moved:
            return [f"At 100 % nitrocellulose, {_AS_THEY_STAND}, it is reached already."]
        return ["At 100 % nitrocellulose it is reached without moving another lever."]
    if answer.beyond and not answer.beyond.levers:
        return ["No lever moves output in that month: what is moved acts in other months."]
    sentences = [_say_set(answer.solutions[0], answer.moved)] if answer.solutions else []
    if len(answer.solutions) > 1:
        sentences.append(f"The least effort is {name_levers(answer.solutions[-1])}.")
    if answer.beyond:
        sentences += _say_beyond(answer.beyond, answer.moved)
    if answer.closest:
        nearest = answer.closest[-1]
        gets = "alone gets" if len(nearest.levers) == 1 else "together get"
        sentences.append(
            f"{_count_levers(nearest.levers).capitalize()} {gets} at most {say_rounds(nearest.rounds_per_year)}, with "
            f"{name_levers(nearest)}."
        )
    if any("propellant_per_round" in found.levers for found in answer.solutions):
        takes = (
            f"it takes {name_levers(answer.same_round)}"
            if answer.same_round
            else "no three levers reach it"
        )
        sentences.append(f"With full charges (lighter ones shorten the shot) {takes}.")
    return sentences


def _say_set(found: LeverSet, moved: tuple[str, ...]) -> str:
    together = " together" if len(found.levers) > 1 else ""
    verb = "reaches" if len(found.levers) == 1 else "reach"
    count = _count_levers(found.levers)
    return f"**{_say_start(count, moved)}{together} {verb} it: {name_levers(found)}.**"


def _say_start(opening: str, moved: tuple[str, ...]) -> str:
    """The beginning of a sentence on what levers do, with what they start from where others are moved."""
    return (
        f"{_AS_THEY_STAND.capitalize()} and 100 % nitrocellulose, {opening}"
        if moved
        else opening.capitalize()
    )


def _say_beyond(beyond: Beyond, moved: tuple[str, ...]) -> list[str]:
    """What it takes where three levers are not enough."""
    count = _count_levers(beyond.levers)
    if not beyond.reaches:
        return [
            f"**All levers together, each as far as it goes, reach {say_rounds(beyond.rounds_per_year)}: the target is "
            "out of reach in that month.**"
        ]
    return [
        f"**{_say_start('it takes', moved)} at least {count} together: {name_levers(beyond)}.** At their ends they reach "
        f"{say_rounds(beyond.rounds_per_year)}."
    ]


def name_levers(found: LeverSet | Beyond) -> str:
    """The levers of a set in a sentence: powder plants and working hours."""
    return join_words(LEVER_BY_NAME[name].short for name in sort_levers(found.levers))


def sort_levers(names: Iterable[str]) -> list[str]:
    """Levers in the order in which they stand on the page."""
    return sorted(names, key=list(LEVER_BY_NAME).index)


def write_goal_table(answer: Goal) -> pd.DataFrame:
    """The sets of levers beside each other: a column a set, a row a lever, then what it reaches.

    Parameters
    ----------
    answer : Goal
        As `seek_goal` gives it.

    Returns
    -------
    pandas.DataFrame
        Texts, by how many levers are moved; no columns where no set was looked for.
    """
    columns = [(str(len(found.levers)), found) for found in (*answer.closest, *answer.solutions)]
    columns.sort(key=lambda column: len(column[1].levers))
    if answer.same_round:
        columns.append((f"{len(answer.same_round.levers)}, full charge", answer.same_round))
    if answer.beyond and answer.beyond.levers:
        needed = answer.beyond.example or LeverSet(
            answer.beyond.levers, answer.beyond.rounds_per_year, answer.beyond.effort
        )
        columns.append((str(len(needed.levers)) if answer.beyond.reaches else "all", needed))
    names = sort_levers({name for _, found in columns for name in found.levers})
    table = {
        heading: [
            *(
                str(find_whole_percent(name, found.levers[name])) if name in found.levers else ""
                for name in names
            ),
            f"{found.rounds_per_year / 1e6:.2f}",
            "yes" if found.rounds_per_year >= answer.target * (1 - TOLERANCE) else "no",
            f"{_count_effort_points(found):.0f}",
        ]
        for heading, found in columns
    }
    labels = [LEVER_BY_NAME[name].short for name in names]
    return pd.DataFrame(
        table, index=[*labels, "million rounds a year", "reaches it", "effort, points"]
    )


def _count_effort_points(found: LeverSet) -> float:
    """The effort of a set in points, its levers at the whole percents that the table says."""
    rounding = sum(
        abs(find_whole_percent(name, position) - position * 100)
        for name, position in found.levers.items()
    )
    return found.effort * 100 + rounding


def write_supply_odds_title(
    table: pd.DataFrame, target: float, by: str, supply: float | None = None
) -> str:
    """How sure a supply makes a target, as a chart's title.

    Parameters
    ----------
    table : pandas.DataFrame
        As `tabulate_odds_by_supply` gives it.
    target : float
        Rounds a year.
    by : str
        The month, YYYY-MM.
    supply : float, optional
        With which half of the runs reach it, as goal seek finds it (1 = baseline); else the table's step
        is said.
    """
    target_phrase = f"{say_rounds(target)} complete rounds a year in {say_month(by)}"
    best_odds = float(table["odds"].max())
    for level, share_phrase in ((0.8, "Eight in ten"), (0.5, "Half of our")):
        if best_odds >= level:
            step = float(table.loc[table["odds"] >= level, "nitrocellulose"].iloc[0])
            supply_phrase = (
                f"{find_whole_percent('nitrocellulose', supply)} %"
                if supply is not None and level == 0.5
                else f"about {say_percent(step)}"
            )
            return (
                f"**{share_phrase} runs make {target_phrase} from {supply_phrase} nitrocellulose on; at most "
                f"{say_chance(best_odds)} do**"
            )
    at_most = say_chance(best_odds) if best_odds < 0.01 else f"at most {say_chance(best_odds)}"
    return f"**However much nitrocellulose there is, {at_most} of our runs make {target_phrase}**"
