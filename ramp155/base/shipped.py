"""Rows of the shipped tables that declare things rather than report them: read once, as text, when
the program starts.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from ramp155.base.places import find_folder


def read_shipped_rows(
    table: str, columns: Sequence[str], folder: Path | None = None
) -> list[dict[str, str]]:
    """The rows of `data/TABLE.csv`, column -> cell; `folder` stands in for `data` in tests.

    Raises ValueError naming the file and the column that is missing, or the row that is too short or long.
    """
    path = (folder or find_folder("data")) / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path.name}:1:{missing[0]}: column is missing")
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise ValueError(f"{path.name}:{reader.line_num}:-: has too few or too many cells")
            rows.append(dict(row))
    return rows
