"""Names beside marks: their colour, their dash, and heights such that no two overlap."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from ramp155.pictures.palette import LABEL_SIZE, QUIET, choose_letter_colour


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
