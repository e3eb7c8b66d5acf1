"""Words in place on a poster: broken into lines by the width of their letters, and written as SVG.

Sizes in pixels.
"""

from __future__ import annotations

import re
from html import escape

from ramp155.base.foreign_text import join_lines
from ramp155.files.poster.fonts import SEMIBOLD, load_font

LINE_PITCH = 1.16  # from line to line, in sizes of the type
TITLE_SIZES = (56, 52, 48, 44)  # px; the largest in which a title takes two lines
SMALLEST_TITLE = 42  # px


def wrap_lines(text: str, size: int, weight: int, width: float, most: int = 99) -> list[str]:
    """Break words into lines; where there are too many, the last ends with an ellipsis.

    Parameters
    ----------
    text : str
        Words; a figure keeps its unit on its line.
    size : int
        Height of the type, pixels.
    weight : int
        Weight of the type, 400 or 600.
    width : float
        Width of the widest line, pixels; a longer single word stands by itself.
    most : int
        Number of lines at most.

    Returns
    -------
    list of str
        The lines.
    """
    font = load_font(size, weight)
    lines, line = [], ""
    with_kept_units = re.sub(r"(\d) (%|million|mm|bn|rounds)", "\\1\u00a0\\2", join_lines(text))
    for word in with_kept_units.split(" "):
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > most:
        last = lines[most - 1]
        while last and font.getlength(f"{last} …") > width:
            last = last.rsplit(" ", 1)[0] if " " in last else last[:-1]
        lines = [*lines[: most - 1], f"{last} …"]
    return lines


def fit_title(text: str, width: float, most: int = 4) -> tuple[int, list[str]]:
    """Set a finding in the largest type that takes two lines, or more of the smallest.

    Parameters
    ----------
    text : str
        The finding.
    width : float
        Width of the widest line, pixels.
    most : int
        Number of lines of the smallest type at most.

    Returns
    -------
    size : int
        Height of the type, pixels.
    lines : list of str
        The finding in lines.
    """
    for size in TITLE_SIZES:
        lines = wrap_lines(text, size, SEMIBOLD, width)
        if len(lines) <= 2:
            return size, lines
    return SMALLEST_TITLE, wrap_lines(text, SMALLEST_TITLE, SEMIBOLD, width, most)


def draw_lines(
    left: float, baseline: float, lines: list[str], size: int, colour: str, weight: int
) -> str:
    """Write lines below one another as an SVG text.

    Parameters
    ----------
    left : float
        Where the lines begin, pixels from the left.
    baseline : float
        On which the first line stands, pixels from the top.
    lines : list of str
        The words of each line.
    size : int
        Height of the type, pixels.
    colour : str
        Colour as hex.
    weight : int
        Weight of the type, 400 or 600.

    Returns
    -------
    str
        An SVG text element.
    """
    spans = "".join(
        f'<tspan x="{left:g}" y="{baseline + number * size * LINE_PITCH:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text font-size="{size}" font-weight="{weight}" fill="{colour}">{spans}</text>'
