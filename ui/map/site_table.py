"""The sites as a table with the way to each one's page, and those that no published town allows to be
drawn.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.text.numbers import round_rounds

# What one reads first comes first; what does not fit is scrolled to.
_COLUMNS = "name page stands lines rounds kind operator country town".split()  # noqa: SIM905
_ROUNDS_HELP = "What the largest latest rate of its lines is enough for, reported or promised."
_RATE_KINDS = {"output": "made", "capacity": "capacity", "promised": "promised", "": "not reported"}


def show_site_table(sites: pd.DataFrame, countries: dict[str, str]) -> None:
    """Sites (columns of `build_site_table`) with the way to each one's page."""
    shown_rows = sites.assign(
        country=sites["country"].map(countries),
        page=[f"plant?site={site_id}" for site_id in sites["site_id"]],
        # As many digits as the figure bears.
        rounds=sites["rounds"].map(round_rounds, na_action="ignore"),
        kind=sites["rate_counts"].map(_RATE_KINDS),
    )
    st.dataframe(
        shown_rows[_COLUMNS],
        hide_index=True,
        placeholder="",
        column_config={
            "name": st.column_config.TextColumn("Plant", width=340),
            "page": st.column_config.LinkColumn("Its page", display_text="open", width=70),
            "stands": st.column_config.TextColumn("What its lines do now", width=260),
            "lines": st.column_config.NumberColumn("Lines", width=55),
            "rounds": st.column_config.NumberColumn(
                "Enough for rounds a year", format="%,.0f", width=165, help=_ROUNDS_HELP
            ),
            "kind": st.column_config.TextColumn("That rate is", width=120),
            "operator": st.column_config.TextColumn("Maker", width=270),
            "country": st.column_config.TextColumn("Country", width=110),
            "town": st.column_config.TextColumn("Town", width=140),
        },
    )
