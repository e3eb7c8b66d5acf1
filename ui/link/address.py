"""The browser's address: read into session state when a page is opened, and written back with what
the page shows.

Streamlit can bind a widget to the link by itself, but then drops a value it does not understand
without a word, puts labels instead of keys into the address, and forgets what belongs to another
page. So each page reads the address when it is opened, keeps the view in session state apart from
the widgets, and writes back what it shows; defaults are left out.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ramp155.base.foreign_text import cut_foreign_text
from ramp155.model.coefficients.edits import check_edits
from ramp155.model.model import Model
from ramp155.model.scenario.codec import read_query, read_scenario_query, write_scenario_query
from ramp155.model.scenario.field import find_field
from ui.link import keys
from ui.link.fields import SCENARIO_LINK_FIELDS, list_defaults, list_link_fields
from ui.link.levers import current_scenario, list_lever_values, read_setting
from ui.link.notices import (
    show_changed_notice,
    show_link_notes,
    show_older_notice,
    show_own_notice,
    show_return_notice,
)
from ui.link.origin import write_origin

_PLANT_PAGE = "../pages/plant.py"
_VIEW_KEYS = (keys.GAP_VIEW, keys.EVIDENCE_VIEW, keys.PANEL)  # which view of a page is shown


def open_link(model: Model, page: str) -> None:
    """Bring the view into session state, where the widgets of a page find it.

    On a page's first run that is what other pages left, overlaid with what the address says; what of
    it was not understood is shown in a line each until acknowledged. Streamlit forgets a widget's
    value when its page is left, so the view is kept apart from the widgets. When a page turns to another
    of its views, all is set anew: of a value that was set before the run that draws its widget, Streamlit
    does not tell the browser. Where the browser stepped back or forward, the address says what was set
    when that page was shown: what it leaves out was at its default.
    """
    is_stepped = _is_history_step()
    if st.session_state.get(keys.PAGE) != page or is_stepped:
        st.session_state[keys.PAGE] = page
        st.session_state[keys.VISIT] = st.session_state.get(keys.VISIT, 0) + 1
        link_values = st.session_state.get(keys.KEPT_VIEW) or list_defaults(model)
        if is_stepped:
            link_values |= _list_addressed_defaults(model)
        notes = _overlay_address(link_values, model)
        st.session_state.setdefault(keys.LINK_NOTES, []).extend(notes)
        st.session_state[keys.KEPT_VIEW] = link_values
        for key, setting in link_values.items():
            st.session_state[key] = setting
    views = [st.session_state.get(key) for key in _VIEW_KEYS]
    is_turned = st.session_state.get(keys.SHOWN_VIEWS) != views
    st.session_state[keys.SHOWN_VIEWS] = views
    for key in st.session_state[keys.KEPT_VIEW]:
        if is_turned or key not in st.session_state:
            st.session_state[key] = read_setting(key)
    keep_view(model)
    if page == find_page_name():  # an audience is not told
        show_changed_notice()
    show_own_notice(model)
    show_older_notice(model)
    show_return_notice(model)
    show_link_notes()


def _is_history_step() -> bool:
    """Whether this run was asked for by the browser's back or forward."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _list_addressed_defaults(model: Model) -> dict[str, object]:
    """The defaults of what the address of the open page holds, as far as the session has seen it written."""
    defaults = list_defaults(model)
    written = st.session_state.get(keys.WRITTEN_FIELDS, {}).get(find_page_name(), set())
    return {key: defaults[key] for key in [*SCENARIO_LINK_FIELDS, *written]}


def _overlay_address(link_values: dict[str, object], model: Model) -> list[str]:
    """Put what the address says into the view; returns what was not understood."""
    fields = list_link_fields(model)
    query = [(key, text) for key in st.query_params for text in st.query_params.get_all(key)]
    query_keys = {key for key, _ in query}
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
            if lever_key in query_keys
        }
    )
    page = find_page_name()
    old_keys = {key for field in fields.values() for key in field.old_keys}
    # Old keys come first, so that what a link says under a key in use counts.
    ordered_query = sorted(query, key=lambda part: (part[0] not in old_keys, part[0]))
    stored, field_notes = read_query(fields, ordered_query, page)
    link_values.update(
        {
            session_key: fields[session_key].show_all(stored_choice)
            for session_key, stored_choice in stored.items()
        }
    )
    unknown_keys = sorted(
        key for key in query_keys - set(SCENARIO_LINK_FIELDS) if not find_field(fields, key, page)
    )
    unknown_notes = [
        f"The link says {cut_foreign_text(key)}: this is not known here, so it is ignored."
        for key in unknown_keys
    ]
    return [*notes, *field_notes, *unknown_notes]


def find_page_name() -> str:
    """The page that is open, also where it is presented."""
    return str(st.session_state[keys.PAGE]).removeprefix("present ")


def keep_view(model: Model) -> None:
    """Copy the view to where no widget owns it."""
    session_keys = [*SCENARIO_LINK_FIELDS, *list_link_fields(model)]
    st.session_state[keys.KEPT_VIEW] = {key: read_setting(key) for key in session_keys}


def write_link(model: Model, *shown_keys: str) -> None:
    """Put the scenario and the named parts (by session key) into the address; defaults are left out.

    Of two parts with one key in links, that of the open page stands.
    """
    keep_view(model)
    written = st.session_state.setdefault(keys.WRITTEN_FIELDS, {})
    written.setdefault(find_page_name(), set()).update(shown_keys)
    st.session_state[keys.SHOWN_FIELDS] = shown_keys
    query: dict[str, list[str]] = {}
    for key, text in write_scenario_query(current_scenario()):
        query.setdefault(key, []).append(text)
    if keys.MADE_WITH in shown_keys and query and not st.session_state[keys.MADE_WITH]:
        query[keys.MADE_WITH] = [write_origin(model)]
    fields, page = list_link_fields(model), find_page_name()
    for session_key in shown_keys:
        field = fields[session_key]
        choice = read_setting(session_key)
        if choice is None or find_field(fields, field.key, page) != (session_key, field):
            continue
        texts = field.write_all(field.store_all(choice))
        if texts:
            query[field.key] = texts
    address_now = {key: st.query_params.get_all(key) for key in st.query_params}
    if query != address_now:
        st.query_params.from_dict(query)


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
