"""The record described as a Frictionless Data Package 1: title, licence, how to cite it, and every
table with its schema, keys and hash.
"""

from __future__ import annotations

import hashlib
from typing import Any

from ramp155.files.package.forecasts import FORECAST_TABLES, build_forecast_schema
from ramp155.record.records import Records
from ramp155.record.schema import SCHEMAS, build_json_schema

PACKAGE_TITLE = (
    "Ramp 155: who promised what 155 mm ammunition capacity in Europe, and what came of it"
)
PACKAGE_LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}


def describe_package(records: Records, files: dict[str, bytes]) -> dict[str, Any]:
    """Describe the package as `datapackage.json` (Frictionless Data Package 1): every table with its schema, keys and hash.

    `files`: path in the package -> content of each table.
    """
    schemas = {name: build_json_schema(name) for name in SCHEMAS} | {
        name: build_forecast_schema(name) for name in FORECAST_TABLES if f"data/{name}.csv" in files
    }
    return {
        "profile": "tabular-data-package",
        "name": "ramp155",
        "title": PACKAGE_TITLE,
        "version": records.version,
        "created": f"{records.end.isoformat()}T00:00:00Z",
        "keywords": ["ammunition", "155 mm", "Europe", "defence industry", "capacity"],
        "licenses": [PACKAGE_LICENCE],
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
                "schema": schema,
            }
            for name, schema in schemas.items()
        ],
    }


def write_citation(records: Records) -> str:
    """Write how to cite the record."""
    return (
        f"Ramp 155, record of European 155 mm ammunition capacity, version {records.version} "
        f"(reports up to {records.end:%d %B %Y}). Licence: CC BY 4.0."
    )
