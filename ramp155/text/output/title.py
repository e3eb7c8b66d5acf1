"""Titles that state the finding: the headline of a scenario, and what more or less nitrocellulose
does to output.
"""

from __future__ import annotations

import re

from ramp155.answers.output.reading import ABOUT_AS_BEFORE, SMALL_CHANGE, Reading
from ramp155.answers.output.response import find_supply_effect
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.numbers import count_words, say_month, say_percent, say_rounds
from ramp155.text.phrases import fill_phrase
from ramp155.text.scenario import write_scenario_lead
from ramp155.text.stages import say_tightest_stages

_BASELINE = Scenario()
_SHORT_LEAD = 10  # words


def write_output_title(records: Records, scenario: Scenario, answer: Reading) -> str:
    """The headline of a scenario: the calendar year's rounds at a year's end, else the rate of its month."""
    limit = fill_phrase("limit", stages=say_tightest_stages(records, answer.shares))
    rounds, baseline = answer.told
    if answer.is_whole_year:
        amount, time = fill_phrase("rounds_of_year", rounds=say_rounds(rounds)), answer.month[:4]
    else:
        amount, time = (
            fill_phrase("rounds_a_year", rounds=say_rounds(rounds)),
            say_month(answer.month),
        )
    when = fill_phrase("in_time", time=time)
    is_past = answer.month < FORECAST_START
    if scenario == _BASELINE:
        return fill_phrase(
            "baseline_past" if is_past else "baseline_ahead",
            when=f"{when[0].upper()}{when[1:]}",
            amount=amount,
            nameplate=say_rounds(answer.nameplate),
            limit=limit,
        )
    scenario_lead = write_scenario_lead(records, scenario)
    lead = f"{scenario_lead}{_pause(scenario_lead)}"
    if rounds < 1_000:
        return fill_phrase("stopped", lead=lead, when=when, limit=limit)
    verb = "completed" if is_past else "completes"
    start = fill_phrase(verb, lead=lead, amount=amount, when=when)
    change = rounds / baseline - 1
    if abs(change) < ABOUT_AS_BEFORE:
        return fill_phrase("as_before", start=start, limit=limit)
    return fill_phrase(
        "fewer" if change < 0 else "more",
        start=start,
        change=say_percent(abs(change)),
        limit=limit,
    )


def _pause(lead: str) -> str:
    """What stands after a lead: a colon where it is long or has two figures, which is enough for one sentence."""
    shown_figures = re.findall(r"\d+ (?:%|months?\b|thousand)", lead)
    return ":" if len(shown_figures) > 1 or len(lead.split()) > _SHORT_LEAD else ","


def write_response_title(model: Model, scenario: Scenario, month: str) -> str:
    """What half as much nitrocellulose and half as much again would bring in a month's calendar year."""
    year = month[:4]
    effect = find_supply_effect(model, scenario, int(year))
    lead = "Half the nitrocellulose"
    if scenario.months:
        lead = f"Over {count_words(scenario.months, 'month')} from {say_month(scenario.start)} half the nitrocellulose"
    if (
        scenario.levers != _BASELINE
        and scenario.moved
        and scenario.moved[0].name != "nitrocellulose"
    ):
        scenario_lead = write_scenario_lead(model.record, scenario)
        lead = f"{scenario_lead}{_pause(scenario_lead)} half the nitrocellulose"
    loss = _say_some_rounds(effect.full - effect.half, effect.full)
    gain = _say_some_rounds(effect.more - effect.full, effect.full)
    return f"{lead} would most likely cost {loss} in {year}, by our assumptions; half as much again would add {gain}"


def _say_some_rounds(rounds: float, whole: float) -> str:
    """A change in rounds; none where it is less than half a percent of the whole."""
    return "no rounds" if rounds <= SMALL_CHANGE * whole else f"{say_rounds(rounds)} rounds"
