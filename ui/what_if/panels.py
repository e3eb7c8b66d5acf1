"""What stands under the instrument on What-if, one panel at a time: only the one that is open is
made.
"""

from __future__ import annotations

import streamlit as st

from ramp155.files.assets import join_scripts
from ramp155.model.model import Model
from ui.link import keys
from ui.link.fields import WHAT_IF_PANELS
from ui.link.levers import current_scenario
from ui.what_if.assumptions import show_assumptions_panel
from ui.what_if.causes import show_causes_panel
from ui.what_if.comparison import show_comparison_panel
from ui.what_if.goal import show_goal_panel
from ui.what_if.locks import show_locks_panel
from ui.what_if.machine.panel import show_machine_panel
from ui.what_if.on_record import show_on_record_panel
from ui.what_if.sensitivity import show_sensitivity_panel

_PANEL_LABELS = {
    "goal": "What would it take?",
    "locks": "What holds it back?",
    "flow": "See the machine",
    "compare": "Compare",
    "sensitivity": "What matters most?",
    "assumptions": "Assumptions",
    "causes": "What changed it?",
    "pinned": "On record",
}
_PANEL_WIDGETS = {
    "goal": show_goal_panel,
    "locks": show_locks_panel,
    "flow": show_machine_panel,
    "compare": show_comparison_panel,
    "sensitivity": show_sensitivity_panel,
    "assumptions": show_assumptions_panel,
    "causes": show_causes_panel,
    "pinned": show_on_record_panel,
}
_ASKED_PANEL = "asked_panel"  # session key: a link on another page led to one of the panels
_come_into_view = st.components.v2.component(
    "ramp155_come_into_view", js=join_scripts("come_into_view.js")
)


def note_asked_panel() -> None:
    """Whether a link on another page of the product led to one of the panels: asked before the link is read."""
    is_from_another = st.session_state.get(keys.PAGE) not in (None, "what_if")
    if is_from_another and keys.PANEL in st.query_params:
        st.session_state[_ASKED_PANEL] = True


def show_panels(model: Model) -> None:
    """The switch between panels, and the one that is chosen."""
    scenario, month = current_scenario(), st.session_state["month"]
    if st.session_state["panel"] not in _PANEL_LABELS:
        st.session_state["panel"] = WHAT_IF_PANELS[0]
    if st.session_state.pop(_ASKED_PANEL, False):
        _come_into_view(key="come_into_view")
    st.segmented_control(
        "Look closer",
        WHAT_IF_PANELS,
        format_func=_PANEL_LABELS.__getitem__,
        key="panel",
        required=True,
        label_visibility="collapsed",
    )
    _PANEL_WIDGETS[st.session_state["panel"]](model, scenario, month)
