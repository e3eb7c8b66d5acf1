"""Stories to present or to take away: those that come with the product, a country's, and one's own."""

import streamlit as st

from ui.briefing.choice import show_chosen_story, show_story_choice
from ui.briefing.contents import show_contents, show_story_actions
from ui.link.address import open_link, write_link
from ui.link.session import open_model

model = open_model()
open_link(model, "briefing")
show_story_choice(model)
story_column, contents_column = st.columns([1, 1.9], gap="large")
with story_column:
    story = show_chosen_story(model)
    show_story_actions(model, story)
with contents_column:
    show_contents(model, story)
write_link(model, "story", "pin")
