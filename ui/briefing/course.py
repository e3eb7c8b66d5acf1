"""The course of a briefing: whether one is on, which story it tells, and what the screen in turn is
asked of with its lever where it was put.
"""

from __future__ import annotations

import streamlit as st

from ramp155.files.story.dial import set_lever
from ramp155.files.story.story import Screen, Story, build_story_from_page, build_story_from_pins
from ramp155.files.story.story_file import find_known_story, read_story
from ramp155.model.model import Model
from ramp155.pictures.catalogue import list_pages
from ramp155.pictures.ramp.picture import list_pictured_lines
from ramp155.pictures.view import View
from ui.link import keys
from ui.link.fields import list_briefing_fields, list_link_fields
from ui.link.pins import list_pins
from ui.link.session import find_session_model
from ui.link.view import find_linked_view


def is_briefing_on() -> bool:
    """Whether a briefing is on, by the session or, when it is new, by the address."""
    return bool(st.session_state.get(keys.PRESENT, st.query_params.get(keys.PRESENT) == "1"))


def start_briefing(story: str = "") -> None:
    """Begin a briefing at its first screen (a button's callback)."""
    # A story brings levers and dates of its own: what was set before it can be had back.
    st.session_state[keys.VALUES_BEFORE] = dict(st.session_state[keys.KEPT_VIEW]) if story else None
    put_link_values(present=True, notes=False, story=story, screen=1, lever=None)


def put_link_values(**link_values: object) -> None:
    """Set parts of the link, also where no widget owns them: a page that opens takes them from there."""
    st.session_state.update(link_values)
    st.session_state[keys.KEPT_VIEW].update(link_values)


def find_story(model: Model, page_path: str) -> Story:
    """The story in turn: one that ships, the user's own, or the page as it stands."""
    story_key = st.session_state[keys.STORY]
    if story_key == "own":
        return read_own_story(model)
    if story_key:
        return find_known_story(model.record, story_key)
    return build_page_story(model, page_path)


def build_page_story(model: Model, page_path: str) -> Story:
    """The open page as a story: of a plant the ramps of its lines, where none is chosen the map."""
    view = find_linked_view()
    if page_path != "plant":
        return build_story_from_page(write_page_address(page_path), view)
    if not view.site:
        return build_story_from_page("map", view)
    return build_story_from_page("plant", view, list_pictured_lines(model, view))


def write_page_address(page_path: str) -> str:
    """A page with its view, as stories know it."""
    page_path = page_path or "overview"
    view_key = {"gap": keys.GAP_VIEW, "evidence": keys.EVIDENCE_VIEW}.get(page_path)
    if not view_key:
        return page_path
    view_field = list_link_fields(find_session_model())[view_key]
    address = f"{page_path}?{view_field.key}={st.session_state[view_key]}"
    return address if address in list_pages() else page_path


def read_own_story(model: Model) -> Story:
    """The user's own story: a file they opened, else their pinned scenarios."""
    story_text = st.session_state.get(keys.OWN_STORY)
    if story_text:
        return read_story(model.record, story_text)
    pinned_scenarios = [(pin.name, pin.scenario) for pin in list_pins()]
    return build_story_from_pins(pinned_scenarios, View(), st.session_state.get(keys.OWN_NOTES, {}))


def find_screen_view(model: Model, screen: Screen) -> View:
    """A screen's view with its lever where it was put; a position it does not have is dropped."""
    if screen.lever and st.session_state[keys.SCREEN_LEVER] is not None:
        try:
            return set_lever(
                model.record, screen.view, screen.lever, st.session_state[keys.SCREEN_LEVER]
            )
        except ValueError:
            st.session_state[keys.SCREEN_LEVER] = None
    return screen.view


def list_carried_fields(model: Model, story: Story) -> list[str]:
    """The parts of the link that bring this screen back."""
    briefing_keys = list(list_briefing_fields(model))
    if story.key == "own":
        return [*briefing_keys, keys.PINS]
    if story.key:
        return briefing_keys
    page_keys = st.session_state.get(keys.SHOWN_FIELDS) or list_link_fields(model)
    return list(dict.fromkeys([*briefing_keys, *page_keys]))
