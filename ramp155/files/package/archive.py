"""The record to take away: a zip with datapackage.json, a CSV a table, the dictionary and the sites
as GeoJSON, or all of it as files in a folder.

The same record gives the same bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from ramp155.base.whole_file import write_whole_file
from ramp155.files.geojson import write_sites_geojson
from ramp155.files.package.citation_files import write_citation_files
from ramp155.files.package.descriptor import describe_package
from ramp155.files.package.forecasts import build_forecast_tables
from ramp155.files.package.results import build_result_tables
from ramp155.files.package.table_files import (
    PACKAGE_MOMENT,
    select_table,
    write_table_csv,
    write_workbook,
)
from ramp155.model.model import Model
from ramp155.record.read import DATA
from ramp155.record.schema import SCHEMAS


def build_package(model: Model) -> bytes:
    """Build the whole record as a zip: datapackage.json, a CSV a table, results, the dictionary, sites as GeoJSON."""
    files = {
        f"data/{name}.csv": write_table_csv(select_table(model.record, name)) for name in SCHEMAS
    }
    for name, table_csv in build_forecast_tables(model.record).items():
        files[f"data/{name}.csv"] = table_csv
    for name, table_csv in build_result_tables(model).items():
        files[f"results/{name}.csv"] = table_csv
    descriptor_text = json.dumps(describe_package(model, files), ensure_ascii=False, indent=1)
    files["datapackage.json"] = descriptor_text.encode()
    files["README.md"] = (DATA / "README.md").read_bytes()
    files |= write_citation_files(model.record)
    files["sites.geojson"] = write_sites_geojson(model).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            file_header = zipfile.ZipInfo(name, PACKAGE_MOMENT)
            file_header.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(file_header, files[name])
    return buffer.getvalue()


def write_package_files(model: Model, destination: Path) -> list[Path]:
    """Write the package, every table as CSV and XLSX, and the sites, each whole or not at all.

    Returns the paths of what was written.

    Raises OSError where the folder cannot be written.
    """
    for folder in (destination / "csv", destination / "xlsx"):
        folder.mkdir(parents=True, exist_ok=True)
    tables = {name: select_table(model.record, name) for name in SCHEMAS}
    contents = {destination / f"ramp155-{model.record.version}.zip": build_package(model)}
    for name, table in tables.items():
        contents[destination / "csv" / f"{name}.csv"] = write_table_csv(table)
        contents[destination / "xlsx" / f"{name}.xlsx"] = write_workbook({name: table})
    contents[destination / "ramp155.xlsx"] = write_workbook(tables)
    contents[destination / "sites.geojson"] = write_sites_geojson(model).encode()
    for path, content in contents.items():
        write_whole_file(path, content)
    return list(contents)
