"""Marks pushed apart: every site is a mark of its own, moved a few pixels from its town where marks
would touch.

The same for a map that moves and for a map as a file; all in pixels.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ramp155.base.memory import remember_asset

MARK_GAP = 1.0  # pixels of ground between two marks
LINE_FROM = 0.6  # a mark moved further than this share of its size gets a hair line to its town
_PULLED_ROUNDS, _FREE_ROUNDS = 140, 400
_PULL = 0.02  # share of the way back to its town that a mark goes in each of the first rounds
_FAR = 30.0  # pixels between two marks from which neither comes to push the other
_GOLDEN_ANGLE = np.pi * (3 - 5**0.5)


def spread_marks(
    points: NDArray[np.float64], sizes: ArrayLike, boxes: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """How far each mark moves from its town so that no two touch; the same sites always move alike.

    Parameters
    ----------
    points : Array, (marks, 2)
        Where the towns lie, right and down, pixels.
    sizes : ArrayLike, (marks,)
        Width of each mark, pixels.
    boxes : Array, (boxes, 4), optional
        Left, top, right and bottom that marks keep clear of, pixels.

    Returns
    -------
    Array, (marks, 2)
        Right and down, pixels.
    """
    kept_clear = np.zeros((0, 4)) if boxes is None else np.asarray(boxes, dtype=float).copy()
    rows = np.column_stack([points, np.asarray(sizes, dtype=float)])
    # Pixels are counted from the first town, so that a map that was only moved spreads alike.
    if len(rows):
        corner = rows[:, :2].min(axis=0)
        rows[:, :2] -= corner
        kept_clear -= [*corner, *corner]
    rows = rows.round(6)
    box_rows = tuple(map(tuple, kept_clear.round(6).tolist()))
    order = np.lexsort(rows.T)
    offsets = np.empty((len(rows), 2))
    offsets[order] = np.array(_spread(tuple(map(tuple, rows[order].tolist())), box_rows)).reshape(
        -1, 2
    )
    return offsets


@remember_asset
def _spread(
    rows: tuple[tuple[float, float, float], ...], boxes: tuple[tuple[float, ...], ...]
) -> list[list[float]]:
    """Pushes marks apart by half of what they lack, and at first lets them drift home; out of boxes all the way."""
    table = np.array(rows).reshape(-1, 3)
    is_near = _find_crowded(table, boxes)
    offsets = np.zeros((len(table), 2))
    offsets[is_near] = _push_apart(table[is_near], boxes)
    if _are_apart(table, offsets, boxes):
        apart: list[list[float]] = offsets.round(2).tolist()
        return apart
    moved: list[list[float]] = _push_apart(table, boxes).round(2).tolist()
    return moved


def _find_crowded(
    table: NDArray[np.float64], boxes: tuple[tuple[float, ...], ...]
) -> NDArray[np.bool_]:
    """Which marks have another, or a box, near enough to be pushed: the others stay at their town."""
    towns, sizes = table[:, :2], table[:, 2]
    distance = np.hypot(*(towns[:, None] - towns[None]).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    is_near = (distance < (sizes[:, None] + sizes[None]) / 2 + _FAR).any(axis=1)
    for left, top, right, bottom in boxes:
        beside = np.maximum([left, top] - towns, towns - [right, bottom])
        is_near |= np.hypot(*np.maximum(beside, 0.0).T) < sizes / 2 + _FAR
    return np.asarray(is_near, dtype=np.bool_)


def _are_apart(
    table: NDArray[np.float64],
    offsets: NDArray[np.float64],
    boxes: tuple[tuple[float, ...], ...],
) -> bool:
    """Whether no two marks touch where they were moved to, and none lies over a box."""
    centres, sizes = table[:, :2] + offsets, table[:, 2]
    if np.abs(_find_ways_out(centres, sizes, boxes)).max(initial=0.0) > MARK_GAP:
        return False
    distance = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    return bool((distance >= (sizes[:, None] + sizes[None]) / 2).all())


def _push_apart(
    table: NDArray[np.float64], boxes: tuple[tuple[float, ...], ...]
) -> NDArray[np.float64]:
    """How far marks move, (marks, 2)."""
    towns, sizes = table[:, :2], table[:, 2]
    # Marks of one town leave it in different directions.
    turns = _GOLDEN_ANGLE * np.arange(len(towns))
    centres = towns + 0.5 * np.column_stack([np.cos(turns), np.sin(turns)])
    needed = (sizes[:, None] + sizes[None]) / 2 + MARK_GAP + 0.01
    np.fill_diagonal(needed, 0.0)
    for step in range(_PULLED_ROUNDS + _FREE_ROUNDS):
        between = centres[:, None] - centres[None]
        distance = np.hypot(between[..., 0], between[..., 1])
        lacking = np.maximum(needed - distance, 0.0)
        out = _find_ways_out(centres, sizes, boxes)
        if (
            step >= _PULLED_ROUNDS
            and max(lacking.max(initial=0.0), np.abs(out).max(initial=0.0)) < 0.01
        ):
            break
        unit = between / np.where(distance < 1e-9, 1.0, distance)[..., None]
        push = (unit * lacking[..., None]).sum(axis=1) / 2
        neighbours = (lacking > 0).sum(axis=1)
        centres += push / np.maximum(neighbours * 0.6, 1.0)[:, None] + out
        if step < _PULLED_ROUNDS:
            centres += (towns - centres) * _PULL
    return np.asarray(centres - towns, dtype=np.float64)


def _find_ways_out(
    centres: NDArray[np.float64], sizes: NDArray[np.float64], boxes: tuple[tuple[float, ...], ...]
) -> NDArray[np.float64]:
    """The shortest way out of the boxes for each mark that lies over one."""
    ways = np.zeros_like(centres)
    reach = sizes / 2 + MARK_GAP
    for left, top, right, bottom in boxes:
        # Out to the left, right, top and bottom, in that order.
        gaps = np.column_stack(
            [
                centres[:, 0] + reach - left,
                right - centres[:, 0] + reach,
                centres[:, 1] + reach - top,
                bottom - centres[:, 1] + reach,
            ]
        )
        nearest = gaps.argmin(axis=1)
        is_over = gaps.min(axis=1) > 0.005
        along = np.array([(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)])[nearest]
        distance = gaps[np.arange(len(gaps)), nearest]
        ways += np.where(is_over[:, None], along * distance[:, None], 0.0)
    return ways


def find_far_marks(offsets: NDArray[np.float64], sizes: ArrayLike) -> NDArray[np.bool_]:
    """Which marks stand so far from their town that a hair line leads there.

    Parameters
    ----------
    offsets : Array, (marks, 2)
        Answer of `spread_marks`, pixels.
    sizes : ArrayLike, (marks,)
        Width of each mark, pixels.

    Returns
    -------
    Array, (marks,)
        True where a line is drawn.
    """
    distance = np.hypot(offsets[:, 0], offsets[:, 1])
    return np.asarray(distance > LINE_FROM * np.asarray(sizes, dtype=float), dtype=np.bool_)
