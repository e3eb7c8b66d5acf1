"""The search of the header: it answers while one types, lists plants with what they do and how late they are, and opens them.

A component (v2, inline, nothing fetched): it tells the server what is typed, and draws what the server found. With nothing typed
it lists countries, so that a question about one is answered by two clicks. As it stands on every page, what closes lists of
filters once something is chosen comes with it.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from ramp155.answers.plants.hits import (
    SiteHit,
    count_country_hits,
    find_named_country,
    list_site_hits,
)
from ramp155.answers.site_search import suggest_sites
from ramp155.files.assets import join_scripts, read_asset
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.pictures.ramp.picture import list_told_lines
from ramp155.text.plant.hits import say_country, say_hit, write_hits, write_line, write_no_hit
from ramp155.text.plants import say_site_status
from ui.link import keys
from ui.link.address import ask_for_plant, follow_asked_page
from ui.link.session import find_session_model
from ui.widgets.line_filters import ask_for_country
from ui.widgets.lookups import list_rows, name_countries

_SEARCH = "plant_search_box"  # session key of the component
_MOST_LISTED = 40
_MOST_LETTERS = 80

_search_component = st.components.v2.component(
    "ramp155_plant_search",
    html=read_asset("plant_search.html"),
    css=read_asset("plant_search.css"),
    js=join_scripts("lists.js", "plant_search.js"),
)


@st.fragment
def show_plant_search(model: Model) -> None:
    """The box and what it finds; what is typed reruns this alone."""
    follow_asked_page()
    with st.container(key="plant_search"):
        _search_component(
            key=_SEARCH,
            data=_list_answers(model, st.session_state.get(keys.PLANT_FIND, "")),
            on_query_change=_take_query,
            on_opened_change=_take_opened,
            on_late_change=_take_late,
        )


def _list_answers(model: Model, query: str) -> dict[str, Any]:
    """What is listed for a query: countries for none, else the plants it finds, or names that are nearly alike."""
    record = model.record
    if not query:
        country_rows = [
            {"find": country.name, "name": country.name, "late": say_country(country)}
            for country in count_country_hits(record)
        ]
        return {
            "query": "",
            "title": "Type a plant, maker or town, or choose a country",
            "rows": country_rows,
        }
    hits = list_site_hits(record, query)
    if not hits:
        return {
            "query": query,
            "title": write_no_hit(query, suggest_sites(record, query)),
            "rows": [],
        }
    rows: list[dict[str, Any]] = [_describe_hit(model, hit) for hit in hits[:_MOST_LISTED]]
    if len(hits) == 1:
        rows[0]["says"] = _list_line_words(model, hits[0])
    country = find_named_country(record, query)
    late_count = sum(hit.is_late for hit in hits)
    more = len(hits) - len(rows)
    return {
        "query": query,
        "title": write_hits(hits, query),
        "rows": rows,
        "more": f"And {more} more: add a word." if more else "",
        "country": country if late_count else "",
        "way": "Show what is late on the map",
    }


def _describe_hit(model: Model, hit: SiteHit) -> dict[str, Any]:
    """A plant as it is listed: its mark, name, place, what it does and how late it is."""
    site = model.record.site(hit.site_id)
    country = name_countries(model.record)[site.country]
    place = ", ".join(part for part in (site.town, country) if part and part not in site.name)
    return {
        "site": hit.site_id,
        "glyph": STATUS_GLYPHS[hit.status],
        "name": site.name,
        "note": " · ".join(
            part for part in (place, say_site_status(hit.status, hit.ahead, ())) if part
        ),
        "late": say_hit(hit),
    }


def _list_line_words(model: Model, hit: SiteHit) -> list[str]:
    """What each line of the one plant found does, what was promised of it and what came, the most told first."""
    statuses = list_rows(list_statuses(model.record))
    status_of = {row["line_id"]: row for row in statuses if row["site_id"] == hit.site_id}
    return [
        write_line(model.record, status_of[line_id])
        for line_id in list_told_lines(model.record, hit.site_id)
        if status_of[line_id]["status"] != "not yet reported"
    ]


def _read_sent(name: str) -> str:
    """What a browser sent under a name: a short text, or nothing."""
    sent = st.session_state[_SEARCH].get(name)
    return sent.strip()[:_MOST_LETTERS] if isinstance(sent, str) else ""


def _take_query() -> None:
    """Keep what is typed (a callback)."""
    st.session_state[keys.PLANT_FIND] = _read_sent("query")


def _take_opened() -> None:
    """Ask for the page of the plant that was chosen, and put the search away (a callback)."""
    ask_for_plant(set(find_session_model().record.sites["site_id"]), _read_sent("opened"))
    st.session_state[keys.PLANT_FIND] = ""


def _take_late() -> None:
    """Ask for the map of a country's late plants, and put the search away (a callback)."""
    ask_for_country(find_session_model(), _read_sent("late"), late_only=True)
    st.session_state[keys.PLANT_FIND] = ""
