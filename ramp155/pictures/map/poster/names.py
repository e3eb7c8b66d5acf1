"""Names of countries that have room on the map as a file, moved to where they have it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ramp155.pictures.map.label_room import compute_label_reach, place_labels
from ramp155.pictures.map.poster.frame import MAP_HEIGHT, MAP_WIDTH, MapFrame


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
    height = 23.0 * scale
    centres = frame.pixels(names["lat"], names["lon"])
    widths = names["name"].str.len().to_numpy(np.float64) * 10.8 * scale + 6
    edge = 10 + widths / 2
    # A country that is only partly in sight is named in the part that is.
    usual_centres = centres.copy()
    centres = np.clip(
        centres,
        np.column_stack([edge, np.full(len(centres), 40.0)]),
        [MAP_WIDTH, MAP_HEIGHT - 40.0],
    )
    near_enough = np.hypot(*(centres - usual_centres).T) <= compute_label_reach(
        names, frame.radius, height
    )
    centres = np.where(near_enough[:, None], centres, usual_centres)
    in_sight = (
        (centres[:, 0] > edge)
        & (centres[:, 0] < MAP_WIDTH - edge)
        & (centres[:, 1] > 30)
        & (centres[:, 1] < MAP_HEIGHT - 30)
    )
    names, centres, widths = names[in_sight], centres[in_sight], widths[in_sight]
    placements = place_labels(
        centres, widths, height, compute_label_reach(names, frame.radius, height), boxes
    )
    has_room = ~np.isnan(placements[:, 0])
    degrees = frame.degrees(placements[has_room])
    named = names.loc[has_room]
    return named.assign(lon=degrees[:, 0], lat=degrees[:, 1])
