"""What every page reads first: the record, and the scenario and filters that stand in the link."""

from __future__ import annotations

import datetime as dt

import streamlit as st

import ramp155
from ramp155 import scenario as levers
from ramp155 import timeline

DRAWS = 200  # accepted draws behind every band on screen
FIRST_DAY = dt.date(2022, 1, 31)


@st.cache_resource(show_spinner="Reading the record ...")
def load() -> ramp155.Records:
    """The record, read and validated once for all sessions."""
    return ramp155.load()


def records() -> ramp155.Records:
    """The record, or a page that says which row of which table is broken."""
    try:
        return load()
    except ramp155.RecordsError as error:
        st.error("The record in `data/` breaks its own rules, so nothing can be shown from it.")
        st.code("\n".join(map(str, error.faults[:30])), language=None)
        st.stop()


def theme() -> str:
    """ "dark" or "light", as the browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def query() -> list[tuple[str, str]]:
    """The link's parts, repeated names kept."""
    return [(key, text) for key in st.query_params for text in st.query_params.get_all(key)]


def scenario() -> tuple[levers.Scenario, list[str]]:
    """The scenario in force, from the link and from levers moved in this session, and what of the
    link was not understood."""
    found, notes = levers.from_query(query())
    changes: dict[str, object] = {}
    for lever in levers.LEVERS:
        value = st.session_state.get(lever.key)
        if value is not None:
            changes[lever.name] = int(value) if lever.unit == "months" else value / lever.scale
    for name in ("start", "also"):
        if name in st.session_state:
            value = st.session_state[name]
            changes[name] = tuple(value) if name == "also" else value
    if changes:
        found = levers.Scenario(**{**found.as_dict(), "also": found.also, **changes})
    return found, notes


def day(records: ramp155.Records) -> tuple[dt.date, list[str]]:
    """The as-of date in force, and what of the link's date was not understood."""
    text = st.query_params.get("as_of", "")
    if not text:
        return records.end, []
    try:
        asked = timeline.as_date(records, text)
    except ValueError:
        return records.end, [f"The link says as_of={text}: a date like 2025-06-30 was expected."]
    if not FIRST_DAY <= asked <= records.end:
        span = f"{FIRST_DAY} to {records.end}"
        return records.end, [f"The link says as_of={text}: the record runs from {span}."]
    return asked, []


def choices(key: str, options: list[str]) -> list[str]:
    """One line for every value of a filter in the link that is not among its options."""
    return [
        f"The link says {key}={text}: nothing in the record has that {key}, so it is ignored."
        for text in st.query_params.get_all(key)
        if text not in options
    ]


def say(notes: list[str]) -> None:
    """Show what of a link was not understood, until it is acknowledged.

    Widgets drop a value they do not know from the address at once, so the notes are kept here.
    """
    kept = st.session_state.setdefault("link_notes", [])
    kept += [note for note in notes if note not in kept]
    if kept:
        words, button = st.columns([8, 1], vertical_alignment="center")
        words.warning("  \n".join(kept))
        if button.button("Got it", key="link_notes_seen"):
            st.session_state["link_notes"] = []
            st.rerun()
