"""What every builder of a picture uses: its signature, the memory of what it built, the series a
slide program draws, and the chart that says why it is empty.
"""

from __future__ import annotations

from collections.abc import Callable

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.picture import NativeChart, Picture
from ramp155.pictures.view import View

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
    series: dict[str, object],
    colours: list[str],
    unit: str,
    dashed: tuple[str, ...] = (),
    number: str = "#,##0",
    stacked: bool = False,
) -> NativeChart:
    """Series as a slide program draws them; unknown numbers are left blank."""
    plain_series = {
        name: tuple(None if value is None or value != value else float(value) for value in numbers)
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
    )
