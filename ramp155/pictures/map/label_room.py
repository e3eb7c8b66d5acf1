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

# What lies against a place for a name: a square pixel over a name before it, and a pixel away from its usual place,
# beside a square pixel over a mark.
_OVER_NAME, _AWAY = 1000.0, 0.5


def find_emptiest_boxes(
    centres: NDArray[np.float64],
    widths: NDArray[np.float64],
    height: float,
    reach: NDArray[np.float64],
    mark_boxes: NDArray[np.float64],
    within: tuple[float, float, float, float] = (-np.inf, -np.inf, np.inf, np.inf),
) -> NDArray[np.float64]:
    """Boxes of names that marks are to make room for: each where it lies over least of them, near its usual place, and over
    no name before it.

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
    mark_boxes : Array, (marks, 4)
        Left, top, right and bottom of marks before they are moved, pixels.
    within : tuple of float
        Left, top, right and bottom of what is in sight, pixels: no name is moved out of it.

    Returns
    -------
    Array, (names, 4)
        Left, top, right and bottom, pixels.
    """
    boxes = np.zeros((0, 4))
    low, high = np.array(within[:2]), np.array(within[2:])
    for usual, width, farthest in zip(centres, widths, reach, strict=True):
        tried = usual + TRIED_MOVES * farthest
        half = np.array([width / 2, height / 2])
        tried = np.clip(tried, low + half, np.maximum(high - half, low + half))
        tried_boxes = np.hstack([tried - half, tried + half])
        costs = (
            _measure_overlap(tried_boxes, mark_boxes)
            + _OVER_NAME * _measure_overlap(tried_boxes, boxes)
            + _AWAY * np.hypot(*(tried - usual).T)
        )
        boxes = np.vstack([boxes, tried_boxes[costs.argmin()]])
    return boxes


def find_hit_boxes(
    centres: NDArray[np.float64], sizes: NDArray[np.float64], boxes: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which boxes a mark lies over.

    Parameters
    ----------
    centres : Array, (marks, 2)
        Right and down, pixels.
    sizes : Array, (marks,)
        Width of each mark, pixels.
    boxes : Array, (boxes, 4)
        Left, top, right and bottom, pixels.

    Returns
    -------
    Array of bool, (boxes,)
        1 where one does, 0 where none does.
    """
    beside = np.maximum(
        boxes[None, :, :2] - centres[:, None], centres[:, None] - boxes[None, :, 2:]
    )
    distance = np.hypot(*np.maximum(beside, 0.0).transpose(2, 0, 1))
    return np.asarray((distance < sizes[:, None] / 2 - 0.05).any(axis=0), dtype=np.bool_)


def _measure_overlap(
    boxes: NDArray[np.float64], others: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Square pixels of each box that lie over the others."""
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    return np.asarray(np.prod(np.maximum(high - low, 0.0), axis=2).sum(axis=1), dtype=np.float64)


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
