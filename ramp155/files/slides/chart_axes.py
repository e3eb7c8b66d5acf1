"""The axes of a native chart: their ends, their numbers and names, and where they stand on the slide."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from ramp155.files.slides.chart_layers import find_all, parse_chart_xml
from ramp155.pictures.palette import BORDER, GRID
from ramp155.pictures.picture import NativeChart

if TYPE_CHECKING:
    from pptx.chart.axis import CategoryAxis, DateAxis, ValueAxis
    from pptx.chart.chart import Chart

ALONG = "; along: "  # in a unit, before what the other axis counts
_HEADROOM = 1.02  # a line does not run along the upper end
_KEY_ROW = 4  # names in a row of the key
DAY_ONE = dt.date(1899, 12, 30)  # from which spreadsheets count days
MOST_CATEGORY_LABELS = 20  # of more, every fifth has a label


def find_axis_ends(native: NativeChart) -> tuple[float, float]:
    """The ends of the axis of numbers: no further than a round number above all that is drawn.

    Parameters
    ----------
    native : NativeChart
        Series, bands and ranges.

    Returns
    -------
    tuple of float
        In the chart's unit, as rounds a year; shares end at one.
    """
    columns = [*native.series.values(), *(band.high for band in native.bands)]
    if native.stacked:
        sums = [
            sum(number or 0.0 for number in numbers)
            for numbers in zip(
                *(s for name, s in native.series.items() if name not in native.dashed),
                strict=True,
            )
        ]
        columns = [tuple(sums)]
    columns += [high for _, high in native.spans.values()]
    numbers = [number for column in columns for number in column if number is not None]
    highest, least = max(numbers, default=1.0), min([*numbers, 0.0])
    if native.number.endswith("%") and highest <= 1.001:
        return min(least, 0.0), 1.0
    step = 10.0 ** math.floor(math.log10(highest)) / 4 if highest > 0 else 1.0
    return math.floor(least / step) * step, math.ceil(highest * _HEADROOM / step) * step


def choose_number_format(native: NativeChart, digits: str = ".0") -> str:
    """Choose the number format on screen: millions where numbers run to millions."""
    known_numbers = [
        number for numbers in native.series.values() for number in numbers if number is not None
    ]
    if native.ends:
        known_numbers.append(native.ends[1])
    if known_numbers and native.number == "#,##0" and max(known_numbers) >= 999_500:
        return f'0{digits},,"\u00a0M"'
    return native.number


def label_by_year(axis: CategoryAxis | DateAxis) -> None:
    """Give a date axis one label a year."""
    from pptx.oxml.ns import qn

    axis.tick_labels.number_format = "yyyy"
    axis.tick_labels.number_format_is_linked = False
    element = axis._element
    for tag, setting in (
        ("c:baseTimeUnit", "months"),
        ("c:majorUnit", "1"),
        ("c:majorTimeUnit", "years"),
    ):
        for former in element.findall(qn(tag)):
            element.remove(former)
        element.append(element.makeelement(qn(tag), {"val": setting}))


def label_every(axis: CategoryAxis | DateAxis, count: int) -> None:
    """Give an axis of names a label at every so many categories.

    Parameters
    ----------
    axis : CategoryAxis
        The axis.
    count : int
        Number of categories, as months, from label to label.
    """
    from pptx.oxml.ns import qn

    element = axis._element
    successor = element.find(qn("c:noMultiLvlLbl"))
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = element.makeelement(qn(tag), {"val": str(count)})
        if successor is None:
            element.append(skip)
        else:
            successor.addprevious(skip)


def style_value_axis(axis: ValueAxis, native: NativeChart) -> None:
    """Style the axis of numbers: its grid, its number format, and its unit as title."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_AXIS_CROSSES
    from pptx.util import Pt

    if native.ends:
        axis.minimum_scale, axis.maximum_scale = native.ends
    if native.log:
        scaling = find_all(axis._element, "c:scaling")[0]
        scaling.insert(0, parse_chart_xml('<c:logBase val="2"/>'))
        axis.major_unit = 2
    axis.crosses = XL_AXIS_CROSSES.MINIMUM
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID[1:])
    axis.format.line.fill.background()
    axis.tick_labels.number_format = choose_number_format(native)
    axis.tick_labels.number_format_is_linked = False
    axis.has_title = True
    axis.axis_title.text_frame.text = native.unit.partition(ALONG)[0]
    axis.axis_title.text_frame.paragraphs[0].font.size = Pt(12)
    axis.axis_title.text_frame.paragraphs[0].font.bold = False


def style_category_axis(
    axis: CategoryAxis | DateAxis, native: NativeChart, has_dates: bool
) -> None:
    """Style the axis of names or dates; its labels stand clear of bars that go below zero."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    axis.format.line.color.rgb = RGBColor.from_string(BORDER[1:])
    axis.has_major_gridlines = False
    along = native.unit.partition(ALONG)[2]
    axis.has_title = bool(along)
    if along:
        axis.axis_title.text_frame.text = along
        axis.axis_title.text_frame.paragraphs[0].font.size = Pt(12)
        axis.axis_title.text_frame.paragraphs[0].font.bold = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if has_dates:
        label_by_year(axis)
        # A year's number stands at the axis's first month and every twelve on: that is a January.
        first = dt.date(int(native.categories[0][:4]), 1, 1)
        axis.minimum_scale = (first - DAY_ONE).days
    elif len(native.categories) > MOST_CATEGORY_LABELS:
        label_every(axis, 5)
    elif native.kind == "bar":
        axis.tick_labels.font.size = Pt(12)
        label_every(axis, 1)  # a name a bar: else every second is left out where room is short


def place_plot(chart: Chart, key_count: int, is_named: bool, unit: str) -> None:
    """Fix where the axes stand, so that names at the ends of lines have room at the right.

    Parameters
    ----------
    chart : Chart
        The chart.
    key_count : int
        How many names stand in the key over it: a row holds four.
    is_named : bool
        Whether lines are named at their ends.
    unit : str
        What the axes count, as rounds a year.
    """
    plot_area = find_all(chart._chartSpace, "c:chart/c:plotArea")[0]
    for layout in find_all(plot_area, "c:layout"):
        plot_area.remove(layout)
    top = 0.03 + 0.07 * math.ceil(key_count / _KEY_ROW)
    bottom = 0.84 if ALONG in unit else 0.9
    plot_area.insert(
        0,
        parse_chart_xml(
            '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
            f'<c:x val="0.1"/><c:y val="{top}"/><c:w val="{0.69 if is_named else 0.87}"/><c:h val="{bottom - top:.2f}"/>'
            "</c:manualLayout></c:layout>"
        ),
    )
