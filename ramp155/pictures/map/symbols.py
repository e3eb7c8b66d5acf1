"""The mark of each status, as a glyph for lists, as an SVG shape for the map on a page and as a
path for Vega; how large a mark is in pixels and where
marks of one town stand.
"""

from __future__ import annotations

import math

import pandas as pd

from ramp155.pictures.palette import THEMES, list_status_colours

# The glyph stands in lists and filters for the mark drawn on the map.
STATUS_GLYPHS = {
    "announced": "○",
    "construction": "▲",
    "commissioning": "◆",
    "ramping": "●",
    "full rate": "★",
    "operating": "■",
    "unknown": "?",
    "suspended": "‖",
    "cancelled": "⊗",
    "not yet reported": "·",
}
STATUS_COLOURS = {theme: list_status_colours(theme) for theme in THEMES}
STATUS_SHAPES = {
    "announced": '<circle cx="32" cy="32" r="22" fill="{paper}" fill-opacity=".92" stroke="{ink}" stroke-width="9"/>',
    "construction": '<path d="M32 8 58 54H6Z" fill="{ink}" stroke="{paper}" stroke-width="4"/>',
    "commissioning": '<path d="M32 4 60 32 32 60 4 32Z" fill="{ink}" stroke="{paper}" stroke-width="4"/>',
    "ramping": '<circle cx="32" cy="32" r="26" fill="{ink}" stroke="{paper}" stroke-width="4"/>',
    "full rate": '<path d="m32 3 8.6 19.6 21.3 2-16 14.1 4.700 20.900L32 48.600 13.400 59.600l4.700-20.900-16-14.100 21.300-2Z" fill="{ink}" stroke="{paper}" stroke-width="3"/>',
    "operating": '<rect x="9" y="9" width="46" height="46" fill="{ink}" stroke="{paper}" stroke-width="4"/>',
    "unknown": '<circle cx="32" cy="32" r="22" fill="{paper}" fill-opacity=".92" stroke="{ink}" stroke-width="5" stroke-dasharray="9 7"/><path d="M24 26a8 8 0 1 1 8 9v5M32 45v4" fill="none" stroke="{ink}" stroke-width="5"/>',
    "suspended": '<rect x="12" y="8" width="15" height="48" fill="{ink}" stroke="{paper}" stroke-width="3"/><rect x="37" y="8" width="15" height="48" fill="{ink}" stroke="{paper}" stroke-width="3"/>',
    "cancelled": '<circle cx="32" cy="32" r="22" fill="{paper}" fill-opacity=".92" stroke="{ink}" stroke-width="7"/><path d="M18 18 46 46M46 18 18 46" stroke="{ink}" stroke-width="7"/>',
}
# The same shapes as Vega symbols: paths in a square from -1 to 1.
ROUND_PATH = "M-{r},0A{r},{r},0,1,1,{r},0A{r},{r},0,1,1,-{r},0Z"
STATUS_PATHS = {
    "announced": ROUND_PATH.format(r=0.69),
    "construction": "M0,-.75L.81,.69H-.81Z",
    "commissioning": "M0,-.88L.88,0L0,.88L-.88,0Z",
    "ramping": ROUND_PATH.format(r=0.81),
    "full rate": "M0,-.91L.27,-.29L.93,-.23L.43,.21L.58,.87L0,.52L-.58,.87L-.43,.21L-.93,-.23L-.27,-.29Z",
    "operating": "M-.72,-.72H.72V.72H-.72Z",
    "unknown": ROUND_PATH.format(r=0.69) + "M-.25,-.2A.25,.25,0,1,1,0,.1V.25M0,.4V.5",
    "suspended": "M-.62,-.75H-.16V.75H-.62ZM.16,-.75H.62V.75H.16Z",
    "cancelled": ROUND_PATH.format(r=0.69) + "M-.44,-.44L.44,.44M.44,-.44L-.44,.44",
}
SMALLEST_MARK, LARGEST_MARK = 13.0, 36.0  # pixels


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
    return SMALLEST_MARK + 4 + (LARGEST_MARK - SMALLEST_MARK - 4) * share


def compute_mark_offsets(placed: pd.DataFrame) -> list[list[float]]:
    """Sites of one town are drawn side by side instead of on top of each other.

    Parameters
    ----------
    placed : DataFrame
        Rows of `build_site_table` that have a place.

    Returns
    -------
    list of list of float, (sites, 2)
        How far right and down each mark stands from its town, pixels.
    """
    marks_in_town = placed.groupby(["lat", "lon"])["site_id"].transform("size")
    places_in_town = placed.groupby(["lat", "lon"]).cumcount()
    return [
        [(position - (total - 1) / 2) * 16.0, 0.0]
        for position, total in zip(places_in_town, marks_in_town, strict=True)
    ]
