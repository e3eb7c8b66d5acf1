"""What changed from one record to another, row by row and cell by cell, and what it did to the headlines."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ramp155.answers.audit.headlines import list_headlines
from ramp155.model.model import Model
from ramp155.record.records import Records
from ramp155.record.schema import NUMBERS, SCHEMAS, TABLES


@dataclass(frozen=True)
class CellChange:
    """A cell that reads otherwise, as text; blank where nothing was reported."""

    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class TableChanges:
    """What changed in one table: keys of rows that came and went, and cells of rows that stayed."""

    table: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    cells: tuple[CellChange, ...]


@dataclass(frozen=True)
class HeadlineMove:
    """One headline of both records, in its `unit`, by the same model and as many draws."""

    metric: str
    label: str
    unit: str
    before: float
    after: float


@dataclass(frozen=True)
class Changes:
    """From the record of version `before` to that of `after`: tables that differ, and every headline.

    Where the tables of `before` are not those of today, the two cannot be compared and nothing is listed.
    """

    before: str
    after: str
    tables: tuple[TableChanges, ...] = ()
    headlines: tuple[HeadlineMove, ...] = ()
    is_comparable: bool = True

    def as_dict(self) -> dict[str, object]:
        """The changes as JSON has them: counts of rows, and headlines in the unit that each names."""
        return {
            "before": self.before,
            "after": self.after,
            "comparable": self.is_comparable,
            "tables": [
                {
                    "table": changes.table,
                    "added": list(changes.added),
                    "removed": list(changes.removed),
                    "changed": [vars(cell) for cell in changes.cells],
                }
                for changes in self.tables
            ],
            "headlines": [
                {**vars(move), "change": round(move.after - move.before, 9)}
                for move in self.headlines
            ],
        }


def find_changes(before: Model, after: Model) -> Changes:
    """Find what changed from one record to another, and how far each headline moved with it."""
    tables = (_compare_tables(before.record, after.record, name) for name in SCHEMAS)
    return Changes(
        before.record.version,
        after.record.version,
        tuple(table for table in tables if table.added or table.removed or table.cells),
        tuple(_compare_headlines(before, after)),
    )


def _compare_headlines(before: Model, after: Model) -> list[HeadlineMove]:
    pairs = zip(
        list_headlines(before).to_dict("records"),
        list_headlines(after).to_dict("records"),
        strict=True,
    )
    return [
        HeadlineMove(
            new["metric"], new["label"], new["unit"], float(old["value"]), float(new["value"])
        )
        for old, new in pairs
    ]


def _compare_tables(before: Records, after: Records, name: str) -> TableChanges:
    old, new = _write_rows(before, name), _write_rows(after, name)
    cells = [
        CellChange(key, column, old[key][column], cell)
        for key in new
        if key in old
        for column, cell in new[key].items()
        if cell != old[key][column]
    ]
    return TableChanges(
        name,
        tuple(key for key in new if key not in old),
        tuple(key for key in old if key not in new),
        tuple(cells),
    )


def _write_rows(records: Records, name: str) -> dict[str, dict[str, str]]:
    """Key -> a row's cells as text; where rows share a key, each further one counts up."""
    table: pd.DataFrame = getattr(records, name)[list(SCHEMAS[name])]
    keys = list(TABLES[name].primary or (TABLES[name].key,))
    rows: dict[str, dict[str, str]] = {}
    for cells in table.to_dict("records"):
        row = {
            str(column): _write_number(cell) if column in NUMBERS[name] else str(cell)
            for column, cell in cells.items()
        }
        key = " ".join(row[column] for column in keys)
        count = sum(known.partition(" #")[0] == key for known in rows) if key in rows else 0
        rows[f"{key} #{count + 1}" if count else key] = row
    return rows


def _write_number(number: float) -> str:
    return "" if pd.isna(number) else f"{float(number):.15g}"
