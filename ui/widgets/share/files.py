"""Slides, brief and live page of a story as downloads, each made when it is asked for."""

from __future__ import annotations

import streamlit as st

from ramp155.files.brief import write_brief
from ramp155.files.live_page import write_live_page
from ramp155.files.slides.pptx_deck import PPTX_TYPE, Slide, write_slides
from ramp155.files.story.story import Story
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.view import View
from ramp155.record.grades import (
    find_best_witness,
    list_witnesses,
    name_source,
    rank_claims,
    say_weak_support,
)
from ui.widgets.share.screen_link import write_address, write_screen_address


def build_story_slides(model: Model, story: Story, address: str) -> bytes:
    """A story as slides: findings as titles, notes and sources below."""
    story_slides = []
    for screen_number, screen in enumerate(story.screens, 1):
        picture = build_picture(model, screen.picture, screen.view)
        source_notes = []
        for claim in map(model.record.claim, rank_claims(model.record, screen.claims)):
            source_id = find_best_witness(model.record, claim.claim_id)
            name, url = name_source(model.record, source_id), model.record.source(source_id).url
            source_notes.append(f"{name}: {claim.basis} {url}".rstrip())
        weak_note = say_weak_support(model.record, list_witnesses(model.record, screen.claims))
        if weak_note:
            source_notes.append(f"Weak support: {weak_note}.")
        screen_address = write_screen_address(story, address, screen_number)
        story_slides.append(
            Slide(picture, screen.note, screen_address, tuple(source_notes), screen.title)
        )
    return write_slides(story_slides)


def show_story_downloads(
    model: Model, story: Story, key_prefix: str, is_primary: bool = True
) -> None:
    """Slides, brief and live page of a story, each made when it is asked for."""
    address, stem = write_address(model), f"ramp155-{story.key or 'page'}-{model.record.version}"
    st.download_button(
        f"Slides (PPTX, {len(story.screens)})",
        lambda: build_story_slides(model, story, address),
        f"{stem}.pptx",
        PPTX_TYPE,
        key=f"{key_prefix}_pptx",
        type="primary" if is_primary else "secondary",
        help="Charts stay editable; notes carry sources and this link.",
        on_click="ignore",
        width="stretch",
    )
    st.download_button(
        "Brief (PDF, two pages)",
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
