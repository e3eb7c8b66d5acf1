"""The story in one screen: headline numbers, the map, the one slider and what follows from it."""

import streamlit as st

from ui.link.address import open_link
from ui.link.session import open_model
from ui.overview.first_steps import show_first_steps
from ui.overview.site_map import show_site_map
from ui.overview.story import (
    show_purpose,
    show_record_note,
    show_slider_and_answer,
    show_three_sentences,
    show_way_to_limits,
)
from ui.widgets.after_paint import draw_rest_after_paint, has_painted
from ui.widgets.answer import show_path_sources
from ui.widgets.headline_tiles import show_headline_tiles

model = open_model()
open_link(model, "overview")
purpose = st.empty()
first_steps = st.empty()
headline = st.container(key="headline").empty()
unknowns = show_way_to_limits()
tiles = st.container(key="tiles")
with st.container(key="story"):  # on a phone the answer stands above the map (ui/app.css)
    map_column, answer_column = st.columns([1, 1.12], gap="medium")
with map_column:
    site_map, sentences = st.container(), st.container()
# Drawn in the order in which they are wanted: the answer first, the map, which takes a browser longest, last.
with answer_column:
    show_slider_and_answer(model, headline, unknowns)
with purpose:
    show_purpose(model)
with first_steps:
    show_first_steps()
if has_painted():  # what stands below the chart, and the tiles, whose place is kept (ui/app.css)
    with tiles:
        show_headline_tiles(model)
    with answer_column:
        show_path_sources(model, "overview")
    with sentences:
        show_three_sentences(model)
show_record_note(model)
with site_map:
    show_site_map(model)
draw_rest_after_paint("overview")
