"""Headlines of output and of what holds it back."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.output.reading import ABOUT_AS_BEFORE, Reading
from ramp155.answers.output.response import SupplyEffect
from ramp155.answers.stages.flow import FlowMonth
from ramp155.answers.stages.locks import Locks, find_worthy_gain, rank_limits
from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.headlines.fit import choose_short
from ramp155.text.numbers import say_chance, say_month, say_percent, say_rounds
from ramp155.text.output.reading import write_readout, write_recovery
from ramp155.text.scenario import say_position
from ramp155.text.stages import name_stages

_BASELINE = Scenario()


def say_scenario_shortly(scenario: Scenario) -> str:
    """What was moved in a few words: "60 % nitrocellulose", "Fuzes at 50 %", "Three levers moved"."""
    moved = scenario.moved
    if len(moved) == 1:
        lever = moved[0]
        if lever.name == "nitrocellulose":
            return f"{say_percent(scenario.nitrocellulose)} nitrocellulose"
        position = f"{say_position(lever, getattr(scenario, lever.name))} {lever.unit}".strip()
        name = f"{lever.short[:1].upper()}{lever.short[1:]}"
        return choose_short(f"{name} at {position}")
    if moved:
        return "As the levers stand"
    return "As assumed by you" if scenario.assume else "With more countries counted"


def write_output_headline(scenario: Scenario, answer: Reading) -> str:
    """How many rounds Europe completes; of a shortfall, how many fewer by when.

    Parameters
    ----------
    scenario : Scenario
        Where the levers stand.
    answer : Reading
        What follows, read off in a month.
    """
    rounds, baseline = answer.told
    amount = f"{say_rounds(rounds)} rounds" + ("" if answer.is_whole_year else " a year")
    when = f"in {answer.month[:4]}" if answer.is_whole_year else f"in {say_month(answer.month)}"
    likely = "likely completed" if answer.month < FORECAST_START else "will likely complete"
    if scenario == _BASELINE:
        return f"Europe {likely} {amount} {when}"
    moved = say_scenario_shortly(scenario)
    if answer.falls:
        until = f"by {say_month(answer.back)}" if answer.back else f"by the end of {MONTHS[-1][:4]}"
        fewer = f"{say_rounds(answer.lost)} rounds fewer {until}"
        return choose_short(f"{moved}: {fewer}", f"The levers cost {fewer.replace(' fewer', '')}")
    if rounds < 1_000:
        return choose_short(f"{moved}: output has stopped {when}")
    change = rounds / baseline - 1
    if abs(change) < ABOUT_AS_BEFORE:
        return choose_short(
            f"{moved}: output {when} about as before", f"Output {when} stays about as before"
        )
    more = f"{say_percent(abs(change))} {'fewer' if change < 0 else 'more'}"
    return choose_short(
        f"{moved}: {amount} {when}, {more}",
        f"{moved}: {more} rounds {when}",
        f"The levers: {more} rounds {when}",
    )


def write_output_detail(scenario: Scenario, answer: Reading) -> str:
    """What a shortfall does over time, else how sure the headline is."""
    return write_recovery(scenario, answer) or write_readout(scenario, answer)


def write_response_headline(effect: SupplyEffect, year: str) -> str:
    """What half the nitrocellulose costs.

    Parameters
    ----------
    effect : SupplyEffect
        Rounds in the year.
    year : str
        YYYY.
    """
    lost = effect.full - effect.half
    if lost < 500:
        return f"At half the nitrocellulose {year} alone would have no fewer rounds"
    return f"At half the nitrocellulose {year} alone would have {say_rounds(lost)} rounds fewer"


def write_locks_headline(records: Records, locks: Locks) -> str:
    """Whether one stage alone holds output back."""
    names = name_stages(records)
    least, best = find_worthy_gain(locks.output), locks.best
    if best["alone_adds_p50"] >= least:
        gain = say_rounds(best["alone_adds_p50"])
        return choose_short(
            f"We assume more {names[best['stage']]} alone adds {gain} rounds a year",
            f"More {names[best['stage']]} alone adds {gain} rounds",
        )
    if locks.pairs.iloc[0]["adds_p50"] >= least:
        return "By our assumptions more than one stage holds output back"
    return "By our assumptions no one or two stages hold output back"


def write_flow_headline(records: Records, flow_month: FlowMonth) -> str:
    """The narrow place of the chain in a month."""
    stage = name_stages(records)[flow_month.state.narrow]
    return choose_short(
        f"Narrow place in {say_month(flow_month.month)}, we assume: {stage}",
        f"Narrow place, we assume: {stage}",
    )


def write_limits_headline(records: Records, shares: pd.DataFrame, month: str) -> str:
    """The stage that limits output most often in a month.

    Parameters
    ----------
    records : Records
        Where the stages' names are.
    shares : DataFrame
        Rows of `share_limits`: month, stage, share (0 to 1).
    month : str
        YYYY-MM.
    """
    stage = name_stages(records)[rank_limits(shares, month).iloc[0]["stage"]]
    return choose_short(
        f"Likeliest limit in {say_month(month)}, we assume: {stage}",
        f"Likeliest limit, we assume: {stage}",
    )


def write_goal_headline(odds: pd.DataFrame, target: float, month: str) -> str:
    """The odds of a target at the nitrocellulose now expected, and at twice as much.

    Parameters
    ----------
    odds : DataFrame
        Columns nitrocellulose (1.0 = baseline) and odds (0 to 1).
    target : float
        Rounds a year.
    month : str
        YYYY-MM.
    """
    best = float(odds["odds"].max())
    at_most = "odds " + say_chance(best) if best < 0.01 else f"at most {say_chance(best)} odds"
    rounds = say_rounds(target)
    return choose_short(
        f"{rounds} rounds in {say_month(month)}: {at_most}",
        f"{rounds} rounds: {at_most}",
    )


def write_stages_headline(records: Records, stages: pd.DataFrame, month: str) -> str:
    """The fullest stage in a month.

    Parameters
    ----------
    records : Records
        Where the stages' names are.
    stages : DataFrame
        Columns stage and utilisation (0 to 1), the fullest last.
    month : str
        YYYY-MM.
    """
    fullest = stages.sort_values("utilisation", kind="stable").iloc[-1]
    name = name_stages(records)[fullest["stage"]]
    used = say_percent(fullest["utilisation"])
    return choose_short(
        f"Fullest stage in {say_month(month)}, we assume: {name}, {used}",
        f"Fullest stage, we assume: {name}, {used}",
    )


def write_tornado_headline(table: pd.DataFrame) -> str:
    """What the answer hangs on most.

    Parameters
    ----------
    table : DataFrame
        Rows of `compute_tornado`, the largest first.
    """
    label = str(table.iloc[0]["label"])
    lower = label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"
    return choose_short(f"The answer hangs most on {lower}", f"Hangs most on {lower}", label)


def write_pinned_headline(capacity: pd.DataFrame) -> str:
    """How much of the filling capacity claimed named lines explain at the last year's end on record.

    Parameters
    ----------
    capacity : DataFrame
        Columns month, attributed and unattributed, rounds a year.
    """
    at_end = capacity[capacity["month"] == "2025-12"].iloc[0]
    share = at_end["attributed"] / (at_end["attributed"] + at_end["unattributed"])
    return f"Named lines explain {say_percent(share)} of filling capacity claimed for 2025"
