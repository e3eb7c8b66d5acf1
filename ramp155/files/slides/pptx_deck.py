"""Slides (PPTX, 16:9): a title slide, one finding a slide with a chart or table one can edit, and what is not known.

Lengths in inches.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ramp155.files.poster.sheet import write_chart_png
from ramp155.files.slides.pptx_chart import FONT_NAME, add_native_chart, describe_shape
from ramp155.files.slides.pptx_table import add_native_table
from ramp155.pictures.palette import INK, QUIET
from ramp155.pictures.picture import NativeTable, Picture, strip_markup
from ramp155.pictures.source import shorten_credit
from ramp155.text.citations import say_address
from ramp155.text.headlines.fit import shorten_finding, write_rest

if TYPE_CHECKING:
    from pptx.presentation import Presentation as PptxPresentation
    from pptx.slide import Slide as PptxSlide
    from pptx.text.text import TextFrame

PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SLIDE_WIDTH, SLIDE_HEIGHT = 13.333, 7.5  # inches
_LEFT, _WIDE = 0.5, SLIDE_WIDTH - 1
_TITLE_SIZE = 30  # points: twelve words take two lines
_MOST_CREDIT = 430  # letters: what three lines hold


@dataclass(frozen=True, eq=False)
class Slide:
    """A picture with what the presenter says of it, the link that opens it, and its sources (lines).

    `kicker` is the question it answers. With `table` the picture's table is shown in the chart's stead. `headline`
    stands for the picture's.
    """

    picture: Picture
    note: str = ""
    link: str = ""
    sources: tuple[str, ...] = ()
    kicker: str = ""
    table: NativeTable | None = None
    headline: str = ""

    @property
    def title(self) -> str:
        """The finding in at most twelve words."""
        return (
            self.headline
            or self.picture.headline
            or shorten_finding(strip_markup(self.picture.finding))
        )

    @property
    def detail(self) -> str:
        """What stands under the title: what follows from the finding, or the rest of it; nothing under a title of its own."""
        if self.headline:
            return ""
        picture = self.picture
        return strip_markup(picture.detail) or write_rest(self.title, strip_markup(picture.finding))


@dataclass(frozen=True)
class Cover:
    """The first and the last slide: the question, what is shown (lines), when and by what it was made; what is not known.

    `note` is what the presenter says to begin with.
    """

    question: str
    lines: tuple[str, ...] = ()
    made: str = ""
    link: str = ""
    note: str = ""
    unknowns_title: str = ""
    unknowns: tuple[str, ...] = ()


def write_slides(slides: Sequence[Slide], cover: Cover | None = None) -> bytes:
    """Write a PPTX (16:9), one slide a picture, between those of its cover. Raises ValueError without a slide."""
    if not slides:
        raise ValueError("a deck needs at least one slide")
    from pptx import Presentation
    from pptx.util import Inches

    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(SLIDE_WIDTH), Inches(SLIDE_HEIGHT)
    presentation.core_properties.title = cover.question if cover else slides[0].title
    presentation.core_properties.author = "Ramp 155"
    if cover:
        _add_cover(presentation, cover)
    for slide in slides:
        add_slide(presentation, slide)
    if cover and cover.unknowns:
        _add_unknowns(presentation, cover)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def _add_titled_slide(presentation: PptxPresentation, title: str, top: float) -> PptxSlide:
    """Add a slide with a title and nothing else."""
    from pptx.util import Inches

    slide: PptxSlide = presentation.slides.add_slide(presentation.slide_layouts[5])
    shape = slide.shapes.title
    assert shape is not None  # the layout has one
    shape.left, shape.top = Inches(_LEFT), Inches(top)
    shape.width, shape.height = Inches(_WIDE), Inches(1.15)
    fill_text_frame(shape.text_frame, title, _TITLE_SIZE, INK, bold=True)
    return slide


def _add_cover(presentation: PptxPresentation, cover: Cover) -> None:
    """Add the title slide: the question, what is shown, the record's date and version."""
    slide = _add_titled_slide(presentation, cover.question, 2.2)
    title = slide.shapes.title
    assert title is not None
    fill_text_frame(title.text_frame, cover.question, 40, INK, bold=True)
    add_text_box(slide, "Ramp 155", _LEFT, 1.5, _WIDE, 0.5, 18, QUIET)
    if cover.lines:
        add_text_box(slide, "\n".join(cover.lines), _LEFT, 3.9, _WIDE, 1.6, 20, INK)
    add_text_box(slide, f"{cover.made}\n{cover.link}".strip(), _LEFT, 6.3, _WIDE, 0.9, 14, QUIET)
    write_notes(slide, cover.note)


def _add_unknowns(presentation: PptxPresentation, cover: Cover) -> None:
    """Add the last slide: what is not known."""
    slide = _add_titled_slide(presentation, cover.unknowns_title, 0.55)
    from pptx.util import Pt

    words = add_text_box(slide, "\n".join(cover.unknowns), _LEFT, 1.7, _WIDE, 4.8, 22, INK)
    for paragraph in words.paragraphs:
        paragraph.space_after = Pt(14)
    add_text_box(slide, cover.made, _LEFT, 6.8, _WIDE, 0.5, 12, QUIET)
    opening = "Say this before anyone asks: what is open, and where the numbers are ours."
    write_notes(slide, "\n".join([opening, "", *cover.unknowns]))


def add_text_box(
    slide: PptxSlide,
    text: str,
    left: float,
    top: float,
    width: float,
    height: float,
    size: int,
    colour: str,
) -> TextFrame:
    """Add words to a slide.

    Parameters
    ----------
    slide : PptxSlide
        The slide.
    text : str
        The words.
    left : float
        From the slide's left, inches.
    top : float
        From the slide's top, inches.
    width : float
        Inches.
    height : float
        Inches.
    size : int
        Height of the type, points.
    colour : str
        Colour as hex.

    Returns
    -------
    TextFrame
        The words in their box.
    """
    from pptx.util import Inches

    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    frame: TextFrame = box.text_frame
    fill_text_frame(frame, text, size, colour)
    return frame


def fill_text_frame(
    frame: TextFrame, text: str, size: int, colour: str, bold: bool = False
) -> None:
    """Fill a frame with words, from its upper left.

    Parameters
    ----------
    frame : TextFrame
        Of a title or a text box.
    text : str
        The words.
    size : int
        Height of the type, points (1/72 inches).
    colour : str
        Colour as hex.
    bold : bool
        Whether the words are bold.
    """
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    frame.text = text
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for paragraph in frame.paragraphs:
        paragraph.alignment, paragraph.line_spacing = PP_ALIGN.LEFT, 0.95
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        paragraph.font.name = FONT_NAME
        paragraph.font.color.rgb = RGBColor.from_string(colour[1:])


def write_slide_credit(picture: Picture, has_table: bool = False) -> str:
    """The line under a slide: what is drawn on it, and who says so.

    A native chart has the signs of its own series, and no strip under it; a table has no signs.
    """
    if has_table:
        return picture.source
    if picture.native is None or picture.is_map:
        return picture.credit
    has_signs = bool(picture.native.signs) or any(
        table_row.sign for table_row in picture.native.rows
    )
    key = picture.native.key or (picture.key if has_signs else "")
    source = re.sub(r" Strip: [^.]*\.", "", picture.source)
    if not picture.native.bands:
        source = re.sub(r" Shaded: [^.]*\.", "", source)
    return f"{key} {source}".strip()


def add_slide(presentation: PptxPresentation, content: Slide) -> None:
    """Add a slide: headline, what follows, chart or table, source; in its notes what there is to say and who said so."""
    picture = content.picture
    slide = _add_titled_slide(presentation, content.title, 0.45)
    if content.kicker:
        add_text_box(slide, content.kicker, _LEFT, 0.15, _WIDE, 0.4, 16, QUIET)
    top, bottom = 1.7, 6.7
    if content.detail:
        add_text_box(slide, content.detail, _LEFT, 1.52, _WIDE, 0.7, 16, INK)
        top = 2.2
    _add_body(slide, content, top, bottom)
    credit = write_slide_credit(picture, content.table is not None)
    credit_lines = shorten_credit(credit, _MOST_CREDIT, "in the notes")
    add_text_box(slide, credit_lines, _LEFT, 6.72, _WIDE, 0.7, 12, QUIET)
    finding = strip_markup(picture.finding).rstrip(".")
    notes = [content.note, f"{finding}.", strip_markup(picture.detail), credit]
    if content.sources:
        notes.append("\n".join(["Where it comes from:", *content.sources]))
    notes += [f"Live: {say_address(content.link)}"] if content.link else []
    write_notes(slide, "\n\n".join(dict.fromkeys(filter(None, notes))))


def write_notes(slide: PptxSlide, text: str) -> None:
    """Write what the presenter sees under a slide."""
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    frame.text = text


def _add_body(slide: PptxSlide, content: Slide, top: float, bottom: float) -> None:
    """Add the table, the map or another picture without series, or the chart."""
    from pptx.util import Emu, Inches

    picture, native = content.picture, content.picture.native
    if content.table is not None:
        add_native_table(slide, content.table, _LEFT, top, _WIDE)
    elif picture.is_map or native is None:
        # The poster's own title and source are on the slide already: the picture alone.
        image = io.BytesIO(write_chart_png(picture, _WIDE, bottom - top))
        shape = slide.shapes.add_picture(image, Inches(_LEFT), Inches(top))
        share = min(Inches(_WIDE) / shape.width, Inches(bottom - top) / shape.height)
        width, height = shape.width * share, shape.height * share
        shape.width, shape.height = Emu(round(width)), Emu(round(height))
        describe_shape(shape, strip_markup(picture.told))
    else:
        add_native_chart(slide, native, _LEFT, top, _WIDE, bottom - top, strip_markup(picture.told))
