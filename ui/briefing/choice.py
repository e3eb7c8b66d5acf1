"""Which story is chosen: one that ships, a country's, or one's own."""

from __future__ import annotations

import streamlit as st

from ramp155.answers.plants.line_groups import list_story_countries
from ramp155.files.story.country import COUNTRY_PREFIX, find_country
from ramp155.files.story.story import Story, StoryError
from ramp155.files.story.story_file import find_known_story, read_shipped_stories
from ramp155.model.model import Model
from ui.briefing.own_story import show_own_story
from ui.link import keys
from ui.markup import escape_markdown

_COUNTRY, _OWN = "country", "own"  # kinds of story beside those that ship
_KIND, _HOME = "story_kind", "story_country"  # session keys of the widgets
_USUAL_COUNTRY = "DE"


def show_story_choice(model: Model) -> None:
    """The stories to choose from; ends the page where one that ships cannot be read."""
    try:
        known_stories = read_shipped_stories(model.record)
    except StoryError as error:
        st.error(f"A story in `data/stories/` cannot be read: {escape_markdown(str(error), 300)}")
        st.stop()
    st.markdown("## One finding a screen, with levers that answer on the spot")
    countries = list_story_countries(model.record)
    story_names = {key: story.title for key, story in known_stories.items()}
    story_names |= {_COUNTRY: "One country", _OWN: "Your own"}
    story_key = st.session_state[keys.STORY]
    country = find_country(story_key)
    kind = _COUNTRY if country else story_key
    if kind not in story_names:
        kind = next(iter(story_names))
        st.session_state[keys.STORY] = kind
    # The widgets say what the story is, and a link may say it too.
    st.session_state[_KIND] = kind
    usual = _USUAL_COUNTRY if _USUAL_COUNTRY in countries else next(iter(countries))
    st.session_state[_HOME] = country or st.session_state.get(_HOME) or usual

    def take_choice() -> None:
        chosen = st.session_state[_KIND]
        home = str(st.session_state[_HOME]).lower()
        st.session_state[keys.STORY] = f"{COUNTRY_PREFIX}{home}" if chosen == _COUNTRY else chosen

    st.segmented_control(
        "Story",
        list(story_names),
        format_func=story_names.__getitem__,
        key=_KIND,
        required=True,
        label_visibility="collapsed",
        on_change=take_choice,
    )
    if kind == _COUNTRY:
        st.selectbox(
            "Country",
            list(countries),
            format_func=countries.__getitem__,
            key=_HOME,
            on_change=take_choice,
            width=280,
        )


def show_chosen_story(model: Model) -> Story:
    """What the chosen story is about, or the controls of one's own; returns it."""
    if st.session_state[keys.STORY] == _OWN:
        return show_own_story(model)
    story = find_known_story(model.record, st.session_state[keys.STORY])
    st.markdown(escape_markdown(story.about))
    return story
