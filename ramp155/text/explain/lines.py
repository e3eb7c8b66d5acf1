"""Explanations of pictures that count lines: those that are late, what was promised of them, whose they are, what is unsaid."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.counts import count_lines, list_counted_lines
from ramp155.answers.plants.line_groups import count_unsaid
from ramp155.history.as_known import rewind_records
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.record.records import Records
from ramp155.text.explain.grammar.arithmetic import work_out
from ramp155.text.explain.grammar.explanation import Asked, Explanation, Sources, build_explanation
from ramp155.text.explain.grammar.words import add_up, pick_sources
from ramp155.text.numbers import count_words


def _list_known_lines(model: Model, view: Asked) -> tuple[Records, pd.DataFrame]:
    known_record = rewind_records(model.record, view.as_of or model.record.end, view.hindsight)
    lines = list_statuses(known_record)
    return known_record, lines[lines["status"] != "not yet reported"]


def explain_lateness(model: Model, view: Asked) -> Explanation:
    """Late lines by country."""
    known_record, lines = _list_known_lines(model, view)
    late = count_lines(known_record, lines=lines, flag="late").number
    total = count_lines(known_record, lines=lines).number
    operands = [(late, "late"), (total - late, "not late, or without a promised date")]
    return build_explanation(
        "lateness",
        "Each bar is a country: how many of its lines on record are late.",
        count_words(late, "line"),
        work_out(add_up(total, "on record, whatever the filters", "lines", operands)),
        "A line counts once, however many of its dates were missed.",
        Sources(sources=pick_sources(known_record.events["source_id"])),
        "A date may have been kept without a word. Then the line is late on record only.",
        "late",
    )


def explain_promised(model: Model, view: Asked) -> Explanation:
    """Rates promised and reported, by product."""
    known_record, lines = _list_known_lines(model, view)
    without = count_lines(known_record, lines=lines, flag="capacity not reported").number
    total = count_lines(known_record, lines=lines).number
    operands = [(total - without, "with a published rate"), (without, "without one")]
    return build_explanation(
        "promised",
        "The rates that were reported of single lines, and what was promised beyond them, in the rounds they are enough for.",
        count_words(total - without, "line"),
        work_out(add_up(total, "on record, whatever the filters", "lines", operands)),
        "Each line counts with the last rate it reached and the largest that is still promised.",
        Sources(sources=pick_sources(known_record.events["source_id"])),
        "Lines without a published rate count as nothing, so all of them together make more.",
        "capacity",
    )


def explain_share(model: Model, view: Asked) -> Explanation:
    """One country's part of Europe's lines."""
    known_record, lines = _list_known_lines(model, view)
    counted = list_counted_lines(known_record)
    of_europe = int(lines["line_id"].isin(counted).sum())
    total = count_lines(known_record, lines=lines).number
    operands = [(of_europe, "in European NATO and Switzerland"), (total - of_europe, "elsewhere")]
    return build_explanation(
        "share",
        "Each bar is a product: lines of the chosen country in blue, those of the rest of Europe in grey.",
        count_words(of_europe, "line"),
        work_out(add_up(total, "on record, whatever the filters", "lines", operands)),
        "A line counts as one, whether it makes much or little.",
        Sources(sources=pick_sources(known_record.events["source_id"])),
        "It says how many lines there are, not how much they make.",
        "plant",
    )


def explain_unsaid(model: Model, view: Asked) -> Explanation:
    """What nobody has said of lines."""
    known_record, lines = _list_known_lines(model, view)
    without = count_unsaid(known_record, lines)["rate"]
    total = count_lines(known_record, lines=lines).number
    operands = [(without, "without a published rate"), (total - without, "with one")]
    return build_explanation(
        "unsaid",
        "Each bar is a thing that nobody has said of a line: how much, by when, anything lately, or where.",
        count_words(without, "line"),
        work_out(add_up(total, "on record, whatever the filters", "lines", operands)),
        "A line counts in each bar for which it lacks a report.",
        Sources(sources=pick_sources(known_record.events["source_id"])),
        "What is unsaid may be known to the maker: it is not public.",
        "inferred",
    )
