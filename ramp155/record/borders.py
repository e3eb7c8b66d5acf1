"""Whether each town lies in the country it is given: borders against coordinates, with shapely alone.

Nearly every town lies inside its borders and is settled in degrees. Distances, which the rest need, are
taken on a map of equal areas over Europe. geopandas gives the same answer for 0.4 s more of start.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ramp155.record.faults import Fault
from ramp155.record.read import TextTable
from ramp155.record.rules.columns import parse_number

BORDERS = "borders.geojson"
TOLERANCE = 5_000.0  # metres: coasts and borders are drawn coarsely
_RADIUS = 6_371_007.0  # metres, of the sphere with the earth's area
_CENTRE = (52.0, 10.0)  # degrees north and east: the middle of the European grid


def find_towns_abroad(sites: TextTable, folder: Path) -> list[Fault]:
    """Sites more than about 5 km outside the country they are given; a fault where borders are missing."""
    path = folder / BORDERS
    if not path.exists():
        return [Fault(BORDERS, 0, "-", f"file is missing from {folder}")]
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [Fault(BORDERS, 0, "-", f"cannot be read: {error}")]
    codes = [str(feature["properties"]["iso_a2"]) for feature in features]
    outlines = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    faults = []
    for line, country, lat, lon in zip(
        sites.lines, sites["country"], sites["lat"], sites["lon"], strict=True
    ):
        north, east = parse_number(lat), parse_number(lon)
        if north is None or east is None:
            continue
        at_home = [
            outline for code, outline in zip(codes, outlines, strict=True) if code == country
        ]
        if any(shapely.contains_xy(outline, east, north) for outline in at_home):
            continue
        if any(_is_near(outline, north, east) for outline in at_home):
            continue
        actual = _find_country_at(codes, outlines, north, east)
        faults.append(Fault("sites.csv", line, "lat", f"lies in {actual}, not in {country}"))
    return faults


def _find_country_at(codes: list[str], outlines: list[Any], north: float, east: float) -> str:
    """The code of the country within whose borders, or 5 km of them, a place lies."""
    for is_there in (
        lambda outline: shapely.contains_xy(outline, east, north),
        lambda outline: _is_near(outline, north, east),
    ):
        for code, outline in zip(codes, outlines, strict=True):
            if is_there(outline):
                return code
    return "no country"


def _is_near(outline: Any, north: float, east: float) -> bool:  # noqa: ANN401
    """Whether a place (degrees) lies within the tolerance of an outline (degrees)."""
    least_east, least_north, most_east, most_north = outline.bounds
    if not least_east - 1 <= east <= most_east + 1:
        return False
    if not least_north - 1 <= north <= most_north + 1:
        return False
    place = shapely.Point(_project_to_metres(np.array([[east, north]]))[0])
    return bool(shapely.dwithin(shapely.transform(outline, _project_to_metres), place, TOLERANCE))


def _project_to_metres(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (east, north) in degrees, shape (n, 2), as metres on an equal-area map of Europe."""
    east = np.radians(degrees[:, 0] - _CENTRE[1])
    north = np.radians(degrees[:, 1])
    middle = math.radians(_CENTRE[0])
    cosine = math.sin(middle) * np.sin(north) + math.cos(middle) * np.cos(north) * np.cos(east)
    scale = _RADIUS * np.sqrt(2 / np.maximum(1 + cosine, 1e-9))
    eastward = np.cos(north) * np.sin(east)
    northward = math.cos(middle) * np.sin(north) - math.sin(middle) * np.cos(north) * np.cos(east)
    return np.column_stack([scale * eastward, scale * northward])
