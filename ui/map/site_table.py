"""The sites as a table with the way to each one's page, and those that no published town allows to be
drawn.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.text.numbers import count_words
from ui.markup import escape_markdown
from ui.widgets.lookups import list_rows


def show_site_table(sites: pd.DataFrame, countries: dict[str, str]) -> None:
    """Sites (columns of `build_site_table`) with the way to each one's page."""
    shown_rows = sites.assign(
        country=sites["country"].map(countries),
        page=[f"plant?site={site_id}" for site_id in sites["site_id"]],
    )
    st.dataframe(
        shown_rows[
            ["name", "operator", "country", "town", "stands", "lines", "rounds", "says", "page"]
        ],
        hide_index=True,
        placeholder="",
        column_config={
            "stands": "what its lines do now",
            "says": "what that rate is",
            "rounds": st.column_config.NumberColumn("rounds a year, largest rate", format="%,.0f"),
            "page": st.column_config.LinkColumn("Its page", display_text="open"),
        },
    )


def show_unplaced_sites(sites: pd.DataFrame, countries: dict[str, str]) -> None:
    """The sites (columns of `build_site_table`) that no published town allows to be drawn."""
    unplaced_sites = list_rows(sites[sites["lat"].isna()])
    if not unplaced_sites:
        return
    st.markdown(f"**{count_words(len(unplaced_sites), 'site')} without a published town**")
    st.caption(
        "  \n".join(
            f"{STATUS_GLYPHS[site['status']]} {escape_markdown(site['name'])} ({escape_markdown(countries[site['country']])})"
            for site in unplaced_sites
        )
    )
