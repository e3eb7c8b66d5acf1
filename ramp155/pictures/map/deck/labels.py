"""Names of countries and towns as deck.gl text layers, moved clear of marks and each other
at the zoom in use; those without room are left out.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pydeck as pdk
from numpy.typing import NDArray

from ramp155.model.model import Model
from ramp155.pictures.map.colours import BASE_COLOURS
from ramp155.pictures.map.label_room import compute_label_reach, place_labels, surround_marks
from ramp155.pictures.map.names import list_country_names, list_town_names
from ramp155.pictures.map.view import project_to_screen

TOWNS_FROM_ZOOM = 3.5  # the zoom from which towns are named


def place_country_names(
    names: pd.DataFrame, zoom: float, boxes: NDArray[np.float64]
) -> pd.DataFrame:
    """Names moved clear of marks and each other at a zoom; those without room are left out.

    Parameters
    ----------
    names : DataFrame
        Rows of `list_country_names`.
    zoom : float
        As deck.gl counts: the world is 512 pixels wide at 0.
    boxes : Array, (boxes, 4)
        Left, top, right and bottom to keep clear of, pixels.

    Returns
    -------
    DataFrame
        The names that have room, at their new lat and lon (degrees).
    """
    height, world_pixels = 15.0, 512 * 2.0**zoom
    usual_centres = project_to_screen(names["lat"], names["lon"], zoom)
    widths = names["name"].str.len().to_numpy(np.float64) * 6.9 + 4
    reach = compute_label_reach(names, world_pixels / (2 * np.pi), height)
    centres = place_labels(usual_centres, widths, height, reach, boxes)
    has_room = ~np.isnan(centres[:, 0])
    right, down = centres[has_room].T
    up = -down / world_pixels * 2 * np.pi
    named = names.loc[has_room]
    return named.assign(lat=np.degrees(np.arctan(np.sinh(up))), lon=right / world_pixels * 360)


def list_towns_with_room(
    towns: pd.DataFrame, names: pd.DataFrame, zoom: float, boxes: NDArray[np.float64]
) -> pd.DataFrame:
    """Towns whose name fits below their marks at a zoom, clear of marks and countries' names.

    Parameters
    ----------
    towns : DataFrame
        Rows of `list_town_names`, with offset (pixels right and down) of their mark.
    names : DataFrame
        Rows of `list_country_names`.
    zoom : float
        As deck.gl counts: the world is 512 pixels wide at 0.
    boxes : Array, (boxes, 4)
        Left, top, right and bottom to keep clear of, pixels.

    Returns
    -------
    DataFrame
        The towns that have room, with `below` (pixels right and down).
    """
    below = [
        [right, down + size / 2 + 9]
        for (right, down), size in zip(towns["offset"], towns["size"], strict=True)
    ]
    towns = towns.assign(below=pd.Series(below, index=towns.index, dtype=object))
    if towns.empty:
        return towns
    half_sizes = np.column_stack([names["name"].str.len() * 3.4, np.full(len(names), 8.0)])
    country_centres = project_to_screen(names["lat"], names["lon"], zoom)
    boxes = np.vstack(
        [boxes, np.hstack([country_centres - half_sizes, country_centres + half_sizes])]
    )
    label_centres = project_to_screen(towns["lat"], towns["lon"], zoom)
    label_centres += np.array(below)
    widths = towns["town"].str.len().to_numpy(np.float64) * 6.4
    centres = place_labels(
        label_centres, widths, 13.0, np.zeros(len(label_centres)), boxes, move=False
    )
    has_room = ~np.isnan(centres[:, 0]) | towns["chosen"].to_numpy(bool)
    named: pd.DataFrame = towns.loc[has_room]
    return named


def draw_labels(
    model: Model,
    placed: pd.DataFrame,
    zoom: float,
    selected: str,
    theme: str,
) -> list[pdk.Layer]:
    """Names of countries and towns, of which deck.gl draws those that have room at the zoom in use.

    Parameters
    ----------
    model : Model
        The record with its draws.
    placed : DataFrame
        Rows of `build_site_table` that have a place, with size and offset (pixels).
    zoom : float
        As deck.gl counts: the world is 512 pixels wide at 0.
    selected : str
        A site's id, or "".
    theme : str
        "light" or "dark".

    Returns
    -------
    list of pdk.Layer
        Layers of writing.
    """
    colours = BASE_COLOURS[theme]
    offsets = np.array(placed["offset"].tolist(), dtype=float).reshape(-1, 2)
    mark_centres = project_to_screen(placed["lat"], placed["lon"], zoom) + offsets
    mark_boxes = surround_marks(mark_centres, placed["size"])
    names = place_country_names(list_country_names(model), zoom, mark_boxes)
    named = placed if zoom >= TOWNS_FROM_ZOOM else placed[placed["site_id"] == selected]
    town_names = list_town_names(named, selected)
    offset_of = placed.set_index("site_id")["offset"]
    town_names["offset"] = pd.Series(
        [offset_of[site] for site in town_names["site_id"]], index=town_names.index, dtype=object
    )
    towns = list_towns_with_room(town_names, names, zoom, mark_boxes)
    text_options = {
        "get_position": "[lon, lat]",
        "character_set": pdk.types.String("auto"),
        "font_family": pdk.types.String("Source Sans, sans-serif"),
        "font_settings": {"sdf": True, "fontSize": 32, "buffer": 6},
        "outline_width": 3,
        "font_weight": 500,
        "pickable": False,
        "extensions": [{"@@type": "CollisionFilterExtension"}],
        "collision_group": pdk.types.String("names"),
        "get_collision_priority": "priority",
    }
    layers = []
    for group, layer_id in (
        (names[names["recorded"]], "countries"),
        (names[~names["recorded"]], "around"),
    ):
        layers.append(
            pdk.Layer(
                "TextLayer",
                id=layer_id,
                data=group[["name", "lat", "lon", "priority"]],
                get_text="name",
                get_size=13 if layer_id == "countries" else 12,
                get_color=colours["country" if layer_id == "countries" else "around"],
                outline_color=[*colours["land" if layer_id == "countries" else "elsewhere"], 220],
                collision_test_props={"sizeScale": 2.2},
                **text_options,
            )
        )
    layers.append(
        pdk.Layer(
            "TextLayer",
            id="towns",
            data=towns[["town", "lat", "lon", "priority", "below"]],
            get_text="town",
            get_size=12,
            get_color=colours["town"],
            outline_color=[*colours["land"], 230],
            get_pixel_offset="below",
            # Collisions are tested where a name is anchored, which here is its mark: room is found above.
            **{
                **text_options,
                "extensions": [],
                "get_collision_priority": None,
                "collision_group": None,
            },
        )
    )
    return layers
