"""Filters of lines that Map and Ramp-up share: by country, and those that are late."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ramp155.model.model import Model
from ui.widgets.lookups import name_countries


def show_country_filter(model: Model, place: DeltaGenerator) -> None:
    """A choice of countries that have a line."""
    names = name_countries(model.record)
    countries = sorted(set(model.record.sites["country"]), key=names.__getitem__)
    place.multiselect(
        "Country", countries, format_func=names.__getitem__, key="country", placeholder="All"
    )


def show_late_switch(place: DeltaGenerator, late_count: int) -> None:
    """The toggle that leaves only late lines; `late_count` of those shown are."""
    place.toggle(
        f"Late only ({late_count})",
        key="late",
        help="A promise has passed without delivery, or was moved to a later date.",
    )


def filter_late(lines: pd.DataFrame) -> pd.DataFrame:
    """The late ones of rows of `list_statuses`, where only those are asked for."""
    return lines[lines["late"] == "late"] if st.session_state["late"] else lines
