"""The record described as a Frictionless Data Package 1: title, licence, how to cite it, and every
table with its schema, keys and hash.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import Any

from ramp155.files.package.forecasts import FORECAST_TABLES, FORECAST_TITLES, build_forecast_schema
from ramp155.files.package.results import RESULTS, build_result_schema
from ramp155.model.model import Model
from ramp155.model.version import MODEL_VERSION
from ramp155.record.records import Records
from ramp155.record.schema import SCHEMAS, TABLES, build_json_schema
from ramp155.text.citations import cite_record

PACKAGE_TITLE = (
    "Ramp 155: who promised what 155 mm ammunition capacity in Europe, and what came of it"
)
PACKAGE_LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}


def describe_package(model: Model, files: dict[str, bytes]) -> dict[str, Any]:
    """Describe the package as `datapackage.json` (Frictionless Data Package 1): every table with its schema, keys and hash.

    `files`: path in the package -> content of each table.
    """
    records = model.record
    forecasts = [name for name in FORECAST_TABLES if f"data/{name}.csv" in files]
    resources = [
        *(
            _describe_table(f"data/{n}.csv", TABLES[n].about, build_json_schema(n), files)
            for n in SCHEMAS
        ),
        *(
            _describe_table(f"data/{n}.csv", FORECAST_TITLES[n], build_forecast_schema(n), files)
            for n in forecasts
        ),
        *(
            _describe_table(f"results/{n}.csv", r.title, build_result_schema(n), files)
            for n, r in RESULTS.items()
        ),
    ]
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
        "contributors": [{"title": "The Ramp 155 authors", "role": "author"}],
        "description": (
            f"What was reported (data), and what follows from it (results) by {model.draws} runs of model "
            f"{MODEL_VERSION}. A blank means not reported, never zero."
        ),
        "resources": resources,
    }


def _describe_table(
    path: str, title: str, schema: dict[str, Any], files: dict[str, bytes]
) -> dict[str, Any]:
    """One table: what it is, where it stands, its hash and its schema."""
    return {
        "profile": "tabular-data-resource",
        "name": PurePosixPath(path).stem,
        "title": title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(files[path]),
        "hash": f"sha256:{hashlib.sha256(files[path]).hexdigest()}",
        "schema": schema,
    }


def write_citation(records: Records) -> str:
    """Write how to cite the record, in one line, and its licence."""
    return f"{cite_record(records)['One line']} Licence: CC BY 4.0."
