"""A native chart on a slide: its series over categories or dates, its axes, colours and number format."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ramp155.pictures.palette import BORDER, GRID, QUIET
from ramp155.pictures.picture import NativeChart


def parse_category_date(category: str) -> dt.date | None:
    """2026-12 or 2026-12-05 as a date; anything else is a name."""
    parts = category.split("-")
    if len(parts) not in (2, 3) or not all(part.isdigit() for part in parts):
        return None
    return dt.date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 1)


def add_native_chart(
    slide: Any,  # noqa: ANN401
    native: NativeChart,
    x: float,
    y: float,
    wide: float,
    high: float,
) -> None:
    """A native chart of the series in its place."""
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
    frame = slide.shapes.add_chart(
        kinds[native.kind, native.stacked],
        Inches(x),
        Inches(y),
        Inches(wide),
        Inches(high),
        chart_data,
    )
    style_chart(frame.chart, native, has_dates)


def choose_number_format(native: NativeChart, digits: str = ".0") -> str:
    """The number format on screen: millions where numbers run to millions."""
    known_numbers = [
        number for numbers in native.series.values() for number in numbers if number is not None
    ]
    if known_numbers and native.number == "#,##0" and max(known_numbers) >= 999_500:
        return f'0{digits},,"\u00a0M"'
    return native.number


def label_by_year(axis: Any) -> None:  # noqa: ANN401
    """A date axis with one label a year."""
    from pptx.oxml.ns import qn

    axis.tick_labels.number_format = "yyyy"
    axis.tick_labels.number_format_is_linked = False
    element = axis._element
    for tag, value in (
        ("c:baseTimeUnit", "months"),
        ("c:majorUnit", "1"),
        ("c:majorTimeUnit", "years"),
    ):
        for former in element.findall(qn(tag)):
            element.remove(former)
        element.append(element.makeelement(qn(tag), {"val": value}))


def label_every(axis: Any, count: int) -> None:  # noqa: ANN401
    """A label at every so many categories."""
    from pptx.oxml.ns import qn

    element = axis._element
    successor = element.find(qn("c:noMultiLvlLbl"))
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = element.makeelement(qn(tag), {"val": str(count)})
        if successor is None:
            element.append(skip)
        else:
            successor.addprevious(skip)


def style_chart(chart: Any, native: NativeChart, has_dates: bool) -> None:  # noqa: ANN401
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    chart.font.size = Pt(14)
    chart.font.color.rgb = RGBColor.from_string(QUIET[1:])
    chart.has_title = False
    chart.has_legend = len(native.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    plot = chart.plots[0]
    value_axis, category_axis = chart.value_axis, chart.category_axis
    value_axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID[1:])
    value_axis.format.line.fill.background()
    value_axis.tick_labels.number_format = choose_number_format(native)
    value_axis.tick_labels.number_format_is_linked = False
    value_axis.has_title = True
    value_axis.axis_title.text_frame.text = native.unit
    value_axis.axis_title.text_frame.paragraphs[0].font.size = Pt(12)
    value_axis.axis_title.text_frame.paragraphs[0].font.bold = False
    category_axis.format.line.color.rgb = RGBColor.from_string(BORDER[1:])
    category_axis.has_major_gridlines = False
    category_axis.tick_label_position = (
        XL_TICK_LABEL_POSITION.LOW
    )  # clear of bars that go below zero
    if has_dates:
        label_by_year(category_axis)
    elif len(native.categories) > 20:
        label_every(category_axis, 5)
    if native.kind in ("bar", "column"):
        plot.gap_width = 45
        if len(native.series) == 1:
            plot.has_data_labels = True
            plot.data_labels.number_format = choose_number_format(native, ".00")
            plot.data_labels.number_format_is_linked = False
            plot.data_labels.font.size = Pt(14)
    for series, colour in zip(plot.series, native.colours, strict=True):
        rgb = RGBColor.from_string(colour[1:])
        if native.kind == "line":
            is_dashed = series.name in native.dashed
            series.smooth = False
            series.format.line.color.rgb = rgb
            series.format.line.width = Pt(1.75 if is_dashed else 3.5)
            if is_dashed:
                series.format.line.dash_style = MSO_LINE.DASH
            series.marker.style = None
            remove_markers(series)
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = rgb


def remove_markers(series: Any) -> None:  # noqa: ANN401
    from pptx.enum.chart import XL_MARKER_STYLE

    series.marker.style = XL_MARKER_STYLE.NONE
