"""Names of countries that have room on the map as a file, moved to where they have it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ramp155.pictures.map.label_room import (
    compute_label_reach,
    find_emptiest_boxes,
    place_labels,
    surround_marks,
)
from ramp155.pictures.map.poster.frame import MapFrame

_HEIGHT, _LETTER = 23.0, 10.8  # pixels at scale 1
_EDGE = 8.0  # pixels between a name and the end of the map
_FIRST_NAMES = 8  # how many countries are named before marks are placed


def list_first_names(
    names: pd.DataFrame, placed: pd.DataFrame, frame: MapFrame, scale: float
) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """The names that a reader looks for first, of countries with the sites that are drawn: marks make room for them.

    Parameters
    ----------
    names : DataFrame
        Rows of `list_country_names`.
    placed : DataFrame
        Sites with lat and lon, degrees.
    frame : MapFrame
        The map in pixels.
    scale : float
        What writing and marks are multiplied by.

    Returns
    -------
    tuple of DataFrame and Array, (names, 4)
        The names at their lat and lon (degrees), and their boxes: left, top, right and bottom, pixels.
    """
    usual_centres = frame.pixels(names["lat"], names["lon"])
    letters = np.array([len(name) for name in names["name"]], dtype=np.float64)
    widths = letters * _LETTER * scale + 6
    is_whole = (
        (usual_centres[:, 0] > frame.key_width + widths / 2 + 10)
        & (usual_centres[:, 0] < frame.width - widths / 2 - 10)
        & (usual_centres[:, 1] > 40)
        & (usual_centres[:, 1] < frame.map_bottom - 40)
    )
    first = np.flatnonzero(names["recorded"].to_numpy(bool) & is_whole)[:_FIRST_NAMES]
    height = _HEIGHT * scale
    boxes = find_emptiest_boxes(
        usual_centres[first],
        widths[first],
        height,
        compute_label_reach(names, frame.radius, height)[first],
        surround_marks(frame.pixels(placed["lat"], placed["lon"]), np.full(len(placed), height)),
        (frame.key_width + _EDGE, _EDGE, frame.width - _EDGE, frame.map_bottom - _EDGE),
    )
    degrees = frame.degrees((boxes[:, :2] + boxes[:, 2:]) / 2)
    return names.iloc[first].assign(lon=degrees[:, 0], lat=degrees[:, 1]), boxes


def list_map_names(
    names: pd.DataFrame, frame: MapFrame, boxes: NDArray[np.float64], scale: float
) -> pd.DataFrame:
    """The names that have room, moved to where they have it.

    Parameters
    ----------
    names : DataFrame
        Rows of `list_country_names`.
    frame : MapFrame
        The map in pixels.
    boxes : Array, (boxes, 4)
        Left, top, right and bottom to keep clear of, pixels.
    scale : float
        What writing and marks are multiplied by.

    Returns
    -------
    DataFrame
        The names that have room, at their new lat and lon (degrees).
    """
    height = _HEIGHT * scale
    centres = frame.pixels(names["lat"], names["lon"])
    widths = names["name"].str.len().to_numpy(np.float64) * _LETTER * scale + 6
    edge = 10 + widths / 2
    # A country that is only partly in sight is named in the part that is.
    usual_centres = centres.copy()
    centres = np.clip(
        centres,
        np.column_stack([frame.key_width + edge, np.full(len(centres), 40.0)]),
        [frame.width, frame.map_bottom - 40.0],
    )
    near_enough = np.hypot(*(centres - usual_centres).T) <= compute_label_reach(
        names, frame.radius, height
    )
    centres = np.where(near_enough[:, None], centres, usual_centres)
    in_sight = (
        (centres[:, 0] > frame.key_width + edge)
        & (centres[:, 0] < frame.width - edge)
        & (centres[:, 1] > 30)
        & (centres[:, 1] < frame.map_bottom - 30)
    )
    names, centres, widths = names[in_sight], centres[in_sight], widths[in_sight]
    placements = place_labels(
        centres, widths, height, compute_label_reach(names, frame.radius, height), boxes
    )
    has_room = ~np.isnan(placements[:, 0])
    middle = frame.map_bottom / 2
    has_room &= np.abs(placements[:, 1] - middle) < middle - height / 2 - 4
    has_room &= placements[:, 0] - widths / 2 > frame.key_width
    degrees = frame.degrees(placements[has_room])
    named = names.loc[has_room]
    return named.assign(lon=degrees[:, 0], lat=degrees[:, 1])
