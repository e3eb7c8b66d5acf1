"""Three steps for a first visit: shown until they are put away, and then never again in that browser."""

from __future__ import annotations

import streamlit as st

from ramp155.files.assets import join_scripts, read_asset

FIRST_STEPS = (
    "Drag the slider: less nitrocellulose, fewer rounds.",
    "Watch the blue line: rounds a year.",
    "Click a plant: what it promised, what came.",
)
_steps_component = st.components.v2.component(
    "ramp155_first_steps",
    html=read_asset("first_steps.html"),
    css=read_asset("first_steps.css"),
    js=join_scripts("first_steps.js"),
)


def show_first_steps() -> None:
    """The steps, where this browser has not put them away."""
    _steps_component(key="first_steps", data=list(FIRST_STEPS))
