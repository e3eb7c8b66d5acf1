"""What frames every page: the ground it is drawn for, in its header the search for a plant and the two actions, share and present."""

from __future__ import annotations

import streamlit as st

from ramp155.files.assets import join_scripts
from ramp155.text.plants import say_record_age
from ui.briefing.course import build_page_story, start_briefing
from ui.link.session import open_model, read_theme
from ui.widgets.search.plant_search import show_plant_search
from ui.widgets.share.dialog import show_share_dialog

_ground_component = st.components.v2.component(
    "ramp155_ground", js=join_scripts("steps.js", "menu.js", "ground.js")
)


def watch_ground() -> None:
    """Run the page again where the browser has changed its ground from the one that pictures are drawn for.

    Streamlit changes its own colours in the browser and tells the server nothing until something else asks for a run.
    """
    with st.container(key="ground"):
        _ground_component(key="ground_watch", data=read_theme(), on_ground_change=lambda: None)


def show_actions(page_path: str, is_waiting: bool = False) -> None:
    """The search, how old the record is, Share and Present; `page_path` is the first part of the page's address.

    While the page `is_waiting` for its first picture, only what takes room among the page.
    """
    model = open_model()
    with st.container(key="record_age"):
        st.caption(say_record_age(model.record))
    if is_waiting:
        return
    show_plant_search(model)
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
        show_share_dialog(model, build_page_story(model, page_path))
