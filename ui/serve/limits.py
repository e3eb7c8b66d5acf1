"""How much each caller may ask: points that come back with time, kept for the callers seen last and for nobody else."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_CALLERS = 10_000
_SECONDS = 60.0


class Allowance:
    """Points for each caller: full at first, spent by questions, and filled again over a minute.

    Parameters
    ----------
    points : int
        Points a minute, and at most at a time.
    read_seconds : callable
        Seconds that only go forward.
    """

    def __init__(self, points: int, read_seconds: Callable[[], float] = time.monotonic) -> None:
        self._points = points
        self._read_seconds = read_seconds
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # points, and since when

    def spend(self, caller: str, cost: int) -> int:
        """Spend points of a caller where it has them.

        Parameters
        ----------
        caller : str
            Who asks.
        cost : int
            Points of the question; one dearer than a full minute costs just that.

        Returns
        -------
        int
            0 where they were spent, else seconds until there are enough.
        """
        now = self._read_seconds()
        points, since = self._left.pop(caller, (float(self._points), now))
        points = min(self._points, points + (now - since) * self._points / _SECONDS)
        price = min(cost, self._points)
        is_enough = self._points > 0 and price <= points
        self._left[caller] = (points - price if is_enough else points, now)
        if len(self._left) > MOST_CALLERS:
            self._left.popitem(last=False)
        if is_enough:
            return 0
        return math.ceil((price - points) * _SECONDS / self._points) if self._points else 3600
