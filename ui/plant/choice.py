"""Which plant the page shows, and the list of all plants where it shows none."""

from __future__ import annotations

import streamlit as st

from ramp155.answers.plants.neighbours import list_plants_by_country
from ramp155.answers.site_search import suggest_sites
from ramp155.history.standing.sites import LEADING_STATUSES, list_site_statuses
from ramp155.model.model import Model
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.text.numbers import count_words
from ramp155.text.signs import STATUS_WORDS
from ui.link import keys
from ui.link.address import write_link
from ui.markup import escape_markdown
from ui.widgets.line_filters import (
    LINE_FIELDS,
    filter_known_lines,
    show_late_switch,
    show_line_filters,
)
from ui.widgets.search.box import show_no_match

_COLUMNS = 3


def follow_address() -> None:
    """Where the page is open already, the address says which plant: it may have been changed by a link or by going back."""
    asked_site = st.query_params.get("site") or None
    if st.session_state.get(keys.PAGE) == "plant" and asked_site != st.session_state.get(keys.SITE):
        st.session_state[keys.KEPT_VIEW][keys.SITE] = None
        st.session_state[keys.PAGE] = ""
        # A link to the open page changes what the server is asked, but not what the browser shows.
        st.query_params.from_dict({key: st.query_params.get_all(key) for key in st.query_params})


def show_plant_list(model: Model) -> None:
    """All plants by country, those that words and filters leave."""
    st.markdown("#### Every plant has a page of its own")
    show_line_filters(model)
    show_late_switch(st.container())
    lines = filter_known_lines(model, model.record)
    statuses = list_site_statuses(lines)
    status_of = dict(zip(statuses["site_id"], statuses["status"], strict=True))
    if not status_of:
        query = st.session_state[keys.LINE_FIND]
        show_no_match(query, suggest_sites(model.record, query), "Take a word or a filter away.")
    else:
        with st.container(key="plant_list"):
            _show_countries(model, status_of)
    write_link(model, *LINE_FIELDS)


def _show_countries(model: Model, status_of: dict[str, str]) -> None:
    """The plants of each country in the order of the alphabet, in columns of about one length."""
    countries = {
        country: [site for site in sites if site.site_id in status_of]
        for country, sites in list_plants_by_country(model.record).items()
    }
    st.caption(
        " · ".join(
            f"{STATUS_GLYPHS[s]} {STATUS_WORDS[s]}"
            for s in LEADING_STATUSES
            if s in status_of.values()
        )
    )
    columns = st.columns(_COLUMNS)
    per_column = (len(status_of) + len(countries)) / _COLUMNS
    rows_before = 0
    for country, sites in countries.items():
        if not sites:
            continue
        place = min(int(rows_before / per_column), _COLUMNS - 1)
        with columns[place], st.container(gap=None, key=f"country_{sites[0].country}"):
            st.markdown(f"**{escape_markdown(country)}**, {count_words(len(sites), 'plant')}")
            for site in sites:
                status = status_of[site.site_id]
                st.page_link(
                    "../pages/plant.py",
                    label=f"{STATUS_GLYPHS[status]} {escape_markdown(site.name)}",
                    query_params={"site": site.site_id},
                )
        rows_before += len(sites) + 1
