"""The panel of how much of each stage's published total the named lines add up to."""

from __future__ import annotations

import streamlit as st

from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.record.records import Records
from ui.link.view import current_view
from ui.widgets.citations.lists import cite_assumptions, find_model_assumptions
from ui.widgets.citations.sources import show_source_button
from ui.widgets.picture import show_picture


def show_on_record_panel(records: Records, scenario: Scenario, month: str) -> None:
    left, right = st.columns([1.4, 1])
    with left:
        show_picture(records, build_picture(records, "pinned", current_view()), "pinned")
    right.markdown(
        "Published totals say more than the named lines add up to. The difference is an assumption, "
        "drawn as one; before its first reported rate a line counts in it. Nameplate in the charts above is the "
        "lesser of this and of shell bodies."
    )
    with right:
        assumption_ids = find_model_assumptions(records, "total_projectile")
        show_source_button("Says who", cite_assumptions(records, assumption_ids), "pinned_sources")
