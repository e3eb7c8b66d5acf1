"""Colours of the map in both themes: sea, land and borders, the paper and ink of marks, the ring of
the chosen site, and the ramp from an idle to a fully used country.

Quiet, so that marks and names speak.
"""

from __future__ import annotations

from ramp155.pictures.palette import HANDLE, THEMES, adapt_colour, split_colour

# Quiet, so that marks and names speak: sea, shallow water along the coast, land, and around the record.
BASE_COLOURS: dict[str, dict[str, tuple[int, ...]]] = {
    theme: {
        name: tuple(split_colour(tones[name]))
        for name in [
            "sea",
            "shallows",
            "land",
            "elsewhere",
            "border_line",
            "country",
            "around",
            "town",
        ]
    }
    for theme, tones in THEMES.items()
}
BADGE_COLOURS = {theme: {k: tones[k] for k in ("paper", "ink")} for theme, tones in THEMES.items()}
CHOSEN_COLOURS = {
    theme: adapt_colour(theme, HANDLE) for theme in THEMES
}  # the ring of the chosen site
# From idle to full: one yellow ramp, which the blue of the marks stands out from.
IDLE_COLOUR = {theme: split_colour(tones["use_idle"]) for theme, tones in THEMES.items()}
FULL_COLOUR = {theme: split_colour(tones["use_full"]) for theme, tones in THEMES.items()}


def blend_use_colour(share: float, theme: str) -> list[int]:
    """The fill of a country that uses a share (0 to 1) of its capacity.

    Parameters
    ----------
    share : float
        Share of capacity in use, 0 to 1.
    theme : str
        "light" or "dark".

    Returns
    -------
    list of int
        Red, green and blue, 0 to 255.
    """
    ends = zip(IDLE_COLOUR[theme], FULL_COLOUR[theme], strict=True)
    return [round(idle + (full - idle) * share) for idle, full in ends]


def format_hex(colour: tuple[int, ...]) -> str:
    """A colour as charts take it.

    Parameters
    ----------
    colour : tuple of int
        Red, green and blue, 0 to 255; what follows is not read.

    Returns
    -------
    str
        #RRGGBB.
    """
    return "#" + "".join(f"{channel:02X}" for channel in colour[:3])
