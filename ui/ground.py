"""The ground of an open page: where the browser changes it from light to dark, pictures are drawn anew.

Streamlit changes its own colours in the browser and tells the server nothing until something else asks for a run.
"""

from __future__ import annotations

import streamlit as st

from ramp155.files.assets import read_asset
from ui.link.session import read_theme

_ground_component = st.components.v2.component("ramp155_ground", js=read_asset("ground.js"))


def watch_ground() -> None:
    """Run the page again where its ground is no longer the one that pictures are drawn for."""
    with st.container(key="ground"):
        _ground_component(key="ground_watch", data=read_theme(), on_ground_change=lambda: None)
