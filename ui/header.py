"""What frames every page: in the header the two actions (share what is on screen, present it), at its foot the glossary."""

from __future__ import annotations

import streamlit as st

from ramp155.files.story.story import build_story_from_page
from ramp155.text.glossary.terms import list_terms
from ramp155.text.numbers import count_words
from ramp155.text.plants import say_record_age
from ui.briefing.course import start_briefing, write_page_address
from ui.link.session import open_model
from ui.link.view import current_view
from ui.widgets.share.dialog import show_share_dialog


def show_actions(page_path: str) -> None:
    """How old the record is, Share and Present; `page_path` is the first part of the page's address."""
    with st.container(key="record_age"):
        st.caption(say_record_age(open_model().record))
    with st.container(horizontal=True, key="actions", gap="small"):
        share_pressed = st.button(
            "Share", key="share_it", type="tertiary", help="Link, QR code, slides, brief, live page"
        )
        st.button(
            "Present",
            key="present_it",
            type="tertiary",
            shortcut="p",
            on_click=start_briefing,
            help="One finding a screen, stepped by keys",
        )
    if share_pressed and "view" in st.session_state:
        model = open_model()
        show_share_dialog(
            model, build_story_from_page(write_page_address(page_path), current_view())
        )


def show_foot(page_path: str) -> None:
    """The way to the glossary, under every other page; `page_path` is the first part of the page's address."""
    if page_path != "glossary":
        terms = count_words(len(list_terms()), "word")
        with st.container(key="foot"):
            st.page_link("pages/glossary.py", label=f"Glossary: {terms} explained, with pictures")
