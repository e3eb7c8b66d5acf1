"""The late lines of a board as a table for a slide: plant, line, what was promised, what is expected, by how much it is late,
and who says so.
"""

from __future__ import annotations

import pandas as pd

from ramp155.answers.ramp_ups import DateMark, RampUp
from ramp155.model.model import Model
from ramp155.pictures.board.rows import sort_board_rows
from ramp155.pictures.grammar.events import describe_event
from ramp155.pictures.picture import NativeTable
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.board import MILESTONE_NAMES
from ramp155.text.numbers import count_words, say_date

MOST_LATE = 8  # rows that a slide holds
LATE_HEADS = (
    "Plant",
    "Line",
    "First promised",
    "Expected now",
    "Late, at least",
    "Who promised it",
)
LATE_CELL = LATE_HEADS.index("Late, at least")
_WIDTHS = (0.23, 0.16, 0.17, 0.11, 0.09, 0.24)
_MOST_NAME = 36  # letters of a name in two lines of a cell


def build_late_table(model: Model, rows: pd.DataFrame) -> NativeTable | None:
    """The late ones of some rows of `list_board_rows`, those late most first; None where none is."""
    if rows.empty:
        return None
    late_rows = sort_board_rows(rows[rows["late"] == "late"], "late").head(MOST_LATE)
    columns = (late_rows[name] for name in ("name", "country_name", "product", "title", "ramp_up"))
    cells = [
        (
            f"{_cut_name(shorten_name(name))}, {country}",
            title if product == "other" else PRODUCTS[product].partition(" (")[0],
            *_write_dates(model, ramp_up),
        )
        for name, country, product, title, ramp_up in zip(*columns, strict=True)
    ]
    return NativeTable(LATE_HEADS, _WIDTHS, tuple(cells)) if cells else None


def _write_dates(model: Model, ramp_up: RampUp) -> tuple[str, str, str, str]:
    """What was promised first, what is expected now, how late that is, and who said both."""
    promises = [
        mark
        for mark in ramp_up.date_marks
        if mark.milestone == ramp_up.late_milestone and mark.kind != "delivery"
    ]
    if not promises:
        return "", "", count_words(int(ramp_up.lateness_months), "month"), ""
    first, last = promises[0], promises[-1]
    is_open = last.date == first.date or ramp_up.next_is_due
    return (
        f"{MILESTONE_NAMES[first.milestone].capitalize()} {say_date(first.date[:7])}",
        "no new date" if is_open else say_date(last.date[:7]),
        count_words(int(ramp_up.lateness_months), "month"),
        "; ".join(dict.fromkeys(_name_speaker(model, mark) for mark in (first, last))),
    )


def _name_speaker(model: Model, mark: DateMark) -> str:
    said = describe_event(model, model.record.event(mark.event_id))
    name = str(said["who"])
    return f"{_cut_name(name)} ({str(said['said_on'])[:7]})"


def shorten_name(name: str) -> str:
    """A plant's name without what stands in brackets after it."""
    return name.partition(" (")[0]


def _cut_name(name: str) -> str:
    return name if len(name) <= _MOST_NAME else f"{name[: _MOST_NAME - 1].rstrip(' (')}…"
