"""The map of sites as a page shows it: a pydeck Deck of ground, names, badges and marks that asks
nothing of the internet.
"""

from __future__ import annotations

import pandas as pd
import pydeck as pdk

from ramp155.model.model import Model
from ramp155.pictures.map.deck.badges import build_badges
from ramp155.pictures.map.deck.ground import draw_ground
from ramp155.pictures.map.deck.icons import build_icon, draw_chosen_ring
from ramp155.pictures.map.deck.labels import draw_labels
from ramp155.pictures.map.symbols import compute_mark_offsets, compute_mark_size
from ramp155.pictures.map.view import HOME_VIEW, MapView


def build_site_deck(
    model: Model,
    sites: pd.DataFrame,
    theme: str = "light",
    selected: str = "",
    view: MapView = HOME_VIEW,
    use: dict[str, float] | None = None,
    clicks: int = 0,
) -> pdk.Deck:
    """The map of some sites. Asks nothing of the internet.

    Parameters
    ----------
    model : Model
        The record with its draws.
    sites : DataFrame
        Rows of `build_site_table`; those without a place are left out.
    theme : str
        "light" or "dark".
    selected : str
        A site's id, or "".
    view : MapView
        Where the map looks.
    use : dict of float, optional
        Share (0 to 1) of its capacity that a country uses, by its code: its fill.
    clicks : int
        How many clicks were answered so far: it renames the layers that answer to the mouse, which lets go
        of what was clicked before.

    Returns
    -------
    pdk.Deck
        The map.
    """
    marks = sites[sites["lat"].notna()].copy()
    marks["size"] = [compute_mark_size(rounds) for rounds in marks["rounds"]]
    marks["offset"] = compute_mark_offsets(marks)
    marks = marks.sort_values("size", ascending=False)  # small marks lie on top of large ones
    marks["note"] = marks["stands"] + ". " + marks["says"].str.capitalize()
    icons = [build_icon(status, theme) for status in marks["status"]]
    marks["icon"] = pd.Series(icons, index=marks.index, dtype=object)
    badges = build_badges(marks, marks["site_id"] == selected, view.zoom, theme)
    hidden = {site for badge in badges for site in badge["members"]}
    # A site in a badge keeps its row, so that rows stay in place; its mark has no size.
    marks.loc[marks["site_id"].isin(hidden), "size"] = 0
    selected_site = marks[marks["site_id"] == selected]
    click_suffix = f" {clicks}" if clicks else ""
    mark_layer = pdk.Layer(
        "IconLayer",
        id=f"sites{click_suffix}",
        data=marks.drop(columns="rounds"),
        get_icon="icon",
        get_position="[lon, lat]",
        get_size="size",
        get_pixel_offset="offset",
        size_units=pdk.types.String("pixels"),
        pickable=True,
        auto_highlight=False,
    )
    badge_layer = pdk.Layer(
        "IconLayer",
        id=f"clusters{click_suffix}",
        data=badges,
        get_icon="icon",
        get_position="[lon, lat]",
        get_size="size",
        size_units=pdk.types.String("pixels"),
        pickable=True,
    )
    tooltip = {
        "html": "<b>{name}</b><br/>{town}<br/>{note}",
        "style": {"fontFamily": "Source Sans, sans-serif", "fontSize": "14px", "maxWidth": "20rem"},
    }
    layers = [
        *draw_ground(model, theme, use or {}),
        *draw_labels(model, marks, badges, view.zoom, selected, theme),
        badge_layer,
        draw_chosen_ring(selected_site),
        mark_layer,
    ]
    # map_provider=None and no map_style: the only combination that fetches no tiles.
    return pdk.Deck(
        layers=layers,
        map_provider=None,
        initial_view_state=view.state(),
        tooltip=tooltip,
    )
