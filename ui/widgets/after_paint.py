"""What can wait until the browser has drawn what stands before it, at a session's first page: the title, the slider and its chart
are not kept waiting by what takes server or browser longest.
"""

from __future__ import annotations

import streamlit as st

from ramp155.files.assets import read_asset

PAINTED = "painted"  # session key: the first page's first chart has been drawn
_after_paint = st.components.v2.component("ramp155_after_paint", js=read_asset("after_paint.js"))


def is_painted(key: str) -> bool:
    """Whether the browser has drawn what stands before; until then the fragment around this runs again once it has."""
    if not st.session_state.get(PAINTED):
        _after_paint(key=f"{key}_waits", on_drawn_change=_note_painted)
    return bool(st.session_state.get(PAINTED))


def _note_painted() -> None:
    st.session_state[PAINTED] = True
