"""The two actions of every page, in the header: share what is on screen, present it."""

from __future__ import annotations

import streamlit as st

from ramp155 import stories
from ui import present, share, state


def show(path: str) -> None:
    """Share and Present; `path` is the first part of the page's address."""
    with st.container(horizontal=True, key="actions", gap="small"):
        shared = st.button(
            "Share", key="share_it", type="tertiary", help="Link, QR code, slides, brief, live page"
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
