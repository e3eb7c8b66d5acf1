"""What a picture is asked of, as it is set in this session: the comparison and the terms of the Gap
page, and the whole view.

Entering a view puts it back into the session as the widgets of its page hold it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.procurement.terms import Terms
from ramp155.model.model import Model
from ramp155.model.scenario.codec import read_query
from ramp155.model.scenario.note import MOST_SOURCES, ScenarioNote
from ramp155.pictures.fields import list_view_fields, list_view_values
from ramp155.pictures.view import View
from ui.link import keys
from ui.link.fields import list_link_fields, list_session_keys
from ui.link.levers import apply_scenario, current_scenario, read_setting, reset_levers
from ui.link.session import find_session_model


def read_stored(part: str, shown: Collection[str] | None = None) -> dict[str, Any]:
    """What the session's widgets say of a part of a view (empty: the view itself), as stored and by name.

    `shown`: the session keys that count, all others being as usual; None: all.
    """
    model = find_session_model()
    link_fields = list_link_fields(model)
    return {
        name: link_fields[session_key].store_all(read_setting(session_key))
        for session_key, name in list_session_keys(model).items()
        if link_fields[session_key].part == part and (shown is None or session_key in shown)
    }


def current_comparison() -> Comparison:
    """Whose figures are compared on the gap page, and how they are counted."""
    return Comparison(**read_stored("comparison"))


def current_terms() -> Terms:
    """Demand and purchases in force on the gap page."""
    return Terms(**read_stored("terms"))


def current_view() -> View:
    """All that a picture is asked of, as it is set in this session."""
    return _build_view(None)


def find_linked_view() -> View:
    """What the link of the open page opens: its scenario, and of what pages chose only what this one shows."""
    return _build_view(st.session_state.get(keys.SHOWN_FIELDS))


def _build_view(shown: Collection[str] | None) -> View:
    return View(
        current_scenario(),
        comparison=Comparison(**read_stored("comparison", shown)),
        terms=Terms(**read_stored("terms", shown)),
        scenario_note=_build_note(shown),
        **read_stored("", shown),
    )


def _build_note(shown: Collection[str] | None) -> ScenarioNote:
    note = ScenarioNote(**read_stored("scenario_note", shown))
    return dataclasses.replace(note, sources=note.sources[:MOST_SOURCES])


def enter_view(view: View, page: str) -> None:
    """Put all that a view asks of into the session, as the widgets of its page hold it."""
    apply_scenario(view.scenario)
    model = find_session_model()
    stored = list_view_values(view, list_view_fields(model.record))
    link_fields = list_link_fields(model)
    choices: dict[str, object] = {
        session_key: link_fields[session_key].show_all(stored[name])
        for session_key, name in list_session_keys(model).items()
    }
    page_name, _, page_query = page.partition("?")
    page_values, _ = read_query(link_fields, parse_qsl(page_query), page_name)
    st.session_state.update(choices | page_values)


def reset_gap(model: Model) -> None:
    """Put every choice of the gap page back to its default, but for the view (a button's callback)."""
    for session_key, field in list_link_fields(model).items():
        if "gap" in field.pages and session_key != keys.GAP_VIEW:
            st.session_state[session_key] = field.usual
    reset_levers()
