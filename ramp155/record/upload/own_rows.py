"""Rows of one's own: what differs from the published record, the mark in their text ("Your data: ...") by which they show wherever they stand, how many there are, and dates in them that cannot be."""

from __future__ import annotations

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
    """Line and key of every row whose key stands above it already."""
    first = {key: line for line, key in zip(reversed(lines), reversed(keys), strict=True)}
    return [(line, key) for line, key in zip(lines, keys, strict=True) if line != first[key]]


def put_rows_on(before: TextTable, sent: TextTable, key: str, whole: bool) -> TextTable:
    """A table with what was sent: instead of it, or row by row by key, each in its old place."""
    rows = list(zip(*sent.cells.values(), strict=True))
    if not whole:
        known = zip(before[key], zip(*before.cells.values(), strict=True), strict=True)
        rows = list((dict(known) | dict(zip(sent[key], rows, strict=True))).values())
    columns = zip(*rows, strict=True) if rows else ([] for _ in before.cells)
    cells = dict(zip(before.cells, map(list, columns), strict=True))
    return TextTable(cells, list(range(len(rows))))


def build_own_source_table() -> TextTable:
    """The row of sources that stands for what a user says."""
    return TextTable({c: [OWN_SOURCE_ROW.get(c, "")] for c in SCHEMAS["sources"]}, [0])


def find_own_keys(published: TextTable, rows: TextTable, name: str) -> set[str]:
    """Keys of the rows that do not stand like this in the published table."""
    published_rows = set(zip(*published.cells.values(), strict=True))
    cells_of_rows = zip(*rows.cells.values(), strict=True)
    return {
        row_key
        for row_key, cells in zip(rows[TABLES[name].key], cells_of_rows, strict=True)
        if cells not in published_rows and row_key != OWN_SOURCE_ID
    }


def write_as_text(base: Records, name: str) -> TextTable:
    """A table of the record as text, as it would stand in its file."""
    table = getattr(base, name)
    cells: dict[str, list[str]] = {}
    for column in SCHEMAS[name]:
        values = table[column].tolist()
        if column in NUMBERS[name]:
            cells[column] = ["" if value != value else f"{value:.15g}" for value in values]
        else:
            cells[column] = [str(value).removeprefix(OWN_DATA_MARK) for value in values]
    return TextTable(cells, list(range(len(table))))


def find_late_rows(
    base: Records,
    text_tables: dict[str, TextTable],
    own_keys: dict[str, set[str]],
    file_names: dict[str, str],
    upload_lines: dict[tuple[str, int], int],
) -> list[Fault]:
    """Reports from the future and promises beyond a lifetime, in one's own rows."""
    limit = base.end.year * 12 + base.end.month - 1 + LATE_MONTHS
    faults = []
    for name, column, phrase in (
        ("events", "reported_on", "was reported"),
        ("claims", "reported_on", "was reported"),
        ("events", "date", "is dated"),
    ):
        rows = zip(text_tables[name][TABLES[name].key], text_tables[name][column], strict=True)
        for place, (row_key, date_text) in enumerate(rows):
            if not date_text or row_key not in own_keys[name]:
                continue
            try:
                month = month_number(date_text)
            except ValueError:
                continue  # told already as no date
            late = month > limit if column == "reported_on" else month // 12 > LAST_DATED_YEAR
            if late:
                limit_phrase = f"more than {LATE_MONTHS} months after the record's end, {base.end}"
                limit_phrase = (
                    limit_phrase if column == "reported_on" else f"after {LAST_DATED_YEAR}"
                )
                message = f"'{date_text}' {phrase} {limit_phrase}"
                faults.append(
                    Fault(
                        file_names.get(name, f"{name}.csv"),
                        upload_lines.get((name, place), 0),
                        column,
                        message,
                    )
                )
    return faults


def mark_own_rows(text_tables: dict[str, TextTable], own_keys: dict[str, set[str]]) -> None:
    """Put the mark into the text of rows that are one's own."""
    for name, table in TABLES.items():
        if not table.marked:
            continue
        rows = text_tables[name]
        rows.cells[table.marked] = [
            OWN_DATA_MARK + text if item in own_keys[name] else text
            for item, text in zip(rows[table.key], rows[table.marked], strict=True)
        ]


def count_own_rows(own_records: Records, base: Records) -> dict[str, tuple[int, int]]:
    """By table: how many rows are one's own (added or changed), and how many of the record's are gone."""
    changes = {}
    for name in SCHEMAS:
        key = TABLES[name].key
        rows, published = write_as_text(own_records, name), write_as_text(base, name)
        changed = find_own_keys(published, rows, name)
        own_count = sum(item in changed for item in rows[key])
        gone_count = len(set(published[key]) - set(rows[key]))
        if own_count or gone_count:
            changes[name] = (own_count, gone_count)
    return changes
