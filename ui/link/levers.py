"""The scenario as session state: one key a lever, named as in the link.

Reading it gives the scenario in force; applying one sets every lever and assumption.
"""

from __future__ import annotations

import streamlit as st

from ramp155.model.scenario.levers import LEVERS
from ramp155.model.scenario.scenario import Scenario


def apply_scenario(new_scenario: Scenario) -> None:
    """Put every lever and assumption to a scenario's (a button's callback)."""
    for key, value in list_lever_values(new_scenario).items():
        st.session_state[key] = value


def current_scenario() -> Scenario:
    """The scenario in force, from the levers' session state."""
    values: dict[str, object] = {
        "start": st.session_state["start"],
        "also": tuple(st.session_state["also"]),
        "assume": tuple(st.session_state["assume"]),
    }
    for lever in LEVERS:
        value = st.session_state[lever.key]
        values[lever.name] = int(value) if lever.unit == "months" else value / lever.scale
    return Scenario(**values)


def list_lever_values(source_scenario: Scenario) -> dict[str, object]:
    """A scenario as the values of its widgets."""
    values: dict[str, object] = {
        lever.key: round(getattr(source_scenario, lever.name) * lever.scale) for lever in LEVERS
    }
    other_values = {
        "start": source_scenario.start,
        "also": list(source_scenario.also),
        "assume": list(source_scenario.assume),
    }
    return {**values, **other_values}


def reset_levers() -> None:
    """Put every lever and assumption back to the baseline (a button's callback)."""
    apply_scenario(Scenario())
    st.session_state["made_with"] = None
