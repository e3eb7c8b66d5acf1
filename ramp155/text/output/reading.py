"""The answer read out: figures with their bands, what limits output by our assumptions, what a
shortfall does over time, what one more tonne brings.
"""

from __future__ import annotations

from ramp155.answers.output.reading import ABOUT_AS_BEFORE, Reading
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.numbers import (
    count_words,
    join_words,
    say_month,
    say_percent,
    say_rounds,
    say_rounds_range,
    say_short_month,
    say_signed_rounds,
)
from ramp155.text.stages import name_stages

_BASELINE = Scenario()
_NEARLY_ALL = 0.95  # share of draws
_WORTH_NAMING = 0.05  # share of draws
_NOTHING = 500  # rounds a year


def write_readout(scenario: Scenario, answer: Reading) -> str:
    """The figures behind the headline with their likely range, in one line."""
    baseline_words = ", the baseline" if scenario == _BASELINE else ""
    sentences = [
        f"{say_short_month(answer.month)}: {say_rounds(answer.rounds)} rounds a year, the median of our runs{baseline_words}."
    ]
    if answer.p90 >= _NOTHING:
        sentences.append(
            f"Likely range (8 of 10 runs): {say_rounds_range(answer.p10, answer.p90)}."
        )
    if scenario == _BASELINE:
        return " ".join(sentences)
    if abs(answer.change_p10) < _NOTHING and abs(answer.change_p90) < _NOTHING:
        return " ".join([*sentences, f"No change in 8 of 10 runs{_say_cover(scenario, answer)}."])
    small = ABOUT_AS_BEFORE * answer.baseline
    if abs(answer.rounds - answer.baseline) < small:
        sentences.append(f"About as in the baseline{_say_cover(scenario, answer)}.")
    if max(abs(answer.change_p10), abs(answer.change_p90)) >= small:
        sentences.append(
            f"Likely change: {say_signed_rounds(answer.change_p10)} to {say_signed_rounds(answer.change_p90)} rounds."
        )
    return " ".join(sentences)


def _say_cover(scenario: Scenario, answer: Reading) -> str:
    """Why nothing has changed yet, where that is known: less cellulose or nitrocellulose, and a fall only later."""
    is_short = min(scenario.nitrocellulose, scenario.linters) < 1
    if not is_short or not scenario.start <= answer.month < answer.falls:
        return ""
    return ": what is under way, in stores and in the safety stock still covers it"


def write_reading(records: Records, scenario: Scenario, answer: Reading) -> str:
    """The answer in short sentences: what limits output by our assumptions, and what a shortfall does over time."""
    return " ".join(filter(None, [write_limits(records, answer), write_recovery(scenario, answer)]))


def write_limits(records: Records, answer: Reading) -> str:
    """Which stage limits output, always an assumption, as shares of runs."""
    stage_names = name_stages(records)
    leading_share = answer.shares[answer.bottleneck]
    month = say_month(answer.month)
    others = [
        f"{stage_names[stage]} ({say_percent(share)})"
        for stage, share in answer.shares.items()
        if stage != answer.bottleneck and share >= _WORTH_NAMING
    ][:2]
    if leading_share >= _NEARLY_ALL or not others:
        return (
            f"By our assumptions **{stage_names[answer.bottleneck]}** limits output in {month} in nearly all runs "
            f"({say_percent(leading_share)})."
        )
    return (
        f"By our assumptions **{stage_names[answer.bottleneck]}** limits output most often in {month} "
        f"({say_percent(leading_share)} of runs). In others it is {join_words(others, 'or')}."
    )


def write_recovery(scenario: Scenario, answer: Reading) -> str:
    """What a shortfall does over time: when stores are used up, whether output comes back, what is lost."""
    if not answer.falls:
        return ""
    start = f"Output most likely falls below the baseline in {say_month(answer.falls)}"
    if answer.falls == scenario.start:
        start = f"Output is most likely below the baseline from {say_month(answer.falls)} on"
    waited_months = MONTHS.index(answer.falls) - MONTHS.index(scenario.start)
    if 1 < waited_months <= 12 and not scenario.extra_delay and scenario.moved:
        start += f", {count_words(waited_months, 'month')} after the change, once stores are used"
    end = (
        f"is back in {say_month(answer.back)}"
        if answer.back
        else "does not come back by the end of 2030"
    )
    return f"{start}. It {end}: {say_rounds(answer.lost)} rounds fewer in all."


def write_tonne_gain(records: Records, answer: Reading, rounds: float) -> str:
    """What one more tonne of nitrocellulose would bring.

    Parameters
    ----------
    records : Records
        Where the stages' names are.
    answer : Reading
        What limits output.
    rounds : float
        What that tonne adds by the month, in rounds.
    """
    start = f"By {say_month(answer.month)} one more tonne of nitrocellulose most likely adds"
    if rounds < 0.5:
        return f"{start} nothing: by our assumptions {name_stages(records)[answer.bottleneck]} limits output most often."
    return f"{start} about {count_words(rounds, 'round')}, by our assumptions."
