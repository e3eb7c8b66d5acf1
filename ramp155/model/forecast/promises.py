"""How much a series is promised to grow, by what stood promised on a day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ramp155.model.arrays import Array
from ramp155.model.forecast.panel import Report


def list_standing_promises(promises: Sequence[Report], month: float) -> dict[int, float]:
    """What stands promised for after a month, by the month by which it is due.

    For one month the latest word stands. A later word that promises no more, for a later month, puts off
    an earlier promise and takes its place. An overdue promise stands until there is another word.

    Parameters
    ----------
    promises : sequence of Report
        Those made by the day.
    month : float
        Months since year 0; what is due by then is left out.

    Returns
    -------
    dict of float
        Month due (months since year 0) -> units of the series a year, the earliest first.
    """
    latest: dict[int, Report] = {}
    for promise in sorted(promises, key=lambda promise: (promise.known_on, promise.value)):
        if promise.last_month > month + 0.5:
            latest[promise.last_month] = promise
    return {
        due: latest[due].value
        for due in sorted(latest)
        if not any(
            later > due
            and latest[later].value <= latest[due].value
            and latest[later].known_on > latest[due].known_on
            for later in latest
        )
    }


def promise_growths(
    promises: Sequence[Report], levels: Array, start: float, months: Array
) -> Array | None:
    """Log growth promised from levels at a start to months.

    Log-straight from promise to promise, never falling, flat after the last.

    Parameters
    ----------
    promises : sequence of Report
        Those made by the day.
    levels : Array, (levels,)
        Logs of units of the series a year, at the start.
    start : float
        Months since year 0.
    months : Array, (months,)
        Months since year 0.

    Returns
    -------
    Array, (months, levels) or None
        Log growth (0.69 is twice as many units), at least 0; None where nothing stands promised.
    """
    standing = list_standing_promises(promises, start)
    if not standing:
        return None
    logs = np.log(list(standing.values()))
    growths = np.maximum.accumulate(np.maximum(logs[:, None] - levels, 0.0), axis=0)
    knots = np.array([start, *standing])
    weights = np.array([np.interp(months, knots, unit) for unit in np.eye(len(knots))[1:]])
    promised: Array = weights.T @ growths
    return promised
