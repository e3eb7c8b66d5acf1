"""The presenter's window: notes, clock, the next screen and the lever of what the stage shows in another window.

The two speak in the browser (`ramp155/assets/channel.js`): the server is asked for the texts of all screens once.
"""

from __future__ import annotations

import dataclasses
import json

import streamlit as st

from ramp155.files.assets import join_scripts, read_asset
from ramp155.files.story.answers import build_screen_picture, fill_unknown
from ramp155.files.story.dial import build_dial, find_lever_position
from ramp155.files.story.story import Screen, Story
from ramp155.model.model import Model
from ramp155.pictures.picture import strip_markup
from ramp155.text.scenario import write_scenario_note

_QUIET = "color-mix(in srgb, var(--st-text-color) 78%, var(--st-background-color))"

_notes_component = st.components.v2.component(
    "ramp155_notes",
    html=read_asset("notes.html"),
    css=read_asset("notes.css").replace("QUIET", _QUIET),
    js=join_scripts("channel.js", "notes.js"),
)


def show_notes(model: Model, story: Story, show_name: str, screen_index: int) -> None:
    """The window beside the stage; `show_name` is what the stage knows the story by."""
    payload = {
        "story": show_name,
        "at": screen_index,
        "screens": [_list_texts(model, screen) for screen in story.screens],
    }
    _notes_component(key="notes_window", data=json.dumps(payload, ensure_ascii=False))


def _list_texts(model: Model, screen: Screen) -> dict[str, object]:
    """What a presenter reads of a screen, with its lever where the screen puts it."""
    lever = None
    if screen.lever:
        position = find_lever_position(model.record, screen.view, screen.lever)
        lever = {**dataclasses.asdict(build_dial(model.record, screen.lever)), "value": position}
    asked_for = screen.view.scenario_note
    return {
        "title": screen.title or screen.picture,
        "answer": strip_markup(build_screen_picture(model, screen).finding),
        # Why a scenario is asked for stands in the note, at length.
        "look": "" if screen.look == write_scenario_note(asked_for, is_brief=True) else screen.look,
        "note": screen.note,
        "unknown": fill_unknown(model, screen),
        "lever": lever,
    }
