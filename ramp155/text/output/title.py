"""Titles that state the finding: the headline of a scenario, and what more or less nitrocellulose
does to output.
"""

from __future__ import annotations

import pandas as pd

from ramp155.answers.output.reading import SMALL_CHANGE, Reading
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.numbers import count_words, say_month, say_percent, say_rounds
from ramp155.text.scenario import write_scenario_lead
from ramp155.text.stages import name_stages, say_tightest_stages


def write_output_title(records: Records, scenario: Scenario, answer: Reading) -> str:
    """The headline of a scenario at the month it is read off."""
    binding_stages = say_tightest_stages(records, answer.shares)
    deadline = (
        f"end of {answer.month[:4]}" if answer.month.endswith("-12") else say_month(answer.month)
    )
    if scenario == Scenario():
        return (
            f"By the {deadline} Europe could assemble about {say_rounds(answer.nameplate)} shells a year, but "
            f"complete only about {say_rounds(answer.rounds)} rounds, for want of {binding_stages}"
        )
    lead = write_scenario_lead(records, scenario)
    if answer.rounds < 1_000:
        return f"{lead}, output has stopped by the {deadline}: {binding_stages} is used up"
    change = answer.rounds / answer.baseline - 1
    if abs(change) < SMALL_CHANGE:
        return (
            f"{lead}, output is {say_rounds(answer.rounds)} rounds a year at the {deadline}, as in the baseline, "
            f"for want of {binding_stages}"
        )
    return (
        f"{lead}, output is {say_rounds(answer.rounds)} rounds a year at the {deadline}, {_say_side(change)} "
        f"the baseline, for want of {binding_stages}"
    )


def _say_side(change: float) -> str:
    """-0.3 -> 30 % under."""
    return f"{say_percent(abs(change))} {'under' if change < 0 else 'over'}"


def write_response_title(
    records: Records, scenario: Scenario, turns: pd.DataFrame, month: str
) -> str:
    """What more or less nitrocellulose does to output in a month (`find_turns`)."""
    lead = f"In {say_month(month)}"
    if scenario.months:
        lead = f"Over {count_words(scenario.months, 'month')} from {say_month(scenario.start)}, read off in {say_month(month)},"
    if (
        scenario.levers != Scenario()
        and scenario.moved
        and scenario.moved[0].name != "nitrocellulose"
    ):
        lead = f"{write_scenario_lead(records, scenario)}, in {say_month(month)}"
    if turns.empty:
        return f"{lead} nitrocellulose binds whatever its supply: each tonne more adds rounds"
    saturation = turns.iloc[-1]
    return (
        f"{lead} more than {say_percent(saturation['nitrocellulose'])} of the nitrocellulose now expected adds nothing: "
        f"{name_stages(records)[saturation['stage']]} takes over at {say_rounds(saturation['rounds_per_year'])} rounds a year"
    )
