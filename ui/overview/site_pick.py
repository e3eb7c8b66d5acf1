"""The site that is picked on the Overview's map."""

from __future__ import annotations

import streamlit as st


def pick_site(site: str) -> None:
    """A click on the map names the site below it."""
    st.session_state["overview_site"] = site
