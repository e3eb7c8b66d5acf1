"""What a chart on a slide has beside its lines and bars: bands, the window of a lever, the line where
the forecast begins, ranges of bars, and names at the ends of lines.

python-pptx makes charts of one kind. Here series are taken out of its plot into areas and columns of the
same axes, so that all stay in one chart with one sheet of numbers.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ramp155.pictures.palette import QUIET
from ramp155.pictures.picture import NativeChart

if TYPE_CHECKING:
    from pptx.chart.chart import Chart

BASE_ENDING = ", from"  # the unseen series that a band stands on
FORECAST_NAME = "Forecast from here"
EDGE_ENDING = (
    ", edge"  # the disc under a hollow sign, which is its edge where a marker has one colour alone
)
JOINT = " and also "  # between the names of bands that overlap: no name of its own in a key
BETWEEN_NAME = "Between the ranges"
REPEATED = re.compile(
    rf" \(\d+\)$|{EDGE_ENDING}$|{BASE_ENDING}$|^{BETWEEN_NAME}"
)  # not named in a key
_NAMESPACES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


@dataclass(frozen=True)
class Slice:
    """A part of bands that stand on each other: its name in the sheet, how wide it is by category, its colour ("": unseen)."""

    name: str
    widths: tuple[float | None, ...]
    colour: str
    opacity: float


def parse_chart_xml(text: str) -> Any:  # noqa: ANN401
    """An element of a chart from XML; `c:` and `a:` are known."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    return parse_xml(re.sub(r"^<(c:\w+)", rf"<\1 {nsdecls('c', 'a')}", text))


def find_all(element: Any, path: str) -> list[Any]:  # noqa: ANN401
    """The elements at a path of `c:` and `a:` names."""
    from lxml import etree  # type: ignore[import-untyped]  # python-pptx brings it, without stubs

    return list(etree.XPath(path, namespaces=_NAMESPACES)(element))


def slice_bands(native: NativeChart) -> list[Slice]:
    """The bands of a chart as areas that stand on each other: what lies in one band, in both, or in none between them.

    A program stacks areas of one kind, so that two bands cannot be drawn each for itself. At every category the ends of
    the bands, in order, part the axis; a part is of one band, of both or of neither.
    """
    bands, count = native.bands, len(native.categories)
    if not bands:
        return []
    base: list[float | None] = [None] * count
    widths: dict[tuple[int, tuple[int, ...]], list[float | None]] = {}
    for place in range(count):
        ends = [
            (number, low, high)
            for number, band in enumerate(bands)
            if (low := band.low[place]) is not None and (high := band.high[place]) is not None
        ]
        edges = sorted({edge for _, low, high in ends for edge in (low, high)})
        if not edges:
            continue
        base[place] = edges[0]
        for part, (lower, upper) in enumerate(itertools.pairwise(edges)):
            inside = tuple(number for number, low, high in ends if low <= lower and upper <= high)
            widths.setdefault((part, inside), [None] * count)[place] = upper - lower
    slices = [Slice(f"{bands[0].name}{BASE_ENDING}", tuple(base), "", 0.0)]
    is_nested = len(bands) > 1 and all(0 in inside for _, inside in widths)
    named: set[str] = set()
    for (_, inside), numbers in sorted(widths.items()):
        band_slice = [bands[number] for number in inside]
        name = band_slice[-1].name if band_slice else BETWEEN_NAME
        if len(band_slice) > 1 and not is_nested:
            name = JOINT.join(band.name for band in band_slice)
        opacity = sum(band.opacity for band in band_slice)
        while name in named:
            repeats = re.search(r" \((\d+)\)$", name)
            name = (
                f"{name[: repeats.start()]} ({int(repeats[1]) + 1})" if repeats else f"{name} (2)"
            )
        named.add(name)
        filled = tuple(
            0.0 if number is None and base[place] is not None else number
            for place, number in enumerate(numbers)
        )
        slices.append(Slice(name, filled, band_slice[-1].colour if band_slice else "", opacity))
    return slices


def list_rules(native: NativeChart) -> dict[str, str]:
    """The upright lines of a chart, by what is written beside them: at which category each stands."""
    rules = {FORECAST_NAME: native.forecast}
    if native.here:
        rules[native.here[1]] = native.here[0]
    return {name: category for name, category in rules.items() if category in native.categories}


def list_hidden_series(native: NativeChart) -> dict[str, tuple[float | None, ...]]:
    """The series that stand in a chart's sheet beside those of the picture, by name, in their order.

    Bands are slices that stand on each other. The window and the forecast reach to the axis's end.

    Parameters
    ----------
    native : NativeChart
        Its bands, its window and the end of its axis, in its unit.

    Returns
    -------
    dict of tuple of float
        Numbers by category in the chart's unit (rounds a year, or shares of runs), None where there is none.
    """
    series = {band.name: band.widths for band in slice_bands(native)}
    # On an axis that doubles, rounding may put its very end outside it.
    top = native.ends[1] * (0.999 if native.log else 1.0) if native.ends else None
    if native.window:
        first, last, words = native.window
        series[words] = tuple(
            top if first <= category <= last else None for category in native.categories
        )
    for name, place in list_rules(native).items():
        series[name] = tuple(top if category == place else None for category in native.categories)
    for name, sign in native.signs.items():
        if not sign.is_filled:
            series[f"{name}{EDGE_ENDING}"] = native.series[name]
    return series


def write_fill(colour: str, opacity: float = 1.0) -> str:
    """A fill in a colour (#RRGGBB), as XML.

    Parameters
    ----------
    colour : str
        #RRGGBB.
    opacity : float
        0 to 1.
    """
    return f'<a:solidFill><a:srgbClr val="{colour[1:]}"><a:alpha val="{opacity * 100_000:.0f}"/></a:srgbClr></a:solidFill>'


def _set_look(series: Any, fill: str) -> None:  # noqa: ANN401
    """Give a series element (`c:ser`) a fill without an edge, and take out what only lines have."""
    for path in ("c:spPr", "c:marker", "c:smooth"):
        for element in find_all(series, path):
            series.remove(element)
    look = parse_chart_xml(f"<c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr>")
    find_all(series, "c:tx")[0].addnext(look)


def draw_bands(chart: Chart, native: NativeChart) -> None:
    """Draw bands as stacked areas behind the lines."""
    slices = slice_bands(native)
    if not slices:
        return
    lines = find_all(chart._chartSpace, "c:chart/c:plotArea/c:lineChart")[0]
    axes = "".join(f'<c:axId val="{axis.get("val")}"/>' for axis in find_all(lines, "c:axId"))
    area = parse_chart_xml(
        f'<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>{axes}</c:areaChart>'
    )
    first_axis = find_all(area, "c:axId")[0]
    for band in slices:
        series = _take_series(lines, band.name)
        _set_look(series, write_fill(band.colour, band.opacity) if band.colour else "<a:noFill/>")
        first_axis.addprevious(series)
    lines.addprevious(area)


def draw_stack(chart: Chart, native: NativeChart) -> None:
    """Draw the series of a chart of areas on each other; those that are dashed, and the forecast's, stay lines."""
    if native.kind != "area":
        return
    lines = find_all(chart._chartSpace, "c:chart/c:plotArea/c:lineChart")[0]
    axes = "".join(f'<c:axId val="{axis.get("val")}"/>' for axis in find_all(lines, "c:axId"))
    area = parse_chart_xml(
        f'<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>{axes}</c:areaChart>'
    )
    first_axis = find_all(area, "c:axId")[0]
    for name, colour in zip(native.series, native.colours, strict=True):
        if name not in native.dashed:
            series = _take_series(lines, name)
            _set_look(series, write_fill(colour))
            first_axis.addprevious(series)
    lines.addprevious(area)
    if not find_all(lines, "c:ser"):
        lines.getparent().remove(lines)


def _take_series(plot: Any, name: str) -> Any:  # noqa: ANN401
    """Take a series out of a plot by name."""
    for series in find_all(plot, "c:ser"):
        if find_all(series, "c:tx//c:v")[0].text == name:
            plot.remove(series)
            return series
    raise KeyError(name)


def draw_window(chart: Chart, native: NativeChart) -> None:
    """Draw the months in which levers act as columns without a gap, behind the lines."""
    if not native.window:
        return
    lines = find_all(chart._chartSpace, "c:chart/c:plotArea/c:lineChart")[0]
    series = _take_series(lines, native.window[2])
    _set_look(series, write_fill(QUIET, 0.16))
    axis_ids = "".join(f'<c:axId val="{axis.get("val")}"/>' for axis in find_all(lines, "c:axId"))
    bars = parse_chart_xml(
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'<c:gapWidth val="0"/>{axis_ids}</c:barChart>'
    )
    find_all(bars, "c:gapWidth")[0].addprevious(series)
    lines.addprevious(bars)


def write_error_bars(
    plus: Sequence[float], minus: Sequence[float], colour: str, width: float, direction: str = ""
) -> Any:  # noqa: ANN401
    """Ranges on the points of a series, as XML.

    Parameters
    ----------
    plus, minus : sequence of float
        How far each reaches, in the chart's unit.
    colour : str
        #RRGGBB.
    width : float
        How thick, points (1/72 inches).
    direction : str
        x or y where a plot has both.
    """

    def literal(name: str, numbers: Sequence[float]) -> str:
        points = "".join(
            f'<c:pt idx="{place}"><c:v>{number:.10g}</c:v></c:pt>'
            for place, number in enumerate(numbers)
        )
        return f'<c:{name}><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(numbers)}"/>{points}</c:numLit></c:{name}>'

    way = f'<c:errDir val="{direction}"/>' if direction else ""
    return parse_chart_xml(
        f'<c:errBars>{way}<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"{literal('plus', plus)}{literal('minus', minus)}"
        f'<c:spPr><a:ln w="{width * 12_700:.0f}" cap="flat">{write_fill(colour)}</a:ln></c:spPr></c:errBars>'
    )
