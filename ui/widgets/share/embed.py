"""The line by which somebody's own page shows a picture of this one, live."""

from __future__ import annotations

import streamlit as st

from ramp155.files.embed.frame import write_frame_line
from ramp155.files.embed.request import EmbedRequest, write_embed_path
from ramp155.files.story.story import Screen, Story
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.picture import strip_markup
from ramp155.text.plant.standing import name_line
from ui.widgets.share.screen_link import write_site_address


def show_frame_line(model: Model, story: Story) -> None:
    """A line of HTML for one of the page's pictures; where there are several, one is chosen."""
    screens = {_name_screen(model, screen): screen for screen in story.screens}
    if not screens or model.record.uploaded:
        return  # what somebody uploaded is not on anybody else's page
    st.markdown("**Embed**: the picture on a page of your own, its lever live where it has one")
    chosen = next(iter(screens))
    if len(screens) > 1:
        chosen = st.selectbox(
            "Picture to embed", list(screens), key="embed_picture", label_visibility="collapsed"
        )
    screen = screens[chosen]
    picture = build_picture(model, screen.picture, screen.view)
    path = write_embed_path(model.record, EmbedRequest(screen.picture, screen.view))
    line = write_frame_line(write_site_address(""), path, strip_markup(picture.finding))
    st.code(line, language=None, wrap_lines=True)


def _name_screen(model: Model, screen: Screen) -> str:
    """What a picture is called in the list: of a plant by its line, else by its finding."""
    if screen.view.line:
        return name_line(model.record.line(screen.view.line))
    return strip_markup(build_picture(model, screen.picture, screen.view).finding)
