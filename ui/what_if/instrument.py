"""The instrument of What-if: the slider with what follows from it, the panels beneath, and the
levers at its side.
"""

from __future__ import annotations

import streamlit as st

from ramp155.model.model import Model
from ramp155.record.schema.vocabulary import LEVER_GROUPS
from ui.link import keys
from ui.link.address import write_link
from ui.link.view import current_view
from ui.what_if.note.panel import show_note, show_note_words
from ui.what_if.panels import show_panels
from ui.what_if.presets import show_pin_button, show_preset_reason, show_presets, show_reset_button
from ui.widgets.after_paint import is_painted
from ui.widgets.answer import show_answer
from ui.widgets.levers.sliders import (
    show_month_choice,
    show_other_levers,
    show_stage_levers,
    show_timing,
)

_SHOWN_FIELDS = (
    "month",
    "plain",
    "pin",
    "panel",
    "flow_month",
    "coefficient",
    "target",
    "target_rounds",
    "target_month",
    keys.WHY_TITLE,
    keys.WHY_REASON,
    keys.WHY_SOURCES,
    "made_with",
)  # the parts of a link set here


def show_levers(model: Model) -> None:
    """Every lever but the one slider, with presets and pins."""
    show_presets(model)
    show_timing()
    show_month_choice()
    with st.expander(LEVER_GROUPS["plants"], key="stages"):
        show_stage_levers()
    with st.expander("More levers", key="more"):
        show_other_levers(model)
    show_note(model)
    show_pin_button(model)
    show_reset_button()
    show_preset_reason(model)


@st.fragment
def show_instrument(model: Model) -> None:
    """What follows the nitrocellulose slider when it is let go: one rerun of this function."""
    # The address first: while the slider is live, it is all that a release changes.
    write_link(model, *_SHOWN_FIELDS)
    show_note_words(model, current_view().scenario_note)
    show_answer(model, st.session_state["month"], 330, "path", full=True)
    if is_painted("panels"):
        show_panels(model)
