"""The two actions of every page, in the header: share what is on screen, present it."""

from __future__ import annotations

import streamlit as st

from ramp155 import stories
from ui import present, share, state

_STYLE = """<style>
.st-key-actions { position: fixed; top: 0.55rem; right: 3.4rem; z-index: 999991; width: auto !important; }
.st-key-actions button { min-height: 2.2rem; padding: 0.1rem 0.7rem; }
@media (max-width: 640px) { .st-key-actions { right: 2.6rem; gap: 0.3rem; } .st-key-actions button { padding: 0.1rem 0.4rem; } }
</style>"""


def show(path: str) -> None:
    """Share and Present; `path` is the first part of the page's address."""
    st.html(_STYLE)
    with st.container(horizontal=True, key="actions", gap="small"):
        shared = st.button(
            "Share", key="share", type="tertiary", help="Link, QR code, slides, brief, live page"
        )
        st.button(
            "Present",
            key="present_it",
            type="tertiary",
            shortcut="p",
            on_click=present.start,
            help="One finding a screen, stepped by keys",
        )
    if shared and "view" in st.session_state:
        records = state.records()
        share.dialog(records, stories.of_page(present.address(path), state.view()))
