"""Where a map looks (zoom and centre in degrees), and places in pixels of Web Mercator at a zoom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pydeck as pdk
from numpy.typing import ArrayLike, NDArray

HOME_ZOOM, MIN_ZOOM, MAX_ZOOM = 2.75, 2.0, 8.0


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
_USUAL_WIDTH, _USUAL_HEIGHT = 720, 480  # pixels of a map before a browser says how large it is
_FIT_ROOM = 24  # pixels left free round what is fitted
_CLOSEST_FIT = 5.0  # the zoom that a fit stops at


def find_bounds(sites: pd.DataFrame) -> tuple[float, float, float, float]:
    """The box round some sites.

    Parameters
    ----------
    sites : DataFrame
        With lat and lon (degrees), none blank.

    Returns
    -------
    tuple of float, (4,)
        West, south, east and north, degrees.
    """
    west, east = float(sites["lon"].min()), float(sites["lon"].max())
    return west, float(sites["lat"].min()), east, float(sites["lat"].max())


def fit_view(bounds: tuple[float, float, float, float]) -> tuple[float, float, float]:
    """Where a map of usual size looks so that a box is whole in sight, as a browser finds it for its own.

    Parameters
    ----------
    bounds : tuple of float, (4,)
        West, south, east and north, degrees.

    Returns
    -------
    tuple of float, (3,)
        Latitude and longitude (degrees), and zoom.
    """
    west, south, east, north = bounds
    (left, low), (right, high) = project_to_screen([south, north], [west, east], 0.0)
    across, up = max(right - left, 0.5 / 360 * 512), max(low - high, 0.01 / (2 * np.pi) * 512)
    room = (_USUAL_WIDTH - 2 * _FIT_ROOM) / across, (_USUAL_HEIGHT - 2 * _FIT_ROOM) / up
    zoom = min(max(np.floor(np.log2(min(room)) * 4) / 4, MIN_ZOOM), _CLOSEST_FIT)
    latitude = np.degrees(np.arctan(np.sinh(-(low + high) / 2 / 512 * 2 * np.pi)))
    return float(latitude), (west + east) / 2, float(zoom)


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
