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
view = st.segmented_control(
    "View",
    state.VIEWS,
    format_func=lambda name: VIEWS[name][0],
    key="show",
    required=True,
    label_visibility="collapsed",
)
_, side, draw = VIEWS[view]
with st.sidebar:
    if view != "policy":  # its strands set the levers themselves
        levers.nitrocellulose()
    side(records)
    if view != "policy":
        with st.expander("More levers", key="more"):
            levers.timing()
            levers.others(records, plain=False)
    st.button(
        "Back to the start", on_click=state.reset_gap, args=(records,), width="stretch", key="reset"
    )
draw(records)
state.write_link(records, "show", *SHOWN[view])
