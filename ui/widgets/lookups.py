"""Rows of tables as plain dicts, and names by id, as pages ask for them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ramp155.record.records import Records


def list_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table in its order, each as column -> cell."""
    columns = [str(column) for column in table.columns]
    cells = zip(*(table[column].tolist() for column in columns), strict=True)
    return [dict(zip(columns, row_cells, strict=True)) for row_cells in cells]


def find_row(table: pd.DataFrame, column: str, key: str) -> dict[str, Any]:
    """The first row whose cell in a column is the key. Raises KeyError where there is none."""
    fitting_rows = list_rows(table[table[column] == key].head(1))
    if not fitting_rows:
        raise KeyError(key)
    return fitting_rows[0]


def name_countries(record: Records) -> dict[str, str]:
    """Every country's name by its code."""
    return dict(zip(record.countries["country"], record.countries["name"], strict=True))


def name_site(record: Records, line_id: str) -> str:
    """The name of the site a line stands at."""
    return record.site(record.line(line_id).site_id).name
