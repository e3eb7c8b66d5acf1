"""Openings: lines that are new, restarted or expanded, by their first report of being opened or
delivering, each line once.

A line opened before the window is no opening in it. Headlines count the openings of counted countries
that rest on a report of confidence A or B; the others are listed and marked.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ramp155.base.memory import remember
from ramp155.history.as_known import find_known_events
from ramp155.record.records import Records

# "more than a dozen new factories in two years" was said in November 2025.
OPENED_SINCE = dt.date(2023, 11, 1)
_LINE_FACTS = ["name", "operator", "town", "country", "product", "title", "for_155"]


@remember
def find_openings(
    records: Records,
    since: dt.date,
    until: dt.date | None = None,
    as_of: str | dt.date | None = None,
) -> pd.DataFrame:
    """Every line whose first opening lies from one day to another, by day: `opened` or `first_output`, done.

    Only lines that are new, restarted or expanded count, and reports of the line itself. The first report
    of confidence A or B is a line's opening; one of confidence C stands for it only where there is no
    other, and is marked. Columns of `Records.events`, and: name (of the site), operator, town, country,
    product, title, for_155, one_report (rests on confidence C alone), counted (in headlines).
    """
    new_lines = records.lines.loc[records.lines["origin"] != "existing", "line_id"]
    events = find_known_events(records, as_of)
    starts = events[
        events["event"].isin(["opened", "first_output"])
        & (events["status"] == "done")
        & (events["scope"] == "site")
        & events["line_id"].isin(new_lines)
        & events["first_day"].notna()
    ]
    starts = starts.assign(one_report=starts["confidence"] == "C")
    by_day = starts.sort_values(["one_report", "last_day", "confidence"], kind="stable")
    openings = by_day.drop_duplicates("line_id")
    end = until or dt.date.max
    is_inside = [since <= day <= end for day in openings["first_day"]]
    openings = openings[pd.Series(is_inside, index=openings.index, dtype=bool)]
    openings = openings.merge(
        records.full_lines[_LINE_FACTS], left_on="line_id", right_index=True, how="left"
    )
    is_counted = openings["country"].map(records.countries.set_index("country")["counted"]) == "yes"
    openings["counted"] = is_counted & ~openings["one_report"]
    return openings.sort_values(["first_day", "line_id"]).reset_index(drop=True)


def find_counted_openings(
    records: Records,
    since: dt.date = OPENED_SINCE,
    until: dt.date | None = None,
    as_of: str | dt.date | None = None,
) -> pd.DataFrame:
    """Those openings that headlines count: of counted countries, on a report of confidence A or B.

    Since NATO's two years began, unless another day is given. Columns of `find_openings`.
    """
    openings = find_openings(records, since, until, as_of)
    return openings[openings["counted"]].reset_index(drop=True)
