"""Which story is chosen: one that ships, or one's own."""

from __future__ import annotations

import streamlit as st

from ramp155.files.story.story import Story, StoryError
from ramp155.files.story.story_file import read_shipped_stories
from ramp155.model.model import Model
from ui.briefing.own_story import show_own_story
from ui.markup import escape_markdown


def show_story_choice(model: Model) -> dict[str, Story]:
    """The stories to choose from; returns those that ship, or ends the page where one cannot be read."""
    try:
        known_stories = read_shipped_stories(model.record)
    except StoryError as error:
        st.error(f"A story in `data/stories/` cannot be read: {escape_markdown(str(error), 300)}")
        st.stop()
    st.markdown("## One finding a screen, with levers that answer on the spot")
    story_names = {**{key: story.title for key, story in known_stories.items()}, "own": "Your own"}
    if st.session_state["story"] not in story_names:
        st.session_state["story"] = next(iter(story_names))
    st.segmented_control(
        "Story",
        list(story_names),
        format_func=story_names.__getitem__,
        key="story",
        required=True,
        label_visibility="collapsed",
    )
    return known_stories


def show_chosen_story(model: Model, known_stories: dict[str, Story]) -> Story:
    """What the chosen story is about, or the controls of one's own; returns it."""
    if st.session_state["story"] == "own":
        return show_own_story(model)
    story = known_stories[st.session_state["story"]]
    st.markdown(escape_markdown(story.about))
    return story
