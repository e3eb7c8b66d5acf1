"""A Mercator map in pixels for the map as a file: its size, the globe's radius, and places in
degrees to pixels and back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

MAP_WIDTH, MAP_HEIGHT = 1440, 760  # as wide as Europe is for the height a poster leaves


@dataclass(frozen=True)
class MapFrame:
    """A Mercator map in pixels: the globe's radius, and where 0 degrees north and east lie."""

    radius: float
    left: float
    top: float

    @classmethod
    def around(cls, placed: pd.DataFrame, key_width: float = 0.0) -> MapFrame:
        """Around some sites, with room at the edges and for a key at the left; never closer than some countries.

        Parameters
        ----------
        placed : DataFrame
            Sites with lat and lon, degrees.
        key_width : float
            Room for the key, pixels.
        """
        across = np.radians(placed["lon"].to_numpy(float))
        up = np.arctanh(np.sin(np.radians(placed["lat"].to_numpy(float))))
        width, height = max(np.ptp(across) * 1.12, 0.36), max(np.ptp(up) * 1.14, 0.2)
        free_width = MAP_WIDTH - key_width
        radius = min(free_width / width, MAP_HEIGHT / height)
        middle = (across.min() + across.max()) / 2, (up.min() + up.max()) / 2
        return cls(
            float(radius),
            float(key_width + free_width / 2 - radius * middle[0]),
            float(MAP_HEIGHT / 2 + radius * middle[1]),
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
