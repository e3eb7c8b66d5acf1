"""The sites as a table with the way to each one's page, and those that no published town allows to be
drawn.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st


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
