"""Utilisation on the map: countries filled by how much of their capacity the scenario uses, stages
beside.
"""

from __future__ import annotations

import streamlit as st

from ramp155.answers.stages.utilisation import compute_utilisation
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.text.output.capacity import write_utilisation
from ui.link.levers import current_scenario
from ui.link.view import current_view
from ui.markup import escape_sentence
from ui.widgets.citations.lists import cite_assumptions, find_model_assumptions
from ui.widgets.citations.sources import show_source_button
from ui.widgets.picture import show_picture


def show_utilisation_switch() -> None:
    """The toggle that fills countries."""
    st.toggle(
        "Utilisation",
        key="use",
        help="Fill countries by how much of their capacity the What-if scenario uses (at the record's end only).",
    )


def is_utilisation_drawn(model: Model) -> bool:
    """Whether countries are filled: the model speaks of today's record, so not while an earlier day shows."""
    return bool(st.session_state["use"]) and st.session_state["as_of"] == model.record.end


def show_utilisation(model: Model) -> None:
    """The stages behind the fill, in words and bars."""
    month = st.session_state["month"]
    stage_use = compute_utilisation(model, current_scenario(), month)
    for sentence in write_utilisation(model.record, current_scenario(), stage_use, month)[1:]:
        st.markdown(escape_sentence(sentence))
    show_picture(model, build_picture(model, "stages", current_view()), "stage_use")
    st.caption(
        "The median of our runs. A country's shade says what its plants make, not how full any of them is: each line is taken "
        "to run like its stage in all of Europe. Countries with one site are blank."
    )
    st.page_link("../pages/what_if.py", label="Change the scenario on What-if")
    assumption_ids = find_model_assumptions(model, "utilisation", "ratio_")
    edits = dict(st.session_state["assume"])
    show_source_button(
        "Assumptions", cite_assumptions(model, assumption_ids, edits), "use_assumptions"
    )
