"""Room for names: where they can be written without touching each other or a mark, by order of
importance.

All in pixels.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

# Where else a name is tried, as shares of how far it may move: nearest first.
TRIED_MOVES = np.array(
    [(0.0, 0.0)]
    + [
        (r * math.cos(a), r * math.sin(a))
        for r in (0.25, 0.5, 0.75, 1.0)
        for a in (k * math.pi / 6 for k in (3, 9, 0, 6, 2, 4, 8, 10, 1, 5, 7, 11))
    ]
)


def list_tried_centres(usual: NDArray[np.float64], reach: float) -> NDArray[np.float64]:
    """Where a name is tried, nearest first.

    Parameters
    ----------
    usual : Array, (2,)
        Its usual centre, right and down, pixels.
    reach : float
        How far it may move, pixels.

    Returns
    -------
    Array, (tries, 2)
        Centres, pixels.
    """
    return np.asarray(usual + TRIED_MOVES * reach, dtype=np.float64)


def place_labels(
    centres: NDArray[np.float64],
    widths: NDArray[np.floating[Any]],
    height: float,
    reach: NDArray[np.float64],
    obstacles: NDArray[np.float64],
    move: bool = True,
) -> NDArray[np.float64]:
    """Where names can be written without touching each other or anything else, by order of importance.

    Parameters
    ----------
    centres : Array, (names, 2)
        Their usual centres, right and down, pixels.
    widths : Array, (names,)
        Width of the writing, pixels.
    height : float
        Height of the writing, pixels.
    reach : Array, (names,)
        How far a name may move, pixels.
    obstacles : Array, (boxes, 4)
        Left, top, right and bottom to keep clear of, pixels.
    move : bool
        Whether to try elsewhere.

    Returns
    -------
    Array, (names, 2)
        Centres, pixels; NaN where there is no room.
    """
    occupied = [tuple(box) for box in np.asarray(obstacles, dtype=float).reshape(-1, 4)]
    placements = np.full((len(centres), 2), np.nan)
    for index, (x, y) in enumerate(centres):
        half_width = widths[index] / 2
        occupied_boxes = np.array(occupied).reshape(-1, 4)
        for dx, dy in (TRIED_MOVES if move else TRIED_MOVES[:1]) * reach[index]:
            centre_x, centre_y = x + dx, y + dy
            box = (
                centre_x - half_width,
                centre_y - height / 2,
                centre_x + half_width,
                centre_y + height / 2,
            )
            clear = (
                (occupied_boxes[:, 2] <= box[0])
                | (occupied_boxes[:, 0] >= box[2])
                | (occupied_boxes[:, 3] <= box[1])
                | (occupied_boxes[:, 1] >= box[3])
            )
            if clear.all():
                placements[index] = centre_x, centre_y
                occupied.append(box)
                break
    return placements


def surround_marks(centres: NDArray[np.float64], sizes: ArrayLike) -> NDArray[np.float64]:
    """Boxes round marks of some sizes in pixels.

    Parameters
    ----------
    centres : Array, (marks, 2)
        Right and down, pixels.
    sizes : ArrayLike, (marks,)
        Width and height of each mark, pixels.

    Returns
    -------
    Array, (marks, 4)
        Left, top, right and bottom, pixels.
    """
    half_sizes = np.asarray(sizes, dtype=float)[:, None] / 2
    return np.hstack([centres - half_sizes, centres + half_sizes])


def compute_label_reach(names: pd.DataFrame, radius: float, height: float) -> NDArray[np.float64]:
    """How far names may move: within the country, or a line's height.

    Parameters
    ----------
    names : DataFrame
        Rows of `list_country_names`.
    radius : float
        The globe's radius, pixels.
    height : float
        Height of the writing, pixels.

    Returns
    -------
    Array, (names,)
        How far each name may move, pixels.
    """
    area, latitude = names["area"].to_numpy(float), names["lat"].to_numpy(float)
    across = np.sqrt(area * 4 * np.pi) * radius / np.cos(np.radians(latitude))
    return np.asarray(np.maximum(across * 0.48, height * 1.1))
