"""A scenario in words: a few for a label, the lead of a title, and warnings about a mix of levers
that cannot be or does nothing.
"""

from __future__ import annotations

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.coefficients.edits import Edits
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.numbers import (
    count_words,
    join_words,
    say_month,
    say_percent,
    say_short_month,
    say_small_number,
)

# Coefficients that warnings compare levers with.
_WARNED_OF = ("linters_asia_share", "ratio_cellulose", "share_155_nitrocellulose", "utilisation")


def list_lever_warnings(model: Model, scenario: Scenario) -> list[str]:
    """What about a mix of levers cannot be, or does nothing."""
    medians = _find_medians(model, scenario.assume)
    messages = []
    linters_missing = max(1 - scenario.linters, 0) * (1 - scenario.wood_pulp)
    fibre_share = (1 - medians["linters_asia_share"] * linters_missing) * medians["ratio_cellulose"]
    if fibre_share < 1 and scenario.nitrocellulose > 0:
        messages.append(
            f"Nitrocellulose at {say_percent(scenario.nitrocellulose)} cannot be made: with linters at "
            f"{say_percent(scenario.linters)}, fibre is enough for {say_percent(fibre_share * scenario.nitrocellulose)} "
            "(more supply is taken to come with more fibre of all kinds)."
        )
    if scenario.nitrocellulose > 1.3 and scenario.start < "2028-01":
        messages.append(
            f"{say_percent(scenario.nitrocellulose)} nitrocellulose from {say_month(scenario.start)} is a "
            "thought experiment: new works take years."
        )
    share = medians["share_155_nitrocellulose"] * scenario.share_for_155
    if share > 1:
        messages.append(
            "155 mm cannot take more than all nitrocellulose: its share is capped at 100 %."
        )
    running_share = medians["utilisation"] * scenario.shifts
    if running_share > 1.2:
        messages.append(
            f"Working hours at {say_percent(scenario.shifts)} mean running at {say_percent(running_share)} of stated "
            "capacity: more than most plants can staff."
        )
    if scenario.wood_pulp > 0 and scenario.linters >= 1:
        messages.append("No linters are missing, so wood pulp replaces nothing.")
    if scenario.propellant_per_round < 0.8:
        messages.append(
            f"Powder at {say_percent(scenario.propellant_per_round)} a round means short shots only."
        )
    if scenario.extra_delay and not scenario.under_way and not scenario.realised:
        messages.append("Where no unfinished line comes to run, a further delay changes little.")
    if scenario.months and not any(lever.is_timed for lever in scenario.moved):
        messages.append("The duration has no effect: no lever that it limits was moved.")
    return messages


@remember
def _find_medians(model: Model, assume: Edits) -> dict[str, float]:
    """The medians over draws of what warnings compare levers with."""
    params = draw_coefficients(model, assume).params
    return {name: float(np.median(params[name])) for name in _WARNED_OF}


def name_scenario(records: Records, scenario: Scenario) -> str:
    """A scenario in a few words, for a label."""
    phrases = []
    for lever in scenario.moved:
        shown_position = getattr(scenario, lever.name) * lever.scale
        phrases.append(f"{lever.short} {shown_position:g} {lever.unit}")
    phrases += [f"with {country}" for country in scenario.also]
    if scenario.assume:
        phrases.append(count_words(len(scenario.assume), "own assumption"))
    label = ", ".join(phrases[:2]) + (" and more" if len(phrases) > 2 else "")
    if scenario.moved and scenario.months:
        label += f"; {count_words(scenario.months, 'month')} from {say_short_month(scenario.start)}"
    elif scenario.moved and scenario.start != FORECAST_START:
        label += f"; from {say_short_month(scenario.start)}"
    return label or "Baseline"


def write_scenario_lead(records: Records, scenario: Scenario) -> str:
    """What was moved, in words."""
    moved_levers = scenario.moved
    if moved_levers and moved_levers[0].name == "nitrocellulose":
        lead = f"At {say_percent(scenario.nitrocellulose)} nitrocellulose"
        other_count = len(moved_levers) - 1
        if other_count:
            lead += (
                " and one other lever moved"
                if other_count == 1
                else f" and {say_small_number(other_count)} other levers moved"
            )
    elif 0 < len(moved_levers) <= 2:
        moves = [
            f"{lever.short} at {getattr(scenario, lever.name) * lever.scale:g} {lever.unit}"
            for lever in moved_levers
        ]
        lead = f"With {join_words(moves)}"
    else:
        lead = "With the levers as set" if moved_levers else "With no lever moved"
    if moved_levers and scenario.months:
        lead += f" for {count_words(scenario.months, 'month')} from {say_month(scenario.start)}"
    elif moved_levers and scenario.start != FORECAST_START:
        lead += f" from {say_month(scenario.start)}"
    if scenario.assume:
        count = len(scenario.assume)
        values = (
            "your own value for one assumption"
            if count == 1
            else f"your own values for {say_small_number(count)} assumptions"
        )
        lead = f"{lead} and {values}" if moved_levers else f"With {values}"
    if scenario.also:
        country_names = dict(
            zip(records.countries["country"], records.countries["name"], strict=True)
        )
        lead += ", counting " + join_words(country_names[country] for country in scenario.also)
    return lead
