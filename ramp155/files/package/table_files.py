"""Tables of the record as CSV or XLSX, safe for spreadsheets: text that a spreadsheet would run
(beginning with = + - @, a tab or a carriage return) gets an apostrophe in front, which an upload
takes off again.
"""

from __future__ import annotations

import datetime as dt
import io
import math

import pandas as pd

from ramp155.record.records import Records
from ramp155.record.schema import SCHEMAS
from ramp155.record.upload.limits import RISKY_PREFIXES

LONGEST_SHEET_NAME = 31  # letters that a workbook takes
PACKAGE_MOMENT = (2022, 1, 1, 0, 0, 0)  # the same record gives the same bytes


def select_table(records: Records, name: str) -> pd.DataFrame:
    """Select one table as it stands in `data/`: its own columns only, numbers as numbers, all else text."""
    table: pd.DataFrame = getattr(records, name)
    return table[list(SCHEMAS[name])]


def make_table_safe(table: pd.DataFrame) -> pd.DataFrame:
    """Copy a table so that no spreadsheet runs its text; columns of numbers stay numbers."""
    safe_table = table.copy()
    for column in safe_table.columns:
        if not pd.api.types.is_numeric_dtype(safe_table[column]):
            safe_table[column] = safe_table[column].map(make_cell_safe).astype(object)
    return safe_table


def make_cell_safe(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run; keep what is no text."""
    if not isinstance(cell, str):
        return cell
    text = f"'{cell}" if cell.startswith(RISKY_PREFIXES) else cell
    # Signs that some readers take for the end of a row become a plain one, which is quoted.
    return "\n".join(text.splitlines()) if len(text.splitlines()) > 1 else text.rstrip("\r\n")


def write_table_csv(table: pd.DataFrame) -> bytes:
    """Write a table as CSV (UTF-8, header, unknown cells blank), safe for spreadsheets."""
    safe_table = make_table_safe(table)
    for column in safe_table.columns:
        if pd.api.types.is_float_dtype(safe_table[column]):
            safe_table[column] = [write_number(number) for number in safe_table[column]]
    return safe_table.to_csv(index=False, lineterminator="\n").encode()


def write_number(number: float) -> str:
    """Write a number of a table with every digit it has.

    Parameters
    ----------
    number : float
        A figure in the unit of its column (rounds a year, months ...); NaN where it is not known.

    Returns
    -------
    str
        At most 15 digits; nothing for an unknown number.
    """
    return "" if math.isnan(number) else f"{number:.15g}"


def write_workbook(tables: dict[str, pd.DataFrame]) -> bytes:
    """Write tables as the sheets of one workbook, headers frozen, safe for spreadsheets."""
    buffer = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs=options) as book:
        book.book.set_properties({"created": dt.datetime(*PACKAGE_MOMENT)})
        for name, table in tables.items():
            sheet_name = name[:LONGEST_SHEET_NAME]
            make_table_safe(table).to_excel(
                book, sheet_name=sheet_name, index=False, freeze_panes=(1, 0)
            )
            book.sheets[sheet_name].autofit()
    return buffer.getvalue()
