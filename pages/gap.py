"""Has the tide turned? Europe, NATO, the US and Russia; statements held to account; two tracks; money."""

import streamlit as st

from ui import comparison, levers, money, policy, state, statements, tracks

records = state.records()
state.open_link(records, "gap")

VIEWS = {
    "gap": ("The gap", comparison.levers, comparison.show),
    "who": ("Who makes what", comparison.levers, comparison.who),
    "statements": ("Statements", comparison.figures, statements.show),
    "tracks": ("Two tracks", tracks.levers, tracks.show),
    "money": ("Money", money.levers, money.show),
    "policy": ("Policy", policy.levers, policy.show),
}
SHOWN = {
    "gap": ("month", "russia", "us", "calibres", "fresh", "plate", "rate"),
    "who": ("russia", "us", "calibres", "fresh", "plate", "rate"),
    "statements": ("russia", "us", "rate", *tracks.KEYS),
    "tracks": ("us", *tracks.KEYS),
    "money": ("spend", "russia", "calibres", "fresh", "plate"),
    "policy": ("month",),
}
view = st.session_state["show"]
with st.sidebar:
    VIEWS[view][1](records)
    if view != "policy":  # its strands set the levers themselves
        with st.expander("More levers", key="more"):
            levers.timing()
            levers.others(records, plain=False)
    st.button(
        "Back to the start", on_click=state.reset_gap, args=(records,), width="stretch", key="reset"
    )


@st.fragment
def answer() -> None:
    """The view and the one slider over it: a move of the slider reruns only this."""
    switch, slider = st.columns([2.2, 1], gap="large", vertical_alignment="center")
    chosen = switch.segmented_control(
        "View",
        state.VIEWS,
        format_func=lambda name: VIEWS[name][0],
        key="show",
        required=True,
        label_visibility="collapsed",
    )
    if chosen != view:
        st.rerun()  # another view has other levers at the side
    if view != "policy":
        with slider:
            levers.nitrocellulose()
    VIEWS[view][2](records)
    state.write_link(records, "show", *SHOWN[view])


answer()
