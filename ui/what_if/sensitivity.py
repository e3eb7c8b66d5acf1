"""The panel of what matters most: runs with an assumption low beside runs with it high."""

from __future__ import annotations

import streamlit as st

from ramp155.answers.sensitivity.tornado import compute_tornado
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.text.numbers import say_month
from ramp155.text.output.sensitivity import write_tornado
from ui.link.view import current_view
from ui.markup import escape_sentence
from ui.widgets.picture import show_picture


def show_sensitivity_panel(model: Model, scenario: Scenario, month: str) -> None:
    """Which assumptions matter most for the month."""
    finding = write_tornado(compute_tornado(model, scenario, month), month)
    chart_column, finding_column = st.columns([1.5, 1], gap="large")
    with chart_column:
        show_picture(
            model,
            build_picture(model, "tornado", current_view()),
            "tornado",
            f"**{say_month(month)}, one assumption at a time**",
        )
    with finding_column:
        st.markdown(escape_sentence(finding))
        st.caption(
            "Bars join two medians: of the runs with an assumption in the lowest fifth of its values, and in the highest. All "
            "else varies in both."
        )
