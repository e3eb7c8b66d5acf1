"""Ways to another page that a click on a component asks for: kept in the callback, gone in the run that follows."""

from __future__ import annotations

import streamlit as st

from ui.link import keys

_PLANT_PAGE = "../pages/plant.py"


def ask_for_page(page: str, query: dict[str, str]) -> None:
    """Ask for a page with what its address says (in a callback)."""
    st.session_state[keys.ASKED_PAGE] = (page, query)


def ask_for_plant(site_ids: set[str], site_id: object) -> None:
    """Ask for the page of one of some plants; what a browser sends is not to be trusted to be one (in a callback)."""
    if isinstance(site_id, str) and site_id in site_ids:
        ask_for_page(_PLANT_PAGE, {keys.SITE: site_id})


def follow_asked_page() -> None:
    """Leave for the page that was asked for; one that is open already reads its address anew."""
    asked = st.session_state.pop(keys.ASKED_PAGE, None)
    if asked:
        page, query = asked
        st.session_state[keys.PAGE] = ""
        st.switch_page(page, query_params=query)
