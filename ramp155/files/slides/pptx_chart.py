"""A native chart on a slide: its series over categories or dates, its axes, colours and number
format.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

from ramp155.pictures.palette import BORDER, GRID, PAPER, QUIET
from ramp155.pictures.picture import NativeChart
from ramp155.text.signs import Sign

if TYPE_CHECKING:
    from pptx.chart.axis import CategoryAxis, DateAxis, ValueAxis
    from pptx.chart.chart import Chart
    from pptx.chart.data import ChartData
    from pptx.chart.series import LineSeries
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.slide import Slide as PptxSlide

MOST_CATEGORY_LABELS = 20  # of more, every fifth has a label


def parse_category_date(category: str) -> dt.date | None:
    """Read 2026-12 or 2026-12-05 as a date; anything else is a name, and None."""
    date_fields = category.split("-")
    if len(date_fields) not in (2, 3) or not all(
        date_field.isdigit() for date_field in date_fields
    ):
        return None
    return dt.date(
        int(date_fields[0]),
        int(date_fields[1]),
        int(date_fields[2]) if len(date_fields) == 3 else 1,
    )


def add_native_chart(
    slide: PptxSlide,
    native: NativeChart,
    left: float,
    top: float,
    width: float,
    height: float,
) -> None:
    """Add a native chart of the series to a slide.

    Parameters
    ----------
    slide : PptxSlide
        The slide.
    native : NativeChart
        Series, categories, colours and number format.
    left : float
        From the slide's left, inches.
    top : float
        From the slide's top, inches.
    width : float
        Inches.
    height : float
        Inches.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE as KIND
    from pptx.util import Inches

    kinds = {
        ("line", False): KIND.LINE,
        ("bar", False): KIND.BAR_CLUSTERED,
        ("column", False): KIND.COLUMN_CLUSTERED,
        ("column", True): KIND.COLUMN_STACKED,
        ("area", True): KIND.AREA_STACKED,
    }
    chart_data = CategoryChartData(number_format=native.number)
    # A date axis draws columns a day wide, so theirs are names.
    has_dates = native.kind in ("line", "area") and all(
        parse_category_date(category) for category in native.categories
    )
    chart_data.categories = (
        [parse_category_date(category) for category in native.categories]
        if has_dates
        else native.categories
    )
    for series_name, numbers in native.series.items():
        chart_data.add_series(series_name, numbers)
    # python-pptx states a base class for the data and the chart for the frame around it.
    frame = slide.shapes.add_chart(
        kinds[native.kind, native.stacked],
        Inches(left),
        Inches(top),
        Inches(width),
        Inches(height),
        cast("ChartData", chart_data),
    )
    style_chart(cast("GraphicFrame", frame).chart, native, has_dates)


def choose_number_format(native: NativeChart, digits: str = ".0") -> str:
    """Choose the number format on screen: millions where numbers run to millions."""
    known_numbers = [
        number for numbers in native.series.values() for number in numbers if number is not None
    ]
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
        Number of categories from label to label.
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


def style_chart(chart: Chart, native: NativeChart, has_dates: bool) -> None:
    """Style a chart as the pages do: its axes, its legend, its numbers and its colours."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    chart.font.size = Pt(14)
    chart.font.color.rgb = RGBColor.from_string(QUIET[1:])
    chart.has_title = False
    chart.has_legend = len(native.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        hide_legend_entries(chart, native)
    style_value_axis(chart.value_axis, native)
    style_category_axis(chart.category_axis, native, has_dates)
    plot = chart.plots[0]
    if native.kind in ("bar", "column"):
        plot.gap_width = 45
        if len(native.series) == 1:
            plot.has_data_labels = True
            plot.data_labels.number_format = choose_number_format(native, ".00")
            plot.data_labels.number_format_is_linked = False
            plot.data_labels.font.size = Pt(14)
    colour_series(chart, native)


def style_value_axis(axis: ValueAxis, native: NativeChart) -> None:
    """Style the axis of numbers: its grid, its number format, and its unit as title."""
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID[1:])
    axis.format.line.fill.background()
    axis.tick_labels.number_format = choose_number_format(native)
    axis.tick_labels.number_format_is_linked = False
    axis.has_title = True
    axis.axis_title.text_frame.text = native.unit
    axis.axis_title.text_frame.paragraphs[0].font.size = Pt(12)
    axis.axis_title.text_frame.paragraphs[0].font.bold = False


def style_category_axis(
    axis: CategoryAxis | DateAxis, native: NativeChart, has_dates: bool
) -> None:
    """Style the axis of names or dates; its labels stand clear of bars that go below zero."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    axis.format.line.color.rgb = RGBColor.from_string(BORDER[1:])
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if has_dates:
        label_by_year(axis)
    elif len(native.categories) > MOST_CATEGORY_LABELS:
        label_every(axis, 5)


def draw_marker(series: LineSeries, sign: Sign, colour: str) -> None:
    """Draw the points of a series as its sign, in its colour; hollow signs on white."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    styles = {
        "circle": XL_MARKER_STYLE.CIRCLE,
        "square": XL_MARKER_STYLE.SQUARE,
        "triangle-up": XL_MARKER_STYLE.TRIANGLE,
        "diamond": XL_MARKER_STYLE.DIAMOND,
    }
    marker = series.marker
    marker.style, marker.size = styles[sign.shape], 10
    marker.format.line.color.rgb = RGBColor.from_string(colour[1:])
    marker.format.line.width = Pt(1.75)
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = RGBColor.from_string(
        colour[1:] if sign.is_filled else PAPER[1:]
    )


def hide_legend_entries(chart: Chart, native: NativeChart) -> None:
    """Take out of the legend the series that only hold a second mark of the same month."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    legend = chart.legend._element
    for place, name in enumerate(native.series):
        if name in native.signs and name.endswith(")"):
            entry = f'<c:legendEntry {nsdecls("c")}><c:idx val="{place}"/><c:delete val="1"/></c:legendEntry>'
            legend.find(f"{{{legend.nsmap['c']}}}legendPos").addnext(parse_xml(entry))


def colour_series(chart: Chart, native: NativeChart) -> None:
    """Give every series its colour, and lines their width and dashes."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    for series, colour in zip(chart.plots[0].series, native.colours, strict=True):
        rgb = RGBColor.from_string(colour[1:])
        if series.name in native.signs:
            series.smooth = False
            series.format.line.fill.background()
            draw_marker(series, native.signs[series.name], colour)
        elif native.kind == "line":
            is_dashed = series.name in native.dashed
            series.smooth = False
            series.format.line.color.rgb = rgb
            series.format.line.width = Pt(1.75 if is_dashed else 3.5)
            if is_dashed:
                series.format.line.dash_style = MSO_LINE.DASH
            series.marker.style = XL_MARKER_STYLE.NONE
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = rgb
