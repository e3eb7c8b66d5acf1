"""What every page shares: the record, and the view (scenario, date, filters) that stands in the link.

Streamlit can bind a widget to the link by itself, but then drops a value it does not understand without
a word, puts labels instead of keys into the address, and forgets what belongs to another page. So the
link is read once, when a session begins, into session state; widgets keep their values there from page to
page; and each page writes what it shows back into the address.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

import ramp155
from ramp155 import dates, maps, scenario
from ramp155.outlook import DEFAULT_MONTH
from ramp155.records import ORIGINS, PRODUCTS

_FILTERS = ("country", "product", "origin", "operator", "status")
DRAWS = 200  # accepted draws behind every band on screen
FIRST_DAY = dt.date(2022, 1, 31)
RESPONSE_MONTHS = [m for m in scenario.MONTHS if m >= "2026-06" and m[-2:] in ("06", "12")]


@st.cache_resource(show_spinner="Reading the record ...")
def load() -> ramp155.Records:
    """The record, read and validated once for all sessions."""
    return ramp155.load()


def records() -> ramp155.Records:
    """The record, or a page that says which row of which table is broken. Pages call it first."""
    if PagesManager.uses_pages_directory:
        # Until app.py has run once, a server answers a link to a page by running the page's file alone,
        # for it takes a folder called pages for the navigation. Tell it otherwise and start over.
        PagesManager.uses_pages_directory = False
        st.rerun()
    try:
        return load()
    except ramp155.RecordsError as error:
        st.error("The record in `data/` breaks its own rules, so nothing can be shown from it.")
        st.code("\n".join(map(str, error.faults[:30])), language=None)
        st.stop()


def theme() -> str:
    """The word dark or light, as the browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


# --- the view -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One thing a link can carry: its default, and how its text is read (ValueError if it cannot).

    `many`: the name may stand several times, and the value is a list.
    """

    default: object
    read: Callable[[str], object]
    many: bool = False


def _one_of(options: list[str], what: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in options:
            raise ValueError(f"no such {what} is in the record")
        return text

    return read


def _day(end: dt.date) -> Callable[[str], dt.date]:
    def read(text: str) -> dt.date:
        try:
            day = dates.last_day(text)
        except ValueError:
            raise ValueError("a date like 2025-06-30 was expected") from None
        if not FIRST_DAY <= day <= end:
            raise ValueError(f"the record runs from {FIRST_DAY} to {end}")
        return day

    return read


def parts(records: ramp155.Records) -> dict[str, Part]:
    """Every part of a link that is not a lever."""
    sites = records.sites
    choice = {
        "country": sorted(set(sites["country"])),
        "product": list(PRODUCTS),
        "origin": list(ORIGINS),
        "operator": sorted(set(sites["operator"])),
        "status": list(maps.LEADING),
    }
    found = {k: Part([], _one_of(choice[k], k), many=True) for k in _FILTERS}
    found["site"] = Part(None, _one_of(list(sites["site_id"]), "site"))
    found["made"] = Part("round", _one_of([*PRODUCTS, "all"], "product"))
    found["as_of"] = Part(records.end, _day(records.end))
    found["month"] = Part(
        DEFAULT_MONTH, _one_of(RESPONSE_MONTHS, "month (June or December from 2026-06)")
    )
    return found


def open_link(records: ramp155.Records) -> None:
    """Read the link into session state, once a session; later only fill in what is missing.

    What could not be understood is shown in a line each, until it is acknowledged.
    """
    known = parts(records)
    for key, value in st.session_state.get("view", {}).items():
        # Streamlit forgets a widget's value when a page does not show the widget.
        st.session_state.setdefault(key, value)
    if "link_notes" not in st.session_state:
        query = [(key, text) for key in st.query_params for text in st.query_params.get_all(key)]
        found, notes = scenario.from_query(query)
        _set_scenario(found)
        for key, text in query:
            if key not in known:
                continue
            part = known[key]
            try:
                value = part.read(text)
            except ValueError as error:
                notes.append(f"The link says {key}={text}: {error}, so it is ignored.")
            else:
                st.session_state[key] = (
                    [*st.session_state.get(key, []), value] if part.many else value
                )
        unknown = [k for k, _ in query if k not in known and k not in lever_keys()]
        notes += [f"The link says {k}: this is not known here, so it is ignored." for k in unknown]
        st.session_state["link_notes"] = notes
    for key, part in known.items():
        st.session_state.setdefault(key, list(part.default) if part.many else part.default)
    _keep()
    _show_notes()


def _keep() -> None:
    """Copy the view to where no widget owns it."""
    keys = [*lever_keys(), "site", "made", "as_of", "month", *_FILTERS]
    st.session_state["view"] = {key: st.session_state[key] for key in keys}


def _show_notes() -> None:
    notes = st.session_state["link_notes"]
    if notes:
        words, button = st.columns([8, 1], vertical_alignment="center")
        words.warning("  \n".join(notes))
        button.button("Got it", key="link_notes_seen", on_click=notes.clear)


def write_link(records: ramp155.Records, *shown: str) -> None:
    """Put the scenario and the named parts into the address; defaults are left out."""
    _keep()
    query: dict[str, list[str]] = {}
    for key, text in scenario.to_query(current()):
        query.setdefault(key, []).append(text)
    known = parts(records)
    for key in shown:
        value = st.session_state.get(key)
        if value and value != known[key].default:
            query[key] = [str(v) for v in value] if known[key].many else [str(value)]
    now = {key: st.query_params.get_all(key) for key in st.query_params}
    if query != now:
        st.query_params.from_dict(query)


def lever_keys() -> list[str]:
    """The names of every lever in a link and in session state."""
    return [lever.key for lever in scenario.LEVERS] + ["start", "also"]


def current() -> scenario.Scenario:
    """The scenario in force, from the levers' session state."""
    values: dict[str, object] = {
        "start": st.session_state["start"],
        "also": tuple(st.session_state["also"]),
    }
    for lever in scenario.LEVERS:
        value = st.session_state[lever.key]
        values[lever.name] = int(value) if lever.unit == "months" else value / lever.scale
    return scenario.Scenario(**values)


def _set_scenario(found: scenario.Scenario) -> None:
    for lever in scenario.LEVERS:
        st.session_state[lever.key] = round(getattr(found, lever.name) * lever.scale)
    st.session_state["start"] = found.start
    st.session_state["also"] = list(found.also)


def reset() -> None:
    """Put every lever back to the baseline (a button's callback)."""
    _set_scenario(scenario.Scenario())
