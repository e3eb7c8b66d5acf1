"""Marks of sites as icons for deck.gl (SVG in a data address), the hair lines to their towns, and the
ring round the chosen site.
"""

from __future__ import annotations

import base64
import math

import pandas as pd
import pydeck as pdk

from ramp155.base.memory import remember_asset
from ramp155.pictures.map.colours import BADGE_COLOURS, CHOSEN_COLOUR
from ramp155.pictures.map.symbols import STATUS_COLOURS, write_status_shape
from ramp155.text.signs import FLAG_WORDS, STATUS_STEPS

_LINE_WIDTH = 1.2  # pixels


def draw_chosen_ring(chosen: pd.DataFrame) -> pdk.Layer:
    """The ring round the chosen site's mark."""
    colour = "rgb({},{},{})".format(*CHOSEN_COLOUR)
    svg_text = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 64 64">'
        f'<circle cx="32" cy="32" r="28" fill="none" stroke="{colour}" stroke-width="5"/></svg>'
    )
    ring = {"id": "ring", "url": _write_address(svg_text), "width": 128, "height": 128}
    rows = chosen[["lon", "lat", "offset"]].to_dict("records")
    return pdk.Layer(
        "IconLayer",
        id="chosen",
        data=[{**row, "icon": ring} for row in rows],
        get_icon="icon",
        get_position="[lon, lat]",
        get_size=40,
        get_pixel_offset="offset",
        size_units=pdk.types.String("pixels"),
        pickable=False,
    )


def draw_hair_lines(moved: pd.DataFrame, theme: str) -> pdk.Layer:
    """A hair line from each town to its mark, in pixels: it holds while the map is zoomed.

    Parameters
    ----------
    moved : DataFrame
        lat and lon (degrees) and offset (pixels right and down) of marks that stand away from their town.
    theme : str
        "light" or "dark".

    Returns
    -------
    pdk.Layer
        Icons of lines, turned about the town.
    """
    rows = [
        {
            "lat": lat,
            "lon": lon,
            "icon": _build_line_icon(max(round(math.hypot(right, down)), 1), theme),
            "size": max(round(math.hypot(right, down)), 1),
            "angle": round(math.degrees(math.atan2(-right, -down)), 1),
        }
        for lat, lon, (right, down) in zip(moved["lat"], moved["lon"], moved["offset"], strict=True)
    ]
    return pdk.Layer(
        "IconLayer",
        id="hair lines",
        data=rows,
        get_icon="icon",
        get_position="[lon, lat]",
        get_size="size",
        get_angle="angle",
        size_units=pdk.types.String("pixels"),
        pickable=False,
    )


def _build_line_icon(length: int, theme: str) -> dict[str, object]:
    """An upright line of a length in pixels that stands on its foot, at four times its size."""
    ink = BADGE_COLOURS[theme]["ink"]
    svg_text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="{4 * length}" '
        f'viewBox="0 0 4 {length}"><path d="M2,0V{length}" stroke="{ink}" '
        f'stroke-width="{_LINE_WIDTH}" stroke-opacity=".8"/></svg>'
    )
    return {
        "id": f"line {length} {theme}",
        "url": _write_address(svg_text),
        "width": 16,
        "height": 4 * length,
        "anchorX": 8,
        "anchorY": 4 * length,
    }


@remember_asset
def encode_icon(status: str, theme: str, is_flagged: bool = False) -> str:
    """A status's mark as SVG in a data address, with a small mark where a site is late or silent."""
    paper = BADGE_COLOURS[theme]["paper"]
    flag = BADGE_COLOURS[theme]["ink"] if is_flagged else ""
    shape = write_status_shape(status, STATUS_COLOURS[theme][status], paper, flag)
    svg_text = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">'
        f"{shape}</svg>"
    )
    return _write_address(svg_text)


def _write_address(svg_text: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg_text.encode()).decode()


def build_icon(status: str, theme: str, is_flagged: bool = False) -> dict[str, object]:
    """A status's mark as deck.gl takes an icon, its size and anchor in pixels."""
    return {
        "id": f"{status} {theme}{' flagged' if is_flagged else ''}",
        "url": encode_icon(status, theme, is_flagged),
        "width": 64,
        "height": 64,
        "anchorX": 32,
        "anchorY": 32,
    }


@remember_asset
def write_map_key(theme: str) -> str:
    """The key of the map as HTML: the mark of each step from promised to delivering, and of late or silent sites."""
    colours = BADGE_COLOURS[theme]
    entries = [(encode_icon(status, theme), words) for words, status in STATUS_STEPS.items()]
    dot = f'<circle cx="32" cy="32" r="16" fill="{colours["ink"]}"/>'
    dot_svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{dot}</svg>'
    entries.append((_write_address(dot_svg), FLAG_WORDS))
    return "".join(
        f'<span><img src="{address}" alt="" width="16" height="16">{words}</span>'
        for address, words in entries
    )
