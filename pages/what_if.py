"""The levers, and all that follows from them: output, what binds, odds, goals, comparisons, causes."""

import streamlit as st

from ui.link.address import open_link, write_link
from ui.link.session import open_model
from ui.what_if.panels import show_panels
from ui.what_if.presets import show_pin_button, show_preset_reason, show_presets, show_reset_button
from ui.widgets.answer import show_answer, show_path_sources
from ui.widgets.levers.sliders import show_month_choice, show_other_levers, show_timing

model = open_model()
open_link(model, "what_if")

with st.sidebar:
    show_presets(model)
    show_timing()
    show_month_choice()
    with st.expander("More levers", key="more"):
        show_other_levers(model)
    show_pin_button(model)
    show_reset_button()
    show_preset_reason(model)


@st.fragment
def show_instrument() -> None:
    """What follows the nitrocellulose slider when it is let go: one rerun of this function."""
    # The address first: while the slider is live, it is all that a release changes.
    write_link(model, "month", "plain", "pin", "panel", "made_with")
    show_answer(model, st.session_state["month"], 330, "path", full=True)
    show_panels(model)


show_instrument()
show_path_sources(model, "what_if")
