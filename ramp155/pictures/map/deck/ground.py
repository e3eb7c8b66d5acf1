"""The ground of the map on a page, as deck.gl layers: sea, a soft coast, land with its borders, and
a veil on the countries that are not counted.

Countries may be filled by the share of their capacity that is used.
"""

from __future__ import annotations

import pydeck as pdk

from ramp155.model.model import Model
from ramp155.pictures.map.borders import write_borders_url
from ramp155.pictures.map.colours import BASE_COLOURS, blend_use_colour


def draw_ground(model: Model, theme: str, use: dict[str, float]) -> list[pdk.Layer]:
    """Sea, a soft coast, land with its borders, and a veil on the countries that are not counted.

    Parameters
    ----------
    model : Model
        The record with its draws.
    theme : str
        "light" or "dark".
    use : dict of float
        Share (0 to 1) of its capacity that a country uses, by its code.

    Returns
    -------
    list of pdk.Layer
        From the back to the front.
    """
    colours = BASE_COLOURS[theme]
    sea = pdk.Layer(
        "PolygonLayer",
        id="sea",
        data=[{"ring": [[-120, 0], [150, 0], [150, 85], [-120, 85]]}],
        get_polygon="ring",
        get_fill_color=colours["sea"],
        stroked=False,
        pickable=False,
    )
    coast = pdk.Layer(
        "GeoJsonLayer",
        id="coast",
        data=write_borders_url(),
        filled=False,
        stroked=True,
        get_line_color=colours["shallows"],
        line_width_min_pixels=5,
        line_joint_rounded=True,
        pickable=False,
    )
    land = pdk.Layer(
        "GeoJsonLayer",
        id="land",
        data=write_borders_url(),
        filled=True,
        stroked=True,
        get_fill_color=choose_land_fill(use, theme),
        get_line_color=colours["border_line"],
        line_width_min_pixels=0.8,
        pickable=False,
        update_triggers={"getFillColor": [theme, sorted(use.items())]},
    )
    is_recorded = " || ".join(
        f"properties.iso_a2 == '{code}'" for code in model.record.countries["country"]
    )
    veil = [*colours["elsewhere"], 255]
    elsewhere = pdk.Layer(
        "GeoJsonLayer",
        id="elsewhere",
        data=write_borders_url(),
        filled=True,
        stroked=False,
        get_fill_color=f"({is_recorded}) ? [0, 0, 0, 0] : {veil}",
        pickable=False,
        update_triggers={"getFillColor": [theme]},
    )
    return [sea, coast, land, elsewhere]


def choose_land_fill(use: dict[str, float], theme: str) -> str | list[int]:
    """The land's fill: one colour, or an expression that the map evaluates for each country.

    Parameters
    ----------
    use : dict of float
        Share (0 to 1) of its capacity that a country uses, by its code.
    theme : str
        "light" or "dark".

    Returns
    -------
    str or list of int
        An expression, or red, green and blue, 0 to 255.
    """
    if not use:
        return list(BASE_COLOURS[theme]["land"])
    cases = [
        f"properties.iso_a2 == '{code}' ? {blend_use_colour(share, theme)} : "
        for code, share in use.items()
    ]
    return "".join(cases) + str(list(BASE_COLOURS[theme]["land"]))
