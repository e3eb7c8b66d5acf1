"""Bring your own: upload tables or a package, or change one line's dates and rates, and see what
follows.

It stays in the session, is marked wherever it shows, and goes in one click.
"""

from __future__ import annotations

import streamlit as st

from ramp155.model.model import Model
from ui.link.session import load_shared_records
from ui.widgets.own_data.effect import show_effect
from ui.widgets.own_data.faults import show_faults
from ui.widgets.own_data.line_editor import show_line_editor
from ui.widgets.own_data.upload import show_upload


def show_own_data(model: Model) -> None:
    """What follows from one's own data, then the two ways to bring it."""
    published = load_shared_records()
    st.markdown("## Put your own lines or dates on the record and see what follows")
    show_faults()
    if model.record.own:
        show_effect(published, model.record)
    upload_column, edit_column = st.columns([1, 1.5], gap="large")
    with upload_column:
        show_upload(model)
    with edit_column:
        show_line_editor(model)
