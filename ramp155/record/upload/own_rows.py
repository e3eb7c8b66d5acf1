"""Rows of one's own: what differs from the published record, the mark in their text ("Your data:
...") by which they show wherever they stand, how many there are, and dates in them that cannot be.
"""

from __future__ import annotations

import datetime as dt
import math

from ramp155.record.dates import month_number
from ramp155.record.faults import Fault
from ramp155.record.read import TextTable
from ramp155.record.records import Records
from ramp155.record.schema import NUMBERS, SCHEMAS, TABLES
from ramp155.record.schema.reports import OWN_SOURCE
from ramp155.record.upload.limits import LAST_DATED_YEAR, LATE_MONTHS

OWN_DATA_MARK = "Your data: "
OWN_SOURCE_ID = OWN_SOURCE
OWN_SOURCE_ROW = {
    "source_id": OWN_SOURCE_ID,
    "publisher": "Your data",
    "title": "Uploaded or edited in this session",
    "class": "repost",
}


def find_repeated_keys(lines: list[int], keys: list[str]) -> list[tuple[int, str]]:
    """Line and key of every row whose key stands above it already.

    Parameters
    ----------
    lines : list of int, (rows,)
        Line of each row in its file.
    keys : list of str, (rows,)
        Key of each row.

    Returns
    -------
    list of (int, str)
        Line in the file, and the key.
    """
    first = {key: line for line, key in zip(reversed(lines), reversed(keys), strict=True)}
    return [(line, key) for line, key in zip(lines, keys, strict=True) if line != first[key]]


def put_rows_on(before: TextTable, sent: TextTable, key: str, whole: bool) -> TextTable:
    """A table with what was sent: instead of it, or row by row by key, each in its old place."""
    merged_rows = _list_cell_rows(sent)
    if not whole:
        row_of = dict(zip(before[key], _list_cell_rows(before), strict=True))
        merged_rows = list((row_of | dict(zip(sent[key], merged_rows, strict=True))).values())
    columns = zip(*merged_rows, strict=True) if merged_rows else ([] for _ in before.cells)
    cells = dict(zip(before.cells, map(list, columns), strict=True))
    return TextTable(cells, list(range(len(merged_rows))))


def _list_cell_rows(table: TextTable) -> list[tuple[str, ...]]:
    return list(zip(*table.cells.values(), strict=True))


def build_own_source_table() -> TextTable:
    """The row of sources that stands for what a user says."""
    cells = {column: [OWN_SOURCE_ROW.get(column, "")] for column in SCHEMAS["sources"]}
    return TextTable(cells, [0])


def find_own_keys(published: TextTable, table: TextTable, name: str) -> set[str]:
    """Keys of the rows that do not stand like this in the published table."""
    published_rows = set(_list_cell_rows(published))
    return {
        row_key
        for row_key, cells in zip(table[TABLES[name].key], _list_cell_rows(table), strict=True)
        if cells not in published_rows and row_key != OWN_SOURCE_ID
    }


def write_as_text(records: Records, name: str) -> TextTable:
    """A table of the record as text, as it would stand in its file."""
    frame = getattr(records, name)
    cells: dict[str, list[str]] = {}
    for column in SCHEMAS[name]:
        if column in NUMBERS[name]:
            numbers = frame[column].tolist()
            cells[column] = ["" if math.isnan(number) else f"{number:.15g}" for number in numbers]
        else:
            texts = map(str, frame[column].tolist())
            cells[column] = [text.removeprefix(OWN_DATA_MARK) for text in texts]
    return TextTable(cells, list(range(len(frame))))


def find_late_rows(
    record_end: dt.date,
    merged: dict[str, TextTable],
    own_keys: dict[str, set[str]],
    file_names: dict[str, str],
    upload_lines: dict[tuple[str, int], int],
) -> list[Fault]:
    """Reports from the future and promises beyond a lifetime, in one's own rows.

    A report may be up to `LATE_MONTHS` months later than the record's end.

    Parameters
    ----------
    record_end : date
        The published record's end.
    merged : dict of TextTable
        Every table with what was sent on it.
    own_keys : dict of set of str
        Table -> keys of one's own rows.
    file_names : dict of str
        Table -> the file it was sent in.
    upload_lines : dict of int
        (table, place in the merged one) -> line in the file.
    """
    last_report_month = record_end.year * 12 + record_end.month - 1 + LATE_MONTHS
    too_late = f"more than {LATE_MONTHS} months after the record's end, {record_end}"
    last_dated_month = LAST_DATED_YEAR * 12 + 11
    faults = []
    for name, column, last_month, complaint in (
        ("events", "reported_on", last_report_month, f"was reported {too_late}"),
        ("claims", "reported_on", last_report_month, f"was reported {too_late}"),
        ("events", "date", last_dated_month, f"is dated after {LAST_DATED_YEAR}"),
    ):
        dates = zip(merged[name][TABLES[name].key], merged[name][column], strict=True)
        for place, (row_key, date) in enumerate(dates):
            if row_key in own_keys[name] and _is_after_month(date, last_month):
                file_name = file_names.get(name, f"{name}.csv")
                line = upload_lines.get((name, place), 0)
                faults.append(Fault(file_name, line, column, f"'{date}' {complaint}"))
    return faults


def _is_after_month(date: str, last_month: int) -> bool:
    """Whether a date lies after a month (counted from year 0); a blank one or no date does not."""
    try:
        return bool(date) and month_number(date) > last_month
    except ValueError:
        return False  # the rules tell it as no date


def mark_own_rows(merged: dict[str, TextTable], own_keys: dict[str, set[str]]) -> None:
    """Put the mark into the text of rows that are one's own."""
    for name, declared in TABLES.items():
        if not declared.marked:
            continue
        table = merged[name]
        table.cells[declared.marked] = [
            OWN_DATA_MARK + text if row_key in own_keys[name] else text
            for row_key, text in zip(table[declared.key], table[declared.marked], strict=True)
        ]


def count_own_rows(own_records: Records, base: Records) -> dict[str, tuple[int, int]]:
    """By table: how many rows are one's own (added or changed), and how many of the record's are gone.

    Returns
    -------
    dict of (count, count)
        Rows added or changed, and rows gone, of the tables where either is more than none.
    """
    changes = {}
    for name in SCHEMAS:
        key = TABLES[name].key
        table, published = write_as_text(own_records, name), write_as_text(base, name)
        changed_keys = find_own_keys(published, table, name)
        own_count = sum(row_key in changed_keys for row_key in table[key])
        gone_count = len(set(published[key]) - set(table[key]))
        if own_count or gone_count:
            changes[name] = (own_count, gone_count)
    return changes
