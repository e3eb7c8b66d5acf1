"""The countries in sight as simplified GeoJSON features with their fill, for the map as a file."""

from __future__ import annotations

from typing import Any

import numpy as np

from ramp155.base.memory import remember_asset
from ramp155.model.model import Model
from ramp155.pictures.map.borders import read_borders
from ramp155.pictures.map.colours import BASE_COLOURS, blend_use_colour, format_hex
from ramp155.pictures.map.poster.frame import MapFrame


@remember_asset
def clip_countries(
    box: tuple[float, float, float, float], tolerance: float
) -> list[tuple[str, dict[str, Any]]]:
    """Code and simplified geometry of the countries in a box.

    Parameters
    ----------
    box : tuple of float, (4,)
        West, south, east and north, degrees.
    tolerance : float
        How far a border may move when it is simplified, degrees.

    Returns
    -------
    list of (str, dict)
        The country's code and its geometry (degrees).
    """
    import shapely  # here only: files need it, pages do not

    countries = []
    for feature in read_borders():
        shape = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
        shape = shapely.clip_by_rect(shape.simplify(tolerance), *box)
        # Straight edges of the box would be drawn as great circles.
        shape = shapely.segmentize(shape, 2.0)
        polygons = [
            polygon
            for polygon in getattr(shape, "geoms", [shape])
            if polygon.geom_type == "Polygon" and polygon.area > tolerance * tolerance * 4
        ]
        if not polygons:
            continue
        # Exteriors run clockwise here, else the polygon is the rest of the globe.
        clockwise = [shapely.geometry.polygon.orient(polygon, -1.0) for polygon in polygons]
        rings = [
            [
                [[round(longitude, 3), round(latitude, 3)] for longitude, latitude in ring.coords]
                for ring in (polygon.exterior, *polygon.interiors)
            ]
            for polygon in clockwise
        ]
        code = feature["properties"]["iso_a2"] or ""
        countries.append((code, {"type": "MultiPolygon", "coordinates": rings}))
    return countries


def list_land_features(
    model: Model, theme: str, use: dict[str, float], frame: MapFrame
) -> list[dict[str, Any]]:
    """Features of the countries in sight with their fill.

    Parameters
    ----------
    model : Model
        The record with its draws.
    theme : str
        "light" or "dark".
    use : dict of float
        Share (0 to 1) of its capacity that a country uses, by its code.
    frame : MapFrame
        The map in pixels.

    Returns
    -------
    list of dict
        GeoJSON features with their fill.
    """
    (west, north), (east, south) = frame.degrees(
        np.array([[0.0, 0.0], [frame.width, frame.map_bottom]])
    )
    box = (west - 4.0, south - 4.0, east + 4.0, min(north + 4.0, 84.0))
    recorded = set(model.record.countries["country"])
    features = []
    for code, shape in clip_countries(tuple(round(edge, 1) for edge in box), 30 / frame.radius):
        fill = format_hex(BASE_COLOURS[theme]["land" if code in recorded else "elsewhere"])
        if code in use:
            fill = format_hex(tuple(blend_use_colour(use[code], theme)))
        features.append({"type": "Feature", "properties": {"fill": fill}, "geometry": shape})
    return features
