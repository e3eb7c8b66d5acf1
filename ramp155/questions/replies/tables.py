"""Tables and values printed as JSON, CSV or plain text; unknown numbers become null in JSON."""

from __future__ import annotations

import json
import math

import pandas as pd


def build_json_rows(table: pd.DataFrame) -> list[dict[str, object]]:
    """Build a table's rows as JSON values: unknown numbers become null."""
    return [
        {str(column): replace_unknown(cell) for column, cell in record.items()}
        for record in table.to_dict("records")
    ]


def replace_unknown(cell: object) -> object:
    """Replace a number that is none (NaN, infinite) by None; all else stays."""
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def format_json(values: object) -> str:
    """Write values as JSON for people to read: indented, letters as they are."""
    return json.dumps(values, ensure_ascii=False, indent=1)


def write_table(table: pd.DataFrame) -> str:
    """Write a table as plain text; unknown numbers are dashes."""
    return str(table.to_string(index=False, na_rep="-", float_format=write_plain_number))


def print_table(table: pd.DataFrame, style: str) -> None:
    """Print a table as `json`, `csv` or plain text (`table`)."""
    if style == "json":
        print(format_json(build_json_rows(table)))
    elif style == "csv":
        print(table.to_csv(index=False), end="")
    else:
        print(write_table(table))


def write_plain_number(number: float) -> str:
    """Write a number of a table to be read: never as a power of ten.

    Parameters
    ----------
    number : float
        In the unit of its column (rounds a year, months, shares from 0 to 1 ...).

    Returns
    -------
    str
        Whole with commas from a thousand on, else with four digits that count and no idle zeros.
    """
    if not math.isfinite(number) or abs(number) >= 1000:
        return f"{number:,.0f}"
    digits = min(3 - math.floor(math.log10(abs(number))), 12) if number else 0
    text = f"{number:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
