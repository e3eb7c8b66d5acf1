"""Where a map looks (zoom and centre in degrees), and places in pixels of Web Mercator at a zoom."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
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
