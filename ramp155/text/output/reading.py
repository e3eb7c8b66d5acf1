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
from ramp155.text.phrases import fill_phrase
from ramp155.text.stages import name_stages

_BASELINE = Scenario()
_NEARLY_ALL = 0.95  # share of draws
_WORTH_NAMING = 0.05  # share of draws
_NOTHING = 500  # rounds a year


def write_readout(scenario: Scenario, answer: Reading) -> str:
    """The figures behind the headline with their likely range, in one line."""
    is_baseline = scenario == _BASELINE
    sentences = [
        fill_phrase(
            "median_of_baseline" if is_baseline else "median",
            month=say_short_month(answer.month),
            rounds=say_rounds(answer.rounds),
        )
    ]
    if answer.p90 >= _NOTHING:
        band = say_rounds_range(answer.p10, answer.p90)
        sentences.append(fill_phrase("likely_range", range=band))
    if is_baseline:
        return " ".join(sentences)
    cover = _say_cover(scenario, answer)
    if abs(answer.change_p10) < _NOTHING and abs(answer.change_p90) < _NOTHING:
        return " ".join([*sentences, fill_phrase("no_change", cover=cover)])
    small = ABOUT_AS_BEFORE * answer.baseline
    if abs(answer.rounds - answer.baseline) < small:
        sentences.append(fill_phrase("about_as_before", cover=cover))
    if max(abs(answer.change_p10), abs(answer.change_p90)) >= small:
        low, high = say_signed_rounds(answer.change_p10), say_signed_rounds(answer.change_p90)
        sentences.append(fill_phrase("likely_change", low=low, high=high))
    return " ".join(sentences)


def _say_cover(scenario: Scenario, answer: Reading) -> str:
    """Why nothing has changed yet, where that is known: less cellulose or nitrocellulose, and a fall only later."""
    is_short = min(scenario.nitrocellulose, scenario.linters) < 1
    if not is_short or not scenario.start <= answer.month < answer.falls:
        return ""
    return fill_phrase("cover")


def write_reading(records: Records, scenario: Scenario, answer: Reading) -> str:
    """The answer in short sentences: what limits output by our assumptions, and what a shortfall does over time."""
    return " ".join(filter(None, [write_limits(records, answer), write_recovery(scenario, answer)]))


def write_limits(records: Records, answer: Reading) -> str:
    """Which stage limits output, always an assumption, as shares of runs."""
    stage_names = name_stages(records)
    leading_share = answer.shares[answer.bottleneck]
    month = say_month(answer.month)
    others = [
        fill_phrase("with_share", stage=stage_names[stage], share=say_percent(share))
        for stage, share in answer.shares.items()
        if stage != answer.bottleneck and share >= _WORTH_NAMING
    ][:2]
    said = {
        "stage": stage_names[answer.bottleneck],
        "month": month,
        "share": say_percent(leading_share),
    }
    if leading_share >= _NEARLY_ALL or not others:
        return fill_phrase("nearly_all", **said)
    return fill_phrase("most_often", **said, others=join_words(others, "or"))


def write_recovery(scenario: Scenario, answer: Reading) -> str:
    """What a shortfall does over time: when stores are used up, whether output comes back, what is lost."""
    if not answer.falls:
        return ""
    falls_at_once = answer.falls == scenario.start
    start = fill_phrase("is_below" if falls_at_once else "falls", month=say_month(answer.falls))
    waited_months = MONTHS.index(answer.falls) - MONTHS.index(scenario.start)
    if 1 < waited_months <= 12 and not scenario.extra_delay and scenario.moved:
        start = fill_phrase("once_used", start=start, months=count_words(waited_months, "month"))
    lost = say_rounds(answer.lost)
    if not answer.back:
        return fill_phrase("not_back", start=start, rounds=lost)
    return fill_phrase("back", start=start, month=say_month(answer.back), rounds=lost)


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
    month = say_month(answer.month)
    if rounds < 0.5:
        stage = name_stages(records)[answer.bottleneck]
        return fill_phrase("tonne_adds_nothing", month=month, stage=stage)
    return fill_phrase("tonne_adds", month=month, rounds=count_words(rounds, "round"))
