"""The one schema of the record: every table and column declared once, and what follows from it.

Validation (`rules`), typing (`NUMBERS`), references, the dictionary in data/README.md (`dictionary`), the
package's JSON schemas (`build_json_schema`), uploads and their templates all read `TABLES`.
"""

from __future__ import annotations

from typing import Any

from ramp155.record.schema.column import Column, Table
from ramp155.record.schema.levers import LEVERS
from ramp155.record.schema.model import (
    ASSUMPTIONS,
    CALIBRATION,
    COUNTRIES,
    DERIVED,
    PRESETS,
    RELEASED,
    STAGES,
    TARGETS,
)
from ramp155.record.schema.questions import (
    CONTRADICTIONS,
    ESTIMATES,
    POLICIES,
    STATEMENTS,
    TARGETS_OUTCOMES,
    WAIVERS,
)
from ramp155.record.schema.reports import CLAIMS, EVENTS, LINES, SITES, SOURCES

__all__ = [
    "CLASSES",
    "COUNTS",
    "EVENTS",
    "NUMBERS",
    "ORIGINS",
    "OWN_SOURCE",
    "PRODUCTS",
    "PRODUCT_UNITS",
    "SCHEMAS",
    "STATEMENTS",
    "STRANDS",
    "TABLES",
    "UNDER_WAY",
    "UNITS",
    "Column",
    "Table",
    "build_json_schema",
    "list_references",
    "write_template",
]

# In the order in which the record's version is computed from them.
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        SITES,
        LINES,
        EVENTS,
        SOURCES,
        CLAIMS,
        STAGES,
        ASSUMPTIONS,
        CALIBRATION,
        PRESETS,
        TARGETS,
        ESTIMATES,
        STATEMENTS,
        POLICIES,
        CONTRADICTIONS,
        WAIVERS,
        RELEASED,
        COUNTRIES,
        LEVERS,
        TARGETS_OUTCOMES,
        DERIVED,
    )
}
# table -> column -> its declaration, in the order of the file.
SCHEMAS: dict[str, dict[str, Column]] = {
    name: {column.name: column for column in table.columns} for name, table in TABLES.items()
}
# table -> its columns of numbers.
NUMBERS: dict[str, list[str]] = {
    name: [column.name for column in table.columns if column.kind == "number"]
    for name, table in TABLES.items()
}
_DATE_PATTERN = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def list_references() -> list[tuple[str, Column, str]]:
    """Every (table, column, table whose key it must be)."""
    return [
        (name, column, column.refers)
        for name, table in TABLES.items()
        for column in table.columns
        if column.refers
    ]


def write_template(name: str) -> bytes:
    """An empty table to fill in: its header as CSV."""
    return (",".join(SCHEMAS[name]) + "\n").encode()


def build_json_schema(name: str) -> dict[str, Any]:
    """A table's Frictionless schema: fields, primary key and the foreign keys of one key a cell."""
    table = TABLES[name]
    schema: dict[str, Any] = {
        "fields": [_build_json_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.primary or (table.key,)),
    }
    foreign = [
        {
            "fields": [column.name],
            "reference": {
                "resource": "" if column.refers == name else column.refers,
                "fields": [TABLES[column.refers].key],
            },
        }
        for column in table.columns
        if column.refers and not column.several
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def _build_json_field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.words:
        constraints["enum"] = list(column.words)
    elif column.kind == "date":
        constraints["pattern"] = _DATE_PATTERN
    unit = f" ({column.unit})" if column.unit else ""
    described: dict[str, Any] = {
        "name": column.name,
        "type": "number" if column.kind == "number" else "string",
        "description": f"{column.meaning}{unit}",
    }
    return described | ({"constraints": constraints} if constraints else {})
