"""Marks of sites as icons for deck.gl (SVG in a data address), and the ring round the chosen site."""

from __future__ import annotations

import base64

import pandas as pd
import pydeck as pdk

from ramp155.base.memory import remember_asset
from ramp155.pictures.map.colours import BADGE_COLOURS, CHOSEN_COLOUR
from ramp155.pictures.map.symbols import STATUS_COLOURS, write_status_shape


def draw_chosen_ring(chosen: pd.DataFrame) -> pdk.Layer:
    """The ring round the chosen site."""
    return pdk.Layer(
        "ScatterplotLayer",
        id="chosen",
        data=chosen[["lon", "lat"]],
        get_position="[lon, lat]",
        get_radius=1,
        radius_min_pixels=24,
        radius_max_pixels=24,
        filled=False,
        stroked=True,
        line_width_min_pixels=3,
        get_line_color=CHOSEN_COLOUR,
        pickable=False,
    )


@remember_asset
def encode_icon(status: str, theme: str) -> str:
    """A status's mark as SVG in a data address."""
    paper = BADGE_COLOURS[theme]["paper"]
    shape = write_status_shape(status, STATUS_COLOURS[theme][status], paper)
    svg_text = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">'
        f"{shape}</svg>"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg_text.encode()).decode()


def build_icon(status: str, theme: str) -> dict[str, object]:
    """A status's mark as deck.gl takes an icon, its size and anchor in pixels."""
    return {
        "id": f"{status} {theme}",
        "url": encode_icon(status, theme),
        "width": 64,
        "height": 64,
        "anchorX": 32,
        "anchorY": 32,
    }
