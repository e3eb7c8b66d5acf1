"""A record read again: from a folder of tables, from the data package, or from a folder that keeps versions."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from ramp155.record.faults import Fault, RecordsError
from ramp155.record.read import TextTable, read_table
from ramp155.record.records import Records, build_records, load
from ramp155.record.rules import find_faults
from ramp155.record.schema import SCHEMAS
from ramp155.record.upload.archive import open_archive
from ramp155.record.upload.table import strip_guard


def load_any(name: str) -> Records:
    """The record that a name stands for: `now` (the published one), a folder of tables, or a package (zip).

    Raises RecordsError for tables that break the rules of today, OSError or ValueError for what cannot be read.
    """
    if name == "now":
        return load()
    path = Path(name)
    if path.is_dir():
        packages = sorted(path.glob("ramp155-*.zip"))
        if (path / "sites.csv").is_file() or not packages:
            return load(path)
        path = packages[0]
    return load_package(path.name, path.read_bytes())


def load_package(name: str, content: bytes) -> Records:
    """The record in a data package, under the version that the package names.

    Raises RecordsError for tables that break the rules of today, ValueError for what is no package.
    """
    table_files = open_archive(name, content)
    if table_files is None:
        raise ValueError(f"{name} is no data package (zip)")
    tables: dict[str, TextTable] = {}
    faults: list[Fault] = []
    for table_name, columns in SCHEMAS.items():
        file = f"{table_name}.csv"
        if file not in table_files:
            faults.append(Fault(file, 0, "-", f"is missing from {name}"))
            continue
        text = table_files[file].decode("utf-8-sig")
        table, table_faults = read_table(file, text, list(columns))
        faults += table_faults
        if table is not None:
            cells = {column: list(map(strip_guard, table[column])) for column in columns}
            tables[table_name] = TextTable(cells, table.lines)
    faults = faults or find_faults(tables)
    if faults:
        raise RecordsError(sorted(faults))
    records = build_records(tables)
    version = _read_version(content)
    return records.with_version(version) if version else records


def _read_version(content: bytes) -> str:
    """The version that a package's description names; blank where it has none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            version = json.loads(archive.read("datapackage.json"))["version"]
    except (KeyError, ValueError, TypeError):
        return ""
    return version if isinstance(version, str) else ""
