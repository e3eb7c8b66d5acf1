"""Where a map looks (zoom and centre in degrees), places in pixels of Web Mercator at a zoom, and
the clusters of sites that stand too close together, with the view in which a cluster comes apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pydeck as pdk
from numpy.typing import ArrayLike, NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

HOME_ZOOM, MIN_ZOOM, MAX_ZOOM = 2.75, 2.0, 8.0
MARKS_APART = 24.0  # pixels between marks, else they are one badge
SAFE_FIELD = 300.0  # pixels that are surely in sight around the centre


@dataclass(frozen=True)
class MapView:
    """Where a map looks: zoom (as deck.gl counts: the world is 512 px wide at 0) and centre in degrees.

    A browser takes over only what differs from the view it was sent before, so every move adds a
    hair (1e-9) to what it sets: otherwise a reset after a drag would change nothing.
    """

    zoom: float = HOME_ZOOM
    latitude: float = 51.5
    longitude: float = 14.0
    moves: int = 0
    centred: int = 0

    def zoom_by(self, step: float) -> MapView:
        """Closer (or further) by a step; the centre stays wherever it was dragged to.

        Parameters
        ----------
        step : float
            Doublings of the scale: after 1, half as many degrees fill the screen.

        Returns
        -------
        MapView
            Within the least and the largest zoom.
        """
        zoom = min(max(self.zoom + step, MIN_ZOOM), MAX_ZOOM)
        return replace(self, zoom=zoom, moves=self.moves + 1)

    def at(self, latitude: float, longitude: float, zoom: float) -> MapView:
        """Centred on a place in degrees.

        Parameters
        ----------
        latitude : float
            Degrees north.
        longitude : float
            Degrees east.
        zoom : float
            As deck.gl counts: the world is 512 pixels wide at 0.

        Returns
        -------
        MapView
            Within the least and the largest zoom.
        """
        moves = self.moves + 1
        return MapView(min(max(zoom, MIN_ZOOM), MAX_ZOOM), latitude, longitude, moves, moves)

    def state(self) -> pdk.ViewState:
        """As deck.gl takes it."""
        hair = 1e-9
        return pdk.ViewState(
            latitude=self.latitude + self.centred * hair,
            longitude=self.longitude + self.centred * hair,
            zoom=self.zoom + self.moves * hair,
            min_zoom=MIN_ZOOM,
            max_zoom=MAX_ZOOM,
        )


HOME_VIEW = MapView()


def project_to_screen(lat: ArrayLike, lon: ArrayLike, zoom: float) -> NDArray[np.float64]:
    """Pixels of places in degrees in Web Mercator at a zoom.

    Parameters
    ----------
    lat : ArrayLike, (places,)
        Degrees north.
    lon : ArrayLike, (places,)
        Degrees east.
    zoom : float
        As deck.gl counts: the world is 512 pixels wide at 0.

    Returns
    -------
    Array, (places, 2)
        Right and down, pixels.
    """
    world_pixels = 512 * 2.0**zoom
    up = np.arctanh(np.sin(np.radians(np.asarray(lat, dtype=float))))
    across = np.asarray(lon, dtype=float) / 360
    return np.column_stack([across * world_pixels, -up / (2 * np.pi) * world_pixels])


def find_clusters(
    placed: pd.DataFrame, zoom: float, apart: float = MARKS_APART
) -> NDArray[np.intp]:
    """The cluster (0, 1, ...) of each site, so that none stand closer than `apart` pixels at a zoom.

    The two nearest centres are put together until all are apart; sites of one town are always
    together. Whatever the rows' order, the same sites meet.

    Parameters
    ----------
    placed : DataFrame
        Rows of `build_site_table` that have a place.
    zoom : float
        As deck.gl counts: the world is 512 pixels wide at 0.
    apart : float
        Least distance of two marks, pixels.

    Returns
    -------
    Array, (sites,)
        The number of each site's cluster, from 0.
    """
    towns, town_of = np.unique(placed[["lat", "lon"]].to_numpy(float), axis=0, return_inverse=True)
    town_of = town_of.ravel()
    if len(towns) < 2:
        return np.zeros(len(placed), dtype=np.intp)
    steps = linkage(project_to_screen(towns[:, 0], towns[:, 1], zoom), "centroid")
    far_steps = np.flatnonzero(steps[:, 2] >= apart)
    steps_taken = far_steps[0] if len(far_steps) else len(steps)
    # Cut by the order of the steps: the distances of centres need not rise from step to step.
    steps[:, 2] = np.arange(len(steps))
    town_clusters = fcluster(steps, steps_taken - 0.5, "distance")
    return np.unique(town_clusters[town_of], return_inverse=True)[1].ravel()


def find_opening_view(placed: pd.DataFrame, view: MapView) -> MapView:
    """The view in which the sites of a cluster (rows of `build_site_table`) come apart and are all in sight."""
    lat, lon = placed["lat"].to_numpy(float), placed["lon"].to_numpy(float)
    pixels_at_zoom_0 = project_to_screen(lat, lon, 0)
    low, high = pixels_at_zoom_0.min(axis=0), pixels_at_zoom_0.max(axis=0)
    fitting_zoom = math.log2(SAFE_FIELD / max(float((high - low).max()), 1e-6))
    nearest_apart = (
        float(pdist(np.unique(pixels_at_zoom_0, axis=0)).min())
        if (high > low).any()
        else SAFE_FIELD
    )
    opening_zoom = math.log2(MARKS_APART * 1.1 / nearest_apart)
    middle = (low + high) / 2
    up = -middle[1] / 512 * 2 * math.pi
    return view.at(
        math.degrees(math.asin(math.tanh(up))),
        float(middle[0]) / 512 * 360,
        min(fitting_zoom, max(opening_zoom, view.zoom + 1)),
    )
