"""The browser's address: read into session state when a page is opened, and written back with what
the page shows.

Streamlit can bind a widget to the link by itself, but then drops a value it does not understand
without a word, puts labels instead of keys into the address, and forgets what belongs to another
page. So each page reads the address when it is opened, keeps the view in session state apart from
the widgets, and writes back what it shows; defaults are left out.
"""

from __future__ import annotations

import streamlit as st

from ramp155.base.foreign_text import cut_foreign_text
from ramp155.model.coefficients.edits import check_edits
from ramp155.model.model import Model
from ramp155.model.scenario.codec import read_scenario_query, write_scenario_query
from ramp155.model.scenario.scenario import Scenario
from ui.link.fields import list_defaults, list_link_fields
from ui.link.levers import current_scenario, list_lever_values
from ui.link.notices import show_link_notes, show_older_notice, show_own_notice, show_return_notice
from ui.link.origin import write_origin
from ui.link.readers import write_value


def open_link(model: Model, page: str) -> None:
    """Bring the view into session state, where the widgets of a page find it.

    On a page's first run that is what other pages left, overlaid with what the address says; what of
    it was not understood is shown in a line each until acknowledged. Streamlit forgets a widget's
    value when its page is left, so the view is kept apart from the widgets.
    """
    if st.session_state.get("page") != page:
        st.session_state["page"] = page
        st.session_state["playing"] = False  # the replay stops when its page is left
        st.session_state["visit"] = st.session_state.get("visit", 0) + 1
        link_values = st.session_state.get("view") or list_defaults(model)
        notes = _overlay_address(link_values, model)
        st.session_state.setdefault("link_notes", []).extend(notes)
        st.session_state["view"] = link_values
        for key, value in link_values.items():
            st.session_state[key] = value
    for key, value in st.session_state["view"].items():
        st.session_state.setdefault(key, value)
    keep_view(model)
    show_own_notice(model)
    show_older_notice(model)
    show_return_notice(model)
    show_link_notes()


def _overlay_address(link_values: dict[str, object], model: Model) -> list[str]:
    """Put what the address says into the view; returns what was not understood."""
    fields = list_link_fields(model)
    query = [(key, text) for key in st.query_params for text in st.query_params.get_all(key)]
    query_names = {key for key, _ in query}
    link_scenario, notes = read_scenario_query(query)
    try:
        check_edits(model.record, link_scenario.assume)
    except ValueError as error:
        notes.append(f"The link says {error}, so its assumptions are ignored.")
        link_scenario = link_scenario.levers
    link_values.update(
        {
            lever_key: lever_value
            for lever_key, lever_value in list_lever_values(link_scenario).items()
            if lever_key in query_names
        }
    )
    for key in sorted(query_names & set(fields)):
        read_values = []
        for text in st.query_params.get_all(key):
            try:
                read_values.append(fields[key].read(text))
            except ValueError as error:
                said = cut_foreign_text(f"{key}={text}")
                notes.append(f"The link says {said}: {error}, so it is ignored.")
        if read_values:
            link_values[key] = read_values if fields[key].many else read_values[-1]
    for key in sorted(query_names - set(fields) - set(list_lever_values(link_scenario))):
        notes.append(
            f"The link says {cut_foreign_text(key)}: this is not known here, so it is ignored."
        )
    return notes


def keep_view(model: Model) -> None:
    """Copy the view to where no widget owns it."""
    keys = [*list_lever_values(Scenario()), *list_link_fields(model)]
    st.session_state["view"] = {key: st.session_state[key] for key in keys}


def write_link(model: Model, *shown_fields: str) -> None:
    """Put the scenario and the named parts into the address; defaults are left out."""
    keep_view(model)
    query: dict[str, list[str]] = {}
    for key, text in write_scenario_query(current_scenario()):
        query.setdefault(key, []).append(text)
    fields = list_link_fields(model)
    if "made_with" in shown_fields and query and not st.session_state["made_with"]:
        query["made_with"] = [write_origin(model)]
    for key in shown_fields:
        value = st.session_state.get(key)
        if value not in (None, [], fields[key].default):
            query[key] = (
                [str(single_value) for single_value in value]
                if fields[key].many
                else [write_value(value)]
            )
    address_now = {key: st.query_params.get_all(key) for key in st.query_params}
    if query != address_now:
        st.query_params.from_dict(query)
