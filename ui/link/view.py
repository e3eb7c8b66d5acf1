"""What a picture is asked of, as it is set in this session: the comparison and the terms of the Gap
page, and the whole view.

Entering a view puts it back into the session as the widgets of its page hold it.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from ramp155.answers.gap.comparison import RUSSIA_RATE_LEVER, Comparison
from ramp155.answers.procurement.terms import DEMAND_LEVERS, Terms
from ramp155.model.model import Model
from ramp155.pictures.view import View
from ui.link.fields import list_gap_fields
from ui.link.levers import apply_scenario, current_scenario, reset_levers
from ui.link.session import load_shared_records


def current_comparison() -> Comparison:
    """Whose figures are compared on the gap page, and how they are counted."""
    lever = RUSSIA_RATE_LEVER
    return Comparison(
        st.session_state["russia"],
        st.session_state["us"],
        st.session_state[lever.key] / lever.scale,
        st.session_state["calibres"],
        "new" if st.session_state["fresh"] else "refurbished",
        "nameplate" if st.session_state["plate"] else "output",
    )


def current_terms() -> Terms:
    """Demand and purchases in force on the gap page."""
    values = {lever.name: st.session_state[lever.key] / lever.scale for lever in DEMAND_LEVERS}
    whole_numbers = {name: int(values[name]) for name in ("years", "delay")}
    return Terms(**(values | whole_numbers))


def current_view() -> View:
    """All that a picture is asked of, as it is set in this session."""
    return View(
        current_scenario(),
        st.session_state["month"],
        current_comparison(),
        current_terms(),
        st.session_state["as_of"],
        st.session_state["hindsight"],
        list_picked_products(),
        st.session_state["topic"],
        st.session_state["spend"],
    )


def list_picked_products() -> tuple[str, ...]:
    """The products that are picked out: one on Ramp-up, any on the map."""
    if st.session_state.get("page", "").endswith("ramp_up"):
        return () if st.session_state["made"] == "all" else (st.session_state["made"],)
    return tuple(st.session_state["product"])


def enter_view(view: View, page: str) -> None:
    """Put all that a view asks of into the session, as the widgets of its page hold it."""
    apply_scenario(view.scenario)
    values: dict[str, object] = {
        "month": view.month,
        "as_of": view.as_of or load_shared_records().end,
        "hindsight": view.hindsight,
        "topic": view.topic,
        "spend": view.spend,
        "russia": view.comparison.russia,
        "us": view.comparison.us,
        "calibres": view.comparison.calibres,
        "fresh": view.comparison.made == "new",
        "plate": view.comparison.counts == "nameplate",
        "rate": round(view.comparison.russia_rate * RUSSIA_RATE_LEVER.scale),
    }
    for lever in DEMAND_LEVERS:
        values[lever.key] = round(getattr(view.terms, lever.name) * lever.scale)
    if page.startswith("ramp_up"):
        values["made"] = view.products[0] if len(view.products) == 1 else "all"
    if page.startswith("map"):
        values["product"] = list(view.products)
    values |= dict(parse_qsl(page.partition("?")[2]))
    st.session_state.update(values)


def reset_gap(model: Model) -> None:
    """Put every choice of the gap page back to its default, but for the view (a button's callback)."""
    for key, field in list_gap_fields(model).items():
        if key != "show":
            st.session_state[key] = field.default
    reset_levers()
