"""The panel of how much of each stage's published total the named lines add up to."""

from __future__ import annotations

import streamlit as st

from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ui.link.view import current_view
from ui.widgets.citations.lists import cite_assumptions, find_model_assumptions
from ui.widgets.citations.sources import show_source_button
from ui.widgets.picture import show_picture


def show_on_record_panel(model: Model, scenario: Scenario, month: str) -> None:
    """How much of each stage's capacity named lines account for."""
    left, right = st.columns([1.4, 1])
    with left:
        show_picture(model, build_picture(model, "pinned", current_view()), "pinned")
    right.markdown(
        "Published totals say more than the named lines add up to. The rest is an assumption, and drawn as one. A line counts "
        "in it until its first reported rate."
    )
    with right:
        assumption_ids = find_model_assumptions(model, "_projectile", "forecast_rise")
        show_source_button("Says who", cite_assumptions(model, assumption_ids), "pinned_sources")
