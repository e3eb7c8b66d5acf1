"""The search and the filters over the map: by words, country, product, origin and operator, and the site
that is chosen.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.answers.site_search import search_lines, search_sites
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import ORIGINS, PRODUCTS
from ui.widgets.line_filters import show_country_filter
from ui.widgets.search import show_search

FILTER_FIELDS = ("country", "product", "origin", "operator")
_COLUMN_WIDTHS = [1.7, 1.1, 1.1, 1, 1.3, 1.7]


def show_filters(model: Model) -> None:
    """The search, a choice for each filter, and the sites by name: those that the search leaves."""
    full_lines = model.record.full_lines
    choices: dict[str, dict[str, str]] = {
        "product": PRODUCTS,
        "origin": ORIGINS,
        "operator": _name_operators(full_lines),
    }
    search_column, country_column, *filter_columns, site_column = st.columns(_COLUMN_WIDTHS)
    show_search(
        search_column,
        "map_find",
        "plant, firm, owner, town, country, product",
        lambda: _choose_only_match(model),
    )
    show_country_filter(model, country_column)
    for filter_column, field in zip(filter_columns, choices, strict=True):
        filter_column.multiselect(
            field.capitalize(),
            list(choices[field]),
            format_func=choices[field].__getitem__,
            key=field,
            placeholder="All",
        )
    sites = model.record.sites
    site_names = dict(zip(sites["site_id"], sites["name"], strict=True))
    matches = search_sites(model.record, st.session_state["map_find"])
    chosen_site = st.session_state["site"]
    site_column.selectbox(
        "Site",
        [site_id for site_id in site_names if site_id in {*matches, chosen_site}],
        format_func=site_names.__getitem__,
        index=None,
        key="site",
        placeholder="Choose, or click the map",
    )


def _name_operators(lines: pd.DataFrame) -> dict[str, str]:
    """Operators with their owners beside them, so that typing the owner finds them too."""
    owners = dict(zip(lines["operator"], lines["parent"], strict=True))
    return {
        operator: f"{operator} · {owners[operator]}"
        if owners[operator] not in ("", operator)
        else operator
        for operator in sorted(owners)
    }


def _choose_only_match(model: Model) -> None:
    """Open the dossier of the one plant a search finds; of several none, as they are listed."""
    query = st.session_state["map_find"]
    matches = search_sites(model.record, query) if query.strip() else []
    st.session_state["site"] = matches[0] if len(matches) == 1 else None


def filter_lines(model: Model, known: Records) -> pd.DataFrame:
    """Lines with their status as known, without those that filters or search leave out."""
    line_details = model.record.full_lines[["country", "operator", "origin", "title"]]
    lines = list_statuses(known).merge(line_details, left_on="line_id", right_index=True)
    for field in FILTER_FIELDS:
        if st.session_state[field]:
            lines = lines[lines[field].isin(st.session_state[field])]
    return lines[lines["line_id"].isin(search_lines(model.record, st.session_state["map_find"]))]
