"""The board of lines: a component (v2, inline, nothing fetched) that draws every month by itself.

It is given the same whatever the month, so that nothing is sent again when the month slider is let go.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from ramp155.files.assets import join_scripts, read_asset
from ramp155.files.board_body import build_board_body
from ramp155.model.model import Model
from ramp155.pictures.board.rows import BOARD_GROUPS, BOARD_SORTS
from ramp155.pictures.view import View
from ui.link import keys
from ui.link.address import ask_for_plant, follow_asked_page
from ui.link.view import current_view

_BOARD = "board"  # session key of the component
_board_component = st.components.v2.component(
    "ramp155_board",
    html=read_asset("board.html"),
    css=read_asset("board.css"),
    js=join_scripts("board.js"),
)


def show_board_choices() -> None:
    """By what lines are grouped and sorted."""
    for label, key, names in (
        ("Group by", keys.BOARD_GROUP, BOARD_GROUPS),
        ("Sort by", keys.BOARD_SORT, BOARD_SORTS),
    ):
        st.segmented_control(
            label,
            list(names),
            format_func=names.__getitem__,
            key=key,
            required=True,
            label_visibility="collapsed",
        )


def show_board(model: Model) -> None:
    """The lines that the filters leave; a click on a name opens its plant's page."""
    view = current_view()
    # What the board does not hang on would make it anew: its date above all.
    shown_view = View(
        products=view.products,
        countries=view.countries,
        makers=view.makers,
        find=view.find,
        late_only=view.late_only,
    )
    body = build_board_body(
        model,
        shown_view,
        st.session_state[keys.BOARD_GROUP],
        st.session_state[keys.BOARD_SORT],
    )
    _board_component(
        key=_BOARD,
        data=body,
        on_opened_change=partial(_take_opened, model),
        on_late_change=partial(_take_late, model),
    )
    follow_asked_page()


def _take_opened(model: Model) -> None:
    """The plant whose name was clicked."""
    ask_for_plant(set(model.record.sites["site_id"]), st.session_state[_BOARD].get("opened"))


def _take_late(model: Model) -> None:
    """The late lines of a country alone, or all lines again where they are shown already."""
    country = st.session_state[_BOARD].get("late")
    if not isinstance(country, str) or country not in set(model.record.sites["country"]):
        return
    is_shown = st.session_state[keys.LATE] and [*st.session_state[keys.COUNTRY]] == [country]
    st.session_state[keys.COUNTRY] = [] if is_shown else [country]
    st.session_state[keys.LATE] = not is_shown
