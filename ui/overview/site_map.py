"""The map of the Overview: how many plants do what, and the ways to a plant's page and to a country's plants."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ramp155.answers.counts import count_groups
from ramp155.history.standing.sites import STATUS_GROUPS
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.map.sites import list_sites_today
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.pictures.view import View
from ramp155.text.explain.catalogue import explain
from ui.link.address import ask_for_plant, follow_asked_page
from ui.widgets.after_paint import has_painted
from ui.widgets.line_filters import ask_for_country
from ui.widgets.map_widget import MapChoice, find_clicked_country, show_map
from ui.widgets.picture import show_heading

_HEADING = "**Plants by what their lines do now**"
_HEIGHT = 440  # pixels, as the map's


@st.fragment
def show_site_map(model: Model) -> None:
    """The map with its key; a click on a plant opens its page, one on a country the map of its plants."""
    follow_asked_page()
    if not has_painted():  # deck.gl takes a browser longest
        st.markdown(_HEADING)
        st.container(height=_HEIGHT, border=False)
        return
    key_line = _write_key_line(list_sites_today(model))
    show_heading(
        model,
        lambda: build_picture(model, "sites", View()),
        "overview_map_picture",
        _HEADING,
        "sites",
        lambda: explain("sites", model, View()),
    )
    show_map(
        model,
        MapChoice(tuple(model.record.lines["line_id"])),
        "overview_map",
        {"chosen": partial(_open_plant, model), "place": partial(_open_country, model)},
        alt=f"Map of munitions plants in Europe by what their lines do now: {key_line}",
    )
    st.caption(
        "Plants stand at their town's centre, pushed apart where they would touch. Click a plant for its page, a country for its plants."
    )


def _write_key_line(sites: pd.DataFrame) -> str:
    """How many plants stand where, in the words of the key."""
    return " · ".join(
        f"{STATUS_GLYPHS[STATUS_GROUPS[group][0]]} {group} {number}"
        for group, number in count_groups(sites).items()
    )


def _open_plant(model: Model, clicked: dict[str, Any]) -> None:
    """A click on a mark asks for the plant's page."""
    ask_for_plant(set(model.record.sites["site_id"]), clicked.get("site"))


def _open_country(model: Model, clicked: dict[str, Any]) -> None:
    """A click on a country asks for the map of its plants."""
    ask_for_country(model, find_clicked_country(clicked), late_only=False)
