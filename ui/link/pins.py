"""Scenarios pinned for comparison: at most four, each with a letter, a name and a colour.

They stand in session state and in the link as NAME|the scenario's own link.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from ramp155.model.model import Model
from ramp155.model.scenario.codec import read_scenario_query, write_scenario_query
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.palette import PIN_TONES
from ramp155.text.scenario import name_scenario
from ui.link import keys
from ui.link.levers import current_scenario

MOST_PINS = 4
LONGEST_NAME = 40  # characters of a pin's name
PIN_COLOURS = PIN_TONES


@dataclass(frozen=True)
class Pin:
    """A scenario kept for comparison, under a letter and a name."""

    letter: str
    name: str
    colour: str
    scenario: Scenario


def list_pins() -> list[Pin]:
    """The scenarios pinned in this view."""
    pins = []
    for position, pin_text in enumerate(st.session_state[keys.PINS][:MOST_PINS]):
        name, _, query = pin_text.partition("|")
        pinned_scenario, _ = read_scenario_query(parse_qsl(query))
        pins.append(Pin("ABCD"[position], name, PIN_COLOURS[position], pinned_scenario))
    return pins


def pin_scenario(model: Model) -> None:
    """Keep the scenario in force for comparison (a button's callback)."""
    scenario_now = current_scenario()
    title = st.session_state[keys.WHY_TITLE].replace("|", "/")[:LONGEST_NAME].strip()
    pin_text = f"{title or name_scenario(model.record, scenario_now)}|{urlencode(write_scenario_query(scenario_now))}"
    if pin_text not in st.session_state[keys.PINS]:
        st.session_state[keys.PINS] = [*st.session_state[keys.PINS], pin_text][:MOST_PINS]


def unpin_scenario(position: int) -> None:
    """Drop a pinned scenario (a button's callback)."""
    remaining = list(st.session_state[keys.PINS])
    del remaining[position]
    st.session_state[keys.PINS] = remaining


def rename_pin(position: int, key: str) -> None:
    """Give a pinned scenario the name typed into a widget (its callback)."""
    pin_texts = list(st.session_state[keys.PINS])
    name = st.session_state[key].replace("|", "/").strip()[:LONGEST_NAME]
    if name:
        pin_texts[position] = f"{name}|{pin_texts[position].partition('|')[2]}"
        st.session_state[keys.PINS] = pin_texts
