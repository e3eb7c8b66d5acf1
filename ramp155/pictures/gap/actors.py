"""The colours and names of the actors and sources that the gap and the two tracks speak of."""

from __future__ import annotations

from ramp155.pictures.palette import (
    CANADA,
    EUROPE,
    LATE,
    NATO,
    OTHER,
    RUSSIA,
    STOCK,
    UKRAINE,
    UNMET,
    US,
)

ACTOR_COLOURS = {
    "europe": EUROPE,
    "us": US,
    "canada": CANADA,
    "nato": NATO,
    "russia": RUSSIA,
    "ukraine": UKRAINE,
    "stock": STOCK,
    "other": OTHER,
    "late": LATE,
    "unmet": UNMET,
}
ACTOR_NAMES = {
    "europe": "Europe",
    "us": "US",
    "canada": "Canada",
    "nato": "NATO",
    "russia": "Russia",
    "ukraine": "Ukraine",
    "stock": "From stocks",
    "other": "Elsewhere",
    "late": "Late",
    "unmet": "Missing",
}
