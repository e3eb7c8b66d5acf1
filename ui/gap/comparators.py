"""Whose figures are used for Russia and for the US, and how they are counted, as widgets."""

from __future__ import annotations

import streamlit as st

from ramp155.answers.gap.comparison import CALIBRES, RUSSIA_RATE_LEVER
from ramp155.answers.gap.estimates import list_estimates
from ramp155.model.model import Model
from ui.widgets.levers.sliders import show_month_choice, show_sliders


def show_figure_choices(model: Model) -> None:
    """Whose figures are used for Russia and for the US."""
    russia_estimates, us_estimates = (
        list_estimates(model.record, "RU"),
        list_estimates(model.record, "US"),
    )
    st.selectbox(
        "Whose figure for Russia",
        list(russia_estimates),
        format_func=russia_estimates.__getitem__,
        key="russia",
        help="Each counts something else; what, the page says.",
    )
    st.selectbox(
        "How the US goes on",
        list(us_estimates),
        format_func=us_estimates.__getitem__,
        key="us",
        help="Up to April 2026 all three follow the reports.",
    )


def show_comparison_levers(model: Model) -> None:
    """Figures, ways of counting, Russia's rate."""
    show_figure_choices(model)
    short_labels = {"155": "155/152", "all": "All", "quoted": "As quoted"}
    st.segmented_control(
        "Calibres counted",
        list(CALIBRES),
        format_func=short_labels.__getitem__,
        key="calibres",
        required=True,
        help="As quoted sets Russia's figure, whatever it counts, against NATO's 155 mm: not like for like.",
    )
    st.toggle(
        "New shells only",
        key="fresh",
        disabled=st.session_state["calibres"] == "quoted",
        help="Leave out Russian shells refurbished from old stocks.",
    )
    st.toggle(
        "Capacity, not output",
        key="plate",
        help="Count what NATO's bodies and filling could make, not what leaves complete. For Russia nobody tells "
        "the two apart.",
    )
    if st.session_state["show"] == "gap":
        show_sliders([RUSSIA_RATE_LEVER], "comparison")
        show_month_choice()
