"""Names beside marks: their colour, their dash, and heights such that no two overlap."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import altair as alt

from ramp155.pictures.palette import LABEL_SIZE, PAPER, QUIET, choose_letter_colour


def colour_letters(field: str, colours: dict[str, str]) -> alt.ColorValue:
    """The colour of words that name marks: each mark's own where letters can bear it, else a deeper one."""
    tests = [
        {"test": f"datum['{field}'] == '{name}'", "value": choose_letter_colour(colour)}
        for name, colour in colours.items()
    ]
    return alt.ColorValue(QUIET, condition=tests)


def colour_marks(field: str, colours: Mapping[str, str]) -> alt.Color:
    """The colour of marks by what a field names."""
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color(f"{field}:N", scale=scale)


def build_line_dashes(field: str, dashes: dict[str, list[int]]) -> alt.StrokeDash:
    """A dash for each line of a chart, so that its colour is not all that tells them apart.

    Parameters
    ----------
    field : str
        The field that names the line.
    dashes : dict of lists of int
        Lengths of dash and gap in pixels by line; empty for a line without.

    Returns
    -------
    alt.StrokeDash
        Encoding of the dash.
    """
    scale = alt.Scale(domain=list(dashes), range=[dash or [1, 0] for dash in dashes.values()])
    return alt.StrokeDash(f"{field}:N", scale=scale)


NARROW = 420  # pixels: a plot on a phone is narrower
# How an axis sets names that were broken: in two lines, the row between them.
BROKEN_NAMES: dict[str, Any] = {
    "labelExpr": "split(datum.label, '\\n')",
    "labelBaseline": {
        "condition": {"test": "indexof(datum.label, '\\n') >= 0", "value": "bottom"},
        "value": "middle",
    },
    "labelOverlap": False,
}


def break_name(name: str, width: int = 28) -> str:
    """A row's name in two lines at most, so that a phone keeps room for what is drawn.

    Parameters
    ----------
    name : str
        The name.
    width : int
        Letters that a line has room for, about 7 pixels each; a name too long for two such lines has longer ones.

    Returns
    -------
    str
        The name with a line break; an axis shows it with `BROKEN_NAMES`.
    """
    lines = textwrap.wrap(name, width, break_long_words=False)
    return "\n".join(lines) if len(lines) <= 2 else break_name(name, width + 1)


def show_where_wide(least: int) -> alt.ExprRef:
    """The opacity of words that have room on a wide plot, and are left to the tooltip on a narrower one.

    Parameters
    ----------
    least : int
        Width of the plot from which they are shown, pixels.

    Returns
    -------
    ExprRef
        0 or 1.
    """
    return alt.ExprRef(f"width < {least} ? 0 : 1")


def keep_inside(field: str, room: int, gap: int) -> dict[str, Any]:
    """Words beside a mark, on its right or, where the plot ends before the words do, on its left.

    Parameters
    ----------
    field : str
        The field of the mark's place on the horizontal axis.
    room : int
        What the words take at most, pixels.
    gap : int
        Between mark and words, pixels.

    Returns
    -------
    dict
        `align` and `dx` of a mark of words.
    """
    is_left = f"scale('x', datum['{field}']) > width - {room}"
    return {
        "align": alt.ExprRef(f"{is_left} ? 'right' : 'left'"),
        "dx": alt.ExprRef(f"{is_left} ? {-gap} : {gap}"),
    }


def put_below_where_narrow(field: str, room: int, least: int, gap: int) -> dict[str, Any]:
    """Words beside a mark, on its right, and under it where the plot is narrow.

    Parameters
    ----------
    field : str
        The field of the mark's place on the horizontal axis.
    room : int
        What the words take at most, pixels.
    least : int
        Width of a plot that has room for words on the right, pixels.
    gap : int
        Between mark and words, pixels.

    Returns
    -------
    dict
        `align`, `dx` and `dy` of a mark of words.
    """
    is_narrow = f"width < {least}"
    below = f"min({-gap}, width - {room} - scale('x', datum['{field}']))"
    return {
        "align": "left",
        "dx": alt.ExprRef(f"{is_narrow} ? {below} : {gap}"),
        "dy": alt.ExprRef(f"{is_narrow} ? 15 : 0"),
    }


def draw_free_words(base: alt.Chart, **look: Any) -> alt.Chart:  # noqa: ANN401
    """Words with an edge of paper, so that no line runs through them.

    The edge lies under the letters where the drawing says so (`paint-order`): pages in their style, files in
    `draw_chart_svg`.
    """
    words: alt.Chart = base.mark_text(**look, stroke=PAPER, strokeWidth=4, strokeJoin="round")
    return words


def spread_labels(
    ends: dict[str, float], gap_between: float, lowest: float = -1e12
) -> dict[str, float]:
    """Label heights near the ends of lines, pushed apart so that no two overlap.

    Parameters
    ----------
    ends : dict of float
        Where each line ends, in units of the axis (rounds a year for output).
    gap_between : float
        Least distance of two labels, in units of the axis.
    lowest : float
        The lowest place for a label, in units of the axis.

    Returns
    -------
    dict of float
        The height of each label, in units of the axis.
    """
    label_heights: dict[str, float] = {}
    free_from = lowest
    for name, line_end in sorted(ends.items(), key=lambda end: end[1]):
        label_heights[name] = max(line_end, free_from)
        free_from = label_heights[name] + gap_between
    return label_heights


def name_rows(base: alt.Chart, y_axis: alt.Y) -> alt.Chart:
    """Row names above their bars, so that narrow columns keep their width for the bars."""
    names = base.mark_text(
        align="left", baseline="bottom", dy=-13, fontSize=LABEL_SIZE, color=QUIET
    )
    row_names: alt.Chart = names.encode(x=alt.value(0), y=y_axis, text="what:N")
    return row_names
