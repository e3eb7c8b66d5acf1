"""How much a series is promised to grow, by what stood promised on a day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

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


def promise_growth(
    promises: Sequence[Report], level: float, start: float, month: float
) -> float | None:
    """Log growth promised from a level at a start to a month.

    Log-straight from promise to promise, never falling, flat after the last.

    Parameters
    ----------
    promises : sequence of Report
        Those made by the day.
    level : float
        Log of units of the series a year, at the start.
    start, month : float
        Months since year 0.

    Returns
    -------
    float or None
        Log growth (0.69 is twice as many units), at least 0; None where nothing stands promised.
    """
    standing = list_standing_promises(promises, start)
    if not standing:
        return None
    growths = np.maximum.accumulate(np.maximum(np.log(list(standing.values())) - level, 0.0))
    return float(np.interp(month, [start, *standing], [0.0, *growths]))
