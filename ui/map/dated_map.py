"""All of the map that follows the date: what was known, the map, and what stands beside it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.answers.counts import count_lines
from ramp155.answers.site_search import suggest_sites
from ramp155.history.standing.sites import LEADING_STATUSES
from ramp155.history.status import STATUSES
from ramp155.model.model import Model
from ramp155.pictures.map.sites import build_site_table
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.pictures.plants.sites import build_site_map
from ramp155.record.records import Records
from ramp155.text.numbers import say_count
from ui.link.address import write_link
from ui.map.selection import choose_site, filter_by_status, show_matches
from ui.map.site_table import show_site_table, show_unplaced_sites
from ui.map.utilisation import find_country_utilisation, is_utilisation_drawn, show_utilisation
from ui.markup import escape_markdown
from ui.widgets.line_filters import LINE_FIELDS, filter_known_lines
from ui.widgets.lookups import name_countries
from ui.widgets.map_widget import show_map
from ui.widgets.picture import show_heading
from ui.widgets.replay import (
    REPLAY_FIELDS,
    show_known_capacity,
    show_replay_controls,
    write_known_date,
)
from ui.widgets.search import show_no_match

_SHOWN_FIELDS = (*REPLAY_FIELDS, *LINE_FIELDS, "status", "site", "use")


def show_dated_map(model: Model) -> None:
    """The replay's controls, the map with what stands beside it, and the table."""
    known_record = show_replay_controls(model)
    lines = filter_known_lines(model, known_record)
    reported_lines = lines[lines["status"] != "not yet reported"]
    shown_lines = filter_by_status(reported_lines)
    sites = build_site_table(model, shown_lines)
    map_column, side_column = st.columns([1.9, 1], gap="medium")
    with map_column:
        _show_sites(model, known_record, shown_lines, sites)
    with side_column, st.container(height=530, border=False):
        _show_beside(model, known_record, lines, sites)
    with st.expander("All sites as a table"):
        show_site_table(sites, name_countries(model.record))
    write_link(model, *_SHOWN_FIELDS)


def _show_sites(model: Model, known: Records, lines: pd.DataFrame, sites: pd.DataFrame) -> None:
    """How much is shown, what named lines were known to make, and the map."""
    site_words = say_count(count_lines(model.record, "sites", lines))
    country_utilisation = find_country_utilisation(model)
    show_heading(
        model,
        lambda: build_site_map(model, known, lines, use=tuple(country_utilisation.items())),
        "map_picture",
        f"#### {say_count(count_lines(model.record, lines=lines))} at {site_words}{write_known_date(model)}",
        "sites",
    )
    show_known_capacity(model, known)
    if sites.empty:
        query = st.session_state["line_find"]
        show_no_match(
            query,
            suggest_sites(model.record, query),
            "Take a word or a filter away, or choose a later date.",
        )
    else:
        show_map(
            model,
            sites,
            "map",
            choose_site,
            alt=f"Map of {site_words}; the table below lists them all",
            selected=st.session_state["site"] or "",
            use=country_utilisation,
        )
    st.caption(
        "Size: the rounds a year a site's largest reported or promised rate is enough for; the smallest "
        "marks have no reported rate. Sites stand at their town's centre, never at the plant; marks that would "
        "touch are pushed apart, with a line to their town. Made with Natural Earth."
    )


def _show_beside(model: Model, known: Records, lines: pd.DataFrame, sites: pd.DataFrame) -> None:
    """The way to the chosen plant's page, else what the search finds, the stages in use, or what the marks mean."""
    site_id = st.session_state["site"]
    if site_id:
        site = model.record.site(site_id)
        st.markdown(f"**{escape_markdown(site.name)}**")
        st.page_link("pages/plant.py", label="Open its page", query_params={"site": site_id})
    elif st.session_state["line_find"].strip() and not sites.empty:
        show_matches(model, sites)
    elif is_utilisation_drawn(model):
        show_utilisation(model)
    else:
        st.markdown(
            "**Click a site** for the way to its page: each line's status, the rule and the report behind it, "
            "and every dated report with its source."
        )
        st.caption(
            "  \n".join(
                f"{STATUS_GLYPHS[status_word]} **{status_word}**: {STATUSES[status_word]}"
                for status_word in LEADING_STATUSES
            )
        )
        show_unplaced_sites(sites, name_countries(model.record))
