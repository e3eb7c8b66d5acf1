"""The rows of a picture at every position of a slider, packed small for a browser that draws them while it moves.

What stays is sent once. Of the rest numbers lie on straight lines between two positions; where rows come, go or
change their names, the nearer position counts.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from ramp155.pictures.grammar.spec import list_values

# A table whose numbers go in steps: the nearer position counts.
_STEPPED = "axis"
Tables = dict[str, pd.DataFrame]


def pack_moving_tables(tables: Sequence[Tables]) -> dict[str, Any]:
    """Pack the tables of a picture that change from one position to another.

    Parameters
    ----------
    tables : sequence of dict of DataFrame
        For each position the rows of the picture by the names they have in its spec, all in units of the picture.

    Returns
    -------
    dict
        Table -> spans of positions over which its rows keep their names: `first` and `last` position, `rows` at the
        first, and `moving` cells by column (rows, and for each position their numbers as base64 of float32).
        Tables that never change are left out.
    """
    packed = {
        name: _pack_table([at_position[name] for at_position in tables], name) for name in tables[0]
    }
    return {
        name: spans
        for name, spans in packed.items()
        if len(spans) > 1 or any(span["moving"] for span in spans)
    }


def list_columns(table: pd.DataFrame) -> dict[str, list[Any]]:
    """A table's columns as JSON values, numbers in as many digits as `pack_moving_tables` has; unknown ones null."""
    return {
        str(name): [_shorten(number) for number in column.to_list()]
        if pd.api.types.is_numeric_dtype(column)
        else column.to_list()
        for name, column in table.items()
    }


def _shorten(number: float) -> float | None:
    return None if np.isnan(number) else float(f"{number:.7g}")


def _pack_table(frames: list[pd.DataFrame], name: str) -> list[dict[str, Any]]:
    is_stepped = name == _STEPPED
    identities = [_identify_rows(frame, is_stepped) for frame in frames]
    spans = []
    for _, positions in groupby(range(len(frames)), key=identities.__getitem__):
        places = list(positions)
        spans.append(_pack_span([frames[place] for place in places], places[0]))
    return spans


def _identify_rows(frame: pd.DataFrame, with_numbers: bool) -> tuple[tuple[object, ...], ...]:
    """What makes the rows of two positions the same: their words; of a stepped table their numbers as well."""
    kept = frame if with_numbers else frame.select_dtypes(exclude="number")
    return (*(tuple(kept[column]) for column in kept), (len(frame),))


def _pack_span(frames: list[pd.DataFrame], first: int) -> dict[str, Any]:
    moving = {}
    for column in frames[0].select_dtypes("number"):
        numbers = np.array([frame[column].to_numpy(float) for frame in frames])
        is_same = (numbers == numbers[0]) | (np.isnan(numbers) & np.isnan(numbers[0]))
        rows = np.flatnonzero(~is_same.all(axis=0))
        if len(rows):
            moving[column] = {"rows": rows.tolist(), "numbers": _pack_numbers(numbers[:, rows])}
    return {
        "first": first,
        "last": first + len(frames) - 1,
        "rows": list_values(frames[0]),
        "moving": moving,
    }


def _pack_numbers(numbers: np.ndarray[Any, np.dtype[np.float64]]) -> str:
    return base64.b64encode(np.ascontiguousarray(numbers, "<f4").tobytes()).decode()
