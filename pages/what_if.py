"""The levers, and all that follows from them: output, what binds, odds, goals, comparisons, causes."""

import streamlit as st

from ui import answer, levers, panels, state

records = state.records()
state.open_link(records, "what_if")

with st.sidebar:
    levers.presets(records)
    levers.timing()
    levers.read_off()
    with st.expander("More levers", key="more"):
        levers.others(records)
    levers.pin_this(records)
    levers.back_to_baseline()
    levers.preset_reason(records)


@st.fragment
def instrument() -> None:
    """What follows the nitrocellulose slider when it is let go: one rerun of this function."""
    # The address first: while the slider is live, it is all that a release changes.
    state.write_link(records, "month", "plain", "pin", "panel", "made_with")
    answer.live_or_plain(records, st.session_state["month"], 330, "path", full=True)
    panels.show(records)


instrument()
answer.path_sources(records, "what_if")
