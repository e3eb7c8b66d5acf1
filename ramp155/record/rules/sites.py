"""Rules of places: in Europe, no finer than a town, and in the country that is given."""

from __future__ import annotations

import re

from ramp155.record.faults import Fault, shorten
from ramp155.record.read import Tables
from ramp155.record.rules.columns import parse_number

LATITUDES, LONGITUDES = (34.0, 72.0), (-12.0, 46.0)  # degrees, what counts as Europe
MOST_DECIMALS = 2  # of a degree: about a kilometre
_PLACE = re.compile(r"-?[0-9]{1,2}\.[0-9]{3,}\W{1,4}(?:[NSEW]\W{0,3})?-?[0-9]{1,3}\.[0-9]{3,}")
_TEXTS = (
    ("sites", ("name", "operator", "town", "note")),
    ("lines", ("title", "note")),
    ("events", ("basis",)),
    ("claims", ("basis",)),
)


def find_exact_places(tables: Tables) -> list[Fault]:
    """Texts that give a place more exactly than its town."""
    return [
        Fault(f"{name}.csv", line, column, "gives a place more exactly than its town")
        for name, columns in _TEXTS
        for column in columns
        if _PLACE.search("\n".join(tables[name][column]))  # one search where there is none
        for line, cell in zip(tables[name].lines, tables[name][column], strict=True)
        if _PLACE.search(cell)
    ]


def find_misplaced_sites(tables: Tables) -> list[Fault]:
    """Coordinates that are half given, outside Europe, without a town or too fine."""
    sites = tables["sites"]
    faults = []
    for line, lat, lon, town in zip(
        sites.lines, sites["lat"], sites["lon"], sites["town"], strict=True
    ):
        faults += [
            Fault("sites.csv", line, column, message)
            for column, message in _place_faults(lat, lon, town)
        ]
    return faults


def is_in_europe(north: float, east: float) -> bool:
    """Whether a place lies in the box of the record.

    Parameters
    ----------
    north, east : float
        Degrees.
    """
    return LATITUDES[0] <= north <= LATITUDES[1] and LONGITUDES[0] <= east <= LONGITUDES[1]


def _place_faults(lat: str, lon: str, town: str) -> list[tuple[str, str]]:
    """(column, message) of what is wrong with one site's place."""
    if (lat == "") != (lon == ""):
        return [("lat", "latitude and longitude go together")]
    north, east = parse_number(lat), parse_number(lon)
    if north is None or east is None:
        return []
    faults = []
    if town == "":
        faults.append(("town", "a place on the map needs its town"))
    if not is_in_europe(north, east):
        hint = "; latitude and longitude look swapped" if is_in_europe(east, north) else ""
        faults.append(("lat", f"{shorten(lat)}, {shorten(lon)} lies outside Europe{hint}"))
    faults += [
        (column, f"{shorten(cell)} is finer than two decimals: give the town's centre only")
        for column, cell in (("lat", lat), ("lon", lon))
        if len(cell.partition(".")[2]) > MOST_DECIMALS
    ]
    return faults
