"""Where the words beside a ramp's marks stand, so that none hides another: the newest promises come first,
and what finds no room is left to the mark's tooltip.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from ramp155.pictures.palette import FIGURE_SIZE
from ramp155.pictures.ramp.rows import RampRows
from ramp155.text.plant.standing import say_when

PLOT_WIDTH, PLOT_HEIGHT = (
    820,
    230,
)  # pixels that words are placed for; a wider chart only has more room
_LETTER, _LINE = 0.56 * FIGURE_SIZE, FIGURE_SIZE + 3
_MARK, _STROKE = 11, 4  # a mark's width, and a line's with what is left free beside it, pixels
# Words beside a mark: where, what, how they are set, whose tone they have, and whether they stay on a narrow chart.
WORD_COLUMNS = ["date", "level", "text", "align", "dx", "dy", "tone", "weight", "stays"]
_COUNT_WORDS = {"output": "made", "capacity": "capacity"}


class Side(NamedTuple):
    """Where words stand beside a mark: how they are set, and how far off, pixels."""

    align: str
    dx: int
    dy: int


SIDES = (
    Side("left", 9, 0),
    Side("center", 0, -14),
    Side("right", -9, 0),
    Side("center", 0, 14),
    Side("left", 4, -12),
    Side("left", 4, 13),
)
_Place = tuple[float, float]  # pixels from the upper left
_Box = tuple[float, float, float, float]  # left, top, right, bottom


def name_reading(rows: RampRows) -> str:
    """What stands beside our reading: that it is ours, and whether any rate was reported as reached."""
    is_reported = (rows.rates["kind"] == "report").any()
    return "our reading" if is_reported else "our reading, nothing reported"


def place_rate_labels(rows: RampRows, as_of: str, top: float, height: int) -> pd.DataFrame:
    """The words beside rates that find room.

    Parameters
    ----------
    rows : RampRows
        What is drawn.
    as_of : str
        The day of the record, ISO, which has a line of its own.
    top : float
        Upper end of the axis, units a year.
    height : int
        Of the plot, pixels.

    Returns
    -------
    DataFrame
        Columns of `WORD_COLUMNS`.
    """
    rates = rows.rates

    def find_place(date: str, rate: float) -> _Place:
        return _find_place(date, rate, (rows.first, rows.last), top, height)

    places = list(map(find_place, rates["date"], rates["rate"]))
    occupied = [_frame(place, _MARK) for place in places]
    today_x, _ = find_place(as_of, 0.0)
    lines = [_frame((today_x, y), _STROKE) for y in range(0, height, _STROKE)]
    if len(rows.reading):
        reading_places = list(map(find_place, rows.reading["date"], rows.reading["middle"]))
        lines += _trace(reading_places)
        end_x, end_y = reading_places[-1]
        name_width = _LETTER * len(name_reading(rows))
        occupied.append((end_x - name_width, end_y - 9 - _LINE, end_x, end_y - 9 + _LINE / 2))
    for name in ("is_newest", "is_report"):
        joined = rates["is_newest"] if name == "is_newest" else rates["kind"] == "report"
        lines += _trace(
            [place for place, is_joined in zip(places, joined, strict=True) if is_joined]
        )
    labels = []
    for index in _order_by_weight(rates):
        mark = rates.iloc[index]
        is_newest = bool(mark["is_newest"] or mark["kind"] == "report")
        text = _say_mark(rates, index)
        if not text:
            continue
        side = _find_room(places[index], text, occupied, lines)
        if side:
            weight = 600 if mark["kind"] == "report" else 400
            place = mark["date"], mark["rate"]
            labels.append(
                (*place, text, side.align, side.dx, side.dy, mark["kind"], weight, is_newest)
            )
    return pd.DataFrame(labels, columns=WORD_COLUMNS)


def _order_by_weight(rates: pd.DataFrame) -> Iterable[int]:
    """Places of rows: the newest promises, then reports from the newest, then older promises."""
    ranks = [
        (0 if newest else 1 if kind == "report" else 2, -fade, date)
        for newest, kind, fade, date in zip(
            rates["is_newest"], rates["kind"], rates["fade"], rates["date"], strict=True
        )
    ]
    return sorted(range(len(rates)), key=lambda index: (ranks[index][:2], ranks[index][2]))


def _say_mark(rates: pd.DataFrame, index: int) -> str:
    """The words beside a rate: what it is, and for the last of an older statement when that was said."""
    mark = rates.iloc[index]
    figure = f"{mark['rate']:,.0f}"
    if mark["kind"] == "report":
        return f"{figure} {_COUNT_WORDS.get(mark['counts'], 'reported')}"
    same_statement = rates[rates["statement"] == mark["statement"]]
    is_last = same_statement.index[-1] == rates.index[index]
    said_on = say_when(mark["said_on"]) if mark["said_on"] != "undated" else "on an unknown day"
    if is_last:
        return f"{figure}, said {said_on}"
    return figure if mark["is_newest"] else ""


def _find_place(date: str, rate: float, ends: tuple[str, str], top: float, height: int) -> _Place:
    """Where a mark stands on the plot that words are placed for, pixels from its upper left."""
    begin, end, day = map(dt.date.fromisoformat, (*ends, date))
    from_left = PLOT_WIDTH * (day - begin).days / max((end - begin).days, 1)
    return from_left, height * (1 - rate / top)


def _frame(place: _Place, size: float) -> _Box:
    """A square around a place."""
    x, y = place
    return x - size / 2, y - size / 2, x + size / 2, y + size / 2


def _trace(places: list[_Place]) -> list[_Box]:
    """A line through places as small squares along it."""
    squares = []
    for (left, start), (right, end) in itertools.pairwise(places):
        steps = max(int(max(abs(right - left), abs(end - start)) / _STROKE), 1)
        squares += [
            _frame((left + (right - left) * k / steps, start + (end - start) * k / steps), _STROKE)
            for k in range(steps + 1)
        ]
    return squares


def _find_room(place: _Place, text: str, taken: list[_Box], lines: list[_Box]) -> Side | None:
    """The side of a mark where words hide nothing, else no mark and no words, which they then take; None for none."""
    x, y = place
    width = _LETTER * len(text)
    for avoided in ([*taken, *lines], taken):
        for side in SIDES:
            left = x + side.dx - {"left": 0.0, "center": width / 2, "right": width}[side.align]
            box = (left, y + side.dy - _LINE / 2, left + width, y + side.dy + _LINE / 2)
            is_inside = box[0] >= 0 and box[2] <= PLOT_WIDTH
            is_inside &= box[1] >= -4 and box[3] <= PLOT_HEIGHT + 4
            if is_inside and not any(_overlap(box, obstacle) for obstacle in avoided):
                taken.append(box)
                return side
    return None


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
