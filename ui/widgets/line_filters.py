"""The filters of lines that Map and Ramp-up share: words, product, country, maker, and those that are late.

What is chosen on one page holds on the other.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.plants.lines import filter_lines
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS
from ui.link import keys
from ui.link.address import ask_for_page
from ui.link.fields import list_link_fields
from ui.link.view import current_view
from ui.widgets.lookups import name_countries
from ui.widgets.search.box import show_search

LINE_FIELDS = (keys.LINE_FIND, keys.PRODUCT, keys.COUNTRY, keys.OPERATOR, keys.LATE)
_COLUMN_WIDTHS = [1.5, 1.2, 1.2, 1.4]


def show_line_filters(model: Model) -> None:
    """The search, and a choice of products, countries and makers; none chosen means all."""
    country_names = name_countries(model.record)
    full_lines = model.record.full_lines
    choices: dict[str, tuple[str, dict[str, str]]] = {
        keys.PRODUCT: ("Product", PRODUCTS),
        keys.COUNTRY: (
            "Country",
            {
                country: country_names[country]
                for country in sorted(set(full_lines["country"]), key=country_names.__getitem__)
            },
        ),
        keys.OPERATOR: ("Maker", _name_operators(full_lines)),
    }
    search_column, *choice_columns = st.columns(_COLUMN_WIDTHS)
    show_search(search_column, keys.LINE_FIND, "plant, maker, owner, town, country, product")
    for choice_column, (field_key, (label, names)) in zip(
        choice_columns, choices.items(), strict=True
    ):
        choice_column.multiselect(
            label,
            list(names),
            format_func=names.__getitem__,
            key=field_key,
            placeholder="All",
        )


def _name_operators(lines: pd.DataFrame) -> dict[str, str]:
    """Makers with their owners beside them, so that typing the owner finds them too."""
    owners = dict(zip(lines["operator"], lines["parent"], strict=True))
    return {
        operator: f"{operator} · {owners[operator]}"
        if owners[operator] not in ("", operator)
        else operator
        for operator in sorted(owners)
    }


def filter_known_lines(model: Model, known: Records) -> pd.DataFrame:
    """Lines with their status as known, without those that filters or search leave out.

    Columns of `list_statuses`, and country, operator, origin and title.
    """
    line_details = model.record.full_lines[["country", "operator", "origin", "title"]]
    lines = list_statuses(known).merge(line_details, left_on="line_id", right_index=True)
    return filter_lines(model.record, lines, current_view())


def show_late_switch(place: DeltaGenerator) -> None:
    """The toggle that leaves only late lines."""
    place.toggle(
        "Late only",
        key=keys.LATE,
        help="A promise has passed without delivery, or was moved to a later date.",
    )


def ask_for_country(model: Model, country: str, *, late_only: bool) -> None:
    """Ask for the map of a country's plants, or of the late ones, with no other filter (in a callback)."""
    if country not in set(model.record.sites["country"]):
        return
    fields = list_link_fields(model)
    for session_key in (*LINE_FIELDS, keys.STATUS, keys.PICK):
        st.session_state[keys.KEPT_VIEW][session_key] = fields[session_key].usual
    late_query = {keys.LATE: "1"} if late_only else {}
    ask_for_page("../pages/map.py", {keys.COUNTRY: country} | late_query)
