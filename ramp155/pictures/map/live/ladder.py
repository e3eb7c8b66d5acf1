"""Where marks and names go at each of a ladder of zooms: worked out once for all plants and all months,
so that nothing jumps when a filter or the month changes.

The names that a reader looks for first are placed before the marks, which keep clear of them; all others
where marks leave room. A browser takes offsets of marks from the two rungs around its zoom, and names
from the rung below.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.map.label_room import (
    compute_label_reach,
    list_tried_centres,
    place_labels,
    surround_marks,
)
from ramp155.pictures.map.live.line_days import list_map_days
from ramp155.pictures.map.live.site_days import measure_slots
from ramp155.pictures.map.names import list_country_names, list_town_names
from ramp155.pictures.map.spread import spread_marks
from ramp155.pictures.map.view import MAX_ZOOM, MIN_ZOOM, project_to_screen

RUNG = 0.25  # doublings of the scale between two rungs
TOWNS_FROM_ZOOM = 3.5
# Pixels: height of a country's and of a town's name, and their width a letter.
COUNTRY_HEIGHT, TOWN_HEIGHT = 15.0, 13.0
COUNTRY_LETTER, TOWN_LETTER = 7.3, 6.4
_FIRST_NAMES = 10  # how many countries are named before marks are placed
_FIRST_FROM_ZOOM = 2.5  # the zoom from which marks make room for names


@dataclass(frozen=True)
class Ladder:
    """Places by zoom.

    `zooms` are the rungs (rungs,). `offsets` are how far marks stand from their towns, pixels right and down (rungs,
    plants, 2), of `site_ids`. `names` are rows of (place in `list_country_names`, degrees east, degrees north) for
    each rung, `towns` the plants whose town is named below their mark, by place in `site_ids`.
    """

    zooms: tuple[float, ...]
    site_ids: tuple[str, ...]
    slots: tuple[float, ...]
    offsets: NDArray[np.float64]
    names: tuple[tuple[tuple[int, float, float], ...], ...]
    towns: tuple[tuple[int, ...], ...]


@remember
def build_ladder(model: Model) -> Ladder:
    """Places of marks and names at every rung, for all plants with a published town.

    Parameters
    ----------
    model : Model
        The record with its draws.

    Returns
    -------
    Ladder
        Offsets in pixels, places in degrees.
    """
    sites = model.record.sites
    placed = sites[sites["lat"].notna()].reset_index(drop=True)
    slots = measure_slots(model, list_map_days(model.record, model.record.end))
    placed["size"] = placed["site_id"].map(slots).to_numpy(float)
    names = list_country_names(model)
    towns = list_town_names(placed)
    zooms = tuple(float(zoom) for zoom in np.arange(MIN_ZOOM, MAX_ZOOM + RUNG / 2, RUNG))
    rungs = [_build_rung(placed, names, towns, zoom) for zoom in zooms]
    offsets, name_rows, town_rows = zip(*rungs, strict=True)
    return Ladder(
        zooms,
        tuple(placed["site_id"]),
        tuple(placed["size"]),
        np.stack(offsets),
        tuple(name_rows),
        tuple(town_rows),
    )


def measure_name(text: str) -> float:
    """The width of a country's name.

    Parameters
    ----------
    text : str
        The name.

    Returns
    -------
    float
        Pixels.
    """
    return len(text) * COUNTRY_LETTER + 4


def _build_rung(
    placed: pd.DataFrame, names: pd.DataFrame, towns: pd.DataFrame, zoom: float
) -> tuple[NDArray[np.float64], tuple[tuple[int, float, float], ...], tuple[int, ...]]:
    """One zoom: offsets of marks, names and the towns that are named."""
    points = project_to_screen(placed["lat"], placed["lon"], zoom)
    sizes = placed["size"].to_numpy(float)
    usual_centres = project_to_screen(names["lat"], names["lon"], zoom)
    widths = np.array([measure_name(name) for name in names["name"]])
    reach = compute_label_reach(names, 512 * 2.0**zoom / (2 * np.pi), COUNTRY_HEIGHT)
    centres = np.full_like(usual_centres, np.nan)
    first = (
        np.flatnonzero(names["recorded"].to_numpy(bool))[:_FIRST_NAMES]
        if zoom >= _FIRST_FROM_ZOOM
        else np.arange(0)
    )
    first_boxes: list[tuple[float, ...]] = []
    for name in first:
        box = _find_emptiest(
            usual_centres[name],
            widths[name],
            reach[name],
            surround_marks(points, sizes),
            first_boxes,
        )
        first_boxes.append(box)
        centres[name] = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    boxes = np.array(first_boxes).reshape(-1, 4)
    offsets = spread_marks(points, sizes, boxes)
    mark_boxes = surround_marks(points + offsets, sizes + 2)
    others = np.setdiff1d(np.arange(len(names)), first)
    centres[others] = place_labels(
        usual_centres[others],
        widths[others],
        COUNTRY_HEIGHT,
        reach[others],
        np.vstack([mark_boxes, boxes]),
    )
    has_room = ~np.isnan(centres[:, 0])
    degrees = _find_degrees(centres[has_room], zoom)
    name_rows = tuple(
        (int(place), round(lon, 3), round(lat, 3))
        for place, (lon, lat) in zip(np.flatnonzero(has_room), degrees.tolist(), strict=True)
    )
    half_sizes = np.column_stack([widths / 2, np.full(len(names), COUNTRY_HEIGHT / 2)])[has_room]
    name_boxes = np.hstack([centres[has_room] - half_sizes, centres[has_room] + half_sizes])
    all_boxes = np.vstack([mark_boxes, name_boxes])
    return offsets, name_rows, _name_towns(placed, towns, points + offsets, all_boxes, zoom)


def _find_emptiest(
    usual: NDArray[np.float64],
    width: float,
    reach: float,
    mark_boxes: NDArray[np.float64],
    taken: list[tuple[float, ...]],
) -> tuple[float, ...]:
    """The box of a name where it lies over the fewest marks, near its usual place, and over no other name."""
    best, least = None, np.inf
    half = np.array([width / 2, COUNTRY_HEIGHT / 2])
    for centre in list_tried_centres(usual, reach):
        low, high = centre - half, centre + half
        over_names = sum(
            low[0] < right and high[0] > left and low[1] < bottom and high[1] > top
            for left, top, right, bottom in taken
        )
        overlap = np.minimum(high, mark_boxes[:, 2:]) - np.maximum(low, mark_boxes[:, :2])
        covered = float(np.prod(np.maximum(overlap, 0.0), axis=1).sum())
        cost = covered + 1e6 * over_names + 0.5 * float(np.hypot(*(centre - usual)))
        if cost < least:
            best, least = (*low.tolist(), *high.tolist()), cost
    if best is None:
        raise ValueError("a name was tried nowhere")
    return best


def _name_towns(
    placed: pd.DataFrame,
    towns: pd.DataFrame,
    mark_centres: NDArray[np.float64],
    boxes: NDArray[np.float64],
    zoom: float,
) -> tuple[int, ...]:
    """The plants whose town's name has room below their mark."""
    if zoom < TOWNS_FROM_ZOOM:
        return ()
    place_of_site = {site_id: place for place, site_id in enumerate(placed["site_id"])}
    places = np.array([place_of_site[site_id] for site_id in towns["site_id"]], dtype=np.intp)
    below = mark_centres[places].copy()
    below[:, 1] += placed["size"].to_numpy(float)[places] / 2 + TOWN_HEIGHT / 2 + 2
    widths = towns["town"].str.len().to_numpy(float) * TOWN_LETTER
    centres = place_labels(below, widths, TOWN_HEIGHT, np.zeros(len(below)), boxes, move=False)
    return tuple(places[~np.isnan(centres[:, 0])].tolist())


def _find_degrees(points: NDArray[np.float64], zoom: float) -> NDArray[np.float64]:
    """Degrees east and north of pixels of `project_to_screen`."""
    world_pixels = 512 * 2.0**zoom
    right, down = points.T
    north = np.degrees(np.arctan(np.sinh(-down / world_pixels * 2 * np.pi)))
    return np.column_stack([right / world_pixels * 360, north])
