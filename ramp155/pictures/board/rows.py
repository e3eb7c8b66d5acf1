"""The rows of the board of lines: where each stands, its bar through time, its dates and how late it is.

One function makes them for the picture of the board and the table under it (`list_board_rows`); `months.py`
has the same for every month.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ramp155.answers.ramp_ups import RampUp, list_ramp_ups
from ramp155.base.memory import remember
from ramp155.history.standing.months import STATUS_CODES, MonthTable
from ramp155.model.model import Model
from ramp155.pictures.map.sites import compute_rounds_per_unit
from ramp155.pictures.map.symbols import OPEN_STATUSES
from ramp155.pictures.plants.lines import filter_lines, list_shown_lines, say_view_lines
from ramp155.pictures.view import View, find_known_record
from ramp155.record.dates import find_span
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.board import (
    say_awaited,
    say_done,
    say_first_promise,
    say_lateness,
    say_rate,
)

BOARD_GROUPS = {"product": "by stage", "country": "by country", "maker": "by maker"}
GROUP_COLUMNS = {"product": "stage", "country": "country_name", "maker": "maker"}
BOARD_SORTS = {"late": "late first", "size": "large first"}
# How far a bar is filled, from promised to delivering; all others are full.
STATUS_FILLS = {"announced": 0.0, "construction": 0.5, "commissioning": 0.75}
BROKEN_STATUSES = ("unknown", *OPEN_STATUSES)  # drawn empty, with a broken edge
FIRST_YEAR = 2022  # the left edge: what came before begins there
_MONTHS = 12
_FIRST_MONTH = FIRST_YEAR * _MONTHS


def find_place(day: dt.date) -> float:
    """Where a day stands on the axis.

    Parameters
    ----------
    day : date
        Any day.

    Returns
    -------
    float
        Months since the left edge, below 0 before it.
    """
    days_in_month = (
        dt.date(day.year + day.month // 12, day.month % 12 + 1, 1) - day.replace(day=1)
    ).days
    return day.year * _MONTHS + day.month - 1 - _FIRST_MONTH + day.day / days_in_month


def find_date_place(date: str) -> float:
    """Where a date of the record is drawn: in the middle of what it names.

    Parameters
    ----------
    date : str
        YYYY, YYYY-MM or YYYY-MM-DD.

    Returns
    -------
    float
        Months since the left edge.
    """
    first_day, last_day = find_span(date)
    return round((find_place(first_day) + find_place(last_day)) / 2, 2)


def find_slip_span(late_since: dt.date, lateness_months: float) -> tuple[float, float]:
    """From where to where a slip is drawn: as long as the line is late, from the end of the first promise.

    Parameters
    ----------
    late_since : date
        The last day of the first promise.
    lateness_months : float
        How late at least, months.

    Returns
    -------
    first, last : float
        Months since the left edge.
    """
    first = float(late_since.year * _MONTHS + late_since.month - _FIRST_MONTH)
    return first, first + lateness_months


def find_last_year(records: Records) -> int:
    """The right edge: the end of the last year that anything is promised for.

    Returns
    -------
    int
        A year, at whose end the axis ends.
    """
    dates = [
        mark.date for ramp_up in list_ramp_ups(records).values() for mark in ramp_up.date_marks
    ]
    return max([records.end.year + 1, *(int(date[:4]) for date in dates)])


@remember
def list_board_rows(model: Model, view: View) -> pd.DataFrame:
    """Every reported line that a view means, as its date knew it.

    Columns of `list_statuses`, and: name, title, country, operator; group names stage, country_name and maker;
    aside (what tells a line from others of its name); label (both); ramp_up (`RampUp`); rounds (what its rate
    is enough for, rounds a year, NaN where none is reported); slip_first, slip_last (the red part, months
    since the left edge, NaN where it is not late); late_words, awaited, first_awaited, done, rate_words.
    """
    known_record = find_known_record(model, view)
    lines = list_shown_lines(model, view)
    if lines.empty:
        return lines
    line_facts = model.record.full_lines[
        ["name", "title", "country", "country_name", "operator", "for_155"]
    ]
    rows = lines.merge(line_facts, left_on="line_id", right_index=True)
    known_ramp_ups = list_ramp_ups(known_record)
    ramp_ups = [known_ramp_ups[line_id] for line_id in rows["line_id"]]
    slips = [
        find_slip_span(r.late_since, r.lateness_months) if r.late_since else (np.nan, np.nan)
        for r in ramp_ups
    ]
    rows = rows.assign(
        stage=rows["product"].map(PRODUCTS),
        maker=rows["operator"],
        aside=list_asides(model.record, rows),
        ramp_up=pd.Series(ramp_ups, index=rows.index),
        rounds=_compute_rounds(model, rows["product"], ramp_ups),
        slip_first=[first for first, _ in slips],
        slip_last=[last for _, last in slips],
        late_words=[
            say_lateness(*late) for late in zip(rows["late"], rows["lateness_months"], strict=True)
        ],
        awaited=[say_awaited(r) for r in ramp_ups],
        first_awaited=[say_first_promise(r) for r in ramp_ups],
        done=[say_done(r) for r in ramp_ups],
        rate_words=[say_rate(r) for r in ramp_ups],
    )
    is_told_apart = rows["aside"] != ""
    rows["label"] = rows["name"] + (" · " + rows["aside"]).where(is_told_apart, "")
    return rows


def list_meant_lines(records: Records, view: View) -> pd.DataFrame:
    """The rows of `Records.lines` that a view means, whatever its date and whether they are late."""
    return filter_lines(records, records.lines, dataclasses.replace(view, late_only=False))


def say_board_subject(records: Records, view: View) -> str:
    """Which lines the board holds, in words; that only late ones are shown is said of the finding."""
    return say_view_lines(records, dataclasses.replace(view, late_only=False)) or "all products"


def list_board_lines(records: Records, view: View) -> pd.DataFrame:
    """The lines that the board holds for a view.

    Columns of `Records.lines`, and those that groups are named after: stage, country_name, maker; name, aside.
    """
    lines = list_meant_lines(records, view)
    facts = records.full_lines[["name", "country", "country_name", "operator"]]
    rows = lines.merge(facts, left_on="line_id", right_index=True)
    return rows.assign(
        stage=rows["product"].map(PRODUCTS),
        maker=rows["operator"],
        aside=list_asides(records, rows),
    )


def find_month(table: MonthTable, day: dt.date) -> int:
    """The last of a table's days that is not after a day, its place; the first where all are.

    Returns
    -------
    int
        Place in `table.days`.
    """
    return max(sum(month_end <= day for month_end in table.days) - 1, 0)


def list_asides(records: Records, rows: pd.DataFrame) -> list[str]:
    """What stands beside the name of each line: its title where the name and product do not tell it apart, and notes."""
    all_lines = records.full_lines
    names = all_lines["name"] + " " + all_lines["product"]
    is_repeated = names.duplicated(keep=False)
    all_notes = (
        all_lines["title"].where(is_repeated, ""),
        pd.Series("", all_lines.index).mask(all_lines["for_155"] != "yes", "not 155 mm"),
        pd.Series("", all_lines.index).mask(all_lines.index.isin(records.own_lines), "your data"),
    )
    shown_notes = (notes.reindex(rows["line_id"]) for notes in all_notes)
    return [" · ".join(note for note in notes if note) for notes in zip(*shown_notes, strict=True)]


def _compute_rounds(
    model: Model, products: pd.Series[str], ramp_ups: list[RampUp]
) -> NDArray[np.float64]:
    """What the rate of each line is enough for, rounds a year; NaN where none is reported."""
    rounds_per_unit = compute_rounds_per_unit(model)
    return np.array(
        [
            np.nan if r.rate is None else r.rate * rounds_per_unit.get(product, np.nan)
            for product, r in zip(products, ramp_ups, strict=True)
        ]
    )


def sort_board_rows(rows: pd.DataFrame, sort: str) -> pd.DataFrame:
    """Rows by lateness (late now, then came late, most months first) or by size; then by name."""
    rank = rows["late"].map({"late": 0, "came late": 1}).fillna(2)
    keys = {"late": [rank, -rows["lateness_months"]], "size": [-rows["rounds"].fillna(-1.0)]}[sort]
    names = rows["name"].str.casefold()
    sort_table = pd.concat([*keys, names, rows["line_id"]], axis=1)
    order = sort_table.set_axis(range(sort_table.shape[1]), axis=1)
    return rows.loc[order.sort_values(list(order.columns)).index]


def order_groups(rows: pd.DataFrame, group: str) -> list[str]:
    """The groups of lines: stages in the order of the chain, others by the number of their lines, then by name."""
    counts = rows[GROUP_COLUMNS[group]].value_counts()
    if group == "product":
        return [stage for stage in PRODUCTS.values() if stage in counts]
    return sorted(counts.index, key=lambda name: (-int(counts[name]), name.casefold()))


def trace_status(table: MonthTable, line_id: str, until: int) -> list[tuple[int, str]]:
    """The runs of status of a line: the month from which each holds, as far as a month; without "not yet reported".

    Parameters
    ----------
    table : MonthTable
        Where lines stood.
    line_id : str
        The line.
    until : int
        The last month that counts, its place in the table.

    Returns
    -------
    list of (int, str)
        Place of the first month, and the status.
    """
    words = list(STATUS_CODES)
    codes = table.status[: until + 1, table.line_ids.index(line_id)]
    starts = [0, *(np.flatnonzero(np.diff(codes.astype(int))) + 1).tolist()]
    return [(start, words[codes[start]]) for start in starts if codes[start]]
