"""A chart of rows on a slide: marks, bars and ticks along one axis, row by row, as points that can be edited."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, cast

from ramp155.files.slides.chart_labels import label_points
from ramp155.files.slides.chart_layers import (
    EDGE_ENDING,
    REPEATED,
    find_all,
    parse_chart_xml,
    write_error_bars,
)
from ramp155.pictures.palette import BORDER, GRID, INK, PAPER, QUIET
from ramp155.pictures.picture import MarkRow, NativeChart
from ramp155.text.signs import Sign

if TYPE_CHECKING:
    from pptx.chart.axis import ValueAxis
    from pptx.chart.chart import Chart
    from pptx.chart.data import ChartData
    from pptx.chart.series import LineSeries, XySeries
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.slide import Slide as PptxSlide
    from pptx.util import Length

ROW_NAMES = "Rows"  # the unseen series that carries the names of rows
_YEAR_DAYS = 366  # from 1 January on, marks of the axis stay in their years for decades
_MOST_NAME, _LONG_NAME = 54, 42  # letters of a row's name, and from when on it is smaller
_KEY_ROW = 4  # names in a row of the key


def add_rows_chart(
    slide: PptxSlide, native: NativeChart, place: tuple[Length, Length, Length, Length]
) -> GraphicFrame:
    """Add a chart of rows to a slide.

    Parameters
    ----------
    slide : PptxSlide
        The slide.
    native : NativeChart
        Rows, their names, and the ends of the axis.
    place : tuple of Length
        Left, top, width and height.

    Returns
    -------
    GraphicFrame
        The chart's frame.
    """
    from pptx.chart.data import XyChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    low, high = native.ends or _find_row_ends(native)
    count = len(native.categories)
    chart_data = XyChartData(number_format=native.number)
    names = chart_data.add_series(ROW_NAMES)
    mark_groups = [part for marks in native.rows for part in split_marks(marks)]
    # LibreOffice loses what stands before a longer series: the first is as long as any.
    longest = max([count, *(len(part.across) for part in mark_groups)])
    for row_name in range(longest):
        names.add_data_point(low, max(count - row_name, 1))
    for part in mark_groups:
        series = chart_data.add_series(part.name)
        for across, up in zip(part.across, part.up, strict=True):
            series.add_data_point(across, up)
    frame = cast(
        "GraphicFrame",
        slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *place, cast("ChartData", chart_data)),
    )
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(13), "Arial"
    chart.has_title = False
    top_of_rows = max([count, *(up for marks in native.rows for up in marks.up)]) + 0.6
    _style_axes(chart, native, (low, high), (0.4, top_of_rows))
    unseen = [ROW_NAMES, *(part.name for part in mark_groups if REPEATED.search(part.name))]
    for series in chart.plots[0].series:
        series.format.line.fill.background()
    name_series, *mark_series = chart.plots[0].series
    _hide_marker(name_series)
    is_long = any(len(name) > _LONG_NAME for name in native.categories)
    row_names = [f"{_cut_name(name)}\u00a0\u00a0" if name else "" for name in native.categories]
    label_points(name_series, row_names, "l", INK, 13 if count <= 9 and not is_long else 11)
    for series_marks, part in zip(mark_series, mark_groups, strict=True):
        _draw_marks(series_marks, part)
    # Signs and ticks are explained under the chart.
    unseen += [part.name for part in mark_groups if not part.reach and not part.is_rule]
    shown_count = _add_legend(chart, unseen)
    has_words = any(any(marks.words) for marks in native.rows)
    _place_rows(chart, bool(any(native.categories)), has_words, shown_count)
    return frame


def _cut_name(name: str) -> str:
    return name if len(name) <= _MOST_NAME else f"{name[: _MOST_NAME - 1].rstrip(' (·')}…"


def split_marks(marks: MarkRow) -> list[MarkRow]:
    """The series that marks are drawn as: each bar is a line of its own from left to right; a hollow sign has a disc under it.

    Programs that draw a marker in one colour alone show the disc as the edge of the sign.
    """
    if marks.reach:
        return [
            dataclasses.replace(
                marks,
                name=marks.name if number == 0 else f"{marks.name} ({number + 1})",
                across=(across - reach, across),
                up=(up, up),
                reach=(),
                words=("", marks.words[number]) if marks.words else (),
                is_rule=True,
            )
            for number, (across, up, reach) in enumerate(
                zip(marks.across, marks.up, marks.reach, strict=True)
            )
        ]
    if marks.sign is not None and not marks.sign.is_filled:
        edges = dataclasses.replace(marks, name=f"{marks.name}{EDGE_ENDING}", words=())
        return [marks, edges]
    return [marks]


def _find_row_ends(native: NativeChart) -> tuple[float, float]:
    """From zero, or the least mark or bar, to the furthest, with a margin."""
    ends = [across for marks in native.rows for across in marks.across]
    starts = [
        across - reach
        for marks in native.rows
        for across, reach in zip(
            marks.across, marks.reach or (0.0,) * len(marks.across), strict=True
        )
    ]
    least, highest = min([0.0, *starts]), max(ends, default=1.0)
    margin = (highest - least) * 0.04
    return least - (margin if least < 0 else 0.0), highest + margin


def _style_axes(
    chart: Chart, native: NativeChart, ends: tuple[float, float], heights: tuple[float, float]
) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    # python-pptx calls the axis along "category axis".
    along = cast("ValueAxis", chart.category_axis)
    along.minimum_scale, along.maximum_scale = ends
    along.has_major_gridlines = True
    along.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID[1:])
    along.format.line.color.rgb = RGBColor.from_string(BORDER[1:])
    along.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    along.tick_labels.number_format = "yyyy" if native.is_dated else native.number
    along.tick_labels.number_format_is_linked = False
    along.tick_labels.font.color.rgb = RGBColor.from_string(QUIET[1:])
    if native.is_dated:
        along.major_unit = _YEAR_DAYS
    elif native.number == "#,##0" and ends[1] >= 999_500:
        along.tick_labels.number_format = '0.0,,"\u00a0M"'
    if native.unit:
        along.has_title = True
        along.axis_title.text_frame.text = native.unit
        paragraph = along.axis_title.text_frame.paragraphs[0]
        paragraph.font.size, paragraph.font.bold = Pt(12), False
    up = chart.value_axis
    up.minimum_scale, up.maximum_scale = heights
    up.has_major_gridlines = False
    up.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    up.format.line.fill.background()


def _hide_marker(series: XySeries) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    series.marker.style = XL_MARKER_STYLE.NONE


def _draw_marks(series: XySeries, marks: MarkRow) -> None:
    """Draw marks as signs, as a line, or as ticks, with the words beside them."""
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    if marks.sign is not None:
        draw_marker(series, marks.sign, marks.colour, marks.name.endswith(EDGE_ENDING))
    else:
        _hide_marker(series)
    if marks.is_rule:
        series.format.line.color.rgb = RGBColor.from_string(marks.colour[1:])
        series.format.line.width = Pt(marks.width)
    elif marks.sign is None:
        halves = [0.32] * len(marks.up)
        ticks = write_error_bars(halves, halves, marks.colour, 3, "y")
        find_all(series._element, "c:xVal")[0].addprevious(ticks)
    if any(marks.words):
        label_points(series, marks.words, "r", INK)


def draw_marker(
    series: LineSeries | XySeries, sign: Sign, colour: str, is_edge: bool = False
) -> None:
    """Draw the points of a series as its sign, in its colour; hollow signs on white; `is_edge`: the disc under one."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    styles = {
        "circle": XL_MARKER_STYLE.CIRCLE,
        "square": XL_MARKER_STYLE.SQUARE,
        "triangle-up": XL_MARKER_STYLE.TRIANGLE,
        "triangle-left": XL_MARKER_STYLE.TRIANGLE,
        "cross": XL_MARKER_STYLE.PLUS,
        "diamond": XL_MARKER_STYLE.DIAMOND,
    }
    marker = series.marker
    marker.style = styles[sign.shape]
    rgb = RGBColor.from_string(colour[1:])
    marker.format.line.color.rgb, marker.format.line.width = rgb, Pt(1.75)
    if is_edge:
        # Hollow where a program draws an edge of its own colour, else a disc under the paper's.
        marker.size = 11
        marker.format.fill.background()
    elif sign.is_filled:
        marker.size = 10
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = rgb
    else:
        paper = RGBColor.from_string(PAPER[1:])
        marker.size = 7
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = paper
        marker.format.line.color.rgb = paper


def _add_legend(chart: Chart, unseen: list[str]) -> int:
    """Put the legend over the chart, without some series; how many names it has."""
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    # Entries are counted plot by plot.
    names = [element.text for element in find_all(chart._chartSpace, ".//c:ser/c:tx//c:v")]
    shown_count = len({*names} - {*unseen})
    chart.has_legend = shown_count > 0
    if not chart.has_legend:
        return 0
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.legend.font.size = Pt(13)
    position = find_all(chart.legend._element, "c:legendPos")[0]
    for place in reversed([names.index(name) for name in dict.fromkeys(unseen)]):
        position.addnext(
            parse_chart_xml(
                f'<c:legendEntry><c:idx val="{place}"/><c:delete val="1"/></c:legendEntry>'
            )
        )
    return shown_count


def _place_rows(chart: Chart, has_names: bool, has_words: bool, key_count: int) -> None:
    """Fix where the axis stands: names of rows have room at the left, words at the right, `key_count` names of a key above."""
    plot_area = find_all(chart._chartSpace, "c:chart/c:plotArea")[0]
    for layout in find_all(plot_area, "c:layout"):
        plot_area.remove(layout)
    left = 0.34 if has_names else 0.03
    width = 0.97 - left - (0.14 if has_words else 0.0)
    top = 0.04 + 0.06 * math.ceil(key_count / _KEY_ROW)
    plot_area.insert(
        0,
        parse_chart_xml(
            '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
            f'<c:x val="{left}"/><c:y val="{top:.2f}"/><c:w val="{width:.3f}"/><c:h val="{0.86 - top:.2f}"/></c:manualLayout></c:layout>'
        ),
    )
