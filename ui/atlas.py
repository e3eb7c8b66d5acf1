"""A map with its zoom buttons: where each one looks, and what a click on it does."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ramp155 import Records, maps
from ui import state

# The buttons lie over the map's corner; their names are there to be read out and in the tooltip.
_CSS = """<style>
.st-key-{key}_frame {{position: relative}}
.st-key-{key}_zoom {{position: absolute; top: .5rem; right: .5rem; width: auto !important; z-index: 5;
  gap: .25rem}}
.st-key-{key}_zoom button {{width: 2rem; min-width: 2rem; min-height: 2rem; padding: 0}}
.st-key-{key}_zoom button p {{position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%)}}
</style>"""
_STEP = 1.0


def draw(
    records: Records,
    sites: pd.DataFrame,
    key: str,
    picked: Callable[[str], None],
    *,
    alt: str,
    selected: str = "",
    home: float = maps.HOME_ZOOM,
    height: int = 425,
    use: dict[str, float] | None = None,
) -> None:
    """The map of some sites (rows of `maps.site_table`), under a key of its own.

    A click on a site calls `picked` with its id; one on a badge zooms in to the badge's sites. `home`
    is the zoom it starts and resets with, `height` is in pixels, `use` as in `maps.deck`.
    """
    view = _view(key, home)
    with st.container(key=f"{key}_frame", gap=None):
        st.html(_CSS.format(key=key))
        st.pydeck_chart(
            maps.deck(
                records,
                sites,
                state.theme(),
                selected,
                view,
                use,
                st.session_state[f"{key}_clicks"],
            ),
            key=key,
            on_select=lambda: _clicked(sites, key, picked),
            height=height,
            alt=alt,
        )
        with st.container(key=f"{key}_zoom", horizontal=True):
            _button(key, "Zoom in", "add", view.zoomed(_STEP), view.zoom >= maps.MAX_ZOOM)
            _button(key, "Zoom out", "remove", view.zoomed(-_STEP), view.zoom <= maps.MIN_ZOOM)
            at_home = maps.View(home)
            _button(
                key, "Reset the view", "home", view.at(at_home.latitude, at_home.longitude, home)
            )


def _view(key: str, home: float) -> maps.View:
    st.session_state.setdefault(f"{key}_clicks", 0)
    return st.session_state.setdefault(f"{key}_view", maps.View(home))


def _button(key: str, name: str, icon: str, view: maps.View, disabled: bool = False) -> None:
    st.button(
        name,
        key=f"{key}_{icon}",
        icon=f":material/{icon}:",
        help=name,
        disabled=disabled,
        on_click=_look,
        args=(key, view),
    )


def _look(key: str, view: maps.View) -> None:
    st.session_state[f"{key}_view"] = view


def _clicked(sites: pd.DataFrame, key: str, picked: Callable[[str], None]) -> None:
    """A click on a mark or a badge (one on the sea leaves everything alone)."""
    for layer, objects in st.session_state[key]["selection"]["objects"].items():
        if not objects:
            continue
        # The layers' next names let go of the click: nothing stays dimmed, and the same mark answers again.
        st.session_state[f"{key}_clicks"] += 1
        if layer.startswith("clusters"):
            members = sites[sites["site_id"].isin(objects[0]["members"])]
            if not members.empty:
                _look(key, maps.opening(members, st.session_state[f"{key}_view"]))
        elif layer.startswith("sites"):
            picked(objects[0]["site_id"])
