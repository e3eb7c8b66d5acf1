"""The map of the Overview, and the site picked on it or else how many sites stand where."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ramp155.answers.counts import count_lines, count_statuses
from ramp155.history.standing.sites import LEADING_STATUSES
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.map.sites import list_sites_today
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.pictures.view import View
from ramp155.text.explain.catalogue import explain
from ramp155.text.numbers import say_count
from ui.markup import escape_markdown
from ui.widgets.after_paint import PAINTED, is_painted
from ui.widgets.lookups import list_rows
from ui.widgets.map_widget import MapChoice, show_map
from ui.widgets.picture import show_heading

_HEIGHT = 440  # pixels, as the map's


@st.fragment
def show_site_map(model: Model) -> None:
    """The map with its key, or the picked site with the way to its page."""
    sites = list_sites_today(model)
    key_line = _write_key_line(sites)
    picked_site = st.session_state.get("overview_site", "")
    show_heading(
        model,
        lambda: build_picture(model, "sites", View()),
        "overview_map_picture",
        "**Plants by what their lines do now**",
        "sites",
        lambda: explain("sites", model, View()),
    )
    if not st.session_state.get(PAINTED):  # deck.gl takes a browser longest
        with st.container(height=_HEIGHT, border=False):
            is_painted("overview_map")
        return
    show_map(
        model,
        MapChoice(tuple(model.record.lines["line_id"]), site=picked_site),
        "overview_map",
        {"chosen": _pick_site},
        alt=f"Map of munitions plants in Europe by what their lines do now: {key_line}",
    )
    picked_rows = list_rows(sites[sites["site_id"] == picked_site])
    if picked_rows:
        text_column, button_column = st.columns([3, 1.2], vertical_alignment="center")
        site = picked_rows[0]
        text_column.markdown(
            f"**{escape_markdown(site['name'])}**: {site['stands']}. {site['says'].capitalize()}"
        )
        button_column.page_link(
            "../pages/plant.py", label="Open its page", query_params={"site": picked_site}
        )
        return
    st.caption(
        f"{say_count(count_lines(model.record, 'sites'))} by what their lines do now: {key_line}. They stand at their town's "
        "centre, pushed apart where they would touch; click one for its page."
    )


def _write_key_line(sites: pd.DataFrame) -> str:
    """How many sites have which status."""
    status_counts = count_statuses(sites)
    return " · ".join(
        f"{STATUS_GLYPHS[status_word]} {status_word} {status_counts[status_word]}"
        for status_word in LEADING_STATUSES
        if status_word in status_counts
    )


def _pick_site(clicked: dict[str, Any]) -> None:
    """A click on the map names the plant below it."""
    st.session_state["overview_site"] = str(clicked.get("site"))
