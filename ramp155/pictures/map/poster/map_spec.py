"""The map as a file: a self-contained Vega-Lite spec, fitted to the sites it shows, with its key beside it; for a phone
below it.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from ramp155.model.model import Model
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.map.colours import BADGE_COLOURS, BASE_COLOURS, format_hex
from ramp155.pictures.map.label_room import surround_marks
from ramp155.pictures.map.names import list_country_names
from ramp155.pictures.map.poster.frame import NARROW_SIZE, MapFrame
from ramp155.pictures.map.poster.key import KEY_LINE, KEY_MARGIN, KEY_WIDTH, build_map_key
from ramp155.pictures.map.poster.land import list_land_features
from ramp155.pictures.map.poster.marks import lay_on_paper, list_flags, list_map_marks
from ramp155.pictures.map.poster.names import list_first_names, list_map_names
from ramp155.pictures.palette import THEMES
from ramp155.pictures.picture import MapRoom

_NARROW_LINES = 5  # of the key on a phone, in two columns
_NARROW_KEY = 0.8  # its letters beside those of a poster


def draw_map_spec(
    model: Model,
    sites: pd.DataFrame,
    theme: str = "light",
    use: dict[str, float] | None = None,
    scale: float = 1.0,
    is_narrow: bool = False,
    beside: MapRoom | None = None,
) -> Spec:
    """The map as a self-contained Vega-Lite spec, fitted to the sites, with its key beside it.

    Parameters
    ----------
    model : Model
        The record with its draws.
    sites : DataFrame
        Rows of `build_site_table`; those without a place are left out.
    theme : str
        "light" or "dark".
    use : dict of float, optional
        Share (0 to 1) of its capacity that a country uses, by its code: its fill.
    scale : float
        What writing and marks are multiplied by.
    is_narrow : bool
        Whether it is for a phone: taller than wide, the key below.
    beside : MapRoom, optional
        The room it has beside words, with its key under them.

    Returns
    -------
    Spec
        A Vega-Lite spec.

    Raises
    ------
    ValueError
        Where no site has a place.
    """
    placed_sites = sites[sites["lat"].notna()]
    if placed_sites.empty:
        raise ValueError("no site with a published town to draw")
    if is_narrow:
        key_height = KEY_LINE * scale * _NARROW_LINES + KEY_MARGIN
        frame = MapFrame.around(placed_sites, size=NARROW_SIZE, key_height=key_height)
    elif beside:
        frame = MapFrame.around(
            placed_sites,
            beside.words_width,
            (round(beside.width), round(beside.height)),
            key_top=beside.words_height,
        )
    else:
        frame = MapFrame.around(placed_sites, KEY_WIDTH * scale + KEY_MARGIN)
    colours = BASE_COLOURS[theme]
    key_rows, key_box = build_map_key(sites, theme, frame, scale)
    country_names = list_country_names(model)
    first_names, name_boxes = list_first_names(country_names, placed_sites, frame, scale)
    marks = list_map_marks(model, placed_sites, theme, frame, scale, name_boxes)
    mark_boxes = surround_marks(marks[["x", "y"]].to_numpy(), marks["px"].to_numpy() + 4)
    taken_boxes = np.vstack([mark_boxes, name_boxes, np.array([key_box])])
    other_names = country_names[~country_names["name"].isin(first_names["name"])]
    names = pd.concat([first_names, list_map_names(other_names, frame, taken_boxes, scale)])
    line_ends = ["town_lon", "town_lat", "lon", "lat"]
    drawn_marks = marks.drop(columns=["x", "y", "px", "town_lon", "town_lat", "is_far"])
    ink = BADGE_COLOURS[theme]["ink"]
    place_channels = {"longitude": {"field": "lon"}, "latitude": {"field": "lat"}}
    for axis in place_channels.values():
        axis["type"] = "quantitative"
    tooltip_titles = {
        "name": "Plant",
        "town": "Town",
        "land": "Country",
        "stands": "Status",
        "says": "Largest rate",
        "lines": "Lines",
    }
    glyph_channels = {
        "shape": {"field": "shape", "type": "nominal", "scale": None},
        "size": {"field": "area", "type": "quantitative", "scale": None},
        "fill": {"field": "fill", "type": "nominal", "scale": None},
        "stroke": {"field": "stroke", "type": "nominal", "scale": None},
        "strokeWidth": {"field": "line", "type": "quantitative", "scale": None},
    }
    tooltip = [{"field": field, "title": title} for field, title in tooltip_titles.items()]
    point_mark = {"type": "point", "filled": True, "opacity": 1}
    # Nothing of the map shows at the outer edges of the key's box.
    corner = frame.degrees(np.add([key_box[:2], key_box[2:]], [[-3, -3], [0, 3]]))
    land_features = list_land_features(model, theme, use or {}, frame)

    def draw_names(rows: pd.DataFrame, colour: str, behind: str, size: float) -> Spec:
        text_mark = {"type": "text", "fontSize": size * scale, "baseline": "middle", "aria": False}
        text_channels = {**place_channels, "text": {"field": "name", "type": "nominal"}}
        name_rows = {"values": list_plain_rows(rows[["name", "lat", "lon"]])}
        # The edge of the land's colour lies under the letters: see `draw_free_words`.
        edge = {"stroke": behind, "strokeWidth": 5 * scale, "strokeJoin": "round"}
        name_mark = {**text_mark, **edge, "color": colour, "fontWeight": 500}
        return {"data": name_rows, "mark": name_mark, "encoding": text_channels}

    inside, outside = names[names["recorded"]], names[~names["recorded"]]
    layers = [
        {
            "data": {"values": land_features},
            "mark": {
                "type": "geoshape",
                "aria": False,
                "stroke": format_hex(colours["shallows"]),
                "strokeWidth": 11,
                "strokeJoin": "round",
                "filled": False,
            },
        },
        {
            "data": {"values": land_features},
            "mark": {
                "type": "geoshape",
                "aria": False,
                "stroke": format_hex(colours["border_line"]),
                "strokeWidth": 1.2,
            },
            "encoding": {"fill": {"field": "properties.fill", "type": "nominal", "scale": None}},
        },
        draw_names(outside, format_hex(colours["around"]), format_hex(colours["elsewhere"]), 18),
        draw_names(inside, format_hex(colours["country"]), format_hex(colours["land"]), 20),
        {
            "data": {"values": list_plain_rows(marks.loc[marks["is_far"], line_ends])},
            "mark": {"type": "rule", "color": ink, "opacity": 0.8, "strokeWidth": scale},
            "encoding": {
                "longitude": {"field": "town_lon", "type": "quantitative"},
                "latitude": {"field": "town_lat", "type": "quantitative"},
                "longitude2": {"field": "lon"},
                "latitude2": {"field": "lat"},
            },
        },
        {
            "data": {"values": list_plain_rows(lay_on_paper(drawn_marks, theme))},
            "mark": point_mark,
            "encoding": {**place_channels, **glyph_channels, "tooltip": tooltip},
        },
        {
            "data": {"values": list_plain_rows(list_flags(marks, theme, frame))},
            "mark": point_mark,
            "encoding": {**place_channels, **glyph_channels},
        },
        {
            "data": {
                "values": [
                    {
                        "lon": corner[0, 0],
                        "lat": corner[0, 1],
                        "lon2": corner[1, 0],
                        "lat2": corner[1, 1],
                    }
                ]
            },
            "mark": {
                "type": "rect",
                "color": THEMES[theme]["paper"],
                "opacity": 1,
            },
            "encoding": {
                **place_channels,
                "longitude2": {"field": "lon2"},
                "latitude2": {"field": "lat2"},
            },
        },
        {
            "data": {"values": list_plain_rows(lay_on_paper(key_rows, theme))},
            "mark": point_mark,
            "encoding": {**place_channels, **glyph_channels},
        },
        {
            "data": {"values": list_plain_rows(list_flags(key_rows, theme, frame))},
            "mark": point_mark,
            "encoding": {**place_channels, **glyph_channels},
        },
        {
            "data": {"values": list_plain_rows(key_rows)},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "middle",
                "dx": 26 * scale,
                "fontSize": 25 * scale * (_NARROW_KEY if is_narrow else 1.0),
                "color": ink,
            },
            "encoding": {**place_channels, "text": {"field": "name", "type": "nominal"}},
        },
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": f"Map of {len(placed_sites)} munitions plants in Europe, by status, at their town's centre",
        "width": frame.width,
        "height": frame.height,
        "padding": 0,
        "autosize": {"type": "none"},
        "background": format_hex(colours["sea"]),
        "projection": {
            "type": "mercator",
            "scale": frame.radius,
            "translate": [frame.left, frame.top],
        },
        "layer": layers,
        "config": {
            "view": {"stroke": None},
        },
    }


def list_plain_rows(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values."""
    plain_rows: list[dict[str, Any]] = json.loads(rows.to_json(orient="records"))
    return plain_rows
