"""The levers beside a page on a phone: a sheet at the foot, under the chart they move."""

from __future__ import annotations

import streamlit as st

from ramp155.files.assets import join_scripts

_sheet_component = st.components.v2.component("ramp155_sheet", js=join_scripts("sheet.js"))


def mount_lever_sheet() -> None:
    """Bring the chart into sight where the levers open over a part of the page."""
    with st.container(key="lever_sheet"):
        _sheet_component(key="lever_sheet_watch")
