"""The filters over the map: by country, product, origin and operator, and the site that is chosen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import ORIGINS, PRODUCTS
from ui.widgets.lookups import name_countries

FILTER_FIELDS = ("country", "product", "origin", "operator")
_COLUMN_WIDTHS = [1.2, 1.2, 1.1, 1.4, 1.9]


def show_filters(model: Model) -> None:
    """A choice for each filter, and the sites by name."""
    full_lines = model.record.full_lines
    country_names = name_countries(model.record)
    choices: dict[str, dict[str, str]] = {
        "country": {
            key: country_names[key]
            for key in sorted(set(full_lines["country"]), key=country_names.__getitem__)
        },
        "product": PRODUCTS,
        "origin": ORIGINS,
        "operator": {name: name for name in sorted(set(full_lines["operator"]))},
    }
    *filter_columns, site_column = st.columns(_COLUMN_WIDTHS)
    for filter_column, field in zip(filter_columns, FILTER_FIELDS, strict=True):
        filter_column.multiselect(
            field.capitalize(),
            list(choices[field]),
            format_func=choices[field].__getitem__,
            key=field,
            placeholder="All",
        )
    sites = model.record.sites
    site_names = dict(zip(sites["site_id"], sites["name"], strict=True))
    site_column.selectbox(
        "Site",
        list(site_names),
        format_func=site_names.__getitem__,
        key="site",
        placeholder="Choose, or click the map",
    )


def filter_lines(model: Model, known: Records) -> pd.DataFrame:
    """Lines with their status as known, without those that the filters leave out."""
    line_details = model.record.full_lines[["country", "operator", "origin", "title"]]
    lines = list_statuses(known).merge(line_details, left_on="line_id", right_index=True)
    for field in FILTER_FIELDS:
        if st.session_state[field]:
            lines = lines[lines[field].isin(st.session_state[field])]
    return lines
