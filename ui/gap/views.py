"""The views of the Gap page: the switch between them, the one that is chosen, and its levers at the
side.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from ramp155.model.model import Model
from ui.gap.comparators import show_comparison_levers, show_figure_choices
from ui.gap.makers import show_makers
from ui.gap.money import show_money, show_spending_lever
from ui.gap.policy import show_policy, show_policy_levers
from ui.gap.ratio import FOLLOWED_GAP, show_counting, show_gap
from ui.gap.statements import show_statements
from ui.gap.tracks import (
    FOLLOWED_TRACKS,
    TERM_FIELDS,
    show_term_levers,
    show_track_sources,
    show_tracks,
)
from ui.link import keys
from ui.link.address import write_link
from ui.link.fields import GAP_VIEWS
from ui.link.view import reset_gap
from ui.widgets.levers.engine import mount_engine
from ui.widgets.levers.released import SUPPLY
from ui.widgets.levers.sliders import (
    carry_let_go,
    show_other_levers,
    show_stage_levers,
    show_timing,
)
from ui.widgets.levers.supply_lever import (
    Followed,
    mount_sides,
    show_followed_lever,
    show_supply_lever,
)


class _View(NamedTuple):
    """A view: its name, its levers, how it is drawn, and the parts of a link that belong to it."""

    label: str
    draw_levers: Callable[[Model], None]
    draw: Callable[[Model], None]
    fields: tuple[str, ...]
    has_scenario: bool = True  # False where the view sets the scenario's levers itself
    followed: Followed | None = None  # what of it follows the lever while it moves
    draw_below: Callable[[Model], None] | None = None  # what the lever does not move


_COUNTING_FIELDS = ("calibres", "fresh", "plate")
_VIEWS = {
    "gap": _View(
        "The gap",
        show_comparison_levers,
        show_gap,
        ("month", "russia", "us", *_COUNTING_FIELDS, "rate"),
        followed=FOLLOWED_GAP,
        draw_below=show_counting,
    ),
    "who": _View(
        "Who makes what",
        show_comparison_levers,
        show_makers,
        ("russia", "us", *_COUNTING_FIELDS, "rate"),
    ),
    "statements": _View(
        "Statements",
        show_figure_choices,
        show_statements,
        ("russia", "us", "rate", "speaker", "statement_find", *TERM_FIELDS),
    ),
    "tracks": _View(
        "Two tracks",
        show_term_levers,
        show_tracks,
        ("us", *TERM_FIELDS),
        followed=FOLLOWED_TRACKS,
        draw_below=show_track_sources,
    ),
    "money": _View(
        "Money", show_spending_lever, show_money, ("spend", "russia", *_COUNTING_FIELDS)
    ),
    "policy": _View("Policy", show_policy_levers, show_policy, ("month",), has_scenario=False),
}


def show_levers(model: Model) -> None:
    """The levers of the chosen view, those of the scenario, and the way back to the start."""
    view = _VIEWS[st.session_state["show"]]
    view.draw_levers(model)
    if view.has_scenario:
        with st.expander("More levers", key="more"):
            show_timing()
            show_stage_levers()
            show_other_levers(model, with_plain_switch=False)
    st.button("Back to the start", on_click=reset_gap, args=(model,), width="stretch", key="reset")


@st.fragment
def show_chosen_view(model: Model, view_key: str) -> None:
    """The view and the one slider over it: a move of that or of another slider reruns only this.

    `view_key` is the view whose levers stand at the side.
    """
    switch_column, slider_column = st.columns([2.2, 1], gap="large", vertical_alignment="center")
    chosen_key = switch_column.segmented_control(
        "View",
        GAP_VIEWS,
        format_func=lambda name: _VIEWS[name].label,
        key="show",
        required=True,
        label_visibility="collapsed",
    )
    if chosen_key != view_key:
        st.rerun()  # another view has other levers at the side
    carry_let_go("gap_messenger")
    view = _VIEWS[view_key]
    view.draw(model)
    link_fields = ("show", *view.fields)
    with slider_column:
        if view.followed:
            # Last of all: then the browser is told last that the page stands for the lever's position.
            show_followed_lever(model, view.followed, st.session_state[SUPPLY], link_fields)
        elif view.has_scenario:
            show_supply_lever(view_key)
    if not view.followed:
        write_link(model, *link_fields)


def show_below(model: Model, view_key: str) -> None:
    """What stands under a view and does not move with the slider, so that it is not drawn anew with it."""
    draw_below = _VIEWS[view_key].draw_below
    if draw_below:
        draw_below(model)


def mount_chain(model: Model, view_key: str) -> None:
    """What makes every lever of a view live: the last thing of the page, so that nothing waits for it."""
    followed = _VIEWS[view_key].followed
    if followed and followed.is_levered and not st.session_state[keys.PLAIN]:
        mount_sides(model)
        mount_engine(model)
