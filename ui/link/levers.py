"""The scenario as session state: one key a lever, named as in the link.

Reading it gives the scenario in force; applying one sets every lever and assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ramp155.model.scenario.fields import SCENARIO_FIELDS
from ramp155.model.scenario.scenario import Scenario
from ui.link import keys


def apply_scenario(new_scenario: Scenario) -> None:
    """Put every lever and assumption to a scenario's (a button's callback)."""
    for key, position in list_lever_values(new_scenario).items():
        st.session_state[key] = position


def move_levers(positions: Mapping[str, object]) -> None:
    """Put levers, by their keys, to positions as their widgets show them (a callback in a fragment).

    The levers' own widgets stand outside the fragment. Unless the whole page runs, the browser is not
    told of what was set, and sends what it still shows with the next click.
    """
    for key, position in positions.items():
        st.session_state[key] = position
    st.rerun()


def use_scenario(scenario: Scenario) -> None:
    """Put every lever and assumption to a scenario's (a callback in a fragment)."""
    move_levers(list_lever_values(scenario))


def read_setting(session_key: str) -> Any:  # noqa: ANN401  # of any field
    """What a field is set to, also where a fragment runs alone and Streamlit has forgotten a widget that no longer shows.

    It is not put back there: Streamlit tells the browser only of what is set in the run that draws the widget.
    """
    if session_key in st.session_state:
        return st.session_state[session_key]
    return st.session_state[keys.KEPT_VIEW][session_key]


def current_scenario() -> Scenario:
    """The scenario in force, from the levers' session state."""
    stored: dict[str, Any] = {
        name: field.store_all(read_setting(field.key)) for name, field in SCENARIO_FIELDS.items()
    }
    return Scenario(**stored)


def list_lever_values(source_scenario: Scenario) -> dict[str, object]:
    """A scenario as the values of its widgets."""
    return {
        field.key: field.show_all(getattr(source_scenario, name))
        for name, field in SCENARIO_FIELDS.items()
    }


def reset_levers() -> None:
    """Put every lever and assumption back to the baseline (a button's callback)."""
    apply_scenario(Scenario())
    st.session_state[keys.MADE_WITH] = None
    st.session_state.update({keys.WHY_TITLE: "", keys.WHY_REASON: "", keys.WHY_SOURCES: []})
