"""Slides, brief and live page of a story as downloads, each made when it is asked for."""

from __future__ import annotations

import streamlit as st

from ramp155.files.brief import write_brief
from ramp155.files.live_page import write_live_page
from ramp155.files.slides.file_names import write_story_stem
from ramp155.files.slides.pptx_deck import PPTX_TYPE
from ramp155.files.slides.story_deck import build_story_deck
from ramp155.files.story.story import Story
from ramp155.model.model import Model
from ramp155.pictures.view import View
from ui.widgets.share.screen_link import write_address, write_screen_address


def show_story_downloads(
    model: Model, story: Story, key_prefix: str, is_primary: bool = True
) -> None:
    """Slides, brief and live page of a story, each made when it is asked for."""
    address, stem = write_address(model), write_story_stem(model.record, story)
    st.download_button(
        f"Slides (PPTX, {len(story.screens)})",
        lambda: build_story_deck(
            model, story, address, lambda number: write_screen_address(story, address, number)
        ),
        f"{stem}.pptx",
        PPTX_TYPE,
        key=f"{key_prefix}_pptx",
        type="primary" if is_primary else "secondary",
        help="Charts stay editable; notes carry sources and this link.",
        on_click="ignore",
        width="stretch",
    )
    st.download_button(
        "Brief (PDF)",
        lambda: write_brief(model, story, address),
        f"{stem}.pdf",
        "application/pdf",
        key=f"{key_prefix}_pdf",
        on_click="ignore",
        width="stretch",
    )
    st.download_button(
        "Live page (HTML)",
        lambda: write_live_page(model, _find_supplied_view(story), address),
        f"{stem}.html",
        "text/html",
        key=f"{key_prefix}_html",
        help="The slider in one file: works from an e-mail, with no server and no network.",
        on_click="ignore",
        width="stretch",
    )


def _find_supplied_view(story: Story) -> View:
    """The view whose scenario the live page opens with: the last one that moves the levers."""
    moved_views = [
        screen.view for screen in story.screens if screen.view.scenario != View().scenario
    ]
    return moved_views[-1] if moved_views else story.screens[0].view
