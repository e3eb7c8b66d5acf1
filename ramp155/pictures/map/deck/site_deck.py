"""The ground of the map as a page shows it: a pydeck Deck that asks nothing of the internet. Marks and names are drawn over
it (`ramp155/assets/map.js`).
"""

from __future__ import annotations

import pydeck as pdk

from ramp155.model.model import Model
from ramp155.pictures.map.deck.ground import draw_ground
from ramp155.pictures.map.view import HOME_VIEW, MapView

# What the overlay does itself, or what would turn the map.
_CONTROLS = {"dragRotate": False, "touchRotate": False, "keyboard": False, "doubleClickZoom": False}


def build_ground_deck(
    model: Model,
    theme: str = "light",
    view: MapView = HOME_VIEW,
    use: dict[str, float] | None = None,
) -> pdk.Deck:
    """The ground of the map. Asks nothing of the internet.

    Parameters
    ----------
    model : Model
        The record with its draws.
    theme : str
        "light" or "dark".
    view : MapView
        Where the map looks at first.
    use : dict of float, optional
        Share (0 to 1) of its capacity that a country uses, by its code: its fill.

    Returns
    -------
    pdk.Deck
        The map.
    """
    # map_provider=None and no map_style: the only combination that fetches no tiles.
    return pdk.Deck(
        layers=draw_ground(model, theme, use or {}),
        views=[pdk.View(type="MapView", controller=_CONTROLS)],
        map_provider=None,
        initial_view_state=view.state(),
        tooltip=False,
    )
