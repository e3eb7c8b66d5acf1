"""The month slider: a component (v2, inline, nothing fetched) with a play button and whose knowledge counts.

While it moves or plays, pictures on the page follow it frame by frame: they hear `ramp155:month` on
the document (`ramp155/assets/months.js`). The server hears only of what is let go. As with the live
slider, what the component is given stays the same when it is let go: its own value travels with it
only where it was changed elsewhere, under a new stamp.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable

import streamlit as st

from ramp155.files.assets import join_scripts, read_asset
from ramp155.history.replay_days import FIRST_REPLAY_DAY, list_month_ends
from ramp155.model.model import Model
from ui.link import keys
from ui.link.address import write_link

_month_component = st.components.v2.component(
    "ramp155_months",
    html=read_asset("months.html"),
    css=read_asset("months.css"),
    js=join_scripts("months.js"),
)


_DRAWN_MONTH = "month_drawn"  # session key


@st.fragment
def show_months(model: Model, shown_keys: tuple[str, ...], is_drawn: Callable[[], bool]) -> None:
    """The month slider, for a page whose picture has followed it when it is let go.

    A month let go reruns this alone and goes into the address (`shown_keys`); the page is drawn anew only where
    `is_drawn` says that the server draws something of a month.
    """
    drawn_month = (st.session_state[keys.VISIT], *_read_month())
    show_month_slider(model)
    is_anew = st.session_state.get(_DRAWN_MONTH, drawn_month) != drawn_month
    is_same_visit = st.session_state.get(_DRAWN_MONTH, drawn_month)[0] == drawn_month[0]
    st.session_state[_DRAWN_MONTH] = drawn_month
    if is_anew and is_same_visit and is_drawn():
        st.rerun()
    write_link(model, *shown_keys)


def show_month_slider(model: Model, key: str = "months") -> None:
    """Play, the month, and whose knowledge counts; what is let go is the session's `as_of` and `hindsight`."""
    month_ends = list_month_ends(FIRST_REPLAY_DAY, model.record.end)
    slider_memory = st.session_state.setdefault(
        f"{key}_own", {"stamp": 0, "token": secrets.token_hex(8)}
    )
    if slider_memory.get("known") != _read_choice():
        slider_memory.update(
            stamp=slider_memory["stamp"] + 1,
            day=st.session_state[keys.AS_OF].isoformat(),
            hindsight=bool(st.session_state[keys.HINDSIGHT]),
            known=_read_choice(),
        )

    def take_released() -> None:
        released = st.session_state[key].get("released")
        choice = _read_released(released, {*month_ends, st.session_state[keys.AS_OF]})
        if choice is not None:
            st.session_state[keys.AS_OF], st.session_state[keys.HINDSIGHT] = choice
            slider_memory["known"] = _read_choice()

    header = {name: slider_memory[name] for name in ("day", "hindsight", "stamp", "token")}
    header["days"] = [day.isoformat() for day in month_ends]
    _month_component(key=key, data=json.dumps(header), on_released_change=take_released)


def read_told_month(key: str = "months") -> tuple[dt.date, bool]:
    """The day and whose knowledge the slider was last given; what it let go since, pictures on the page already show."""
    slider_memory = st.session_state[f"{key}_own"]
    return dt.date.fromisoformat(slider_memory["day"]), bool(slider_memory["hindsight"])


def _read_choice() -> tuple[object, ...]:
    """What is chosen, on which visit of a page."""
    return (*_read_month(), st.session_state[keys.VISIT])


def _read_month() -> tuple[object, object]:
    """The day that is shown, and whose knowledge of it."""
    return st.session_state[keys.AS_OF], st.session_state[keys.HINDSIGHT]


def _read_released(released: object, days: set[dt.date]) -> tuple[dt.date, bool] | None:
    """What a browser sent, which is not to be trusted: one of the days and a yes or no, or nothing."""
    if not isinstance(released, dict) or not isinstance(released.get("hindsight"), bool):
        return None
    chosen_days = [day for day in days if day.isoformat() == released.get("day")]
    return (chosen_days[0], released["hindsight"]) if chosen_days else None
