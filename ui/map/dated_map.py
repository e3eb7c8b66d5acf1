"""All of the Map page: filters, the month, the map with its list, and what stands below."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ramp155.answers.site_search import suggest_sites
from ramp155.history.standing.sites import LEADING_STATUSES, TRIAL_NOTE
from ramp155.history.status import STATUSES
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.map.sites import build_site_table
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.pictures.plants.sites import find_country_use, list_mapped_lines
from ramp155.pictures.view import find_known_record
from ramp155.text.signs import name_status
from ui.link import keys
from ui.link.address import follow_asked_page, write_link
from ui.link.view import current_view
from ui.map.selection import (
    choose_country,
    choose_group,
    choose_pick,
    choose_site,
    find_choice,
    open_plant,
)
from ui.map.site_table import show_site_table
from ui.map.utilisation import (
    is_utilisation_drawn,
    show_utilisation,
    show_utilisation_switch,
)
from ui.widgets.citations.sources import show_source_button
from ui.widgets.explain.panel import show_explain
from ui.widgets.line_filters import LINE_FIELDS, show_line_filters
from ui.widgets.lookups import name_countries
from ui.widgets.map_widget import MapChoice, show_map
from ui.widgets.months.month_slider import show_months
from ui.widgets.picture import offer_picture
from ui.widgets.replay import REPLAY_FIELDS, show_known_capacity
from ui.widgets.search.box import show_no_match

_SHOWN_FIELDS = (
    *REPLAY_FIELDS,
    *LINE_FIELDS,
    keys.STATUS,
    keys.PICK,
    keys.SITE,
    keys.UTILISATION,
    keys.MONTH,
)
_TABLE = "map_table"  # session key
_MAP_HEIGHT = "clamp(430px, calc(100vh - 300px), 780px)"


def show_map_page(model: Model) -> None:
    """The page: on a phone the map comes before the filters (ui/app.css)."""
    follow_asked_page()
    with st.container(key="map_page"):
        with st.container(key="map_filters"):
            show_line_filters(model)
        with st.container(key="map_months"):
            show_months(model, _SHOWN_FIELDS, _is_month_drawn)
        choice = find_choice(model)
        if choice.line_ids:
            with st.container(key="map_body"):
                _show_plants(model, choice)
        else:
            query = st.session_state[keys.LINE_FIND]
            advice = "Take a word or a filter away."
            show_no_match(query, suggest_sites(model.record, query), advice)
    write_link(model, *_SHOWN_FIELDS)


def _is_month_drawn() -> bool:
    """Whether the server draws something of the month: the table, or stages in use."""
    return bool(st.session_state.get(_TABLE) or st.session_state[keys.UTILISATION])


def _show_plants(model: Model, choice: MapChoice) -> None:
    """The map with its list, and the same plants as a table."""
    use = find_country_use(model, current_view())
    show_map(
        model,
        choice,
        "map",
        {
            "chosen": partial(choose_site, model),
            "place": partial(choose_country, model),
            "group": choose_group,
            "pick": choose_pick,
            "plant": partial(open_plant, model),
        },
        alt="Map of plants by what their lines do; the list beside it has them all",
        height=_MAP_HEIGHT,
        use=use,
    )
    _show_foot(model)
    if is_utilisation_drawn(model):
        show_utilisation(model)
    table = st.expander("All plants as a table", key=_TABLE, on_change="rerun")
    if table.open:
        with table:
            known_record = find_known_record(model, current_view())
            show_known_capacity(model, known_record)
            sites = build_site_table(model, list_mapped_lines(model, current_view()))
            show_site_table(sites, name_countries(model.record))


def _show_foot(model: Model) -> None:
    """How to read the map, what statuses mean, and what can be taken away."""
    words_column, switch_column, meaning_column, save_column = st.columns(
        [5.5, 1.3, 1.7, 0.9], vertical_alignment="center"
    )
    words_column.caption(
        "Size: the rounds a year that a plant's largest rate, reported or promised, is enough for. Plants stand at their "
        "town's centre, pushed apart where they would touch. Undated reports count at the record's end only. Click a plant, a "
        "country or the key. Map: Natural Earth."
    )
    with switch_column:
        show_utilisation_switch()
    with meaning_column:
        meanings = "\n".join(
            f"- {STATUS_GLYPHS[status]} **{name_status(status)}**: {STATUSES[status]}"
            for status in LEADING_STATUSES
        )
        show_source_button("What statuses mean", f"{meanings}\n\n{TRIAL_NOTE}", "map_status_words")
    with save_column, st.container(horizontal=True, gap="small", wrap=False):
        show_explain(model, "sites", "map_picture")
        offer_picture(model, lambda: build_picture(model, "sites", current_view()), "map_picture")
