"""What of a statement the model was given, in words: why its verdict repeats what was put in."""

from __future__ import annotations

from typing import assert_never

from ramp155.answers.verdicts.given import (
    AssumedCompleteness,
    AssumedDemand,
    AssumedStage,
    Given,
    HeldFigure,
    PublishedRange,
    PublishedRanges,
)
from ramp155.record.records import Records
from ramp155.text.numbers import (
    count_words,
    join_words,
    say_date,
    say_percent,
    say_rounds_range,
)


def write_given(records: Records, given: Given | None) -> str:
    """Why a verdict is no test; "" where it is one."""
    match given:
        case None:
            return ""
        case PublishedRanges():
            return _write_ranges(given)
        case AssumedStage():
            return _write_assumed_stage(given)
        case HeldFigure():
            return _write_held_figure(records, given)
        case AssumedCompleteness():
            return (
                "The record alone does not reach it. Whether there were enough hangs on our assumption that it holds "
                f"{say_percent(given.low)} to {say_percent(given.high)} of all lines."
            )
        case AssumedDemand():
            return "Demand is our assumption, set under Two tracks, and what stays unmet follows from it."
        case _:
            assert_never(given)


def _write_ranges(given: PublishedRanges) -> str:
    """What published figures of Europe went into the model, and how far they are the statement's own."""
    phrases = join_words(_say_range(published_range) for published_range in given.ranges)
    if given.is_part:
        inputs = f"Published figures of Europe's part went into our runs: {phrases}."
    else:
        inputs = f"Published figures of just this went into our runs: {phrases}. They can only repeat them."
    return " ".join(
        [inputs, *(_write_reports(published_range) for published_range in given.ranges)]
    ).strip()


def _say_range(published_range: PublishedRange) -> str:
    years = {"nameplate": f"capacity at the end of {published_range.year}"}
    words = years.get(published_range.observable, f"output of {published_range.year}")
    return f"{words}, {say_rounds_range(published_range.low, published_range.high)}"


def _write_reports(published_range: PublishedRange) -> str:
    """How many of a range's reports are the statement's own, and how many others agree."""
    sentences = []
    if published_range.own_count:
        all_count = published_range.own_count + published_range.other_count
        verb = "is" if published_range.own_count == 1 else "are"
        reports = f"{count_words(all_count, 'report')} for {published_range.year}"
        sentences.append(
            f"{_say_part(published_range.own_count, all_count, reports)} {verb} the statement's own."
        )
    if published_range.agreeing_count is not None and published_range.other_count:
        verb = "leave" if published_range.agreeing_count > 1 else "leaves"
        others = " other" if published_range.own_count else ""
        reports = count_words(published_range.other_count, f"{others} report".strip())
        part = _say_part(published_range.agreeing_count, published_range.other_count, reports)
        sentences.append(f"{part} {verb} room for it.")
    return " ".join(sentences)


def _say_part(part_count: int, all_count: int, things: str) -> str:
    """How many of some things, as a sentence begins: none, some or all of them."""
    if part_count == all_count:
        return f"All {things}" if all_count > 1 else f"The {things}"
    return f"{part_count or 'None'} of the {things}"


def _write_assumed_stage(given: AssumedStage) -> str:
    """That which stage limits output is our assumption, and how much rests on the statement's own reports."""
    resting = (
        f" The statement's own reports also set {count_words(len(given.resting), 'other figure')} of the model."
        if given.resting
        else ""
    )
    return (
        "Which stage limits output follows from our assumptions about tonnes and shares that nobody publishes. "
        f"No public figure tells the stages apart.{resting}"
    )


def _write_held_figure(records: Records, given: HeldFigure) -> str:
    """That Russia is held level, and what the estimates say that need no such assumption."""
    growth = records.assumption("russia_growth").span[-1]
    dated_count = given.dated_count
    verb = "names" if dated_count == 1 else "name"
    dated = (
        f"{count_words(dated_count, 'estimate')} {verb} figures for both dates; it holds with "
        f"{given.dated_agreeing_count or 'none'}."
        if dated_count
        else "No estimate names figures for both dates."
    )
    return (
        f"Russia is held level after {say_date(given.held_after)}, give or take {say_percent(growth)} a year: our "
        f"assumption, as the estimate chosen ends there. {dated}"
    )
