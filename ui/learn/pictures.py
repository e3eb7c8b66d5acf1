"""A picture of the catalogue in a lesson: a chart as on its page, a map as an image."""

from __future__ import annotations

import streamlit as st

from ramp155.files.lesson.map_still import draw_map_still
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.view import View
from ui.link.session import read_theme
from ui.markup import escape_markdown
from ui.widgets.picture import show_heading, show_picture


def show_step_picture(model: Model, name: str, view: View) -> None:
    """A picture by name, with its finding over it and who says so beneath."""
    picture = build_picture(model, name, view)
    if picture.is_map:
        finding = escape_markdown(picture.finding.replace("**", ""))
        show_heading(model, lambda: picture, "lesson_map", f"**{finding}**")
        with st.container(key="lesson_map_frame"):  # a phone shows it at a size that can be read
            st.image(
                draw_map_still(model, picture, read_theme()), alt=picture.told, width="stretch"
            )
    else:
        show_picture(model, picture, "lesson_picture")
    st.caption(escape_markdown(picture.credit))
