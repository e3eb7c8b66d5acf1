"""Room for names: where they can be written without touching each other or a mark, by order of
importance.

All in pixels.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

# Where else a name is tried, as shares of how far it may move: nearest first.
TRIED_MOVES = np.array(
    [(0.0, 0.0)]
    + [
        (r * math.cos(a), r * math.sin(a))
        for r in (0.25, 0.5, 0.75, 1.0)
        for a in (k * math.pi / 6 for k in (3, 9, 0, 6, 2, 4, 8, 10, 1, 5, 7, 11))
    ]
)


def place_labels(
    centres: np.ndarray,
    widths: np.ndarray,
    height: float,
    reach: np.ndarray,
    obstacles: np.ndarray,
    move: bool = True,
) -> np.ndarray:
    """Where names can be written without touching each other or anything else, by order of importance.

    at: their usual centres (n x 2, pixels); widths (n) and height of the writing; reach: how far (n,
    pixels) a name may move; taken: boxes (m x 4: left, top, right, bottom) to keep clear of; move: whether to try elsewhere. Returns
    centres (n x 2), NaN where there is no room.
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


def surround_marks(centres: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Boxes (n x 4) round marks of some sizes in pixels."""
    half_sizes = np.asarray(sizes, dtype=float)[:, None] / 2
    return np.hstack([centres - half_sizes, centres + half_sizes])


def compute_label_reach(names: pd.DataFrame, radius: float, height: float) -> np.ndarray:
    """How far names may move: within the country, or a line's height. `radius`: the globe's, in pixels."""
    across = np.sqrt(names["area"] * 4 * np.pi) * radius / np.cos(np.radians(names["lat"]))
    return np.maximum(across.to_numpy() * 0.48, height * 1.1)
