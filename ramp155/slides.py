"""Slides with native charts: a finding as title, its series as a chart one can edit, sources in the notes."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from ramp155 import palette, posters
from ramp155.posters import Native, Picture

TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_WIDTH, _HEIGHT = 13.333, 7.5  # inches


@dataclass(frozen=True, eq=False)
class Slide:
    """A picture with what the presenter says of it, the link that opens it, and its sources (lines)."""

    picture: Picture
    note: str = ""
    link: str = ""
    sources: tuple[str, ...] = ()
    kicker: str = ""


def deck(slides: list[Slide]) -> bytes:
    """A PPTX (16:9), one slide a picture. Raises ValueError without a slide."""
    if not slides:
        raise ValueError("a deck needs at least one slide")
    from pptx import Presentation
    from pptx.util import Inches

    made = Presentation()
    made.slide_width, made.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    made.core_properties.title = posters.plain(slides[0].picture.finding)
    made.core_properties.author = "Ramp 155"
    for one in slides:
        _add(made, one)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _add(made: Any, one: Slide) -> None:  # noqa: ANN401
    from pptx.util import Inches

    slide = made.slides.add_slide(made.slide_layouts[5])  # a title and nothing else
    title = slide.shapes.title
    title.left, title.top = Inches(0.5), Inches(0.35 if not one.kicker else 0.55)
    title.width, title.height = Inches(_WIDTH - 1), Inches(1.15)
    text = posters.plain(one.picture.finding)
    _write(title.text_frame, text, 26 if len(text) < 130 else 22, palette.INK, bold=True)
    if one.kicker:
        _box(slide, one.kicker, 0.5, 0.22, _WIDTH - 1, 0.4, 16, palette.QUIET)
    top, low = 1.75, 6.7
    native = one.picture.native
    if one.picture.name == "sites" or native is None:
        wide = _WIDTH - 1 if native is None else 7.9
        # The poster's own title and source are on the slide already: the picture alone.
        picture = io.BytesIO(posters.png_alone(one.picture, wide, low - top))
        slide.shapes.add_picture(picture, Inches(0.5), Inches(top), Inches(wide))
        if native:
            _chart(slide, native, 8.6, top, _WIDTH - 9.1, low - top)
    else:
        _chart(slide, native, 0.5, top, _WIDTH - 1, low - top)
    _box(slide, one.picture.source, 0.5, 6.75, _WIDTH - 1, 0.6, 12, palette.QUIET)
    notes = [one.note, posters.plain(one.picture.told), one.picture.source]
    notes += ["Sources:", *one.sources] if one.sources else []
    notes += [f"Live: {one.link}"] if one.link else []
    slide.notes_slide.notes_text_frame.text = "\n\n".join(filter(None, notes))


def _box(
    slide: Any,  # noqa: ANN401
    text: str,
    x: float,
    y: float,
    wide: float,
    high: float,
    size: int,
    colour: str,
) -> None:
    from pptx.util import Inches

    box = slide.shapes.add_textbox(Inches(x), Inches(y), Inches(wide), Inches(high))
    _write(box.text_frame, text, size, colour)


def _write(frame: Any, text: str, size: int, colour: str, bold: bool = False) -> None:  # noqa: ANN401
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    frame.text = text
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        paragraph.font.color.rgb = RGBColor.from_string(colour[1:])


def _chart(slide: Any, native: Native, x: float, y: float, wide: float, high: float) -> None:  # noqa: ANN401
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
    data = CategoryChartData(number_format=native.number)
    # A date axis draws columns a day wide, so theirs are names.
    dated = native.kind in ("line", "area") and all(_date(c) for c in native.categories)
    data.categories = [_date(c) for c in native.categories] if dated else native.categories
    for name, numbers in native.series.items():
        data.add_series(name, numbers)
    frame = slide.shapes.add_chart(
        kinds[native.kind, native.stacked], Inches(x), Inches(y), Inches(wide), Inches(high), data
    )
    _style(frame.chart, native, dated)


def _date(category: str) -> dt.date | None:
    """2026-12 or 2026-12-05 as a date; anything else is a name."""
    parts = category.split("-")
    if len(parts) not in (2, 3) or not all(p.isdigit() for p in parts):
        return None
    return dt.date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 1)


def _style(chart: Any, native: Native, dated: bool) -> None:  # noqa: ANN401
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    chart.font.size = Pt(14)
    chart.font.color.rgb = RGBColor.from_string(palette.QUIET[1:])
    chart.has_title = False
    chart.has_legend = len(native.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    plot = chart.plots[0]
    value, category = chart.value_axis, chart.category_axis
    value.major_gridlines.format.line.color.rgb = RGBColor.from_string(palette.GRID[1:])
    value.format.line.fill.background()
    value.tick_labels.number_format = _short(native)
    value.tick_labels.number_format_is_linked = False
    value.has_title = True
    value.axis_title.text_frame.text = native.unit
    value.axis_title.text_frame.paragraphs[0].font.size = Pt(12)
    value.axis_title.text_frame.paragraphs[0].font.bold = False
    category.format.line.color.rgb = RGBColor.from_string(palette.BORDER[1:])
    category.has_major_gridlines = False
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # clear of bars that go below zero
    if dated:
        _by_year(category)
    elif len(native.categories) > 20:
        _every(category, 5)
    if native.kind in ("bar", "column"):
        plot.gap_width = 45
        if len(native.series) == 1:
            plot.has_data_labels = True
            plot.data_labels.number_format = _short(native, ".00")
            plot.data_labels.number_format_is_linked = False
            plot.data_labels.font.size = Pt(14)
    for series, colour in zip(plot.series, native.colours, strict=True):
        rgb = RGBColor.from_string(colour[1:])
        if native.kind == "line":
            faint = series.name in native.dashed
            series.smooth = False
            series.format.line.color.rgb = rgb
            series.format.line.width = Pt(1.75 if faint else 3.5)
            if faint:
                series.format.line.dash_style = MSO_LINE.DASH
            series.marker.style = None
            _no_marker(series)
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = rgb


def _short(native: Native, digits: str = ".0") -> str:
    """The number format on screen: millions where numbers run to millions."""
    known = [v for numbers in native.series.values() for v in numbers if v is not None]
    if known and native.number == "#,##0" and max(known) >= 999_500:
        return f'0{digits},,"\u00a0M"'
    return native.number


def _by_year(axis: Any) -> None:  # noqa: ANN401
    """A date axis with one label a year."""
    from pptx.oxml.ns import qn

    axis.tick_labels.number_format = "yyyy"
    axis.tick_labels.number_format_is_linked = False
    element = axis._element
    for tag, text in (
        ("c:baseTimeUnit", "months"),
        ("c:majorUnit", "1"),
        ("c:majorTimeUnit", "years"),
    ):
        for old in element.findall(qn(tag)):
            element.remove(old)
        element.append(element.makeelement(qn(tag), {"val": text}))


def _every(axis: Any, count: int) -> None:  # noqa: ANN401
    """A label at every so many categories."""
    from pptx.oxml.ns import qn

    element = axis._element
    place = element.find(qn("c:noMultiLvlLbl"))
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        made = element.makeelement(qn(tag), {"val": str(count)})
        if place is None:
            element.append(made)
        else:
            place.addprevious(made)


def _no_marker(series: Any) -> None:  # noqa: ANN401
    from pptx.enum.chart import XL_MARKER_STYLE

    series.marker.style = XL_MARKER_STYLE.NONE
