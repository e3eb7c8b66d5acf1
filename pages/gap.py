"""Has the tide turned?

Europe, NATO, the US and Russia; statements held to account; two tracks; money.
"""

import streamlit as st

from ui.gap.comparators import show_comparison_levers, show_figure_choices
from ui.gap.makers import show_makers
from ui.gap.money import show_money, show_spending_lever
from ui.gap.policy import show_policy, show_policy_levers
from ui.gap.ratio import show_gap
from ui.gap.statements import show_statements
from ui.gap.tracks import TERM_FIELDS, show_term_levers, show_tracks
from ui.link.address import open_link, write_link
from ui.link.fields import GAP_VIEWS
from ui.link.session import open_model
from ui.link.view import reset_gap
from ui.widgets.levers.sliders import show_other_levers, show_supply_slider, show_timing

model = open_model()
open_link(model, "gap")

VIEW_PARTS = {
    "gap": ("The gap", show_comparison_levers, show_gap),
    "who": ("Who makes what", show_comparison_levers, show_makers),
    "statements": ("Statements", show_figure_choices, show_statements),
    "tracks": ("Two tracks", show_term_levers, show_tracks),
    "money": ("Money", show_spending_lever, show_money),
    "policy": ("Policy", show_policy_levers, show_policy),
}
SHOWN_FIELDS = {
    "gap": ("month", "russia", "us", "calibres", "fresh", "plate", "rate"),
    "who": ("russia", "us", "calibres", "fresh", "plate", "rate"),
    "statements": ("russia", "us", "rate", *TERM_FIELDS),
    "tracks": ("us", *TERM_FIELDS),
    "money": ("spend", "russia", "calibres", "fresh", "plate"),
    "policy": ("month",),
}
current_gap_view = st.session_state["show"]
with st.sidebar:
    VIEW_PARTS[current_gap_view][1](model)
    if current_gap_view != "policy":  # its strands set the levers themselves
        with st.expander("More levers", key="more"):
            show_timing()
            show_other_levers(model, with_plain_switch=False)
    st.button("Back to the start", on_click=reset_gap, args=(model,), width="stretch", key="reset")


@st.fragment
def show_chosen_view() -> None:
    """The view and the one slider over it: a move of the slider reruns only this."""
    switch_column, slider_column = st.columns([2.2, 1], gap="large", vertical_alignment="center")
    chosen_view = switch_column.segmented_control(
        "View",
        GAP_VIEWS,
        format_func=lambda name: VIEW_PARTS[name][0],
        key="show",
        required=True,
        label_visibility="collapsed",
    )
    if chosen_view != current_gap_view:
        st.rerun()  # another view has other levers at the side
    if current_gap_view != "policy":
        with slider_column:
            show_supply_slider()
    VIEW_PARTS[current_gap_view][2](model)
    write_link(model, "show", *SHOWN_FIELDS[current_gap_view])


show_chosen_view()
