"""A table on a slide that can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ramp155.pictures.palette import INK, PANEL, PAPER
from ramp155.pictures.picture import NativeTable

if TYPE_CHECKING:
    from pptx.slide import Slide as PptxSlide
    from pptx.table import _Cell

_ROOM_PER_ROW = 0.44  # inches


def add_native_table(
    slide: PptxSlide, table: NativeTable, left: float, top: float, width: float
) -> None:
    """Add a table to a slide.

    Parameters
    ----------
    slide : PptxSlide
        The slide.
    table : NativeTable
        Heads, widths and rows.
    left : float
        From the slide's left, inches.
    top : float
        From the slide's top, inches.
    width : float
        Inches.
    """
    from pptx.util import Inches

    count = len(table.rows) + 1
    frame = slide.shapes.add_table(
        count,
        len(table.heads),
        Inches(left),
        Inches(top),
        Inches(width),
        Inches(_ROOM_PER_ROW * count),
    )
    grid = frame.table
    for column, share in enumerate(table.widths):
        grid.columns[column].width = Inches(width * share)
    for column, head in enumerate(table.heads):
        _fill_cell(grid.cell(0, column), head, PANEL, is_head=True)
    for place, table_row in enumerate(table.rows, 1):
        for column, text in enumerate(table_row):
            _fill_cell(grid.cell(place, column), text, PAPER)


def _fill_cell(cell: _Cell, text: str, ground: str, is_head: bool = False) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches, Pt

    cell.text = text
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(ground[1:])
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.margin_left = cell.margin_right = Inches(0.07)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = Pt(13 if is_head else 12), is_head
        paragraph.font.name = "Arial"
        paragraph.font.color.rgb = RGBColor.from_string(INK[1:])
