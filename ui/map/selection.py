"""What clicks on the Map page choose: a plant, a country, statuses, or what opened, is late or is next."""

from __future__ import annotations

import dataclasses
from typing import Any

import streamlit as st

from ramp155.history.standing.sites import STATUS_GROUPS
from ramp155.model.model import Model
from ramp155.pictures.map.live.site_days import PICKS
from ramp155.pictures.plants.lines import filter_lines
from ui.link import keys
from ui.link.address import ask_for_plant
from ui.link.view import current_view
from ui.widgets.map_widget import MapChoice, find_clicked_country


def find_choice(model: Model) -> MapChoice:
    """What the map is asked to show."""
    view = dataclasses.replace(current_view(), late_only=False)
    meant_lines = filter_lines(model.record, model.record.lines, view)
    return MapChoice(
        tuple(meant_lines["line_id"]),
        "late" if st.session_state[keys.LATE] else st.session_state[keys.PICK],
        tuple(st.session_state[keys.STATUS]),
        st.session_state[keys.SITE] or "",
        is_whole_record=len(meant_lines) == len(model.record.lines),
        with_list=True,
    )


def choose_site(model: Model, clicked: dict[str, Any]) -> None:
    """A click on a mark or a row chooses the plant; on the one that is open lets go of it."""
    site_id = clicked.get("site")
    is_known = site_id in set(model.record.sites["site_id"])
    st.session_state[keys.SITE] = site_id if is_known else None


def choose_country(model: Model, clicked: dict[str, Any]) -> None:
    """A click on a country adds it to those that are shown, or takes it away; one on the sea does nothing."""
    country = find_clicked_country(clicked)
    if country not in set(model.record.sites["country"]):
        return
    countries = [*st.session_state[keys.COUNTRY]]
    if country in countries:
        countries.remove(country)
    else:
        countries.append(country)
    st.session_state[keys.COUNTRY] = countries


def choose_group(clicked: dict[str, Any]) -> None:
    """A click on an entry of the key shows only those plants, or all again."""
    group = STATUS_GROUPS.get(str(clicked.get("group")), ())
    chosen = [*st.session_state[keys.STATUS]]
    if set(group) <= {*chosen}:
        st.session_state[keys.STATUS] = [status for status in chosen if status not in group]
    else:
        st.session_state[keys.STATUS] = [*dict.fromkeys([*chosen, *group])]


def choose_pick(clicked: dict[str, Any]) -> None:
    """A click on a sentence shows what it counts, of the statuses that are chosen."""
    pick = clicked.get("pick")
    if pick not in PICKS:
        return
    st.session_state[keys.LATE] = pick == "late"
    st.session_state[keys.PICK] = "" if pick == "late" else pick


def open_plant(model: Model, clicked: dict[str, Any]) -> None:
    """The way to a plant's page from its open row."""
    choose_site(model, clicked)
    ask_for_plant(set(model.record.sites["site_id"]), clicked.get("site"))
