"""What can wait until the browser has drawn what stands before it, at a session's first page: the title, the slider and its chart
are not kept waiting by what takes server or browser longest.
"""

from __future__ import annotations

import streamlit as st

from ramp155.files.assets import join_scripts

PAINTED = "painted"  # session key: the first page's first chart has been drawn
_WAITING = "waiting_for_paint"  # session key: the open page runs again by itself then
_after_paint = st.components.v2.component("ramp155_after_paint", js=join_scripts("after_paint.js"))


def has_painted() -> bool:
    """Whether the browser has drawn the first page's first chart."""
    return bool(st.session_state.get(PAINTED))


def draw_rest_after_paint(key: str) -> None:
    """Once the browser has drawn what a page has shown so far, the page runs again; what asks `has_painted` comes then.

    One a page, outside every fragment: of several that tell the server at once, Streamlit hears only one.
    """
    if not has_painted():
        st.session_state[_WAITING] = True
        _after_paint(key=f"{key}_waits", on_drawn_change=_note_painted)


def is_waiting_for_paint() -> bool:
    """Whether the page that has just run will run again by itself once the browser has drawn its first chart."""
    return bool(st.session_state.pop(_WAITING, False)) and not has_painted()


def is_painted(key: str) -> bool:
    """Whether the browser has drawn what stands before; until then the fragment around this runs again once it has."""
    if not has_painted():
        _after_paint(key=f"{key}_waits", on_drawn_change=_note_painted)
    return has_painted()


def _note_painted() -> None:
    st.session_state[PAINTED] = True
