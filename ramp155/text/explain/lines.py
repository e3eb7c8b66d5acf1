"""Explanations of what counts lines: those that are late, what was promised of them, whose they are, what is unsaid."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

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


class _Split(NamedTuple):
    """Lines on record as those that are meant and the others: how many are meant, and the words for both."""

    count_meant: Callable[[Records, pd.DataFrame], int]
    meant: str
    others: str
    counted: str
    not_said: str
    term: str


def _count_flagged(known_record: Records, lines: pd.DataFrame, flag: str) -> int:
    return count_lines(known_record, lines=lines, flag=flag).number


def _count_with_rate(known_record: Records, lines: pd.DataFrame) -> int:
    without = _count_flagged(known_record, lines, "capacity not reported")
    return count_lines(known_record, lines=lines).number - without


_LATE = _Split(
    partial(_count_flagged, flag="late"),
    "late",
    "not late, or without a promised date",
    "A line counts once, however many of its dates were missed.",
    "A date may have been kept without a word. Then the line is late on record only.",
    "late",
)
_PROMISED = _Split(
    _count_with_rate,
    "with a published rate",
    "without one",
    "Each line counts with the last rate it reached and the largest that is still promised.",
    "Lines without a published rate count as nothing, so all of them together make more.",
    "capacity",
)
_SHARE = _Split(
    lambda known_record, lines: int(lines["line_id"].isin(list_counted_lines(known_record)).sum()),
    "in European NATO and Switzerland",
    "elsewhere",
    "A line counts as one, whether it makes much or little.",
    "It says how many lines there are, not how much they make.",
    "plant",
)
_UNSAID = _Split(
    lambda known_record, lines: count_unsaid(known_record, lines)["rate"],
    "without a published rate",
    "with one",
    "A line counts in each bar for which it lacks a report.",
    "What is unsaid may be known to the maker: it is not public.",
    "inferred",
)


def _explain_split(name: str, what: str, split: _Split, model: Model, view: Asked) -> Explanation:
    known_record = rewind_records(model.record, view.as_of or model.record.end, view.hindsight)
    lines = list_statuses(known_record)
    lines = lines[lines["status"] != "not yet reported"]
    meant, total = (
        split.count_meant(known_record, lines),
        count_lines(known_record, lines=lines).number,
    )
    operands = [(meant, split.meant), (total - meant, split.others)]
    return build_explanation(
        name,
        what,
        count_words(meant, "line"),
        work_out(add_up(total, "on record, whatever the filters", "lines", operands)),
        split.counted,
        Sources(sources=pick_sources(known_record.events["source_id"])),
        split.not_said,
        split.term,
    )


explain_late = partial(
    _explain_split,
    "late",
    "Lines of which some promised date has passed without a delivery, or was put off.",
    _LATE,
)
explain_board = partial(
    _explain_split,
    "board",
    "Each row is a line: a bar that fills from announced to delivering, and in red by how much it is late.",
    _LATE,
)
explain_lateness = partial(
    _explain_split,
    "lateness",
    "Each bar is a country: how many of its lines on record are late.",
    _LATE,
)
explain_promised = partial(
    _explain_split,
    "promised",
    "The rates that were reported of single lines, and what was promised beyond them, in the rounds they are enough for.",
    _PROMISED,
)
explain_share = partial(
    _explain_split,
    "share",
    "Each bar is a product: lines of the chosen country in blue, those of the rest of Europe in grey.",
    _SHARE,
)
explain_unsaid = partial(
    _explain_split,
    "unsaid",
    "Each bar is a thing that nobody has said of a line: how much, by when, anything lately, or where.",
    _UNSAID,
)
