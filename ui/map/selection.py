"""What is chosen on the Map page: a site by a click, and lines by their status."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.answers.counts import count_statuses
from ramp155.history.standing.sites import LEADING_STATUSES
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ui.map.utilisation import show_utilisation_switch


def choose_site(site: str) -> None:
    """A click on the map chooses the site."""
    st.session_state["site"] = site


def filter_by_status(lines: pd.DataFrame) -> pd.DataFrame:
    """The pills that count lines by status and filter them."""
    counts = count_statuses(lines)
    pills_column, toggle_column = st.columns([6, 1], vertical_alignment="center")
    with toggle_column:
        show_utilisation_switch()
    pills_column.pills(
        "Lines by status: click to filter",
        LEADING_STATUSES,
        selection_mode="multi",
        format_func=lambda s: f"{STATUS_GLYPHS[s]} {s} {counts.get(s, 0)}",
        key="status",
        label_visibility="collapsed",
    )
    chosen_statuses = st.session_state["status"]
    return lines[lines["status"].isin(chosen_statuses)] if chosen_statuses else lines
