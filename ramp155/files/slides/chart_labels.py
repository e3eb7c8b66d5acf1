"""Words in a chart on a slide: names at the ends of lines, words beside points, and upright lines with their names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from ramp155.files.slides.chart_layers import find_all, parse_chart_xml, write_fill
from ramp155.pictures.palette import BASELINE, INK, QUIET
from ramp155.pictures.picture import NativeChart

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.chart.series import _BaseSeries

_LEAST_GAP = 0.052  # of a chart's height: names at the ends of lines stand no closer


def draw_rule(series: _BaseSeries, native: NativeChart, name: str, category: str) -> None:
    """Draw an upright line at a category with its name: one point at the top of the axis, with a dashed bar down."""
    element, ends = series._element, native.ends or (0.0, 1.0)
    for path in ("c:marker", "c:spPr"):
        for part in find_all(element, path):
            element.remove(part)
    find_all(element, "c:tx")[0].addnext(
        parse_chart_xml("<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>")
    )
    find_all(element, "c:spPr")[0].addnext(
        parse_chart_xml('<c:marker><c:symbol val="none"/></c:marker>')
    )
    words = f"{name} →" if category == native.forecast else name
    side = "l" if category == native.forecast else "r"
    place = native.categories.index(category)
    # Over coloured areas grey words are not read.
    words_colour, rule_colour = (INK, INK) if native.kind == "area" else (QUIET, BASELINE)
    label = _write_point_label(place, words, side, words_colour, 12, 0.02)
    rule = parse_chart_xml(
        # Down to the axis and no further: an axis that doubles has no zero.
        '<c:errBars><c:errDir val="y"/><c:errBarType val="minus"/><c:errValType val="fixedVal"/>'
        f'<c:noEndCap val="1"/><c:val val="{ends[1] * 0.998 - ends[0]:.10g}"/>'
        f'<c:spPr><a:ln w="22225">{write_fill(rule_colour)}<a:prstDash val="sysDash"/></a:ln></c:spPr></c:errBars>'
    )
    find_all(element, "c:cat")[0].addprevious(label)
    find_all(element, "c:cat")[0].addprevious(rule)


def _write_point_label(
    place: int, words: str, position: str, colour: str, size: int, shift: float = 0.0
) -> Any:  # noqa: ANN401
    """Words beside one point of a series, as XML.

    Parameters
    ----------
    place : int
        Which point.
    words : str
        The words.
    position : str
        r, l, t or b of the point.
    colour : str
        #RRGGBB.
    size : int
        Points.
    shift : float
        How far down they are moved, as a share of the chart's height.
    """
    layout = (
        f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{shift:.4f}"/></c:manualLayout></c:layout>'
        if shift
        else ""
    )
    return parse_chart_xml(
        f'<c:dLbls><c:dLbl><c:idx val="{place}"/>{layout}<c:tx><c:rich><a:bodyPr wrap="none"/><a:p><a:pPr><a:defRPr/></a:pPr>'
        f'<a:r><a:rPr lang="en-GB" sz="{size * 100}" b="0">{write_fill(colour)}</a:rPr><a:t>{escape(words)}</a:t></a:r></a:p></c:rich></c:tx>'
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>'
        '<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def label_points(
    series: _BaseSeries, words: Sequence[str], position: str, colour: str = INK, size: int = 12
) -> None:
    """Write words beside the points of a series of a chart of rows.

    Parameters
    ----------
    series : _BaseSeries
        The series.
    words : sequence of str
        One a point; "" is none.
    position : str
        r, l, t or b of the point.
    colour : str
        #RRGGBB.
    size : int
        Height of the type, points (1/72 inches).
    """
    labels = None
    for place, text in enumerate(words):
        if not text:
            continue
        more = _write_point_label(place, text, position, colour, size)
        if labels is None:
            labels = more
        else:
            find_all(labels, "c:dLbl")[-1].addnext(find_all(more, "c:dLbl")[0])
    if labels is not None:
        anchor = find_all(series._element, "c:errBars|c:xVal|c:cat")[0]
        anchor.addprevious(labels)


def label_line_ends(chart: Chart, native: NativeChart, names: dict[str, str]) -> None:
    """Write the name of each line beside its last point; names that would meet are moved apart.

    Parameters
    ----------
    chart : Chart
        Whose lines are named.
    native : NativeChart
        Their numbers, and the ends of the axis.
    names : dict of str
        Series -> colour of its name.
    """
    assert native.ends is not None
    low, high = native.ends

    def stand(number: float) -> float:
        """How high a number stands, as a share of the chart's height."""
        if native.log:
            return math.log(number / low) / math.log(high / low) * 0.8
        return (number - low) / (high - low) * 0.8

    last_points = {}
    for name in names:
        finite = [
            (place, number)
            for place, number in enumerate(native.series[name])
            if number is not None
        ]
        if finite:
            last_points[name] = finite[-1]
    ordered = sorted(last_points, key=lambda name: last_points[name][1])
    heights = {name: stand(last_points[name][1]) for name in ordered}
    places: dict[str, float] = {}
    floor = -1.0
    for name in ordered:
        ends_last = last_points[name][0] == len(native.categories) - 1
        places[name] = max(heights[name], floor) if ends_last else heights[name]
        if ends_last:
            floor = places[name] + _LEAST_GAP
    for plot_series in chart.plots[-1].series:
        if plot_series.name in last_points:
            place, _ = last_points[plot_series.name]
            shift = heights[plot_series.name] - places[plot_series.name]
            label = _write_point_label(
                place, plot_series.name, "r", names[plot_series.name], 13, shift
            )
            find_all(plot_series._element, "c:errBars|c:cat")[0].addprevious(label)
