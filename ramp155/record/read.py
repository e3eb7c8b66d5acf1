"""CSV in: each table as columns of text, and what keeps a file from being read.

A table that is cut short is refused. Inside the last row a cut shows as too few cells or an open quote;
where it leaves whole cells it shows as a missing line break at the end, which every table in `data/` has
(`whole`). Uploads come from spreadsheets, some of which write no last line break: theirs may be missing.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ramp155.base.foreign_text import CONTROLS
from ramp155.base.places import find_folder
from ramp155.record.faults import Fault
from ramp155.record.schema import SCHEMAS

DATA = find_folder("data")


@dataclass(frozen=True)
class TextTable:
    """A table as it stands in its file: column -> its cells, and the line on which each row begins."""

    cells: dict[str, list[str]]
    lines: list[int]

    def __getitem__(self, column: str) -> list[str]:
        return self.cells[column]

    def __len__(self) -> int:
        return len(self.lines)


Tables = Mapping[str, TextTable]


def read_folder(folder: Path) -> tuple[dict[str, TextTable], list[Fault]]:
    """The tables of a folder by name, and what kept any from being read or left rows out of it."""
    tables: dict[str, TextTable] = {}
    faults: list[Fault] = []
    for name, columns in SCHEMAS.items():
        file = f"{name}.csv"
        try:
            text = (folder / file).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            faults.append(Fault(file, 0, "-", f"file is missing from {folder}"))
            continue
        except (UnicodeDecodeError, OSError) as error:
            faults.append(Fault(file, 0, "-", f"cannot be read as UTF-8 text: {error}"))
            continue
        table, table_faults = read_table(file, text, list(columns), whole=True)
        faults += table_faults
        if table is not None:
            tables[name] = table
    return tables, faults


def read_table(
    file: str, text: str, columns: Sequence[str], whole: bool = False
) -> tuple[TextTable | None, list[Fault]]:
    """One CSV text as a table of these columns, in this order, and its faults.

    None where the header or the quoting is broken; rows of the wrong length are left out and told.
    `whole`: the text must end with a line break, without which its last row may be cut.
    """
    try:
        cell_rows, starts = split_rows(text)
    except csv.Error as error:
        line = text.count("\n") + 1
        return None, [Fault(file, line, "-", f"is no readable CSV: {error}; it may be cut")]
    table, faults = build_table(file, cell_rows, starts, columns)
    if table is not None and whole and not text.endswith("\n"):
        message = "ends without a line break, so that its last row may be cut"
        faults.append(Fault(file, starts[-1], "-", message))
    return table, faults


def build_table(
    file: str, rows: list[list[str]], starts: list[int], columns: Sequence[str]
) -> tuple[TextTable | None, list[Fault]]:
    """Rows as a table of these columns in this order, and its faults.

    Parameters
    ----------
    file : str
        The name that faults bear.
    rows : list of list of str
        Cells, the header first.
    starts : list of int, (rows,)
        Line on which each row begins.
    columns : sequence of str
        The columns that the table is to have.

    Returns
    -------
    table : TextTable or None
        None where the header is broken; rows of the wrong length are left out.
    faults : list of Fault
        What is wrong with it.
    """
    header = rows[0] if rows else []
    faults = _find_header_faults(file, header, columns)
    if faults:
        return None, faults
    faults += _find_control_faults(file, rows, starts)
    complete, lines = [], []
    for row, line in zip(rows[1:], starts[1:], strict=True):
        if len(row) == len(header):
            complete.append(row)
            lines.append(line)
        else:
            message = f"has {len(row)} cells, the header has {len(header)}"
            faults.append(Fault(file, line, "-", message))
    by_column = zip(*complete, strict=True) if complete else ([] for _ in header)
    cells = dict(zip(header, map(list, by_column), strict=True))
    return TextTable({column: cells[column] for column in columns}, lines), faults


def split_rows(text: str, most: int | None = None) -> tuple[list[list[str]], list[int]]:
    """Every row as its cells, and the line on which each begins.

    Parameters
    ----------
    text : str
        The whole file.
    most : int, optional
        Count of rows that are read at most.

    Returns
    -------
    rows : list of list of str
        Cells, the header first.
    starts : list of int, (rows,)
        Line on which each row begins, from 1.

    Raises
    ------
    csv.Error
        Where quotes do not close or stand where none may.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    starts: list[int] = []
    start = 1
    for row in itertools.islice(reader, most):
        rows.append(row)
        starts.append(start)
        start = reader.line_num + 1
    return rows, starts


def _find_header_faults(file: str, header: list[str], columns: Sequence[str]) -> list[Fault]:
    missing = [Fault(file, 1, column, "column is missing") for column in columns]
    missing = [fault for fault in missing if fault.column not in header]
    unknown = [
        Fault(file, 1, column or "-", "column is not known")
        for column in header
        if column not in columns
    ]
    twice = [
        Fault(file, 1, column or "-", "column stands twice")
        for column, count in Counter(header).items()
        if count > 1 and column in columns
    ]
    return missing + unknown + twice


def _find_control_faults(file: str, rows: list[list[str]], starts: list[int]) -> list[Fault]:
    """Cells with what no picture or file made of them could hold."""
    if not CONTROLS.search("".join(map("".join, rows))):
        return []
    return [
        Fault(file, line, column or "-", "holds a null character or another sign of control")
        for row, line in zip(rows, starts, strict=True)
        for column, cell in zip(rows[0], row, strict=False)
        if CONTROLS.search(cell)
    ]
