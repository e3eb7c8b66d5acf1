"""The mark of each status, as a glyph for lists and as a path for maps: a ring that fills from
promised to delivering, and is crossed where work stopped; how large a mark is in pixels.
"""

from __future__ import annotations

import math

from ramp155.pictures.palette import (
    OVERDUE,
    THEMES,
    adapt_colour,
    list_status_colours,
    split_colour,
)
from ramp155.text.signs import STATUS_SIGNS

# The glyph stands in lists and filters for the mark drawn on the map.
STATUS_GLYPHS = {status: sign.glyph for status, sign in STATUS_SIGNS.items()}
STATUS_COLOURS = {theme: list_status_colours(theme) for theme in THEMES}
_DIAL_RADIUS, _DIAL_HOLE = 0.92, 0.62
_ANNOUNCED_PIECES = 6


def _place(angle: float, radius: float) -> str:
    """A point of a circle, `angle` in turns clockwise from the top."""
    return f"{radius * math.sin(2 * math.pi * angle):.3f},{-radius * math.cos(2 * math.pi * angle):.3f}"


def _draw_ring() -> str:
    """A dial that is empty."""
    outer, inner = _DIAL_RADIUS, _DIAL_HOLE
    ring = f"M0,-{outer}A{outer},{outer},0,1,1,0,{outer}A{outer},{outer},0,1,1,0,-{outer}Z"
    return ring + f"M0,-{inner}A{inner},{inner},0,1,0,0,{inner}A{inner},{inner},0,1,0,0,-{inner}Z"


def _draw_dial(share: float) -> str:
    """A dial that is filled to a share of its turn."""
    inner = _DIAL_HOLE
    turn = int(share > 0.5)
    part = f"M0,0L{_place(0, inner)}A{inner},{inner},0,{turn},1,{_place(share, inner)}Z"
    return _draw_ring() + part


def _draw_dashed_dial() -> str:
    """A dial of which nothing stands yet."""
    outer, inner = _DIAL_RADIUS, _DIAL_HOLE
    pieces = []
    for piece in range(_ANNOUNCED_PIECES):
        first, last = piece / _ANNOUNCED_PIECES, (piece + 0.66) / _ANNOUNCED_PIECES
        pieces.append(
            f"M{_place(first, outer)}A{outer},{outer},0,0,1,{_place(last, outer)}"
            f"L{_place(last, inner)}A{inner},{inner},0,0,0,{_place(first, inner)}Z"
        )
    return "".join(pieces)


# Paths in a square from -1 to 1, for Vega and for the map on a page.
ROUND_PATH = "M-{r},0A{r},{r},0,1,1,{r},0A{r},{r},0,1,1,-{r},0Z"
STATUS_PATHS = {
    "announced": _draw_ring(),
    "construction": _draw_dial(0.5),
    "commissioning": _draw_dial(0.75),
    "ramping": ROUND_PATH.format(r=0.92),
    "full rate": "M0,-.91L.27,-.29L.93,-.23L.43,.21L.58,.87L0,.52L-.58,.87L-.43,.21L-.93,-.23L-.27,-.29Z",
    "operating": "M0,-.86L.75,-.43V.43L0,.86L-.75,.43V-.43Z",
    "unknown": _draw_dashed_dial() + "M-.12,-.5H.12V.12H-.12ZM-.12,.3H.12V.54H-.12Z",
    "suspended": ROUND_PATH.format(r=0.69) + "M-.44,.44L.44,-.44",
    "cancelled": ROUND_PATH.format(r=0.69) + "M-.44,-.44L.44,.44M.44,-.44L-.44,.44",
}
OPEN_STATUSES = ("suspended", "cancelled")  # drawn as an outline, all others filled
OUTLINE_WIDTH = 0.26  # of those, in half widths of a mark
LATE_COLOURS = {theme: adapt_colour(theme, OVERDUE) for theme in THEMES}
FLAG_PLACE, FLAG_RADIUS = (
    0.74,
    0.42,
)  # of the dot of a late plant at the upper right, in half widths of a mark
SILENT_OPACITY = 0.45  # of the mark of a plant without news


def blend_silent(colour: str, paper: str) -> str:
    """The colour of a mark without news: its own, paler on its paper."""
    pairs = zip(split_colour(colour), split_colour(paper), strict=True)
    return "#" + "".join(
        f"{round(own * SILENT_OPACITY + ground * (1 - SILENT_OPACITY)):02X}"
        for own, ground in pairs
    )


SMALLEST_MARK, LARGEST_MARK = 13.0, 24.0  # pixels


def compute_mark_size(rounds: float) -> float:
    """Pixels by the square root of the rounds, so that area compares; smallest where none is known.

    Parameters
    ----------
    rounds : float
        Rounds a year; NaN where not known.

    Returns
    -------
    float
        Width of the mark, pixels.
    """
    if math.isnan(rounds):
        return SMALLEST_MARK
    share = min(math.sqrt(rounds / 500_000), 1.0)
    return SMALLEST_MARK + 2 + (LARGEST_MARK - SMALLEST_MARK - 2) * share
