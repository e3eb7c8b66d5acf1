"""What every builder of a picture uses: its signature, the memory of what it built, the series a
slide program draws, and the chart that says why it is empty.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.picture import NativeChart, Picture
from ramp155.pictures.view import View
from ramp155.text.signs import Sign

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
    )
