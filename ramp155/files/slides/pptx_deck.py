"""Slides with native charts (PPTX, 16:9): a finding as title, its series as a chart one can edit,
sources in the notes.

Lengths in inches.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ramp155.files.poster.sheet import write_chart_png
from ramp155.files.slides.pptx_chart import add_native_chart
from ramp155.pictures.palette import INK, QUIET
from ramp155.pictures.picture import Picture, strip_markup
from ramp155.text.citations import say_address

if TYPE_CHECKING:
    from pptx.presentation import Presentation as PptxPresentation
    from pptx.slide import Slide as PptxSlide
    from pptx.text.text import TextFrame

PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SLIDE_WIDTH, SLIDE_HEIGHT = 13.333, 7.5  # inches


@dataclass(frozen=True, eq=False)
class Slide:
    """A picture with what the presenter says of it, the link that opens it, and its sources (lines)."""

    picture: Picture
    note: str = ""
    link: str = ""
    sources: tuple[str, ...] = ()
    kicker: str = ""


def write_slides(slides: list[Slide]) -> bytes:
    """Write a PPTX (16:9), one slide a picture. Raises ValueError without a slide."""
    if not slides:
        raise ValueError("a deck needs at least one slide")
    from pptx import Presentation
    from pptx.util import Inches

    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(SLIDE_WIDTH), Inches(SLIDE_HEIGHT)
    presentation.core_properties.title = strip_markup(slides[0].picture.finding)
    presentation.core_properties.author = "Ramp 155"
    for slide in slides:
        add_slide(presentation, slide)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def add_text_box(
    slide: PptxSlide,
    text: str,
    left: float,
    top: float,
    width: float,
    height: float,
    size: int,
    colour: str,
) -> None:
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
    """
    from pptx.util import Inches

    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    fill_text_frame(box.text_frame, text, size, colour)


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
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        paragraph.font.color.rgb = RGBColor.from_string(colour[1:])


def write_slide_credit(picture: Picture) -> str:
    """The line under a slide: what is drawn on it, and who says so.

    A native chart has the signs of its own series, and dashes where the picture is shaded.
    """
    if picture.native is None or picture.is_map:
        return picture.credit
    source = re.sub(r"\b([Ss])haded:", "dashed, low to high:", picture.source)
    key = picture.native.key or (picture.key if picture.native.signs else "")
    return f"{key} {source}".strip()


def add_slide(presentation: PptxPresentation, content: Slide) -> None:
    """Add a slide: finding, chart, source, and in its notes what there is to say and who said so."""
    from pptx.util import Inches

    slide = presentation.slides.add_slide(presentation.slide_layouts[5])  # a title and nothing else
    title = slide.shapes.title
    title.left, title.top = Inches(0.5), Inches(0.35 if not content.kicker else 0.55)
    title.width, title.height = Inches(SLIDE_WIDTH - 1), Inches(1.15)
    finding = strip_markup(content.picture.finding)
    fill_text_frame(title.text_frame, finding, 26 if len(finding) < 130 else 22, INK, bold=True)
    if content.kicker:
        add_text_box(slide, content.kicker, 0.5, 0.22, SLIDE_WIDTH - 1, 0.4, 16, QUIET)
    top, bottom = 1.75, 6.7
    native = content.picture.native
    if content.picture.is_map or native is None:
        width = SLIDE_WIDTH - 1 if native is None else 7.9
        # The poster's own title and source are on the slide already: the picture alone.
        image = io.BytesIO(write_chart_png(content.picture, width, bottom - top))
        slide.shapes.add_picture(image, Inches(0.5), Inches(top), Inches(width))
        if native:
            add_native_chart(slide, native, 8.6, top, SLIDE_WIDTH - 9.1, bottom - top)
    else:
        add_native_chart(slide, native, 0.5, top, SLIDE_WIDTH - 1, bottom - top)
    credit = write_slide_credit(content.picture)
    add_text_box(slide, credit, 0.5, 6.75, SLIDE_WIDTH - 1, 0.6, 12, QUIET)
    notes = [content.note, strip_markup(content.picture.told), credit]
    notes += ["Sources:", *content.sources] if content.sources else []
    notes += [f"Live: {say_address(content.link)}"] if content.link else []
    slide.notes_slide.notes_text_frame.text = "\n\n".join(filter(None, notes))
