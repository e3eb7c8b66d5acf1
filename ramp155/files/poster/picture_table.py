"""What a picture shows as a table or CSV: the figures its marks answer with, under the same names,
read from its spec.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from ramp155.files.poster.chart import is_empty_data
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.picture import Picture


def build_picture_table(picture: Picture) -> pd.DataFrame:
    """Build the table of what a picture shows: the figures its marks answer with, under the same names.

    One row a mark; where marks of several kinds are drawn, their columns stand side by side. Where a mark
    answers in words made from a number, the number is given.
    """
    tables: list[pd.DataFrame] = []
    layers = list(iterate_layers(picture.spec, picture.data))
    name_fields = (
        list_tooltip_titles
        if any(list_tooltip_titles(layer) for layer, _ in layers)
        else list_position_titles
    )
    for layer, marks in layers:
        titles = name_fields(layer)
        columns = {
            find_source_column(layer, field, marks): title for field, title in titles.items()
        }
        columns = {field: title for field, title in columns.items() if field in marks}
        if columns and len(marks):
            tables.append(marks[list(columns)].rename(columns=columns))
    if not tables:
        return pd.DataFrame()
    most_columns = max(len(part_table.columns) for part_table in tables)
    widest = sorted(
        (part_table for part_table in tables if len(part_table.columns) > 1 or most_columns == 1),
        key=len,
        reverse=True,
    )
    joined = pd.concat(widest, ignore_index=True).drop_duplicates()
    joined = joined.dropna(how="all").reset_index(drop=True)
    return joined.apply(convert_to_numbers)


def convert_to_numbers(column: pd.Series[Any]) -> pd.Series[Any]:
    """Round numbers to the digits they bear; "634,921" is a number too, other words stay.

    Parameters
    ----------
    column : Series, (marks,)
        What the marks answer with, in the unit that its name says (rounds a year, percent ...).

    Returns
    -------
    Series, (marks,)
        Whole numbers where the largest is 1,000 or more, else four decimals; same unit.
    """
    if column.dtype == object or isinstance(column.dtype, pd.StringDtype):
        is_number = column.dropna().astype(str).str.fullmatch(r"-?[\d,]+(\.\d+)?")
        has_comma = column.dropna().astype(str).str.contains(",")
        if len(is_number) and is_number.all() and has_comma.any():
            column = pd.to_numeric(column.astype(str).str.replace(",", ""), errors="coerce")
    if not pd.api.types.is_float_dtype(column):
        return column
    return column.round(0 if column.abs().max() >= 1_000 else 4)


def find_source_column(layer: Spec, field: str, marks: pd.DataFrame) -> str:
    """Find the column of the table that a field is, or is made from by a calculation."""
    if field in marks:
        return field
    for step in layer.get("transform", []):
        if step.get("as") == field and "calculate" in step:
            for mention in re.finditer(r"datum\.(\w+)|datum\['([^']+)'\]", step["calculate"]):
                column = mention[1] or mention[2]
                if column in marks:
                    return column
    return field


def list_tooltip_titles(layer: Spec) -> dict[str, str]:
    """List what a mark answers with, field -> name."""
    encoding = layer.get("encoding", {})
    tooltip = encoding.get("tooltip")
    if not tooltip:
        return {}
    return {
        channel["field"]: str(channel.get("title", channel["field"]))
        for channel in (tooltip if isinstance(tooltip, list) else [tooltip])
        if "field" in channel
    }


def list_position_titles(layer: Spec) -> dict[str, str]:
    """List what a mark is placed or written by, field -> name, for charts whose marks do not answer."""
    channels = [
        layer.get("encoding", {}).get(channel, {}) for channel in ("y", "x", "x2", "y2", "text")
    ]
    fields = [
        channel["field"] for channel in channels if isinstance(channel, dict) and "field" in channel
    ]
    return {field: field.replace("_", " ") for field in fields}


def iterate_layers(
    spec: Spec, marks: pd.DataFrame | None, datasets: dict[str, Any] | None = None
) -> Iterator[tuple[Spec, pd.DataFrame]]:
    """Go through every single layer of a spec, each with the rows that its marks are drawn from."""
    datasets = {**(datasets or {}), **spec.get("datasets", {})}
    declared = spec.get("data")
    if is_empty_data(declared) and marks is not None:
        pass  # those of the whole picture
    elif declared is not None and "name" in declared and declared["name"] in datasets:
        marks = pd.DataFrame(datasets[declared["name"]])
    elif declared is not None and isinstance(declared.get("values"), list):
        marks = pd.DataFrame(declared["values"])
    for group in (spec.get(kind) for kind in ("layer", "hconcat", "vconcat")):
        for child in group or []:
            yield from iterate_layers(child, marks, datasets)
    if "mark" in spec and marks is not None:
        yield spec, marks


def write_picture_csv(picture: Picture) -> bytes:
    """Write what a picture shows as CSV (UTF-8 with a mark, for spreadsheets)."""
    csv_text = build_picture_table(picture).to_csv(index=False, lineterminator="\n")
    return f"\ufeff{csv_text}".encode()
