"""The days on which the record can be looked at as it was known: the last day of every month from
the end of January 2022.
"""

from __future__ import annotations

import calendar
import datetime as dt

from ramp155.base.memory import remember_asset

FIRST_REPLAY_DAY = dt.date(2022, 1, 31)


@remember_asset
def list_month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """The last day of every month from one date on, and the other date; not to be changed."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month - 1)
    ends = [
        dt.date(month // 12, month % 12 + 1, calendar.monthrange(month // 12, month % 12 + 1)[1])
        for month in months
    ]
    return [*ends, last]
