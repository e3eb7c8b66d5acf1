"""A native chart on a slide: its series over categories or dates, its axes, colours and number
format.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from typing import TYPE_CHECKING, cast

from ramp155.files.slides.chart_layers import (
    EDGE_ENDING,
    FORECAST_NAME,
    REPEATED,
    draw_bands,
    draw_forecast_rule,
    draw_stack,
    draw_window,
    find_all,
    label_line_ends,
    list_hidden_series,
    parse_chart_xml,
    write_error_bars,
)
from ramp155.files.slides.chart_rows import add_rows_chart, draw_marker
from ramp155.pictures.palette import BORDER, GRID, INK, PAPER, QUIET, choose_letter_colour
from ramp155.pictures.picture import NativeChart

if TYPE_CHECKING:
    from pptx.chart.axis import CategoryAxis, DateAxis, ValueAxis
    from pptx.chart.chart import Chart
    from pptx.chart.data import ChartData
    from pptx.chart.series import BarSeries, LineSeries
    from pptx.shapes.base import BaseShape
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.slide import Slide as PptxSlide

ALONG = "; along: "  # in a unit, before what the other axis counts
FONT_NAME = "Arial"  # on every machine that shows slides
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


def find_axis_ends(native: NativeChart) -> tuple[float, float]:
    """The ends of the axis of numbers: no further than a round number above all that is drawn.

    Parameters
    ----------
    native : NativeChart
        Series, bands and ranges.

    Returns
    -------
    tuple of float
        In the chart's unit; shares end at one.
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
    most, least = max(numbers, default=1.0), min([*numbers, 0.0])
    if native.number.endswith("%") and most <= 1.001:
        return min(least, 0.0), 1.0
    step = 10.0 ** math.floor(math.log10(most)) / 4 if most > 0 else 1.0
    return math.floor(least / step) * step, math.ceil(most / step + 1e-9) * step


def add_native_chart(
    slide: PptxSlide,
    native: NativeChart,
    left: float,
    top: float,
    width: float,
    height: float,
    alt: str = "",
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
    alt : str
        What is drawn, for those who do not see it.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE as KIND
    from pptx.util import Inches

    place = (Inches(left), Inches(top), Inches(width), Inches(height))
    if native.kind == "rows":
        frame = add_rows_chart(slide, native, place)
        describe_shape(frame, alt)
        return
    kinds = {
        ("line", False): KIND.LINE,
        ("bar", False): KIND.BAR_CLUSTERED,
        ("bar", True): KIND.BAR_STACKED,
        ("column", False): KIND.COLUMN_CLUSTERED,
        ("column", True): KIND.COLUMN_STACKED,
        ("area", True): KIND.LINE,  # its series become areas
    }
    native = dataclasses.replace(native, ends=native.ends or find_axis_ends(native))
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
    for series_name, numbers in {**list_hidden_series(native), **native.series}.items():
        chart_data.add_series(series_name, numbers)
    # python-pptx states a base class for the data and the chart for the frame around it.
    frame = slide.shapes.add_chart(
        kinds[native.kind, native.stacked], *place, cast("ChartData", chart_data)
    )
    style_chart(cast("GraphicFrame", frame).chart, native, has_dates)
    describe_shape(frame, alt)


def describe_shape(shape: BaseShape, alt: str) -> None:
    """Give a shape its text alternative."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", alt)


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
    from pptx.util import Pt

    chart.font.size, chart.font.name = Pt(14), FONT_NAME
    chart.font.color.rgb = RGBColor.from_string(QUIET[1:])
    chart.has_title = False
    style_value_axis(chart.value_axis, native)
    style_category_axis(chart.category_axis, native, has_dates)
    plot = chart.plots[0]
    if native.kind in ("bar", "column"):
        plot.gap_width = 45
        if native.stacked:
            plot.overlap = 100
        if len(native.series) == 1 and not native.spans:
            plot.has_data_labels = True
            plot.data_labels.number_format = choose_number_format(native, ".00")
            plot.data_labels.number_format_is_linked = False
            plot.data_labels.font.size = Pt(14)
    colour_series(chart, native)
    line_names = list_line_names(native)
    if native.kind in ("line", "area"):
        if native.forecast in native.categories:
            forecast = next(s for s in plot.series if s.name == FORECAST_NAME)
            draw_forecast_rule(forecast, native)
        if line_names:
            label_line_ends(chart, native, line_names)
        draw_bands(chart, native)
        draw_stack(chart, native)
        draw_window(chart, native)
    is_named = bool(line_names)
    every_name = [*list_hidden_series(native), *native.series]
    # Signs are explained under the chart, lines are named at their ends.
    hidden = [
        name
        for name in every_name
        if REPEATED.search(name)
        or name == FORECAST_NAME
        or name in native.signs
        or name in line_names
    ]
    chart.has_legend = len(every_name) - len(hidden) > (0 if native.kind == "line" else 1)
    if chart.has_legend:
        style_legend(chart, hidden)
    if native.kind in ("line", "area"):
        place_plot(chart, chart.has_legend, is_named, native.unit)


def list_line_names(native: NativeChart) -> dict[str, str]:
    """The lines that are named at their ends, each with the colour of its name; none where there are several points only."""
    if native.kind not in ("line", "area"):
        return {}
    return {
        name: choose_letter_colour(colour)
        for name, colour in zip(native.series, native.colours, strict=True)
        if name not in native.signs and (native.kind == "line" or name in native.dashed)
    }


def style_legend(chart: Chart, hidden: list[str]) -> None:
    """Put the legend over the chart, without the series that are named elsewhere or not seen."""
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(14)
    position = find_all(chart.legend._element, "c:legendPos")[0]
    # Entries are counted as a program draws them: areas first, then columns, then lines.
    names = [part.text for part in find_all(chart._chartSpace, ".//c:ser/c:tx//c:v")]
    for place in sorted((names.index(name) for name in hidden if name in names), reverse=True):
        position.addnext(
            parse_chart_xml(
                f'<c:legendEntry><c:idx val="{place}"/><c:delete val="1"/></c:legendEntry>'
            )
        )


def place_plot(chart: Chart, has_legend: bool, is_named: bool, unit: str) -> None:
    """Fix where the axes stand, so that names at the ends of lines have room at the right."""
    plot_area = find_all(chart._chartSpace, "c:chart/c:plotArea")[0]
    for layout in find_all(plot_area, "c:layout"):
        plot_area.remove(layout)
    top = 0.1 if has_legend else 0.03
    bottom = 0.84 if ALONG in unit else 0.9
    plot_area.insert(
        0,
        parse_chart_xml(
            '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
            f'<c:x val="0.1"/><c:y val="{top}"/><c:w val="{0.69 if is_named else 0.87}"/><c:h val="{bottom - top:.2f}"/>'
            "</c:manualLayout></c:layout>"
        ),
    )


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
    elif len(native.categories) > MOST_CATEGORY_LABELS:
        label_every(axis, 5)


def colour_series(chart: Chart, native: NativeChart) -> None:
    """Give every series its colour, and lines their width and dashes; bars that are promised are hollow."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    colour_of = dict(zip(native.series, native.colours, strict=True))
    for series in chart.plots[0].series:
        signed = series.name.removesuffix(EDGE_ENDING)
        if series.name != signed and signed in native.signs:
            series.smooth = False
            series.format.line.fill.background()
            draw_marker(series, native.signs[signed], colour_of[signed], is_edge=True)
        if series.name not in colour_of:
            continue
        colour = colour_of[series.name]
        rgb = RGBColor.from_string(colour[1:])
        if series.name in native.signs:
            series.smooth = False
            series.format.line.fill.background()
            draw_marker(series, native.signs[series.name], colour)
            if series.name in native.marked:
                label_marks(series, native)
        elif native.kind == "line" or series.name in native.dashed:
            is_dashed = series.name in native.dashed
            series.smooth = False
            series.format.line.color.rgb = rgb
            series.format.line.width = Pt(2.25 if is_dashed else 3.5)
            if is_dashed:
                series.format.line.dash_style = MSO_LINE.DASH
            series.marker.style = XL_MARKER_STYLE.NONE
        elif series.name in native.hollow:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = RGBColor.from_string(PAPER[1:])
            series.format.line.color.rgb, series.format.line.width = rgb, Pt(2)
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = rgb
        if series.name in native.spans:
            draw_span(series, native)


def draw_span(series: BarSeries, native: NativeChart) -> None:
    """Draw the range of each bar of a series as a line through its end."""
    lows, highs = native.spans[series.name]
    middles = [number or 0.0 for number in native.series[series.name]]
    ranges = write_error_bars(
        [high - middle for high, middle in zip(highs, middles, strict=True)],
        [middle - low for low, middle in zip(lows, middles, strict=True)],
        INK,
        2.5,
    )
    find_all(series._element, "c:cat")[0].addprevious(ranges)


def label_marks(series: LineSeries, native: NativeChart) -> None:
    """Write the number of each mark of a series beside it."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    labels = series.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.RIGHT
    labels.number_format, labels.number_format_is_linked = native.number, False
    labels.font.size = Pt(12)
