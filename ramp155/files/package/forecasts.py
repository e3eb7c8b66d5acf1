"""Archived forecasts in the data package: those of all releases as one table, and the releases as another."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ramp155.answers.track.archive import Release, list_releases, read_forecast
from ramp155.answers.track.standing import ARCHIVE_COLUMNS, BANDS, FIGURE_BANDS
from ramp155.files.package.table_files import write_table_csv
from ramp155.record.records import Records

_MEANINGS = {
    "version": "Record's version: its key in forecast_releases",
    "period": "A month (a rate in it) or a year (rounds made in it)",
    "series": "Whose: Europe, or a series of the record",
    "observable": "What is counted",
    **{name: f"{name.upper()} of the forecast, a year" for name in BANDS},
    **{
        name: f"{name.removeprefix('figure_').upper()} of where a published figure should fall, a year"
        for name in FIGURE_BANDS
    },
    "made_on": "The day whose knowledge was used",
    "model": "Number of the model",
    "rows": "Rows of the forecast",
    "sha256": "Digest of data/forecasts/VERSION.csv, which never changes after its release",
}
_NUMBERS = {*BANDS, *FIGURE_BANDS}
_KEYS = {
    "forecasts": ["version", "period", "series", "observable"],
    "forecast_releases": ["version"],
}
FORECAST_TABLES = tuple(_KEYS)
FORECAST_TITLES = {
    "forecasts": "Forecasts as they were released, with their likely ranges",
    "forecast_releases": "Releases of the forecast",
}


def build_forecast_tables(records: Records) -> dict[str, bytes]:
    """The tables as CSV by name; none before the first release, nor for a record with a user's own rows."""
    releases = [] if records.uploaded else list_releases()
    if not releases:
        return {}
    forecasts = [read_forecast(release).assign(version=release.version) for release in releases]
    tables = {
        "forecasts": pd.concat(forecasts)[["version", *ARCHIVE_COLUMNS]],
        "forecast_releases": pd.DataFrame(releases, columns=list(Release._fields)),
    }
    return {name: write_table_csv(table) for name, table in tables.items()}


def build_forecast_schema(name: str) -> dict[str, Any]:
    """A table's Frictionless schema: its fields and primary key."""
    columns = Release._fields if name == "forecast_releases" else ("version", *ARCHIVE_COLUMNS)
    return {
        "fields": [
            {
                "name": column,
                "type": "number" if column in _NUMBERS else "string",
                "description": _MEANINGS[column],
            }
            for column in columns
        ],
        "missingValues": [""],
        "primaryKey": _KEYS[name],
    }
