"""The map of sites as a page shows it: a pydeck Deck of ground, names and marks that asks
nothing of the internet.
"""

from __future__ import annotations

import pandas as pd
import pydeck as pdk

from ramp155.model.model import Model
from ramp155.pictures.map.deck.ground import draw_ground
from ramp155.pictures.map.deck.icons import build_icon, draw_chosen_ring, draw_hair_lines
from ramp155.pictures.map.deck.labels import draw_labels
from ramp155.pictures.map.sites import find_flagged
from ramp155.pictures.map.spread import find_far_marks, spread_marks
from ramp155.pictures.map.symbols import compute_mark_size
from ramp155.pictures.map.view import HOME_VIEW, MapView, project_to_screen


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
    marks = marks.sort_values("size", ascending=False, kind="stable")  # as a map as a file has them
    towns_in_pixels = project_to_screen(marks["lat"], marks["lon"], view.zoom)
    offsets = spread_marks(towns_in_pixels, marks["size"])
    marks["offset"] = pd.Series(offsets.tolist(), index=marks.index, dtype=object)
    moved = marks[find_far_marks(offsets, marks["size"])]
    marks["note"] = marks["stands"] + ". " + marks["says"].str.capitalize()
    looks = zip(marks["status"], find_flagged(marks["marks"]), strict=True)
    icons = [build_icon(status, theme, bool(is_flagged)) for status, is_flagged in looks]
    marks["icon"] = pd.Series(icons, index=marks.index, dtype=object)
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
    tooltip = {
        "html": "<b>{name}</b><br/>{town}<br/>{note}",
        "style": {"fontFamily": "Source Sans, sans-serif", "fontSize": "14px", "maxWidth": "20rem"},
    }
    layers = [
        *draw_ground(model, theme, use or {}),
        *draw_labels(model, marks, view.zoom, selected, theme),
        draw_hair_lines(moved, theme),
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
