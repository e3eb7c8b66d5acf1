"""Every file of one version of the record: package, tables as CSV and Parquet, sites, licence, what changed, checksums.

The same record and model give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
from html import escape

import pandas as pd

from ramp155.answers.audit.changes import Changes
from ramp155.base.memory import remember
from ramp155.files.geojson import write_sites_geojson
from ramp155.files.package.archive import build_package
from ramp155.files.package.citation_files import write_citation_files
from ramp155.files.package.descriptor import PACKAGE_LICENCE, PACKAGE_TITLE, write_citation
from ramp155.files.package.results import RESULTS
from ramp155.files.package.table_files import make_table_safe, select_table, write_table_csv
from ramp155.model.model import Model
from ramp155.model.version import MODEL_VERSION
from ramp155.record.read import DATA
from ramp155.record.schema import SCHEMAS
from ramp155.text.evidence.changes import write_changes

INDEX = "index.json"
PAGE = "index.html"
CHECKSUMS = "SHA256SUMS"


@remember
def build_version_files(model: Model, changes: Changes | None = None) -> dict[str, bytes]:
    """Build every file of a version, by its name below the version's folder.

    `changes` are those since the version before; None: there is none.
    """
    record = model.record
    files = {f"ramp155-{record.version}.zip": build_package(model)}
    tables = {name: select_table(record, name) for name in SCHEMAS}
    tables |= {name: result.build(model)[list(result.fields)] for name, result in RESULTS.items()}
    for name, table in tables.items():
        files[f"csv/{name}.csv"] = write_table_csv(table)
        files[f"parquet/{name}.parquet"] = write_parquet(table)
    files["sites.geojson"] = write_sites_geojson(model).encode()
    files["dictionary.md"] = (DATA / "README.md").read_bytes()
    files |= write_citation_files(record)
    files["LICENCE.txt"] = _write_licence(model).encode()
    files["changes.json"] = _write_json(changes.as_dict() if changes else None)
    files["changes.txt"] = "\n".join([*_list_changes(changes), ""]).encode()
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    files[CHECKSUMS] = sums.encode()
    files[INDEX] = _write_json(
        {
            "title": PACKAGE_TITLE,
            "version": record.version,
            "before": changes.before if changes else None,
            "reports_up_to": record.end.isoformat(),
            "model": MODEL_VERSION,
            "draws": model.draws,
            "licence": PACKAGE_LICENCE,
            "cite": write_citation(record),
            "files": [
                {"name": name, "bytes": len(files[name]), "sha256": digests[name]}
                for name in sorted(digests)
            ],
        }
    )
    files[PAGE] = _write_page(model, sorted(digests)).encode()
    return files


def write_parquet(table: pd.DataFrame) -> bytes:
    """Write a table as Parquet: numbers as numbers, days as days, all else as text."""
    buffer = io.BytesIO()
    make_table_safe(table).to_parquet(buffer, engine="pyarrow", index=False, compression="zstd")
    return buffer.getvalue()


def _list_changes(changes: Changes | None) -> list[str]:
    return write_changes(changes) if changes else ["There is no version before this one."]


def _write_licence(model: Model) -> str:
    return (
        f"{PACKAGE_LICENCE['title']} ({PACKAGE_LICENCE['name']})\n{PACKAGE_LICENCE['path']}\n\n"
        f"Say where it is from: {write_citation(model.record)}\n"
    )


def _write_json(values: object) -> bytes:
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def _write_page(model: Model, names: list[str]) -> str:
    """A plain list of the files for whoever opens the folder; it asks for nothing."""
    links = "\n".join(f'<li><a href="{escape(name)}">{escape(name)}</a></li>' for name in names)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Ramp 155, record {escape(model.record.version)}</title>"
        "<style>:root{color-scheme:light dark}body{font:1rem/1.5 sans-serif;max-width:44rem;margin:2rem auto;"
        "padding:0 1rem}</style></head><body>\n"
        f"<h1>Ramp 155, record {escape(model.record.version)}</h1>\n<p>{escape(write_citation(model.record))}</p>\n"
        f'<ul>\n{links}\n<li><a href="{INDEX}">{INDEX}</a></li>\n<li><a href="{CHECKSUMS}">{CHECKSUMS}</a></li>\n'
        "</ul>\n</body></html>\n"
    )
