"""The record rewound to the month that is let go, and what named lines were known to make by then."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ramp155.answers.stages.on_record import count_rounds_on_record
from ramp155.history.as_known import rewind_records
from ramp155.model.coefficients.modes import read_modes
from ramp155.model.model import Model
from ramp155.record.records import Records
from ramp155.text.plants import say_known_capacity
from ramp155.text.stages import name_stages
from ui.markup import escape_markdown
from ui.widgets.months.month_slider import show_month_slider

REPLAY_FIELDS = ("as_of", "hindsight")  # the parts of a link that are set here


def run_replay(draw_body: Callable[[Model], None], model: Model) -> None:
    """Draw what follows the date: a move of the month slider reruns only this."""
    st.fragment(draw_body)(model)


def show_replay_controls(model: Model) -> Records:
    """Play, slider and whose knowledge counts; returns the record as it was known on the date."""
    show_month_slider(model)
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
        st.caption(
            f"**What named lines were reported to make{write_known_date(model)}** in all counted countries, whatever the filters, is enough for so "
            f"many rounds a year: {escape_markdown(capacity_text)}."
        )
