"""Tables as data frames: made from text, hashed by content, and kept so that no caller changes
them.
"""

from __future__ import annotations

import csv
import hashlib
import io
from typing import Any, Protocol, overload

import numpy as np
import pandas as pd

from ramp155.record.read import Tables, TextTable
from ramp155.record.schema import NUMBERS, SCHEMAS, TABLES

_PARTED = "\x00"  # between cells of what is hashed: no cell may hold it


class Hash(Protocol):
    """What bytes are put into."""

    def update(self, data: bytes, /) -> None:
        """Put bytes into the hash."""


class FrameField:
    """An attribute that keeps a table to itself: what goes in and what comes out are shallow copies.

    pandas copies a column when either side changes it, so that no caller changes what is kept.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, holder: None, owner: type) -> FrameField: ...
    @overload
    def __get__(self, holder: object, owner: type) -> pd.DataFrame: ...
    def __get__(self, holder: object | None, owner: type) -> FrameField | pd.DataFrame:
        if holder is None:
            raise AttributeError(self.name)  # so that a dataclass sees no default
        frame: pd.DataFrame = holder.__dict__[self.name]
        return frame.copy(deep=False)

    def __set__(self, holder: object, frame: pd.DataFrame) -> None:
        holder.__dict__[self.name] = frame.copy(deep=False)


def build_frame(name: str, table: TextTable) -> pd.DataFrame:
    """A table of valid text as a frame: columns of numbers as numbers (blank: NaN), the rest as text."""
    frame = pd.DataFrame(table.cells, columns=list(SCHEMAS[name]), dtype="str")
    for column in NUMBERS[name]:
        cells = [cell or None for cell in table[column]]
        frame[column] = pd.to_numeric(pd.Series(cells, dtype="str"))
    return frame


def build_text(frame: pd.DataFrame) -> TextTable:
    """A frame of text as a table of text; its index counts as the lines."""
    cells = {str(column): frame[column].tolist() for column in frame.columns}
    return TextTable(cells, [int(line) for line in frame.index])


def hash_text(tables: Tables) -> str:
    """SHA-256 (hex) of all that tables report, as CSV in the schema's order: what a record's version names."""
    content = hashlib.sha256()
    for name in TABLES:
        table, columns = tables[name], TABLES[name].reported
        if not columns:
            continue
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*(table[column] for column in columns), strict=True))
        content.update(buffer.getvalue().encode())
    return content.hexdigest()


def hash_frame(content: Hash, frame: pd.DataFrame) -> None:
    """Put columns, order and cells of a frame into a hash; index and dtypes of text do not count."""
    content.update(f"{len(frame)}{_PARTED}{_PARTED.join(map(str, frame.columns))}".encode())
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        if pd.api.types.is_numeric_dtype(column.dtype):
            content.update(np.asarray(column, dtype=np.float64).tobytes())
        else:
            content.update(_join(column.tolist()).encode("utf-8", "surrogatepass"))


def _join(cells: list[Any]) -> str:
    try:
        return _PARTED.join(cells)
    except TypeError:  # days, or cells without a value
        return _PARTED.join(map(str, cells))
