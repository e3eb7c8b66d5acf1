"""The least effort with which some levers reach a target, on the estimate: a grid over all but one of
them, the last by halving, and finer grids around the best.
"""

from __future__ import annotations

import numpy as np

from ramp155.answers.goal.estimate import HELPFUL_END, Estimate
from ramp155.model.arrays import Array, Flags

_GRID_POINTS = {0: 1, 1: 25, 2: 9}  # positions a lever, by how many levers are on the grid
_HALVINGS = 12
_SHRINK = 3  # each grid after the first is so many times as narrow


def find_least_effort(
    estimate: Estimate, names: tuple[str, ...], target: float, grids: int
) -> tuple[float, dict[str, float]] | None:
    """Where one, two or three levers reach a target with the least sum of changes.

    Parameters
    ----------
    estimate : Estimate
        Of the month that is asked for.
    names : tuple of str
        Levers that may move.
    target : float
        Rounds a year.
    grids : int
        How many grids, each finer than the one before: one ranks sets, four find the place.

    Returns
    -------
    tuple of (float, dict of float) or None
        Effort (1 = 100 points), and the position of each lever as stored; None where they do not reach it.
    """
    free, last = names[:-1], names[-1]
    points = _GRID_POINTS[len(free)]
    begins, ends = (
        np.array([source[name] for name in free]) for source in (estimate.start, HELPFUL_END)
    )
    centres, widths = (begins + ends) / 2, np.abs(ends - begins) / 2
    best: tuple[float, dict[str, float]] | None = None
    for _ in range(grids):
        axes = [
            np.clip(
                np.linspace(centre - width, centre + width, points),
                min(begin, end),
                max(begin, end),
            )
            for centre, width, begin, end in zip(centres, widths, begins, ends, strict=True)
        ]
        mesh = np.array(np.meshgrid(*axes)).reshape(len(free), -1) if free else np.empty((0, 1))
        last_positions, reaches = _solve_last(estimate, free, mesh, last, target)
        effort = np.abs(mesh - begins[:, None]).sum(axis=0)
        effort = effort + np.abs(last_positions - estimate.start[last])
        effort[~reaches] = np.inf
        place = int(np.argmin(effort))
        if not np.isfinite(effort[place]):
            break
        if best is None or effort[place] < best[0]:
            found = dict(zip(free, map(float, mesh[:, place]), strict=True))
            best = float(effort[place]), found | {last: float(last_positions[place])}
            centres = mesh[:, place]
        widths = widths / _SHRINK
        if not free:
            break
    return best


def _solve_last(
    estimate: Estimate, free: tuple[str, ...], mesh: Array, last: str, target: float
) -> tuple[Array, Flags]:
    """The last lever's position at each point of the grid, and whether the target is reached there."""
    positions = dict(zip(free, mesh, strict=True))
    count = mesh.shape[1]

    def count_rounds(at: Array) -> Array:
        return estimate.compute_medians({**positions, last: at})

    near: Array = np.full(count, estimate.start[last])
    far: Array = np.full(count, HELPFUL_END[last])
    reaches = count_rounds(far) >= target
    far = np.where(count_rounds(near) >= target, near, far)
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        is_enough = count_rounds(middle) >= target
        far, near = np.where(is_enough, middle, far), np.where(is_enough, near, middle)
    return far, reaches
