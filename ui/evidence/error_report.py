"""The report of an error in one row, where a link asked for it: ready to be copied, for no address is set to send it to."""

from __future__ import annotations

import streamlit as st

from ramp155.model.model import Model
from ui.link import keys
from ui.markup import escape_markdown
from ui.widgets.citations.cite import show_error_report


def show_asked_report(model: Model) -> None:
    """The report that the link asks for, with the way to put it away; nothing where it asks for none."""
    row_id = st.session_state[keys.REPORT]
    if not row_id:
        return
    message, button_column = st.columns([8, 1], vertical_alignment="center")
    message.markdown(f"**An error in {escape_markdown(row_id, 80)}?**")
    button_column.button("Close", key="report_closed", on_click=_close_report)
    show_error_report(model, "", row_id=row_id, is_open=True)


def _close_report() -> None:
    st.session_state[keys.REPORT] = ""
