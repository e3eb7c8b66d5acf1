"""A Mercator map in pixels for the map as a file: its size, the globe's radius, and places in
degrees to pixels and back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

MAP_WIDTH, MAP_HEIGHT = 1640, 720  # as wide for its height as the room that a poster leaves
NARROW_SIZE = (720, 1020)  # on a phone, with the key below the map


@dataclass(frozen=True)
class MapFrame:
    """A Mercator map in pixels: the globe's radius, and where 0 degrees north and east lie.

    The key has `key_width` pixels at the left, from `key_top` down where words stand over it, or `key_height` at the foot;
    the map has the rest of `width` and `height`.
    """

    radius: float
    left: float
    top: float
    width: int = MAP_WIDTH
    height: int = MAP_HEIGHT
    key_width: float = 0.0
    key_height: float = 0.0
    key_top: float = 0.0

    @property
    def map_bottom(self) -> float:
        """Where the map ends and the key begins, pixels."""
        return self.height - self.key_height

    @classmethod
    def around(
        cls,
        placed: pd.DataFrame,
        key_width: float = 0.0,
        size: tuple[int, int] = (MAP_WIDTH, MAP_HEIGHT),
        key_height: float = 0.0,
        key_top: float = 0.0,
    ) -> MapFrame:
        """Around some sites, with room at the edges and for a key at the left or foot; never closer than some countries.

        Parameters
        ----------
        placed : DataFrame
            Sites with lat and lon, degrees.
        key_width : float
            Room for the key at the left, pixels.
        size : tuple of int
            Width and height of it all, pixels.
        key_height : float
            Room for the key at the foot, pixels.
        key_top : float
            Where a key at the left begins, pixels; 0 where it stands in the middle.
        """
        across = np.radians(placed["lon"].to_numpy(float))
        up = np.arctanh(np.sin(np.radians(placed["lat"].to_numpy(float))))
        width, height = max(np.ptp(across) * 1.12, 0.36), max(np.ptp(up) * 1.12, 0.2)
        free_width, free_height = size[0] - key_width, size[1] - key_height
        radius = min(free_width / width, free_height / height)
        middle = (across.min() + across.max()) / 2, (up.min() + up.max()) / 2
        return cls(
            float(radius),
            float(key_width + free_width / 2 - radius * middle[0]),
            float(free_height / 2 + radius * middle[1]),
            *size,
            key_width,
            key_height,
            key_top,
        )

    def pixels(self, lat: pd.Series, lon: pd.Series) -> NDArray[np.float64]:
        """Right and down of places in degrees.

        Parameters
        ----------
        lat : Series, (places,)
            Degrees north.
        lon : Series, (places,)
            Degrees east.

        Returns
        -------
        Array, (places, 2)
            Right and down, pixels.
        """
        up = np.arctanh(np.sin(np.radians(np.asarray(lat, dtype=float))))
        across = np.radians(np.asarray(lon, dtype=float))
        return np.column_stack([self.left + self.radius * across, self.top - self.radius * up])

    def degrees(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Longitude and latitude of pixels.

        Parameters
        ----------
        points : Array, (places, 2)
            Right and down, pixels.

        Returns
        -------
        Array, (places, 2)
            Degrees east and north.
        """
        lon = np.degrees((points[:, 0] - self.left) / self.radius)
        lat = np.degrees(np.arctan(np.sinh((self.top - points[:, 1]) / self.radius)))
        return np.column_stack([lon, lat])
