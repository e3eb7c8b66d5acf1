"""Tables of the record as CSV or XLSX, safe for spreadsheets: text that a spreadsheet would run (beginning with = + - @, a tab or a carriage return) gets an apostrophe in front, which an upload takes off again."""

from __future__ import annotations

import datetime as dt
import io

import pandas as pd

from ramp155.record.records import Records
from ramp155.record.schema import SCHEMAS
from ramp155.record.upload.limits import RISKY_PREFIXES

PACKAGE_MOMENT = (2022, 1, 1, 0, 0, 0)  # the same record gives the same bytes


def select_table(records: Records, name: str) -> pd.DataFrame:
    """One table as it stands in `data/`: its own columns only, numbers as numbers, all else text."""
    return getattr(records, name)[list(SCHEMAS[name])]


def make_rows_safe(rows: pd.DataFrame) -> pd.DataFrame:
    """A table whose text no spreadsheet runs; columns of numbers stay numbers."""
    safe_rows = rows.copy()
    for column in safe_rows.columns:
        if not pd.api.types.is_numeric_dtype(safe_rows[column]):
            safe_rows[column] = [make_cell_safe(cell) for cell in safe_rows[column]]
    return safe_rows


def make_cell_safe(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    text = f"'{cell}" if cell.startswith(RISKY_PREFIXES) else cell
    # Signs that some readers take for the end of a row become a plain one, which is quoted.
    return "\n".join(text.splitlines()) if len(text.splitlines()) > 1 else text.rstrip("\r\n")


def write_table_csv(rows: pd.DataFrame) -> bytes:
    """A table as CSV (UTF-8, header, unknown cells blank), safe for spreadsheets."""
    safe_rows = make_rows_safe(rows)
    for column in safe_rows.columns:
        if pd.api.types.is_float_dtype(safe_rows[column]):
            safe_rows[column] = [
                "" if number != number else f"{number:.15g}" for number in safe_rows[column]
            ]
    return safe_rows.to_csv(index=False, lineterminator="\n").encode()


def write_workbook(tables: dict[str, pd.DataFrame]) -> bytes:
    """Tables as the sheets of one workbook, headers frozen, safe for spreadsheets."""
    buffer = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs=options) as book:
        book.book.set_properties({"created": dt.datetime(*PACKAGE_MOMENT)})
        for name, rows in tables.items():
            make_rows_safe(rows).to_excel(
                book, sheet_name=name[:31], index=False, freeze_panes=(1, 0)
            )
            book.sheets[name[:31]].autofit()
    return buffer.getvalue()
