"""The answer read out: figures with their bands, what holds output back since when, what a
shortfall does over time, what one more tonne brings.
"""

from __future__ import annotations

from ramp155.answers.output.reading import Reading
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.numbers import (
    count_words,
    say_month,
    say_percent,
    say_rounds,
    say_rounds_range,
    say_short_month,
    say_signed_rounds,
)
from ramp155.text.stages import name_stages


def write_readout(scenario: Scenario, answer: Reading) -> str:
    """The figures behind the headline with their bands, in one line."""
    sentence = (
        f"{say_short_month(answer.month)}: {say_rounds(answer.rounds)} rounds a year in the middle case "
        f"(8 in 10 sets: {say_rounds_range(answer.p10, answer.p90)}, half under {say_rounds(answer.p50)})"
    )
    if scenario == Scenario():
        return f"{sentence}, the baseline"
    if abs(answer.change_p10) < 500 and abs(answer.change_p90) < 500:
        return f"{sentence}, no change in 8 of 10 sets"
    return f"{sentence}; change in 8 of 10 sets {say_signed_rounds(answer.change_p10)} to {say_signed_rounds(answer.change_p90)}"


def write_reading(records: Records, scenario: Scenario, answer: Reading) -> str:
    """The answer in short sentences: what holds output back since when, and how sure that is."""
    stage_names = name_stages(records)
    binding_sentence = (
        f"In the middle case what holds output back is **{stage_names[answer.bottleneck]}**, since "
        f"{say_month(answer.since)}."
    )
    listed_stages = [
        f"{stage_names[stage]} in {say_percent(share)}"
        for stage, share in answer.shares.items()
        if share >= 0.05
    ][:3]
    doubt = "Nearly all sets of assumptions name the same stage."
    if len(listed_stages) > 1:
        doubt = f"Sets of assumptions do not agree on what binds: {', '.join(listed_stages)}."
    elif next(iter(answer.shares)) != answer.bottleneck:
        doubt = f"Yet nearly all sets of assumptions name {stage_names[next(iter(answer.shares))]}."
    return " ".join(filter(None, [binding_sentence, doubt, write_recovery(scenario, answer)]))


def write_recovery(scenario: Scenario, answer: Reading) -> str:
    """What a shortfall does over time: when stores are used up, whether output comes back, what is lost."""
    if not answer.falls:
        return ""
    start = f"Output falls below the baseline in {say_month(answer.falls)}"
    if answer.falls < scenario.start:
        start = f"Output is below the baseline from {say_month(answer.falls)}"
    waited_months = MONTHS.index(answer.falls) - MONTHS.index(scenario.start)
    if 1 < waited_months <= 12 and not scenario.extra_delay and scenario.moved:
        start += f", {count_words(waited_months, 'month')} after the change, once stores are used"
    end = (
        f"is back in {say_month(answer.back)}"
        if answer.back
        else "does not come back by the end of 2030"
    )
    return f"{start}, and {end}: {say_rounds(answer.lost)} rounds fewer in all."


def write_tonne_gain(records: Records, answer: Reading, rounds: float) -> str:
    """What one more tonne of nitrocellulose would bring.

    Parameters
    ----------
    records : Records
        Where the stages' names are.
    answer : Reading
        What limits output.
    rounds : float
        What that tonne adds, in rounds.
    """
    if rounds < 0.5:
        stage_name = name_stages(records)[answer.bottleneck]
        return f"By then, one more tonne of nitrocellulose adds nothing: {stage_name} binds."
    return f"By then, one more tonne of nitrocellulose adds about {rounds:,.0f} rounds."
