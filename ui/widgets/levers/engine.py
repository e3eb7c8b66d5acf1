"""The engine that makes every lever live: sent once after the page's first picture, and kept by the browser
while record and coefficients stay the same.
"""

from __future__ import annotations

import streamlit as st

from ramp155.files.assets import join_engine
from ramp155.model.model import Model
from ramp155.pictures.output.engine import name_engine, pack_engine
from ui.link.levers import current_scenario

_engine_component = st.components.v2.component(
    "ramp155_engine", html="<span hidden></span>", js=join_engine()
)


def mount_engine(model: Model) -> None:
    """Give the page the chain to run by itself: the last thing of a page, so that nothing waits for it."""
    if st.session_state["plain"]:
        return
    assume = current_scenario().assume
    name, packed = name_engine(model, assume), pack_engine(model, assume)
    _engine_component(key="engine", data=name.encode() + b"\n" + packed)
