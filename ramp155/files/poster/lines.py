"""Words in place on a poster: broken into lines by the width of their letters, and written as SVG. Sizes in pixels."""

from __future__ import annotations

import re
from html import escape

from ramp155.files.poster.fonts import load_font


def wrap_lines(text: str, size: int, weight: int, width: float, most: int = 99) -> list[str]:
    """Words broken into lines no wider than `width` px; past `most` lines they end with an ellipsis."""
    font = load_font(size, weight)
    lines, line = [], ""
    unbroken = re.sub(
        r"(\d) (%|million|mm|bn|rounds)", "\\1\u00a0\\2", text
    )  # a figure keeps its unit
    for word in unbroken.split(" "):
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > most:
        last = lines[most - 1]
        while font.getlength(f"{last} …") > width:
            last = last.rsplit(" ", 1)[0]
        lines = [*lines[: most - 1], f"{last} …"]
    return lines


def fit_title(text: str, width: float) -> tuple[int, list[str]]:
    """The finding in the largest type that takes two lines, or three of the smallest."""
    for size in (56, 52, 48, 44):
        lines = wrap_lines(text, size, 600, width)
        if len(lines) <= 2:
            return size, lines
    return 42, wrap_lines(text, 42, 600, width, most=4)


def draw_lines(x: float, y: float, lines: list[str], size: int, colour: str, weight: int) -> str:
    spans = "".join(
        f'<tspan x="{x:g}" y="{y + number * size * 1.16:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text font-size="{size}" font-weight="{weight}" fill="{colour}">{spans}</text>'
