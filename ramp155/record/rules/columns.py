"""Rules of single cells, read from the schema: required, unique, number, date, word, form,
reference.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from ramp155.record.dates import parse
from ramp155.record.faults import Fault, shorten
from ramp155.record.read import Tables, TextTable
from ramp155.record.schema import TABLES, list_references
from ramp155.record.schema.column import Column

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\Z")
KEY = re.compile(r"[\w.-]+")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet runs
_Judge = tuple[Callable[[str], bool], str]  # whether a cell is wrong, and what is said of it


def is_number(cell: str) -> bool:
    """Whether a cell is a plain finite number in ASCII digits."""
    return bool(NUMBER.match(cell)) and math.isfinite(float(cell))


def parse_number(cell: str) -> float | None:
    """The number a cell holds.

    Returns
    -------
    float or None
        In the column's unit (rounds a year, months ...); None where the cell holds no number.
    """
    return float(cell) if NUMBER.match(cell) else None


def is_date(cell: str) -> bool:
    """Whether a cell is a date of the record: YYYY, YYYY-MM or YYYY-MM-DD, 1900 to 2100."""
    try:
        parse(cell)
    except ValueError:
        return False
    return True


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run a cell; numbers may carry a sign."""
    return cell.startswith(FORMULA) and not NUMBER.match(cell)


def find_cell_faults(tables: Tables) -> list[Fault]:
    """Cells that break a rule of their own column."""
    return [
        fault
        for name, table in tables.items()
        for column in TABLES[name].columns
        for fault in _find_column_faults(f"{name}.csv", column, table)
    ]


def find_reference_faults(tables: Tables) -> list[Fault]:
    """Cells that name a row which is not there."""
    faults = []
    for name, column, target in list_references():
        known_keys = set(tables[target][TABLES[target].key])
        where = f"is not in {target}"
        if column.besides:
            known_keys.add(column.besides)
            where = f"is neither in {target} nor the word {column.besides}"
        for line, cell in zip(tables[name].lines, tables[name][column.name], strict=True):
            for key in cell.split() if column.several else [cell] if cell else []:
                if key not in known_keys:
                    message = f"'{shorten(key)}' {where}"
                    faults.append(Fault(f"{name}.csv", line, column.name, message))
    return faults


def _find_column_faults(file: str, column: Column, table: TextTable) -> Iterator[Fault]:
    cells = table[column.name]
    distinct = set(cells)
    if column.required:
        blank = {cell for cell in distinct if not cell.strip()}
        yield from _list_faults_at(
            file, column.name, table, blank, "must not be blank", shown=False
        )
    if column.unique and len(distinct) < len(cells):
        yield from _find_repeat_faults(file, column.name, table)
    distinct.discard("")
    for is_wrong, message in _list_judges(column):
        wrong = {cell for cell in distinct if is_wrong(cell)}
        yield from _list_faults_at(file, column.name, table, wrong, message)
    if column.span:
        smallest, largest = column.span
        for line, cell in zip(table.lines, cells, strict=True):
            if not smallest <= (parse_number(cell) or 0.0) <= largest:
                yield Fault(
                    file, line, column.name, f"{shorten(cell)} is not {smallest} to {largest}"
                )


def _list_judges(column: Column) -> Iterator[_Judge]:
    if column.kind == "key":
        yield (
            lambda cell: not KEY.fullmatch(cell),
            "a key holds letters, digits, - _ . only",
        )
    elif column.kind == "number":
        yield lambda cell: not is_number(cell), "not a finite number"
    elif column.kind == "date":
        yield (
            lambda cell: not is_date(cell),
            "not a date (YYYY, YYYY-MM or YYYY-MM-DD, 1900 to 2100)",
        )
    elif column.words:
        words = column.words
        yield lambda cell: cell not in words, f"not one of {', '.join(words)}"
    if column.form:
        fits = column.form.pattern.fullmatch
        yield lambda cell: not fits(cell), column.form.message
    yield is_formula, "begins like a spreadsheet formula (= + - @)"


def _list_faults_at(
    file: str,
    column: str,
    table: TextTable,
    wrong: set[str],
    message: str,
    shown: bool = True,
) -> Iterator[Fault]:
    """A fault on every line whose cell is among the wrong ones."""
    if not wrong:
        return
    for line, cell in zip(table.lines, table[column], strict=True):
        if cell in wrong:
            yield Fault(file, line, column, f"'{shorten(cell)}' {message}" if shown else message)


def _find_repeat_faults(file: str, column: str, table: TextTable) -> Iterator[Fault]:
    """A fault on every line whose key stands above it already."""
    cells_above: set[str] = set()
    for line, cell in zip(table.lines, table[column], strict=True):
        if cell in cells_above:
            message = f"'{shorten(cell)}' stands twice, keys must be unique"
            yield Fault(file, line, column, message)
        cells_above.add(cell)
