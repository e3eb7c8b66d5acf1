"""Stories to present or to take away: three that come with the product, and one's own."""

import streamlit as st

from ramp155.files.story.story import StoryError
from ramp155.files.story.story_file import read_shipped_stories
from ui.briefing.contents import show_contents, show_story_actions
from ui.briefing.own_story import show_own_story
from ui.link.address import open_link, write_link
from ui.link.session import open_model
from ui.markup import escape_markdown

model = open_model()
open_link(model, "briefing")
try:
    known_stories = read_shipped_stories(model.record)
except StoryError as error:
    st.error(f"A story in `data/stories/` cannot be read: {escape_markdown(str(error), 300)}")
    st.stop()

st.markdown("## Brief from the live tool: one finding a screen, levers that answer on the spot")
story_names = {**{key: story.title for key, story in known_stories.items()}, "own": "Your own"}
if st.session_state["story"] not in story_names:
    st.session_state["story"] = next(iter(story_names))
chosen_story = st.segmented_control(
    "Story",
    list(story_names),
    format_func=story_names.get,
    key="story",
    required=True,
    label_visibility="collapsed",
)
story_column, contents_column = st.columns([1, 1.9], gap="large")
with story_column:
    if chosen_story == "own":
        story = show_own_story(model)
    else:
        story = known_stories[chosen_story]
        st.markdown(escape_markdown(story.about))
    show_story_actions(model, story)
with contents_column:
    show_contents(model, story)
write_link(model, "story", "pin")
