"""A native chart on a slide: its series over categories or dates, its axes, colours and number
format.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, cast

from ramp155.files.slides.chart_axes import (
    choose_number_format,
    find_axis_ends,
    place_plot,
    style_category_axis,
    style_value_axis,
)
from ramp155.files.slides.chart_labels import draw_rule, label_line_ends, label_points
from ramp155.files.slides.chart_layers import (
    EDGE_ENDING,
    JOINT,
    REPEATED,
    draw_bands,
    draw_stack,
    draw_window,
    find_all,
    list_hidden_series,
    list_rules,
    parse_chart_xml,
    write_error_bars,
)
from ramp155.files.slides.chart_rows import add_rows_chart, draw_marker
from ramp155.pictures.palette import INK, PAPER, QUIET, choose_letter_colour
from ramp155.pictures.picture import NativeChart

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.chart.data import ChartData
    from pptx.chart.series import BarSeries
    from pptx.shapes.base import BaseShape
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.slide import Slide as PptxSlide

_SMALL_SHARES = '[=0]0%;[<0.01]"<1%";0%'
_LEAST_PART = {"bar": 0.02, "column": 0.05}  # of the axis: parts that have room for their number
_MOST_LABELLED = 14  # bars that have their numbers at their ends
FONT_NAME = "Arial"  # on every machine that shows slides


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
        describe_shape(add_rows_chart(slide, native, place), alt)
        return
    kinds = {
        ("line", False): KIND.LINE,
        ("bar", False): KIND.BAR_CLUSTERED,
        ("bar", True): KIND.BAR_STACKED,
        ("column", False): KIND.COLUMN_CLUSTERED,
        ("column", True): KIND.COLUMN_STACKED,
        ("area", True): KIND.LINE,  # its series become areas
    }
    native = cut_empty_ends(native)
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
    shape = slide.shapes.add_chart(
        kinds[native.kind, native.stacked], *place, cast("ChartData", chart_data)
    )
    style_chart(cast("GraphicFrame", shape).chart, native, has_dates)
    describe_shape(cast("BaseShape", shape), alt)


def cut_empty_ends(native: NativeChart) -> NativeChart:
    """A chart of lines without the years before and the months after all that is drawn: its axis goes no further.

    A year's number stands at the axis's first month and every twelve on, so a first year stays whole.
    """
    if native.kind != "line":
        return native
    bands = [ends for band in native.bands for ends in (band.low, band.high)]
    columns = [*native.series.values(), *bands]
    drawn = [
        place
        for place in range(len(native.categories))
        if any(column[place] is not None for column in columns)
    ]
    if not drawn:
        return native
    year = native.categories[drawn[0]][:4]
    is_dated = parse_category_date(native.categories[drawn[0]]) is not None
    first = next(
        place for place, category in enumerate(native.categories) if category.startswith(year)
    )
    part = slice(first if is_dated else drawn[0], drawn[-1] + 1)
    return dataclasses.replace(
        native,
        categories=native.categories[part],
        series={name: numbers[part] for name, numbers in native.series.items()},
        bands=tuple(
            dataclasses.replace(band, low=band.low[part], high=band.high[part])
            for band in native.bands
        ),
        marked={name: words[part] for name, words in native.marked.items()},
    )


def describe_shape(shape: BaseShape, alt: str) -> None:
    """Give a shape its text alternative."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", alt)


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
            if len(native.categories) <= _MOST_LABELLED:
                label_parts(chart, native)
        if not native.spans and not native.stacked and len(native.categories) <= _MOST_LABELLED:
            plot.has_data_labels = True
            label_format = choose_number_format(native, ".00")
            # As in words: what is not nothing is not called nothing.
            plot.data_labels.number_format = _SMALL_SHARES if label_format == "0%" else label_format
            plot.data_labels.number_format_is_linked = False
            plot.data_labels.font.size = Pt(14 if len(native.series) == 1 else 11)
    colour_series(chart, native)
    line_names = list_line_names(native)
    if native.kind in ("line", "area"):
        for name, category in list_rules(native).items():
            draw_rule(next(s for s in plot.series if s.name == name), native, name, category)
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
        or name in list_rules(native)
        or JOINT in name
        or name in native.signs
        or name in line_names
    ]
    shown_count = len(every_name) - len(hidden)
    chart.has_legend = shown_count > (0 if native.kind == "line" else 1)
    if chart.has_legend:
        style_legend(chart, hidden)
    if native.kind in ("line", "area"):
        place_plot(chart, shown_count, is_named, native.unit)


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
    names = [element.text for element in find_all(chart._chartSpace, ".//c:ser/c:tx//c:v")]
    for place in sorted((names.index(name) for name in hidden if name in names), reverse=True):
        position.addnext(
            parse_chart_xml(
                f'<c:legendEntry><c:idx val="{place}"/><c:delete val="1"/></c:legendEntry>'
            )
        )


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
            if any(native.marked.get(series.name, ())):
                label_points(series, native.marked[series.name], "t", QUIET)
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


def label_parts(chart: Chart, native: NativeChart) -> None:
    """Write the number of each part of bars that stand on each other into it, where there is room."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    colour_of = dict(zip(native.series, native.colours, strict=True))
    assert native.ends is not None
    least = (native.ends[1] - native.ends[0]) * _LEAST_PART[native.kind]
    for series in chart.plots[0].series:
        if series.name not in colour_of or series.name in native.hollow:
            continue
        labels = series.data_labels
        labels.show_value, labels.position = True, XL_LABEL_POSITION.CENTER
        labels.number_format = f'[<{least:.6g}]"";{choose_number_format(native, ".00")}'
        labels.number_format_is_linked = False
        labels.font.size, labels.font.bold = Pt(12), True
        labels.font.color.rgb = RGBColor.from_string(PAPER[1:])


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
