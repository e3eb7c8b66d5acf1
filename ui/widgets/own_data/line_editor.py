"""The events of one line to change by hand, and the rows that differ as text, ready to be put on
the record.
"""

from __future__ import annotations

import itertools

import pandas as pd
import streamlit as st

from ramp155.answers.trial import try_model
from ramp155.model.model import Model
from ramp155.record.schema import SCHEMAS
from ramp155.record.schema.vocabulary import EVENTS, UNITS
from ramp155.record.upload.merge import merge_upload
from ramp155.record.upload.own_rows import OWN_DATA_MARK, OWN_SOURCE_ID
from ui.link.session import load_shared_records
from ui.widgets.own_data.faults import try_own_records

_FIRST_LINE = "unterluess-rheinmetall--round"  # the line that is shown first, where it is on record
EDITED_COLUMNS = ["event", "date", "status", "rate", "unit", "rate_status", "reported_on"]


def show_line_editor(model: Model) -> None:
    st.markdown("**Or change one line**")
    full_lines = model.record.full_lines
    line_id = st.selectbox(
        "Line",
        list(full_lines.index),
        format_func=lambda line_key: (
            f"{full_lines.loc[line_key, 'name']}: {full_lines.loc[line_key, 'title']}"[:110]
        ),
        index=list(full_lines.index).index(_FIRST_LINE) if _FIRST_LINE in full_lines.index else 0,
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
    st.caption("Change a date or a rate, or add a row; rows taken out stay on the record.")


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
    event_rows = model.record.events.set_index("event_id", drop=False)
    changed_events = {}
    serial_numbers = itertools.count(1)
    for position, (event_id, cells) in enumerate(changed_table.iterrows(), start=1):
        cell_texts = {column: _write_cell(cells[column]) for column in EDITED_COLUMNS}
        is_on_record = event_id in event_table.index
        if is_on_record and cell_texts == {
            column: _write_cell(event_table.loc[event_id, column]) for column in EDITED_COLUMNS
        }:
            continue
        row = {
            event_column: _write_cell(event_rows.loc[event_id, event_column])
            if is_on_record
            else ""
            for event_column in SCHEMAS["events"]
        }
        row |= cell_texts
        if not is_on_record:
            fresh_ids = (f"own-{line_id}-{number}" for number in serial_numbers)
            row |= {
                "event_id": next(
                    fresh_id for fresh_id in fresh_ids if fresh_id not in event_rows.index
                ),
                "line_id": line_id,
                "scope": "site",
                "source_id": OWN_SOURCE_ID,
                "basis": "Added here",
                "confidence": "C",
            }
        if not row["rate"]:
            row |= {"unit": "", "rate_status": ""}
        changed_events[position] = row | {"basis": row["basis"].removeprefix(OWN_DATA_MARK)}
    return pd.DataFrame.from_dict(
        changed_events, orient="index", columns=list(SCHEMAS["events"])
    ).astype(str)


def _write_cell(value: object) -> str:
    """A cell of the editor as text; blank where there is nothing."""
    if pd.isna(value):
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value).strip()
