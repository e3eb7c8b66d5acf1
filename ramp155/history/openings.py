"""Lines with a new start of output: opened or first output reported done, each line once, among
those that are new, restarted or expanded.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ramp155.history.as_known import find_known_events
from ramp155.record.records import Records

# "more than a dozen new factories in two years" was said in November 2025.
OPENED_SINCE = dt.date(2023, 11, 1)


def find_openings(
    records: Records,
    since: dt.date,
    until: dt.date | None = None,
    as_of: str | dt.date | None = None,
) -> pd.DataFrame:
    """Lines with a new start from one day to another: `opened` or `first_output` reported done.

    Only lines that are new, restarted or expanded count, each with its first such event. Columns of
    `Records.events`.
    """
    new_lines = records.lines.loc[records.lines["origin"] != "existing", "line_id"]
    events = find_known_events(records, as_of)
    starts = events[
        events["event"].isin(["opened", "first_output"])
        & (events["status"] == "done")
        & events["line_id"].isin(new_lines)
        & events["first_day"].notna()
    ]
    end = until or dt.date.max
    is_inside = [since <= day <= end for day in starts["first_day"]]
    starts = starts[pd.Series(is_inside, index=starts.index, dtype=bool)]
    return starts.sort_values("first_day").drop_duplicates("line_id")


def find_recent_openings(records: Records, as_of: str | dt.date | None = None) -> pd.DataFrame:
    """Lines opened or first delivering since NATO's two years began; columns of `Records.events`."""
    return find_openings(records, OPENED_SINCE, as_of=as_of)
