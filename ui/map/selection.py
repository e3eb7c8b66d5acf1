"""What is chosen on the Map page: a site by a click or from what a search finds, and lines by their status."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.answers.counts import count_statuses
from ramp155.answers.site_search import search_sites
from ramp155.history.standing.sites import LEADING_STATUSES
from ramp155.model.model import Model
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.text.numbers import count_words
from ui.map.utilisation import show_utilisation_switch
from ui.markup import escape_markdown
from ui.widgets.line_filters import show_late_switch
from ui.widgets.lookups import list_rows

_MOST_MATCHES = 20


def choose_site(site: str) -> None:
    """A click on the map chooses the site."""
    st.session_state["site"] = site


def show_matches(model: Model, sites: pd.DataFrame) -> None:
    """What the search finds among `sites` (columns of `build_site_table`), each the way to its dossier."""
    query = st.session_state["line_find"]
    order = search_sites(model.record, query)
    found_sites = sorted(list_rows(sites), key=lambda site: order.index(site["site_id"]))
    st.markdown(f"**{count_words(len(found_sites), 'site')}** for “{escape_markdown(query)}”")
    with st.container(gap=None):
        for site in found_sites[:_MOST_MATCHES]:
            st.button(
                f"{STATUS_GLYPHS[site['status']]} {escape_markdown(site['name'])}",
                key=f"match_{site['site_id']}",
                on_click=choose_site,
                args=(site["site_id"],),
                type="tertiary",
                help=escape_markdown(site["operator"]),
            )
    if len(found_sites) > _MOST_MATCHES:
        st.caption(f"{len(found_sites) - _MOST_MATCHES} more stand in the table below.")


def filter_by_status(lines: pd.DataFrame) -> pd.DataFrame:
    """The pills that count lines by status and filter them."""
    pills_column, toggle_column = st.columns([6, 1], vertical_alignment="center")
    with toggle_column:
        show_late_switch(toggle_column, sum(lines["late"] == "late"))
        show_utilisation_switch()
    counts = count_statuses(lines)
    pills_column.pills(
        "Lines by status: click to filter",
        LEADING_STATUSES,
        selection_mode="multi",
        format_func=lambda s: f"{STATUS_GLYPHS[s]} {s} {counts.get(s, 0)}",
        key="status",
        label_visibility="collapsed",
    )
    chosen_statuses = st.session_state["status"]
    return lines[lines["status"].isin(chosen_statuses)] if chosen_statuses else lines
