"""The one counter of lines, sites and openings: told what it counts, it says it.

Every number of these on a page, picture, slide, story or sentence comes from here, so that two of them
can differ only where they count different things, and then their words differ too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

import pandas as pd

from ramp155.history.openings import OPENED_SINCE, find_openings
from ramp155.history.standing.sites import STATUS_GROUPS, list_site_statuses
from ramp155.history.status import list_statuses
from ramp155.record.records import Records


class Count(NamedTuple):
    """How many there are, and the words for one and for several of them."""

    number: int
    one: str
    several: str


# What is counted -> the words for one and for several: no two alike.
COUNTED = {
    "lines": ("line", "lines"),
    "sites": ("plant", "plants"),
    "placed sites": ("plant with a published town", "plants with a published town"),
    "unplaced sites": ("plant without a published town", "plants without a published town"),
    "coming": ("line promised or being built", "lines promised or being built"),
    "openings": ("new or expanded line", "new or expanded lines"),
    "openings for 155 mm": ("new or expanded line for 155 mm", "new or expanded lines for 155 mm"),
    "opened sites": ("plant with a new or expanded line", "plants with a new or expanded line"),
    "openings aside": ("opening not counted", "openings not counted"),
}


def count_lines(
    records: Records,
    what: str = "lines",
    lines: pd.DataFrame | None = None,
    statuses: Collection[str] = (),
    flag: str = "",
) -> Count:
    """How many lines or sites there are.

    Parameters
    ----------
    records : Records
        The record.
    what : str
        `lines`, `sites`, `placed sites`, `unplaced sites` or `coming` (lines of counted countries that are
        promised or being built, as openings are counted).
    lines : DataFrame, optional
        Those that are counted, rows of `list_statuses`; none given: all at the record's end.
    statuses : collection of str
        Of lines, or of what a site does now; none given: every one.
    flag : str
        Only lines with this flag; none given: all.

    Returns
    -------
    Count
        Lines or sites.

    Raises
    ------
    ValueError
        Where it is not told what to count.
    """
    rows = list_statuses(records) if lines is None else lines
    rows = rows[rows["status"] != "not yet reported"]
    if flag:
        rows = rows[[flag in flags for flags in rows["flags"]]]
    if what == "coming":
        is_coming = rows["status"].isin(["announced", "construction"])
        return _name(what, (is_coming & rows["line_id"].isin(list_counted_lines(records))).sum())
    if what not in COUNTED:
        raise ValueError(f"nothing to count: {what}")
    if what != "lines":
        rows = list_site_statuses(rows)
        if what != "sites":
            rows = rows[rows["site_id"].map(_have_town(records)) == (what == "placed sites")]
    if statuses:
        rows = rows[rows["status"].isin(statuses)]
    return _name(what, len(rows))


def list_counted_lines(records: Records) -> set[str]:
    """The lines of counted countries: those that headlines speak of."""
    counted = records.countries.loc[records.countries["counted"] == "yes", "country"]
    full_lines = records.full_lines
    return set(full_lines.index[full_lines["country"].isin(counted)])


def count_statuses(rows: pd.DataFrame) -> dict[str, int]:
    """How many lines or sites stand where: status -> how many, those that there are.

    Parameters
    ----------
    rows : DataFrame
        Rows of `list_statuses`, or of a table of sites with the status of each.

    Returns
    -------
    dict of str to int
        Count of lines or sites.
    """
    return {str(status): int(number) for status, number in rows["status"].value_counts().items()}


def count_groups(rows: pd.DataFrame) -> dict[str, int]:
    """How many lines or sites stand where, in the words of the map's key: group -> how many, those that there are.

    Parameters
    ----------
    rows : DataFrame
        Rows of `list_statuses`, or of a table of sites with the status of each.

    Returns
    -------
    dict of str to int
        Count of lines or sites, in the order of `STATUS_GROUPS`.
    """
    numbers = count_statuses(rows)
    counts = {
        group: sum(numbers.get(status, 0) for status in statuses)
        for group, statuses in STATUS_GROUPS.items()
    }
    return {group: number for group, number in counts.items() if number}


def count_openings(
    records: Records,
    what: str = "openings",
    since: dt.date = OPENED_SINCE,
    until: dt.date | None = None,
    as_of: str | dt.date | None = None,
    line_ids: Collection[str] | None = None,
) -> Count:
    """How many new or expanded lines opened.

    Parameters
    ----------
    records : Records
        The record.
    what : str
        `openings` (of counted countries, on a report of confidence A or B), `openings for 155 mm`, `opened
        sites` (their sites) or `openings aside` (on record, not counted).
    since, until : date
        First and last day of the window.
    as_of : str or date, optional
        The day from which it is seen; none given: the record's end.
    line_ids : collection of str, optional
        The lines that are counted; none given: all.

    Returns
    -------
    Count
        Lines, or sites.

    Raises
    ------
    ValueError
        Where it is not told what to count.
    """
    openings = find_openings(records, since, until, as_of)
    if line_ids is not None:
        openings = openings[openings["line_id"].isin(line_ids)]
    counted = openings[openings["counted"]]
    numbers = {
        "openings": len(counted),
        "openings for 155 mm": int((counted["for_155"] == "yes").sum()),
        "opened sites": counted["line_id"].map(records.full_lines["site_id"]).nunique(),
        "openings aside": len(openings) - len(counted),
    }
    if what not in numbers:
        raise ValueError(f"nothing to count: {what}")
    return _name(what, numbers[what])


def _have_town(records: Records) -> dict[str, bool]:
    """site_id -> whether its town is published."""
    sites = records.sites
    return dict(zip(sites["site_id"], sites["lat"].notna(), strict=True))


def _name(what: str, number: float) -> Count:
    return Count(int(number), *COUNTED[what])
