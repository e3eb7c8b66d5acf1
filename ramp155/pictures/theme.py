"""The look of every chart: its configuration with named styles, and the colours of the ground it is drawn on.

A spec holds light colours; on the dark ground they are swapped for their dark ones wherever they stand
in it. A configuration for each ground cannot do that: it reaches what marks, axes and styles are by
default, while most colours of a picture say what a mark means and stand in scales' ranges, in
conditions and in the tests of letters' colours, which read none.
"""

from __future__ import annotations

from typing import Any

from ramp155.pictures.palette import (
    DARK_OF_LIGHT,
    FIGURE_SIZE,
    LABEL_SIZE,
    NOTE_SIZE,
    QUIET,
    THEMES,
)


def apply_theme(spec: Any, theme: str) -> Any:  # noqa: ANN401
    """A Vega-Lite spec (or any dicts and lists) in a theme's colours.

    On the light ground the spec itself; else a copy in which every string that is a colour of the
    palette is the dark one. Frames and other objects stay the same objects. Not remembered: it takes
    less than half a millisecond, and a spec may carry a visitor's own words.
    """
    return _swap_colours(spec) if theme == "dark" else spec


def _swap_colours(spec_part: object) -> object:
    if isinstance(spec_part, str):
        return (
            DARK_OF_LIGHT.get(spec_part.lower(), spec_part) if spec_part[:1] == "#" else spec_part
        )
    if isinstance(spec_part, dict):
        return {key: _swap_colours(member) for key, member in spec_part.items()}
    if isinstance(spec_part, list):
        return [_swap_colours(member) for member in spec_part]
    return spec_part


# One look for every chart, on either ground. Not an Altair theme: which of those is in force is one
# setting of the process, and sessions build charts at the same time.
CHART_CONFIG: dict[str, Any] = {
    "view": {"strokeWidth": 0},
    # The page's own grey for these words is paler than small words may be.
    "axis": {
        "labelFontSize": NOTE_SIZE,
        "titleFontSize": NOTE_SIZE,
        "labelColor": QUIET,
        "titleColor": QUIET,
    },
    "axisX": {"titleFontWeight": "normal"},
    "axisY": {"titleFontWeight": "normal"},
    # The page's own look moves the first name out of line with its row.
    "axisYDiscrete": {"labelFlush": False},
    "point": {"opacity": 1},
    "circle": {"opacity": 1},
    "legend": {"disable": True},  # things are named where they are
    # A space stands before %, as in our sentences.
    "locale": {
        "number": {
            "decimal": ".",
            "thousands": ",",
            "grouping": [3],
            "currency": ["", ""],
            "percent": "\u00a0%",
        }
    },
    "style": {
        "bare": {"domain": False, "ticks": False},  # an axis of numbers or names alone
        "name": {"fontSize": LABEL_SIZE, "fontWeight": 600},  # the name of a mark beside it
        "figure": {"fontSize": FIGURE_SIZE, "fontWeight": 600},  # a figure that matters
    },
}


def build_vega_config(theme: str) -> dict[str, Any]:
    """Ground, axes and words of a chart drawn outside the page, which has them from its own theme."""
    colours = THEMES[theme]
    axis = {
        "labelColor": colours["quiet"],
        "titleColor": colours["quiet"],
        "gridColor": colours["grid"],
        "domainColor": colours["border"],
        "tickColor": colours["border"],
        "titleFontWeight": "normal",
    }
    return {"background": colours["paper"], "axis": axis, "text": {"color": colours["ink"]}}
