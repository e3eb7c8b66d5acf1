"""The record to take away: the package, each table, the sites, and how to cite."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from ramp155 import Records, export, maps
from ramp155.record.schema import SCHEMAS, TABLES
from ui import cite

_FIRST = [
    "events",
    "claims",
    "lines",
    "sites",
    "sources",
    "assumptions",
    "estimates",
    "statements",
]  # most asked for


def show(records: Records) -> None:
    """Downloads and the citation."""
    total = sum(len(getattr(records, name)) for name in SCHEMAS)
    st.markdown(f"## The whole record is yours: {len(SCHEMAS)} tables, {total:,} rows, CC BY 4.0")
    if records.own:
        st.warning("These files contain your own data, marked as such, beside the record's.")
    left, right = st.columns([1, 1.25], gap="large")
    with left:
        st.download_button(
            "Everything as a data package (zip)",
            lambda: _package(records),
            f"ramp155-{records.version}.zip",
            "application/zip",
            type="primary",
            width="stretch",
            key="get_package",
            on_click="ignore",
        )
        st.caption(
            "A Frictionless Data Package: datapackage.json with the schema, keys, sources, licence and version, a CSV a table, "
            "the dictionary, and the sites as GeoJSON. It can be changed and put back under *Your data*."
        )
        st.download_button(
            "Everything as one workbook (XLSX)",
            lambda: _workbook(records),
            f"ramp155-{records.version}.xlsx",
            width="stretch",
            key="get_workbook",
            on_click="ignore",
        )
        st.download_button(
            "Sites as GeoJSON",
            lambda: maps.to_geojson(records),
            f"ramp155-sites-{records.version}.geojson",
            "application/geo+json",
            width="stretch",
            key="get_sites",
            on_click="ignore",
        )
        st.caption("Sites stand at their town's centre, two decimals, never at the plant.")
        st.markdown("**How to cite**")
        st.code(export.cite(records), language=None, wrap_lines=True)
        st.caption(
            "The version is the record's end and a hash of its content: the same version is the same data. From a shell: "
            "`python -m ramp155 export --out DIR`."
        )
    with right:
        name = st.selectbox(
            "One table",
            sorted(TABLES, key=lambda t: _FIRST.index(t) if t in _FIRST else len(_FIRST)),
            format_func=lambda t: f"{t} ({len(getattr(records, t)):,}): {TABLES[t].about.lower()}",
            key="take_table",
        )
        table = export.table(records, name)
        csv, xlsx = st.columns(2)
        csv.download_button(
            f"{name}.csv",
            lambda: export.to_csv(table),
            f"{name}.csv",
            "text/csv",
            width="stretch",
            key="get_csv",
            on_click="ignore",
        )
        xlsx.download_button(
            f"{name}.xlsx",
            lambda: export.to_xlsx({name: table}),
            f"{name}.xlsx",
            width="stretch",
            key="get_xlsx",
            on_click="ignore",
        )
        st.dataframe(table, hide_index=True, height=400, placeholder="", key=f"preview_{name}")
        st.caption(
            "Blank: not reported. Text that a spreadsheet would run (beginning with = + - @, tab or carriage return) gets an "
            "apostrophe in front. "
            f"[Found an error?]({cite.report_link(records, name)})"
        )


@lru_cache(maxsize=4)
def _package(records: Records) -> bytes:
    return export.package(records)


@lru_cache(maxsize=2)
def _workbook(records: Records) -> bytes:
    return export.to_xlsx({name: export.table(records, name) for name in SCHEMAS})
