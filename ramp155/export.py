"""The record to take away: a zipped Frictionless Data Package, any table as CSV or XLSX, sites as GeoJSON.

Cells of text that a spreadsheet would run (beginning with = + - @, a tab or a carriage return) get an
apostrophe in front of them; `intake` takes it off again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd

from ramp155 import maps
from ramp155.files import write_whole
from ramp155.intake import RISKY
from ramp155.record.schema import SCHEMAS, json_schema
from ramp155.records import DATA, Records

TITLE = "Ramp 155: who promised what 155 mm ammunition capacity in Europe, and what came of it"
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
_EPOCH = (2022, 1, 1, 0, 0, 0)  # the same record gives the same bytes


def table(records: Records, name: str) -> pd.DataFrame:
    """One table as it stands in `data/`: its own columns only, numbers as numbers, all else text."""
    return getattr(records, name)[list(SCHEMAS[name])]


def safe(rows: pd.DataFrame) -> pd.DataFrame:
    """A table whose text no spreadsheet runs; columns of numbers stay numbers."""
    made = rows.copy()
    for column in made.columns:
        if not pd.api.types.is_numeric_dtype(made[column]):
            made[column] = [_cell(cell) for cell in made[column]]
    return made


def _cell(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    text = f"'{cell}" if cell.startswith(RISKY) else cell
    # Signs that some readers take for the end of a row become a plain one, which is quoted.
    return "\n".join(text.splitlines()) if len(text.splitlines()) > 1 else text.rstrip("\r\n")


def to_csv(rows: pd.DataFrame) -> bytes:
    """A table as CSV (UTF-8, header, unknown cells blank), safe for spreadsheets."""
    made = safe(rows)
    for column in made.columns:
        if pd.api.types.is_float_dtype(made[column]):
            made[column] = ["" if v != v else f"{v:.15g}" for v in made[column]]
    return made.to_csv(index=False, lineterminator="\n").encode()


def to_xlsx(tables: dict[str, pd.DataFrame]) -> bytes:
    """Tables as the sheets of one workbook, headers frozen, safe for spreadsheets."""
    out = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(out, engine="xlsxwriter", engine_kwargs=options) as book:
        book.book.set_properties({"created": dt.datetime(*_EPOCH)})
        for name, rows in tables.items():
            safe(rows).to_excel(book, sheet_name=name[:31], index=False, freeze_panes=(1, 0))
            book.sheets[name[:31]].autofit()
    return out.getvalue()


def package(records: Records) -> bytes:
    """The whole record as a zip: datapackage.json, a CSV a table, the dictionary, sites as GeoJSON."""
    files = {f"data/{name}.csv": to_csv(table(records, name)) for name in SCHEMAS}
    described = json.dumps(descriptor(records, files), ensure_ascii=False, indent=1)
    files["datapackage.json"] = described.encode()
    files["README.md"] = (DATA / "README.md").read_bytes()
    files["sites.geojson"] = maps.to_geojson(records).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name])
    return out.getvalue()


def descriptor(records: Records, files: dict[str, bytes]) -> dict[str, Any]:
    """`datapackage.json` (Frictionless Data Package 1): every table with its schema, keys and hash.

    `files`: path in the package -> content of each table.
    """
    return {
        "profile": "tabular-data-package",
        "name": "ramp155",
        "title": TITLE,
        "version": records.version,
        "created": f"{records.end.isoformat()}T00:00:00Z",
        "keywords": ["ammunition", "155 mm", "Europe", "defence industry", "capacity"],
        "licenses": [LICENCE],
        "sources": [
            {"title": "Public pages, one row each in sources.csv", "path": "data/sources.csv"}
        ],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "path": f"data/{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(files[f"data/{name}.csv"]),
                "hash": f"sha256:{hashlib.sha256(files[f'data/{name}.csv']).hexdigest()}",
                "schema": json_schema(name),
            }
            for name in SCHEMAS
        ],
    }


def write(records: Records, out: Path) -> list[Path]:
    """Write the package, every table as CSV and XLSX, and the sites; returns what was written.

    Raises OSError where the folder cannot be written.
    """
    for folder in (out / "csv", out / "xlsx"):
        folder.mkdir(parents=True, exist_ok=True)
    tables = {name: table(records, name) for name in SCHEMAS}
    made = {out / f"ramp155-{records.version}.zip": package(records)}
    for name, rows in tables.items():
        made[out / "csv" / f"{name}.csv"] = to_csv(rows)
        made[out / "xlsx" / f"{name}.xlsx"] = to_xlsx({name: rows})
    made[out / "ramp155.xlsx"] = to_xlsx(tables)
    made[out / "sites.geojson"] = maps.to_geojson(records).encode()
    for path, content in made.items():
        write_whole(path, content)
    return list(made)


def cite(records: Records) -> str:
    """How to cite the record."""
    return (
        f"Ramp 155, record of European 155 mm ammunition capacity, version {records.version} "
        f"(reports up to {records.end:%d %B %Y}). Licence: CC BY 4.0."
    )
