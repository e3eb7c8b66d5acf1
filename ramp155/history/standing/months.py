"""Where every line stood at the end of every month: status, lateness, marks and openings as tables of
months by lines, so that a picture can step through time without asking again.

The same answers as `list_statuses` and `find_counted_openings` give for each of the days.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ramp155.base.memory import remember
from ramp155.base.shelf import keep_arrays
from ramp155.history.as_known import cut_records
from ramp155.history.openings import find_counted_openings
from ramp155.history.replay_days import FIRST_REPLAY_DAY, list_month_ends
from ramp155.history.standing.sites import (
    BEFORE_STATUS,
    LEADING_STATUSES,
    LIFTED_STATUS,
    TRIED_STATUS,
)
from ramp155.history.status import STATUSES, list_statuses
from ramp155.record.records import Records

Codes = NDArray[np.uint8]

STATUS_CODES = {status: code for code, status in enumerate(STATUSES)}
LATE_CODES = {"": 0, "late": 1, "came late": 2}
# Bits of the marks of a line in a month, by flag.
MARK_BITS = {
    "inferred": 1,
    "no recent news": 2,
    "one report": 4,
    "bad news since": 8,
    "unconfirmed": 16,
}
_MOST_LATE = 255  # months: as far as a byte counts
_NOT_REPORTED = STATUS_CODES["not yet reported"]


@dataclass(frozen=True)
class MonthTable:
    """Where lines stood at the end of each month, each array (days, lines).

    `status` are codes of `STATUS_CODES`, `late` of `LATE_CODES`, `lateness` is how late at least (months, 0 where not), `marks` are
    sums of `MARK_BITS`, `opened` is 1 from the day on which a counted opening since November 2023 was known.
    """

    days: tuple[dt.date, ...]
    line_ids: tuple[str, ...]
    status: Codes
    late: Codes
    lateness: Codes
    marks: Codes
    opened: Codes


@remember
def tabulate_months(records: Records, hindsight: bool = False) -> MonthTable:
    """Where every line stood at the end of each month since January 2022, and at the record's end.

    Parameters
    ----------
    records : Records
        The record.
    hindsight : bool
        Whether what was reported later to have happened by then is known, as in `rewind_records`.

    Returns
    -------
    MonthTable
        One row a day, one column a line, in the order of `Records.lines`.
    """
    return tabulate_days(records, tuple(list_month_ends(FIRST_REPLAY_DAY, records.end)), hindsight)


@remember
def tabulate_days(
    records: Records, days: tuple[dt.date, ...], hindsight: bool = False
) -> MonthTable:
    """As `tabulate_months`, of any days.

    Parameters
    ----------
    records : Records
        The record.
    days : tuple of date
        The days, (days,).
    hindsight : bool
        Whether what was reported later to have happened by then is known.

    Returns
    -------
    MonthTable
        One row a day, one column a line.
    """
    if records.uploaded:
        codes = _make_codes(records, days, hindsight)
    else:
        question = f"months {records.digest} {hindsight} {days}"
        codes = dict(keep_arrays(question, lambda: _make_codes(records, days, hindsight)))
    return MonthTable(days, tuple(records.lines["line_id"]), **codes)


def _make_codes(records: Records, days: tuple[dt.date, ...], hindsight: bool) -> dict[str, Codes]:
    """The arrays of a `MonthTable` by name."""
    rows_by_day = [_describe_day(records, day, hindsight) for day in days]
    return {name: np.stack([rows[name] for rows in rows_by_day]) for name in rows_by_day[0]}


def _describe_day(records: Records, day: dt.date, hindsight: bool) -> dict[str, Codes]:
    """One day of each array, (lines,)."""
    known_record = cut_records(records, day, hindsight) if hindsight else records
    statuses = list_statuses(known_record, day)
    opened_lines = find_counted_openings(known_record, as_of=day)["line_id"]
    flag_bits = [sum(MARK_BITS.get(flag, 0) for flag in flags) for flags in statuses["flags"]]
    columns = {
        "status": statuses["status"].map(STATUS_CODES),
        "late": statuses["late"].map(LATE_CODES),
        "lateness": statuses["lateness_months"].clip(upper=_MOST_LATE),
        "marks": flag_bits,
        "opened": statuses["line_id"].isin(opened_lines),
    }
    return {name: np.asarray(values, dtype=np.uint8) for name, values in columns.items()}


def lead_sites(
    table: MonthTable, site_of_line: pd.Series[str], shown: NDArray[np.bool_]
) -> pd.DataFrame:
    """What each site's shown lines do at the end of each month: the status of the site, as `list_site_statuses` has it.

    Parameters
    ----------
    table : MonthTable
        Where lines stood.
    site_of_line : Series of str, by line_id
        The site of each line.
    shown : Array of bool, (lines,)
        The lines that count.

    Returns
    -------
    DataFrame, (days, sites)
        Codes of `STATUS_CODES`, a column for each site with a shown line, by site_id.
    """
    leaders = find_leaders(table, site_of_line, shown)
    sites = site_of_line.reindex(table.line_ids).to_numpy()[shown]
    is_tried = pd.DataFrame((table.status[:, shown] == STATUS_CODES[TRIED_STATUS]).T)
    has_trial = is_tried.groupby(sites, sort=False).any().to_numpy().T
    is_lifted = has_trial & (leaders == STATUS_CODES[BEFORE_STATUS])
    return leaders.mask(is_lifted, STATUS_CODES[LIFTED_STATUS]).astype(np.uint8)


def find_leaders(
    table: MonthTable, site_of_line: pd.Series[str], shown: NDArray[np.bool_]
) -> pd.DataFrame:
    """The status of the line that leads at each site.

    Parameters
    ----------
    table, site_of_line, shown
        As of `lead_sites`.

    Returns
    -------
    DataFrame, (days, sites)
        As of `lead_sites`.
    """
    rank_of_code = np.full(len(STATUS_CODES), len(LEADING_STATUSES), dtype=np.uint8)
    for rank, status in enumerate(LEADING_STATUSES):
        rank_of_code[STATUS_CODES[status]] = rank
    code_of_rank = np.array(
        [*(STATUS_CODES[status] for status in LEADING_STATUSES), _NOT_REPORTED], dtype=np.uint8
    )
    sites = site_of_line.reindex(table.line_ids).to_numpy()[shown]
    ranks = pd.DataFrame(rank_of_code[table.status[:, shown]].T).groupby(sites, sort=False).min()
    return pd.DataFrame(code_of_rank[ranks.to_numpy().T], columns=list(ranks.index))
