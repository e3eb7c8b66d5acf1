"""The record to take away: the package, each table, the sites, and how to cite.

Tables and packages are built when they are asked for.
"""

from __future__ import annotations

import streamlit as st

from ramp155.base.memory import remember
from ramp155.files.geojson import write_sites_geojson
from ramp155.files.package.archive import build_package
from ramp155.files.package.table_files import select_table, write_table_csv, write_workbook
from ramp155.model.model import Model
from ramp155.record.schema import SCHEMAS, TABLES
from ramp155.text.citations import RECORD_TITLE
from ui.link import keys
from ui.widgets.citations.cite import show_citations
from ui.widgets.citations.sources import write_report_link
from ui.widgets.share.screen_link import write_site_address

_FIRST_TABLES = [
    "events",
    "claims",
    "lines",
    "sites",
    "sources",
    "assumptions",
    "estimates",
    "statements",
]  # most asked for


def show_downloads(model: Model) -> None:
    """Downloads and the citation."""
    row_count = sum(len(getattr(model.record, table_name)) for table_name in SCHEMAS)
    st.markdown(
        f"## The whole record is yours: {len(SCHEMAS)} tables, {row_count:,} rows, CC BY 4.0"
    )
    if model.record.own:
        st.warning("These files contain your own data, marked as such, beside the record's.")
    files_column, table_column = st.columns([1, 1.25], gap="large")
    with files_column:
        st.download_button(
            "Everything as a data package (zip)",
            lambda: _build_package(model),
            f"ramp155-{model.record.version}.zip",
            "application/zip",
            type="primary",
            width="stretch",
            key="get_package",
            on_click="ignore",
        )
        st.caption(
            "A Frictionless Data Package: a CSV a table, with schema, sources and dictionary. Change it and put it back under "
            "*Your data*."
        )
        st.download_button(
            "Everything as one workbook (XLSX)",
            lambda: _build_workbook(model),
            f"ramp155-{model.record.version}.xlsx",
            width="stretch",
            key="get_workbook",
            on_click="ignore",
        )
        st.download_button(
            "Sites as GeoJSON",
            lambda: write_sites_geojson(model),
            f"ramp155-sites-{model.record.version}.geojson",
            "application/geo+json",
            width="stretch",
            key="get_sites",
            on_click="ignore",
        )
        st.caption("Sites stand at their town's centre, two decimals, never at the plant.")
        address = write_site_address(f"data/{model.record.version}/")
        show_citations(model, RECORD_TITLE, address, "Data set")
        st.caption(
            "The same version is the same data. From a shell: `python -m ramp155 export --out DIR`."
        )
    with table_column:
        table_name = st.selectbox(
            "One table",
            sorted(
                TABLES,
                key=lambda t: _FIRST_TABLES.index(t) if t in _FIRST_TABLES else len(_FIRST_TABLES),
            ),
            format_func=lambda t: (
                f"{t} ({len(getattr(model.record, t)):,}): {TABLES[t].about.lower()}"
            ),
            key=keys.TABLE,
        )
        table_rows = select_table(model.record, table_name)
        csv_column, xlsx_column = st.columns(2)
        csv_column.download_button(
            f"{table_name}.csv",
            lambda: write_table_csv(table_rows),
            f"{table_name}.csv",
            "text/csv",
            width="stretch",
            key="get_csv",
            on_click="ignore",
        )
        xlsx_column.download_button(
            f"{table_name}.xlsx",
            lambda: write_workbook({table_name: table_rows}),
            f"{table_name}.xlsx",
            width="stretch",
            key="get_xlsx",
            on_click="ignore",
        )
        st.dataframe(
            table_rows, hide_index=True, height=400, placeholder="", key=f"preview_{table_name}"
        )
        st.caption(
            "Blank: not reported. Text that a spreadsheet would run gets an apostrophe in front. "
            f"[Found an error?]({write_report_link(model, table_name)})"
        )


@remember
def _build_package(model: Model) -> bytes:
    return build_package(model)


@remember
def _build_workbook(model: Model) -> bytes:
    return write_workbook(
        {table_name: select_table(model.record, table_name) for table_name in SCHEMAS}
    )
