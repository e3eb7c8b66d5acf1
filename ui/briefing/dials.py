"""The lever of a screen as the stage and the presenter's window have it."""

from __future__ import annotations

import dataclasses

import streamlit as st

from ramp155.files.story.dial import build_dial, find_lever_position
from ramp155.files.story.story import Screen
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE
from ramp155.pictures.view import View
from ui.link import keys


def is_live_screen(screen: Screen) -> bool:
    """Whether the browser draws a screen by itself while its lever moves."""
    catalogued = CATALOGUE[screen.picture]
    return catalogued.live and screen.lever == catalogued.lever


def list_lever_entries(model: Model, screen: Screen, view: View) -> dict[str, object] | None:
    """The screen's lever with its ends, unit and position, or none."""
    if not screen.lever:
        return None
    is_live = is_live_screen(screen)
    position = find_lever_position(model.record, view, screen.lever)
    if is_live and st.session_state[keys.SCREEN_LEVER] is None:
        # Its value is in the component's own hands until another screen comes.
        position = find_lever_position(model.record, screen.view, screen.lever)
    elif is_live:
        position = st.session_state[keys.SCREEN_LEVER]
    return {**dataclasses.asdict(build_dial(model.record, screen.lever)), "value": position}
