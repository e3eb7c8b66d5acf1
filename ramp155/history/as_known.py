"""The record as it stood on a date.

Nothing here reads the clock: today is the `as_of` argument, by default the day of the record's last
report; no report from after that day is in what comes back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd

from ramp155.base.memory import remember
from ramp155.record.dates import last_day
from ramp155.record.records import Records


def find_end_month(records: Records) -> int:
    """The month of the record's end.

    Returns
    -------
    int
        Months since year 0, as `month_number` counts them.
    """
    return records.end.year * 12 + records.end.month - 1


def find_known_events(records: Records, as_of: str | dt.date | None = None) -> pd.DataFrame:
    """The events known on a date. A blank date means the record's last report."""
    day = resolve_day(records, as_of)
    return records.events[records.events["known_on"] <= day]


def rewind_records(
    records: Records, as_of: str | dt.date | None = None, hindsight: bool = False
) -> Records:
    """The record as it would have stood on a date: its end is that day, and no later report is in it.

    With `hindsight` what was reported later to have happened by that day is in it too: what is known
    today of that day. Promises stay those made by then. Undated claims, whose day nobody knows, leave.
    Raises ValueError when the text is no date.
    """
    return _rewind_to_day(records, resolve_day(records, as_of), hindsight)


@remember
def _rewind_to_day(records: Records, day: dt.date, hindsight: bool) -> Records:
    past_record = cut_records(records, day, hindsight)
    if past_record is records:
        return records
    return past_record.with_version(f"{records.version}@{day}{'+' if hindsight else ''}")


def cut_records(records: Records, day: dt.date, hindsight: bool) -> Records:
    """As `rewind_records`, made anew each time and without a version, which would have to be worked out from all of it: for who
    goes through many days and keeps none.
    """
    if day >= records.end:
        return records
    events = records.events
    is_known = events["known_on"] <= day
    if hindsight:
        happened = [bool(e) and e <= day for e in events["last_day"]]
        is_known |= (events["status"] == "done") & pd.Series(happened, index=events.index)
    events = events[is_known].copy()
    # A promise that came with a later report was not made by then.
    promised_later = (events["known_on"] > day) & (events["rate_status"] == "planned")
    events.loc[promised_later, "rate"] = float("nan")
    events.loc[promised_later, ["unit", "rate_status"]] = ""
    events["known_on"] = [min(known_on, day) for known_on in events["known_on"]]
    said_by_then = [
        bool(reported_on) and last_day(reported_on) <= day
        for reported_on in records.claims["reported_on"]
    ]
    return replace(records, events=events, claims=records.claims[said_by_then], end=day)


@remember
def find_last_written_report(records: Records) -> dt.date | None:
    """The day of the newest dated report of an event that no machine wrote; None where there is none."""
    events = records.events[records.events["reported_on"].str.len() > 4]
    classes = events["source_id"].map(records.sources.set_index("source_id")["class"])
    days = events.loc[classes != "machine-written", "known_on"]
    return max(days) if len(days) else None


def resolve_day(records: Records, as_of: str | dt.date | None) -> dt.date:
    """The day an `as_of` argument means; none means the record's last report.

    Raises ValueError when the text is no date.
    """
    if as_of is None or as_of == "":
        return records.end
    return as_of if isinstance(as_of, dt.date) else last_day(as_of)
