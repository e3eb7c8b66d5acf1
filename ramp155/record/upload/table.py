"""An uploaded CSV file as a table of the record: which table it is by its columns, its rows as text
by line, blanks filled in, and every fault found.
"""

from __future__ import annotations

import csv
import re

import pandas as pd

from ramp155.record.faults import Fault
from ramp155.record.read import build_table, split_rows
from ramp155.record.schema import SCHEMAS, TABLES
from ramp155.record.schema.column import Column
from ramp155.record.upload.limits import MOST_CHARACTERS, MOST_ROWS, RISKY_PREFIXES
from ramp155.record.upload.own_rows import OWN_DATA_MARK

# May be sent by themselves.
TABLES_SENT_ALONE = tuple(name for name, table in TABLES.items() if table.alone)


def read_uploaded_table(
    file_name: str, content: bytes, is_package: bool
) -> tuple[str, pd.DataFrame | None, list[Fault]]:
    """Which table a file is, its rows as text by line, and what is wrong with it."""

    def reject(message: str, row: int = 0) -> tuple[str, None, list[Fault]]:
        return "", None, [Fault(file_name, row, "-", message)]

    file_kind = _guess_file_kind(content)
    if file_kind:
        return reject(f"is {file_kind}, not a CSV table; save it as CSV (UTF-8) and send that")
    try:
        csv_text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return reject("is not UTF-8 text here; save it as CSV UTF-8", line)
    if "\x00" in csv_text:
        line = csv_text.partition("\x00")[0].count("\n") + 1
        return reject("holds null characters", line)
    try:  # no more rows than are allowed are kept
        csv_rows, starts = split_rows(_drop_empty_rows(csv_text), MOST_ROWS + 2)
    except csv.Error as error:
        return reject(f"is no readable CSV: {error}")
    header = [cell.strip() for cell in csv_rows[0]] if csv_rows else []
    csv_rows[:1] = [header]
    if len(header) == 1 and ";" in header[0]:
        return reject("has semicolons between its columns; save it with commas", 1)
    if len(set(header)) != len(header):
        return reject("names a column twice in its header", 1)
    if len(csv_rows) > MOST_ROWS + 1:
        return reject(f"has more rows than the {MOST_ROWS:,} that are read")
    table_name = _recognise_table(file_name, header, is_package)
    if not table_name:
        return reject(f"has columns that fit no table of the record ({', '.join(header)[:120]})", 1)
    needed_columns = _list_needed_columns(table_name, header, is_package)
    sent, faults = build_table(file_name, csv_rows, starts, needed_columns)
    if sent is None:
        return table_name, None, faults
    cells = {
        column.name: _fill_column(column, sent.cells.get(column.name), len(sent), is_package)
        for column in TABLES[table_name].columns
    }
    at_most = f"at most {MOST_CHARACTERS:,} are read"
    faults += [
        Fault(file_name, line, column, f"is {len(cell):,} characters long; {at_most}")
        for column, texts in cells.items()
        for line, cell in zip(sent.lines, texts, strict=True)
        if len(cell) > MOST_CHARACTERS
    ]
    table_rows = pd.DataFrame(cells, index=sent.lines, dtype="str")
    if table_rows.empty and not is_package:
        faults.append(Fault(file_name, 1, "-", "has a header and no rows"))
    return table_name, table_rows, faults


def _fill_column(column: Column, cells: list[str] | None, row_count: int, whole: bool) -> list[str]:
    """An uploaded column with what stands for what was left out of it; a package's stays as it is."""
    left_out = column.left_out
    if cells is None:
        return [left_out or ""] * row_count
    plain = [_strip_safeguards(cell) for cell in cells]
    if whole or left_out is None:
        return plain
    return [cell if cell.strip() else left_out for cell in plain]


def _drop_empty_rows(csv_text: str) -> str:
    """The text without the empty rows at its end that spreadsheets leave behind."""
    filled = len(csv_text.rstrip(" ,\r\n"))
    row_end = re.match("[ ,]*(?:\r\n|\n|\r)?", csv_text[filled:])  # of the last row with text
    return csv_text[: filled + row_end.end()] if row_end and filled else ""


def _guess_file_kind(content: bytes) -> str:
    """What a file that is no text is, by its first bytes."""
    for start, kind in (
        (b"PK\x03\x04", "an XLSX workbook or a zip"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\xff\xfe", "UTF-16 text"),
        (b"\xfe\xff", "UTF-16 text"),
        (b"{", "JSON"),
        (b"<", "HTML or XML"),
    ):
        if content.lstrip()[: len(start)] == start:
            return kind
    return ""


def _recognise_table(file_name: str, header: list[str], is_package: bool) -> str:
    """The table whose columns these are: by the name in a package, else by key and columns."""
    stem = file_name.rsplit("/", 1)[-1].removesuffix(".csv")
    if is_package:
        return stem if stem in SCHEMAS else ""
    for table in (stem, *TABLES_SENT_ALONE) if stem in TABLES_SENT_ALONE else TABLES_SENT_ALONE:
        key = TABLES[table].key
        if key in header and (table == stem or len(set(header) & set(SCHEMAS[table])) > 2):
            return table
    return ""


def _list_needed_columns(table_name: str, header: list[str], is_package: bool) -> list[str]:
    """The columns a file must have: all in a package; alone, those that nothing can stand in for."""
    if is_package:
        return list(SCHEMAS[table_name])
    return [
        column.name
        for column in TABLES[table_name].columns
        if column.name in header or column.left_out is None
    ]


def _strip_safeguards(cell: str) -> str:
    """A cell as it was before the export made it safe for spreadsheets, without a former mark."""
    return strip_guard(cell).removeprefix(OWN_DATA_MARK)


def strip_guard(cell: str) -> str:
    """A cell without the apostrophe that the export puts before what a spreadsheet would run."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY_PREFIXES) else cell
