"""The events of one line to change by hand, and the rows that differ as text, ready to be put on
the record.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

from ramp155.answers.trial import try_model
from ramp155.model.model import Model
from ramp155.record.schema import SCHEMAS
from ramp155.record.schema.vocabulary import EVENTS, UNITS
from ramp155.record.upload.merge import merge_upload
from ramp155.record.upload.own_rows import OWN_DATA_MARK, OWN_SOURCE_ID
from ui.link.session import load_shared_records
from ui.widgets.lookups import list_rows, name_site
from ui.widgets.own_data.faults import try_own_records

_FIRST_LINE = "unterluess-rheinmetall--round"  # the line that is shown first, where it is on record
EDITED_COLUMNS = ["event", "date", "status", "rate", "unit", "rate_status", "reported_on"]


def show_line_editor(model: Model) -> None:
    """A line to choose, its events to change, and the button that puts them on the record."""
    st.markdown("**Or change one line**")
    line_ids = list(model.record.full_lines.index)
    line_id = st.selectbox(
        "Line",
        line_ids,
        format_func=lambda line_key: (
            f"{name_site(model.record, line_key)}: {model.record.line(line_key).title}"[:110]
        ),
        index=line_ids.index(_FIRST_LINE) if _FIRST_LINE in line_ids else 0,
        key="edit_line",
    )
    events = model.record.events[model.record.events["line_id"] == line_id].sort_values("known_on")
    event_table = events.set_index("event_id")[[*EDITED_COLUMNS, "basis"]]
    changed_table = st.data_editor(
        event_table,
        key=f"editor_{line_id}_{model.record.version}",
        num_rows="dynamic",
        height=285,
        placeholder="",
        disabled=["basis", "_index"],
        column_config={
            "_index": None,
            "event": st.column_config.SelectboxColumn("What", options=list(EVENTS), required=True),
            "date": st.column_config.TextColumn("For when", help="YYYY, YYYY-MM or YYYY-MM-DD"),
            "status": st.column_config.SelectboxColumn(
                "Is", options=["done", "planned"], required=True
            ),
            "rate": st.column_config.NumberColumn("Rate a year", min_value=0, format="localized"),
            "unit": st.column_config.SelectboxColumn("Unit", options=list(UNITS)),
            "rate_status": st.column_config.SelectboxColumn("Rate is", options=["done", "planned"]),
            "reported_on": st.column_config.TextColumn("Said on"),
            "basis": st.column_config.TextColumn("What was said"),
        },
    )
    st.button(
        "Use these changes",
        key="use_edit",
        type="primary",
        disabled=changed_table.equals(event_table),
        on_click=_use_changes,
        args=(model, line_id, event_table, changed_table),
    )
    st.caption("Rows taken out stay on the record.")


def _use_changes(
    model: Model, line_id: str, event_table: pd.DataFrame, changed_table: pd.DataFrame
) -> None:
    """Put edited and added rows of one line on the record (a button's callback)."""
    changed_events = find_changed_rows(model, line_id, event_table, changed_table)
    if changed_events.empty:
        return
    try_own_records(
        lambda: merge_upload(
            load_shared_records(), {"events": changed_events}, probe=try_model, onto=model.record
        )
    )


def find_changed_rows(
    model: Model, line_id: str, event_table: pd.DataFrame, changed_table: pd.DataFrame
) -> pd.DataFrame:
    """The rows that differ, as text with every column of events, indexed by their place in the editor."""
    events = model.record.events
    cells_on_record = dict(zip(events["event_id"], list_rows(events), strict=True))
    cells_shown = dict(zip(event_table.index, list_rows(event_table), strict=True))
    fresh_ids = (
        fresh_id
        for fresh_id in (f"own-{line_id}-{number}" for number in itertools.count(1))
        if fresh_id not in cells_on_record
    )
    changed_events = {}
    for position, (event_id, cells) in enumerate(
        zip(changed_table.index, list_rows(changed_table), strict=True), start=1
    ):
        cell_texts = _write_cells(cells, EDITED_COLUMNS)
        is_on_record = event_id in cells_shown
        if is_on_record and cell_texts == _write_cells(cells_shown[event_id], EDITED_COLUMNS):
            continue
        changed_event = (
            _write_cells(cells_on_record[event_id], SCHEMAS["events"])
            if is_on_record
            else dict.fromkeys(SCHEMAS["events"], "")
        )
        changed_event |= cell_texts
        if not is_on_record:
            changed_event |= {
                "event_id": next(fresh_ids),
                "line_id": line_id,
                "scope": "site",
                "source_id": OWN_SOURCE_ID,
                "basis": "Added here",
                "confidence": "C",
            }
        if not changed_event["rate"]:
            changed_event |= {"unit": "", "rate_status": ""}
        changed_events[position] = changed_event | {
            "basis": changed_event["basis"].removeprefix(OWN_DATA_MARK)
        }
    return pd.DataFrame.from_dict(
        changed_events, orient="index", columns=list(SCHEMAS["events"])
    ).astype(str)


def _write_cells(cells: dict[str, Any], columns: Iterable[str]) -> dict[str, str]:
    """Some cells of a row as text, by column."""
    return {column: _write_cell(cells[column]) for column in columns}


def _write_cell(cell: str | float | dt.date | None) -> str:
    """A cell of the editor as text; blank where there is nothing."""
    if pd.isna(cell):
        return ""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()
