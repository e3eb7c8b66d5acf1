"""What of a link the month slider sets, and what named lines were known to make by its month."""

from __future__ import annotations

import streamlit as st

from ramp155.answers.stages.on_record import count_rounds_on_record
from ramp155.model.coefficients.modes import read_modes
from ramp155.model.model import Model
from ramp155.record.records import Records
from ramp155.text.months import say_known_on
from ramp155.text.plants import say_known_capacity
from ramp155.text.stages import name_stages
from ui.markup import escape_markdown
from ui.widgets.explain.panel import show_explain

REPLAY_FIELDS = ("as_of", "hindsight")  # the parts of a link that are set here


def show_known_capacity(model: Model, known: Records) -> None:
    """What named lines of the counted countries were known to make for 155 mm, by stage."""
    known_capacity = count_rounds_on_record(known, read_modes(known))
    month = say_known_on(known.end, model.record.end, st.session_state["hindsight"])
    capacity_text = say_known_capacity(known_capacity, name_stages(known))
    if capacity_text:
        with st.container(horizontal=True, gap="small", wrap=False, key="known_capacity"):
            st.caption(
                f"**What named lines were reported to make{month}** in all counted countries, whatever the filters, is "
                f"enough for so many rounds a year: {escape_markdown(capacity_text)}.",
                width="stretch",
            )
            show_explain(model, "known_capacity", "known_capacity")
