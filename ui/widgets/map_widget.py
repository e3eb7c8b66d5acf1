"""The map of plants with its marks, its key and the list beside it: deck.gl draws the ground, a component (v2, inline, nothing
fetched) lies over it and draws all that speaks, in step with the month slider (`ramp155/assets/plants.js`).

Chosen by measurement: docs/decisions/12-marks-over-the-map.md.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from ramp155.files.assets import join_scripts, read_asset
from ramp155.history.replay_days import FIRST_REPLAY_DAY, list_month_ends
from ramp155.history.standing.sites import STATUS_GROUPS
from ramp155.model.model import Model
from ramp155.pictures.map.borders import find_country
from ramp155.pictures.map.deck.site_deck import build_ground_deck
from ramp155.pictures.map.live.body import build_map_body
from ramp155.pictures.map.live.line_days import list_map_days
from ramp155.pictures.map.live.plant_lines import list_plant_sentences
from ramp155.pictures.map.view import MAX_ZOOM, MIN_ZOOM, MapView, find_bounds, fit_view
from ui.link.session import read_theme
from ui.widgets.months.month_slider import read_told_month

_plants_component = st.components.v2.component(
    "ramp155_plants",
    html=read_asset("plants.html"),
    css=read_asset("plants.css"),
    js=join_scripts("react.js", "plants_map.js", "plants_list.js", "plants.js"),
)

# Ground and component share one cell, the component also that of the list.
_FRAME_CSS = """<style>
.st-key-{key}_frame {{--map-height: {height}; display: grid !important; gap: 0 1.2rem;
  grid-template-columns: {columns}; grid-template-rows: minmax(var(--map-height), auto)}}
.st-key-{key}_frame > * {{grid-area: 1 / 1; min-width: 0; width: auto !important}}
.st-key-{key}_frame > :has(> .st-key-{key}_marks), .st-key-{key}_frame > .st-key-{key}_marks {{
  grid-column: 1 / -1; z-index: 2; pointer-events: none}}
.st-key-{key}_frame [data-testid=stDeckGlJsonChart] {{height: var(--map-height) !important;
  border-radius: .5rem; overflow: hidden}}
.st-key-{key}_frame.on-mark canvas {{cursor: pointer !important}}
@media (max-width: 900px) {{.st-key-{key}_frame {{grid-template-columns: minmax(0, 1fr)}}}}
@media (max-width: 640px) {{.st-key-{key}_frame {{--map-height: 400px}}}}
</style>"""


@dataclass(frozen=True)
class MapChoice:
    """What a map is asked to show: the lines that are meant, which of them are picked out, the statuses, the plant, and whether it
    is beside its list and follows the month slider.
    """

    line_ids: tuple[str, ...]
    pick: str = ""
    statuses: tuple[str, ...] = ()
    site: str = ""
    is_whole_record: bool = True
    with_list: bool = False


def show_map(
    model: Model,
    choice: MapChoice,
    key: str,
    answers: Mapping[str, Callable[[dict[str, Any]], None]],
    *,
    alt: str,
    height: str = "440px",
    use: dict[str, float] | None = None,
) -> None:
    """The map of some lines' plants, under a key of its own.

    `answers` are what clicks do, by what was clicked: `chosen` (site), `place` (lon and lat), `group` (of statuses), `pick`,
    `plant` (site). `height` is one of CSS; `use` as in `draw_ground`.
    """
    bounds = _find_bounds(model, choice)
    with st.container(key=f"{key}_frame", gap=None):
        columns = "minmax(0, 1.05fr) minmax(0, 1fr)" if choice.with_list else "minmax(0, 1fr)"
        st.html(_FRAME_CSS.format(key=key, height=height, columns=columns))
        view = _find_map_view(key, bounds)
        st.pydeck_chart(
            build_ground_deck(model, read_theme(), view, use), key=key, height=440, alt=alt
        )
        body = build_map_body(
            model,
            _list_days(model, choice),
            choice.line_ids,
            choice.pick,
            choice.statuses,
            read_theme(),
        )
        header = _write_header(model, choice, key, bounds, view, alt) | {
            "version": hashlib.md5(body).hexdigest()
        }
        all_answers: dict[str, Callable[[dict[str, Any]], None]] = {
            **answers,
            "moved": partial(_turn_map_to, key),
        }
        on_clicks: dict[str, Any] = {
            f"on_{name}_change": partial(_take_click, f"{key}_marks", name, answer)
            for name, answer in all_answers.items()
        }
        _plants_component(
            key=f"{key}_marks", data=json.dumps(header).encode() + b"\n" + body, **on_clicks
        )


def _read_month(model: Model, choice: MapChoice) -> tuple[dt.date, bool]:
    """The day a map shows at first, and whose knowledge: the month slider's where it follows one, else the record's end.

    It stays the same when the slider is let go, so that nothing is sent again.
    """
    return read_told_month() if choice.with_list else (model.record.end, False)


def _list_days(model: Model, choice: MapChoice) -> tuple[dt.date, ...]:
    """The days a map can show: one where it follows no slider."""
    day, _ = _read_month(model, choice)
    return list_map_days(model.record, day) if choice.with_list else (day,)


def _find_bounds(model: Model, choice: MapChoice) -> tuple[float, float, float, float]:
    """The box that a map is fitted to: round the plants that are meant, else round all."""
    sites = model.record.sites
    placed = sites[sites["lat"].notna()]
    if not choice.is_whole_record:
        meant_sites = model.record.full_lines.loc[list(choice.line_ids), "site_id"]
        meant = placed[placed["site_id"].isin(meant_sites)]
        placed = placed if meant.empty else meant
    return find_bounds(placed)


def _find_map_view(key: str, bounds: tuple[float, float, float, float]) -> MapView:
    """Where the map looks as far as the server knows; it turns when what is meant lies elsewhere."""
    latitude, longitude, zoom = fit_view(bounds)
    if st.session_state.get(f"{key}_bounds") != bounds:
        st.session_state[f"{key}_bounds"] = bounds
        before: MapView = st.session_state.get(f"{key}_view", MapView())
        st.session_state[f"{key}_view"] = before.at(latitude, longitude, zoom)
    view: MapView = st.session_state[f"{key}_view"]
    return view


def _write_header(
    model: Model,
    choice: MapChoice,
    key: str,
    bounds: tuple[float, float, float, float],
    view: MapView,
    alt: str,
) -> dict[str, Any]:
    """What is chosen on the map, and where it looks."""
    day, hindsight = _read_month(model, choice)
    month_ends = list_month_ends(FIRST_REPLAY_DAY, model.record.end)
    site_sentences = (
        {"site": choice.site}
        | dict(list_plant_sentences(model, list_map_days(model.record, day), choice.site))
        if choice.site and choice.with_list
        else None
    )
    return {
        "key": key,
        "list": choice.with_list,
        "follows": choice.with_list,
        "site": choice.site,
        "open": site_sentences,
        "pick": choice.pick,
        "groups": [
            words for words, group in STATUS_GROUPS.items() if set(group) <= {*choice.statuses}
        ],
        "day": day.isoformat(),
        "index": max(sum(end <= day for end in month_ends) - 1, 0),
        "hindsight": hindsight,
        "bounds": bounds,
        "whole": choice.is_whole_record,
        "fit": hashlib.md5(repr(bounds).encode()).hexdigest()[:8],
        "view": {"zoom": view.zoom, "latitude": view.latitude, "longitude": view.longitude},
        "zooms": {"least": MIN_ZOOM, "most": MAX_ZOOM},
        "alt": f"{alt}. Plus and minus zoom, arrows move, 0 shows all",
    }


def _take_click(key: str, name: str, answer: Callable[[dict[str, Any]], None]) -> None:
    """Hand on what was clicked; what a browser sends is not to be trusted to be a table."""
    clicked = st.session_state[key].get(name)
    if isinstance(clicked, dict):
        answer(clicked)


def find_clicked_country(clicked: dict[str, Any]) -> str:
    """The country that a click on the ground lies in, by its code; "" for the sea."""
    lon, lat = clicked.get("lon"), clicked.get("lat")
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return ""
    return find_country(lon, lat)


def _turn_map_to(key: str, clicked: dict[str, Any]) -> None:
    """Where a browser that cannot turn the ground itself asks for it to be."""
    numbers = [clicked.get(name) for name in ("latitude", "longitude", "zoom")]
    if all(isinstance(number, int | float) for number in numbers):
        latitude, longitude, zoom = (float(number) for number in numbers if number is not None)
        view: MapView = st.session_state[f"{key}_view"]
        st.session_state[f"{key}_view"] = view.at(
            min(max(latitude, -80.0), 80.0), min(max(longitude, -180.0), 180.0), zoom
        )
