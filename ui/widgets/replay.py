"""The record rewound: the date as a slider with a play button, and whose knowledge counts.

While it plays, the page's dated part reruns by itself, a month further each time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from ramp155.answers.stages.on_record import count_rounds_on_record
from ramp155.history.as_known import rewind_records
from ramp155.history.replay_days import FIRST_REPLAY_DAY, list_month_ends
from ramp155.model.coefficients.modes import read_modes
from ramp155.model.model import Model
from ramp155.record.records import Records
from ramp155.text.plants import say_known_capacity
from ramp155.text.stages import name_stages
from ui.markup import escape_markdown
from ui.widgets.explain.panel import show_explain

REPLAY_FIELDS = ("as_of", "hindsight")  # the parts of a link that are set here
_STEP_SECONDS = 0.8


def run_replay(draw_body: Callable[[Model], None], model: Model) -> None:
    """Draw what follows the date: a step or a move of the slider reruns only this.

    While it plays, the fragment reruns by itself and each run goes one month on.
    """
    playing = st.session_state.get("playing", False)
    st.session_state["rhythm"] = playing
    st.fragment(draw_body, run_every=_STEP_SECONDS if playing else None)(model)


def show_replay_controls(model: Model) -> Records:
    """Play, slider and whose knowledge counts; returns the record as it was known on the date."""
    days = list_month_ends(FIRST_REPLAY_DAY, model.record.end)
    if st.session_state["rhythm"]:
        _step_replay(days)
    playing, day_now = st.session_state.get("playing", False), st.session_state["as_of"]
    if playing != st.session_state["rhythm"]:
        st.rerun()  # the rhythm of a fragment is set outside it
    play_column, slider_column, knowledge_column = st.columns(
        [0.45, 4.6, 2.1], vertical_alignment="center", gap="small"
    )
    play_column.button(
        "❚❚" if playing else "▶",
        help="Pause" if playing else "Play the record month by month",
        key="play",
        width="stretch",
        on_click=_toggle_replay,
        args=(model,),
    )
    slider_column.select_slider(
        "As known on",
        sorted({*days, day_now}),
        format_func=lambda day: f"{day:%b %Y}" if day in days else f"{day:%d %b %Y}",
        key="as_of",
        label_visibility="collapsed",
    )
    knowledge_column.segmented_control(
        "Knowledge",
        [False, True],
        format_func=lambda is_today: "As known today" if is_today else "As known then",
        key="hindsight",
        required=True,
        label_visibility="collapsed",
        help="As known then: only reports made by that date. As known today: also what was reported later "
        "to have happened by then.",
    )
    return rewind_records(model.record, st.session_state["as_of"], st.session_state["hindsight"])


def write_known_date(model: Model) -> str:
    """The date and whose knowledge it is, to end a heading with; blank at the record's end."""
    day = st.session_state["as_of"]
    if day == model.record.end:
        return ""
    return f", {day:%B %Y} as known {'today' if st.session_state['hindsight'] else 'then'}"


def show_known_capacity(model: Model, known: Records) -> None:
    """What named lines of the counted countries were known to make for 155 mm, by stage."""
    known_capacity = count_rounds_on_record(known, read_modes(known))
    capacity_text = say_known_capacity(known_capacity, name_stages(known))
    if capacity_text:
        with st.container(horizontal=True, gap="small", wrap=False, key="known_capacity"):
            st.caption(
                "**What named lines were reported to make** in all counted countries, whatever the filters, is enough for so "
                f"many rounds a year: {escape_markdown(capacity_text)}.",
                width="stretch",
            )
            show_explain(model, "known_capacity", "known_capacity")


def _toggle_replay(model: Model) -> None:
    """Start or stop (a button's callback); from the end it starts again."""
    playing = not st.session_state.get("playing", False)
    if playing and st.session_state["as_of"] >= model.record.end:
        st.session_state["as_of"] = FIRST_REPLAY_DAY - dt.timedelta(days=1)
    st.session_state["playing"] = playing


def _step_replay(days: list[dt.date]) -> None:
    """One month on while it plays; it stops at the last."""
    if not st.session_state["playing"]:
        return
    later = [day for day in days if day > st.session_state["as_of"]]
    st.session_state["as_of"] = later[0] if later else days[-1]
    st.session_state["playing"] = len(later) > 1
