"""The search of the header, which opens a plant's page; the box that searches on a page; and what is said where nothing fits."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ramp155.answers.site_search import search_sites, suggest_sites
from ramp155.model.model import Model
from ramp155.record.rows import Site
from ramp155.text.numbers import count_words
from ui.link import keys
from ui.link.session import find_session_model
from ui.markup import escape_markdown
from ui.widgets.lookups import name_countries

_MOST_LISTED = 9
_PAGE = "../pages/plant.py"


def show_search(
    place: DeltaGenerator, key: str, placeholder: str, on_change: Callable[[], None] | None = None
) -> None:
    """A box for a few words; `key` is that of its field."""
    place.text_input("Search", key=key, max_chars=80, placeholder=placeholder, on_change=on_change)


def show_no_match(query: str, near_names: list[str], advice: str) -> None:
    """That nothing fits a query and the filters beside it, names that are spelt nearly alike, and what helps."""
    what = f" “{query}”" if query.strip() else " these filters"
    near = f" Near in spelling: {', '.join(near_names)}." if near_names else ""
    st.info(escape_markdown(f"Nothing here fits{what}.{near} {advice}"))


def show_plant_search(model: Model) -> None:
    """The box, and below it what it finds where that is not one plant alone."""
    opened_site = st.session_state.pop(keys.OPENED_SITE, "")
    if opened_site:
        st.switch_page(_PAGE, query_params={"site": opened_site})
    with st.container(key="plant_search"):
        st.text_input(
            "Find a plant, a maker or a town",
            key=keys.PLANT_FIND,
            max_chars=80,
            placeholder="Find a plant",
            label_visibility="collapsed",
            on_change=_open_single_match,
        )
    query = st.session_state[keys.PLANT_FIND].strip()
    # The place is kept where nothing is searched, else all below it would be drawn anew.
    with st.container(key="plant_found"):
        if query:
            with st.container(key="plant_matches", gap=None):
                _list_matches(model, query)


def _open_single_match() -> None:
    """Enter opens the one plant that is found; of several none, as they are listed (a callback)."""
    query = st.session_state[keys.PLANT_FIND].strip()
    site_ids = search_sites(find_session_model().record, query) if query else []
    if len(site_ids) == 1:
        _open_site(site_ids[0])


def _open_site(site_id: str) -> None:
    """Open a plant's page in the run to come, and put the search away (a callback)."""
    st.session_state[keys.OPENED_SITE] = site_id
    _clear_search()


def _clear_search() -> None:
    """Put the search away (a callback)."""
    st.session_state[keys.PLANT_FIND] = ""


def _list_matches(model: Model, query: str) -> None:
    """The plants found, each a button; or what is spelt nearly alike."""
    record = model.record
    site_ids = search_sites(record, query)
    what = escape_markdown(query)
    if not site_ids:
        near_names = suggest_sites(record, query)
        near = f" Near in spelling: {escape_markdown(', '.join(near_names))}." if near_names else ""
        st.caption(f"No plant, maker or town is called “{what}”.{near}")
    else:
        st.caption(f"{count_words(len(site_ids), 'plant')} for “{what}”")
    countries = name_countries(record)
    for site in map(record.site, site_ids[:_MOST_LISTED]):
        st.button(
            _write_match(site, countries[site.country]),
            key=f"hit_{site.site_id}",
            type="tertiary",
            on_click=_open_site,
            args=(site.site_id,),
        )
    if len(site_ids) > _MOST_LISTED:
        st.caption(f"And {len(site_ids) - _MOST_LISTED} more: add a word.")
    st.button("Close", key="hits_close", type="tertiary", on_click=_clear_search)


def _write_match(site: Site, country: str) -> str:
    """A plant as it is listed: its name, town and country."""
    place = ", ".join(part for part in (site.town, country) if part and part not in site.name)
    return escape_markdown(f"{site.name} · {place}" if place else site.name)
