"""The box that searches on a page, and what is said where nothing fits."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.markup import escape_markdown


def show_search(
    place: DeltaGenerator, key: str, placeholder: str, on_change: Callable[[], None] | None = None
) -> None:
    """A box for a few words; `key` is that of its field."""
    place.text_input("Search", key=key, max_chars=80, placeholder=placeholder, on_change=on_change)


def show_no_match(query: str, near_names: list[str], advice: str) -> None:
    """That nothing fits a query and the filters beside it, names that are spelt nearly alike, and what helps."""
    what = f" “{query}”" if query.strip() else " these filters"
    near = f" Near in spelling: {', '.join(near_names)}." if near_names else ""
    st.info(escape_markdown(f"Nothing here fits{what}.{near} {advice}"))
