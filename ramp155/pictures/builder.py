"""What every builder of a picture uses: its signature, the memory of what it built, the series a
slide program draws, and the chart that says why it is empty.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.picture import Band, MarkRow, NativeChart, Picture
from ramp155.pictures.view import View
from ramp155.text.signs import SIGN_OF, Sign

Builder = Callable[[Model, View], Picture]
READABLE_ROWS = 14  # rows that can be read from the back of a room


def remember_picture(builder: Builder) -> Builder:
    """A builder that keeps what it built for whoever looks next."""
    return remember(builder)


def draw_nothing(why: str = "No start of output is dated for these lines.") -> Spec:
    """A chart that says why it is empty."""
    return {
        "data": {"values": [{"text": why}]},
        "mark": {"type": "text", "fontSize": 13},
        "encoding": {"text": {"field": "text", "type": "nominal"}},
        "height": 120,
    }


def build_native_chart(
    kind: str,
    categories: list[str],
    series: Mapping[str, Iterable[float | None]],
    colours: list[str],
    unit: str,
    dashed: tuple[str, ...] = (),
    number: str = "#,##0",
    stacked: bool = False,
    signs: Mapping[str, Sign] | None = None,
    key: str = "",
    **more: Any,  # noqa: ANN401
) -> NativeChart:
    """Series as a slide program draws them; unknown numbers are left blank.

    Parameters
    ----------
    kind : str
        line, area, bar (horizontal) or column.
    categories : list of str
        What the series share.
    series : mapping, each (categories,)
        Numbers of each series in `unit`; None or NaN where not known.
    colours : list of str
        #RRGGBB, one a series.
    unit : str
        What the numbers count, as "rounds a year".
    dashed : tuple of str
        The series drawn as dashes.
    number : str
        Number format of a spreadsheet.
    stacked : bool
        Whether series stand on each other.
    signs : mapping of str to Sign
        The series drawn as marks without a line.
    key : str
        What is drawn, where signs and series do not say it.
    **more
        What else `NativeChart` holds: its bands, its window and the like.

    Returns
    -------
    NativeChart
        Its numbers as floats, None where not known.
    """
    plain_series = {
        name: tuple(
            None if number is None or math.isnan(number) else float(number) for number in numbers
        )
        for name, numbers in series.items()
    }
    return NativeChart(
        kind,
        tuple(str(c) for c in categories),
        plain_series,
        tuple(colours),
        unit,
        number,
        dashed,
        stacked,
        signs or {},
        key,
        **more,
    )


def build_band(
    name: str,
    low: Iterable[float | None],
    high: Iterable[float | None],
    colour: str,
    opacity: float = 0.22,
) -> Band:
    """A band of a native chart; unknown numbers are left blank.

    Parameters
    ----------
    name : str
        What it is called.
    low, high : iterable of float, (categories,)
        Its ends, in the chart's unit.
    colour : str
        #RRGGBB.
    opacity : float
        0 to 1.

    Returns
    -------
    Band
        Its numbers as floats, None where not known.
    """
    ends = [
        tuple(None if end is None or math.isnan(end) else float(end) for end in side)
        for side in (low, high)
    ]
    return Band(name, *ends, colour, opacity)


def build_range_row(
    name: str,
    lows: Sequence[float],
    highs: Sequence[float],
    heights: Sequence[float],
    colour: str,
    width: float = 8.0,
    words: Sequence[str] = (),
) -> MarkRow:
    """Bars of a native chart of rows, each from a low to a high end.

    Parameters
    ----------
    name : str
        What they are called.
    lows, highs : sequence of float
        Their ends, in the chart's unit.
    heights : sequence of float
        In which row each stands.
    colour : str
        #RRGGBB.
    width : float
        How high they are, points.
    words : sequence of str
        What stands right of each.

    Returns
    -------
    MarkRow
        One bar a row.
    """
    ends = [sorted((float(low), float(high))) for low, high in zip(lows, highs, strict=True)]
    return MarkRow(
        name,
        tuple(high for _, high in ends),
        tuple(map(float, heights)),
        colour,
        reach=tuple(high - low for low, high in ends),
        width=width,
        words=tuple(words),
    )


def build_sign_rows(marks: pd.DataFrame, colour: str) -> tuple[MarkRow, ...]:
    """Marks of a native chart of rows, one series a sign; columns `sign`, `across`, `up`, and `words` where marks have any."""
    rows = []
    for sign in dict.fromkeys(marks["sign"]):
        of_sign = marks[marks["sign"] == sign]
        rows.append(
            MarkRow(
                SIGN_OF[sign].words.capitalize(),
                tuple(map(float, of_sign["across"])),
                tuple(map(float, of_sign["up"])),
                colour,
                SIGN_OF[sign],
                words=tuple(of_sign["words"]) if "words" in of_sign else (),
            )
        )
    return tuple(rows)


def find_lever_window(scenario: Scenario, words: str) -> tuple[str, str, str] | None:
    """The first and the last month in which levers act for a time, with what they are called; None where none does."""
    if not scenario.months or not any(lever.is_timed for lever in scenario.moved):
        return None
    first = MONTHS.index(scenario.start)
    return scenario.start, MONTHS[min(first + scenario.months, len(MONTHS)) - 1], words
