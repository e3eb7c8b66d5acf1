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
from ramp155.base.shelf import keep_arrays
from ramp155.model.model import Model
from ramp155.pictures.map.label_room import (
    compute_label_reach,
    find_emptiest_boxes,
    find_hit_boxes,
    place_labels,
    surround_marks,
)
from ramp155.pictures.map.live.line_days import list_map_days
from ramp155.pictures.map.live.site_days import measure_slots
from ramp155.pictures.map.names import list_country_names, list_town_names
from ramp155.pictures.map.spread import spread_marks
from ramp155.pictures.map.symbols import SMALLEST_MARK
from ramp155.pictures.map.view import MAX_ZOOM, MIN_ZOOM, project_to_screen

RUNG = 0.25  # doublings of the scale between two rungs
TOWNS_FROM_ZOOM = 3.5
# Pixels: height of a country's and of a town's name, and their width a letter.
COUNTRY_HEIGHT, TOWN_HEIGHT = 15.0, 13.0
COUNTRY_LETTER, TOWN_LETTER = 7.3, 6.4
_GROWS_FROM, _LARGEST_SCALE = (
    2.75,
    1.5,
)  # marks grow with the map from a zoom on, half as fast, up to a scale
_FIRST_NAMES = (
    9  # how many countries, those with the most plants, are named before marks are placed
)
_FEWER_BELOW, _FEWER_NAMES = 2.5, 4  # and how many on a map smaller than that zoom


@dataclass(frozen=True)
class Ladder:
    """Places by zoom.

    `zooms` are the rungs (rungs,), `scales` what marks are multiplied by there. `slots` are the largest widths of marks
    (plants,), pixels at scale 1. `offsets` are how far marks stand from their towns, pixels right and down (rungs,
    plants, 2), of `site_ids`. `names` are rows of (place in `list_country_names`, degrees east, degrees north) for
    each rung, `towns` the plants whose town is named below their mark, by place in `site_ids`.
    """

    zooms: tuple[float, ...]
    scales: tuple[float, ...]
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
    zooms = tuple(float(zoom) for zoom in np.arange(MIN_ZOOM, MAX_ZOOM + RUNG / 2, RUNG))
    scales = tuple(find_mark_scale(zoom) for zoom in zooms)
    arrays = (
        _place_all(model, placed, zooms, scales)
        if model.record.uploaded
        else keep_arrays(
            f"ladder {model.record.digest}", lambda: _place_all(model, placed, zooms, scales)
        )
    )
    return Ladder(
        zooms,
        scales,
        tuple(placed["site_id"]),
        tuple(arrays["slots"].tolist()),
        arrays["offsets"],
        tuple(
            tuple(
                (int(place), lon, lat)
                for rung, place, lon, lat in arrays["names"].tolist()
                if rung == step
            )
            for step in range(len(zooms))
        ),
        tuple(
            tuple(int(place) for rung, place in arrays["towns"].tolist() if rung == step)
            for step in range(len(zooms))
        ),
    )


def _place_all(
    model: Model, placed: pd.DataFrame, zooms: tuple[float, ...], scales: tuple[float, ...]
) -> dict[str, NDArray[np.float64]]:
    """Every rung as arrays: slots, offsets, and rows of names and towns that begin with their rung."""
    slots = measure_slots(model, list_map_days(model.record, model.record.end))
    sizes = placed["site_id"].map(slots).fillna(SMALLEST_MARK).to_numpy(float)
    names, towns = list_country_names(model), list_town_names(placed.assign(size=sizes))
    rungs = [
        _build_rung(placed.assign(size=sizes * scale), names, towns, zoom)
        for zoom, scale in zip(zooms, scales, strict=True)
    ]
    offsets, name_rows, town_rows = zip(*rungs, strict=True)
    return {
        "slots": sizes,
        "offsets": np.stack(offsets),
        "names": np.array([(rung, *row) for rung, rows in enumerate(name_rows) for row in rows]),
        "towns": np.array(
            [(rung, place) for rung, places in enumerate(town_rows) for place in places]
        ),
    }


def find_mark_scale(zoom: float) -> float:
    """What marks are multiplied by at a zoom.

    Parameters
    ----------
    zoom : float
        As deck.gl counts: the world is 512 pixels wide at 0.

    Returns
    -------
    float
        A ratio, 1 at home.
    """
    grown = float(2.0 ** ((zoom - _GROWS_FROM) / 2))
    return round(min(max(grown, 1.0), _LARGEST_SCALE), 3)


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
    first = np.argsort(-names["plants"].to_numpy(), kind="stable")[
        : _FEWER_NAMES if zoom < _FEWER_BELOW else _FIRST_NAMES
    ]
    boxes = find_emptiest_boxes(
        usual_centres[first],
        widths[first],
        COUNTRY_HEIGHT,
        reach[first],
        surround_marks(points, sizes),
    )
    offsets = spread_marks(points, sizes, boxes)
    # Where marks find no way round a name it takes its turn with the others.
    while (is_hit := find_hit_boxes(points + offsets, sizes, boxes)).any():
        first, boxes = first[~is_hit], boxes[~is_hit]
        offsets = spread_marks(points, sizes, boxes)
    centres[first] = (boxes[:, :2] + boxes[:, 2:]) / 2
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
