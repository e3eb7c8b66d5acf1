"""The borders a map is drawn on: the features of static/land.geojson (WGS 84 multipolygons with
iso_a2 and name), and the area of each country as a share of the globe's.

The app serves the file itself; nothing is fetched.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
from typing import Any

import numpy as np

from ramp155.base.memory import remember_asset
from ramp155.base.places import find_folder

BORDERS_FILE = find_folder("static") / "land.geojson"


@remember_asset
def write_borders_url() -> str:
    """Where the app serves the borders: the content's hash in it, so that a browser may keep them for good."""
    return f"app/static/land.geojson?v={hashlib.md5(BORDERS_FILE.read_bytes()).hexdigest()[:8]}"


@remember_asset
def pack_borders() -> bytes:
    """The file with the borders, packed (gzip)."""
    return gzip.compress(BORDERS_FILE.read_bytes(), mtime=0)


@remember_asset
def read_borders() -> list[dict[str, Any]]:
    """The features of static/land.geojson (WGS 84 multipolygons with iso_a2 and name)."""
    features: list[dict[str, Any]] = json.loads(BORDERS_FILE.read_text(encoding="utf-8"))[
        "features"
    ]
    return features


@remember_asset
def compute_country_areas() -> dict[str, float]:
    """Name -> area of its country as drawn, as a share of the globe's.

    Returns
    -------
    dict of float
        Share of the globe's area (0 to 1), by the country's name.
    """
    area_by_name = {}
    for feature in read_borders():
        steradians = 0.0
        for polygon in feature["geometry"]["coordinates"]:
            lon, lat = np.radians(np.array(polygon[0])).T
            sine_of_latitude = np.sin(lat)
            steradians += (
                abs(
                    float(np.sum(lon[:-1] * sine_of_latitude[1:] - lon[1:] * sine_of_latitude[:-1]))
                )
                / 2
            )
        area_by_name[feature["properties"]["name"]] = steradians / (4 * math.pi)
    return area_by_name


def find_country(longitude: float, latitude: float) -> str:
    """The country at a place as drawn, by its code; "" for the sea.

    Parameters
    ----------
    longitude, latitude : float
        Degrees east and north.

    Returns
    -------
    str
        Two letters.
    """
    for feature in read_borders():
        for polygon in feature["geometry"]["coordinates"]:
            if _is_inside(longitude, latitude, polygon[0]):
                return str(feature["properties"]["iso_a2"])
    return ""


def _is_inside(longitude: float, latitude: float, ring: list[list[float]]) -> bool:
    """Whether a ray to the east crosses a ring an odd number of times."""
    lon, lat = np.array(ring).T
    crosses = (lat[:-1] > latitude) != (lat[1:] > latitude)
    rise = np.where(crosses, lat[1:] - lat[:-1], 1.0)
    crossed_at = lon[:-1] + (latitude - lat[:-1]) / rise * (lon[1:] - lon[:-1])
    return bool((crosses & (crossed_at > longitude)).sum() % 2)
