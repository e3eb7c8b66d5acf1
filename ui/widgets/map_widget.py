"""A map with its zoom buttons: where each one looks, and what a click on a site does."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ramp155.model.model import Model
from ramp155.pictures.map.colours import BADGE_COLOURS, BASE_COLOURS, format_hex
from ramp155.pictures.map.deck.icons import write_map_key
from ramp155.pictures.map.deck.site_deck import build_site_deck
from ramp155.pictures.map.view import HOME_ZOOM, MAX_ZOOM, MIN_ZOOM, MapView
from ui.link.session import read_theme

# The buttons lie over the map's corner; their names are there to be read out and in the tooltip.
_FRAME_CSS = """<style>
.st-key-{key}_frame {{position: relative}}
.st-key-{key}_zoom {{position: absolute; top: .5rem; right: .5rem; width: auto !important; z-index: 5;
  gap: .25rem}}
.st-key-{key}_zoom button {{width: 2rem; min-width: 2rem; min-height: 2rem; padding: 0}}
.st-key-{key}_zoom button p {{position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%)}}
.st-key-{key}_key {{position: absolute; top: .5rem; left: .5rem; width: auto !important; z-index: 5;
  pointer-events: none}}
.st-key-{key}_key .map-key {{display: flex; flex-direction: column; padding: .15rem .5rem;
  border-radius: .4rem; font-size: .8125rem; background: {ground}; color: {ink}}}
.st-key-{key}_key .map-key span {{display: inline-flex; align-items: center; gap: .25rem; white-space: nowrap}}
@media (max-width: 640px) {{
  .st-key-{key}_key {{position: static}}
  .st-key-{key}_key .map-key {{flex-flow: row wrap; gap: 0 .8rem}}
}}
</style>"""
_ZOOM_STEP = 1.0


def show_map(
    model: Model,
    sites: pd.DataFrame,
    key: str,
    on_pick: Callable[[str], None],
    *,
    alt: str,
    selected: str = "",
    home: float = HOME_ZOOM,
    height: int = 425,
    use: dict[str, float] | None = None,
) -> None:
    """The map of some sites (columns of `build_site_table`), under a key of its own.

    A click on a site calls `on_pick` with its id. `home` is the zoom it starts and resets with, `height` is in pixels, `use` as in `build_site_deck`.
    """
    view = _find_map_view(key, home)
    with st.container(key=f"{key}_frame", gap=None):
        ground = format_hex(BASE_COLOURS[read_theme()]["sea"])
        ink = BADGE_COLOURS[read_theme()][
            "ink"
        ]  # of the ground's theme, also while the page changes its own
        st.html(_FRAME_CSS.format(key=key, ground=ground, ink=ink))
        st.pydeck_chart(
            build_site_deck(
                model,
                sites,
                read_theme(),
                selected,
                view,
                use,
                st.session_state[f"{key}_clicks"],
            ),
            key=key,
            on_select=lambda: _answer_click(key, on_pick),
            height=height,
            alt=alt,
        )
        with st.container(key=f"{key}_key"):
            st.html(f'<div class="map-key">{write_map_key(read_theme())}</div>')
        with st.container(key=f"{key}_zoom", horizontal=True):
            _show_zoom_button(
                key, "Zoom in", "add", view.zoom_by(_ZOOM_STEP), view.zoom >= MAX_ZOOM
            )
            _show_zoom_button(
                key, "Zoom out", "remove", view.zoom_by(-_ZOOM_STEP), view.zoom <= MIN_ZOOM
            )
            at_home = MapView(home)
            _show_zoom_button(
                key, "Reset the view", "home", view.at(at_home.latitude, at_home.longitude, home)
            )


def _find_map_view(key: str, home: float) -> MapView:
    st.session_state.setdefault(f"{key}_clicks", 0)
    view: MapView = st.session_state.setdefault(f"{key}_view", MapView(home))
    return view


def _show_zoom_button(
    key: str, name: str, icon: str, view: MapView, disabled: bool = False
) -> None:
    st.button(
        name,
        key=f"{key}_{icon}",
        icon=f":material/{icon}:",
        help=name,
        disabled=disabled,
        on_click=_turn_map_to,
        args=(key, view),
    )


def _turn_map_to(key: str, view: MapView) -> None:
    st.session_state[f"{key}_view"] = view


def _answer_click(key: str, on_pick: Callable[[str], None]) -> None:
    """A click on a mark (one on the sea leaves everything alone)."""
    for layer, objects in st.session_state[key]["selection"]["objects"].items():
        if not objects:
            continue
        # The layers' next names let go of the click: nothing stays dimmed, and the same mark answers again.
        st.session_state[f"{key}_clicks"] += 1
        if layer.startswith("sites"):
            on_pick(objects[0]["site_id"])
