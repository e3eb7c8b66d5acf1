"""The rows of a picture at every position of a slider, packed small for a browser that draws them while it moves.

What stays is sent once. Of the rest numbers lie on straight lines between two positions, those of a ratio the lines of
what divides it; where rows come, go or change their names, the nearer position counts.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from ramp155.pictures.grammar.spec import list_values

# A table whose numbers go in steps: the nearer position counts.
_STEPPED = "axis"
Tables = dict[str, pd.DataFrame]


def pack_moving_tables(tables: Sequence[Tables], ratios: Collection[str] = ()) -> dict[str, Any]:
    """Pack the tables of a picture that change from one position to another.

    Parameters
    ----------
    tables : sequence of dict of DataFrame
        For each position the rows of the picture by the names they have in its spec, all in units of the picture.
    ratios : collection of str
        Columns of ratios that lie on straight lines turned over, 1 / x, for what moves is what they are divided by.

    Returns
    -------
    dict
        Table -> spans of positions over which its rows keep their names: `first` and `last` position, `rows` at the
        first, and `moving` cells by column (rows, for each position their numbers as base64 of float32, and whether
        these are turned over).
        Tables that never change are left out.
    """
    packed = {
        name: _pack_table([at_position[name] for at_position in tables], name, ratios)
        for name in tables[0]
    }
    return {
        name: spans
        for name, spans in packed.items()
        if len(spans) > 1 or any(span["moving"] for span in spans)
    }


def _pack_table(
    frames: list[pd.DataFrame], name: str, ratios: Collection[str]
) -> list[dict[str, Any]]:
    is_stepped = name == _STEPPED
    identities = [_identify_rows(frame, is_stepped) for frame in frames]
    spans = []
    for _, positions in groupby(range(len(frames)), key=identities.__getitem__):
        places = list(positions)
        spans.append(_pack_span([frames[place] for place in places], places[0], ratios))
    return spans


def _identify_rows(frame: pd.DataFrame, with_numbers: bool) -> tuple[tuple[object, ...], ...]:
    """What makes the rows of two positions the same: their words; of a stepped table their numbers as well."""
    kept = frame if with_numbers else frame.select_dtypes(exclude="number")
    return (*(tuple(kept[column]) for column in kept), (len(frame),))


def _pack_span(frames: list[pd.DataFrame], first: int, ratios: Collection[str]) -> dict[str, Any]:
    moving = {}
    for column in frames[0].select_dtypes("number"):
        numbers = np.array([frame[column].to_numpy(float) for frame in frames])
        is_same = (numbers == numbers[0]) | (np.isnan(numbers) & np.isnan(numbers[0]))
        rows = np.flatnonzero(~is_same.all(axis=0))
        if len(rows):
            is_turned = column in ratios
            with np.errstate(divide="ignore"):
                packed = _pack_numbers(1 / numbers[:, rows] if is_turned else numbers[:, rows])
            moving[column] = {"rows": rows.tolist(), "numbers": packed, "turned": is_turned}
    return {
        "first": first,
        "last": first + len(frames) - 1,
        "rows": list_values(frames[0]),
        "moving": moving,
    }


def _pack_numbers(numbers: np.ndarray[Any, np.dtype[np.float64]]) -> str:
    return base64.b64encode(np.ascontiguousarray(numbers, "<f4").tobytes()).decode()
