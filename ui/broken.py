"""The page that stands in for every other where a file of the record is broken: which file, which row, what is wrong."""

from __future__ import annotations

from importlib import import_module
from typing import NoReturn

import streamlit as st

from ramp155.record.faults import RecordsError

_MOST_SHOWN = 30


def stop_where_unreadable() -> None:
    """End the run with that page where what every page is made of cannot be read: the levers, the glossary."""
    try:
        import_module("ramp155.model.scenario.levers")
        import_module("ramp155.text.glossary.terms").list_terms()
    except RecordsError as error:
        show_broken(error)


def show_broken(error: RecordsError) -> NoReturn:
    """Say what is broken, and end the run."""
    st.error("The record in `data/` breaks its own rules, so nothing can be shown from it.")
    st.code("\n".join(map(str, error.faults[:_MOST_SHOWN])), language=None)
    st.stop()
