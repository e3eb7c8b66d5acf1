"""The map: sites at their town's centre, on borders served by the app itself.

Never a facility's own place: two decimals of the municipality, and nothing finer.
"""

from __future__ import annotations

import base64
import json
import math
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pydeck as pdk
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

from ramp155 import capacity, ensemble, palette
from ramp155.records import Records

LAND_URL = "app/static/land.geojson"
LAND_FILE = Path(__file__).resolve().parent.parent / "static" / "land.geojson"
# The glyph stands in lists and filters for the mark drawn on the map.
GLYPHS = {
    "announced": "○",
    "construction": "▲",
    "commissioning": "◆",
    "ramping": "●",
    "full rate": "★",
    "operating": "■",
    "suspended": "‖",
    "cancelled": "⊗",
    "not yet reported": "·",
}
_COLOURS = {theme: palette.status(theme) for theme in palette.THEMES}
# Quiet, so that marks and names speak: sea, shallow water along the coast, land, and around the record.
BASE: dict[str, dict[str, tuple[int, ...]]] = {
    theme: {
        name: tuple(palette.rgb(tones[name]))
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
    for theme, tones in palette.THEMES.items()
}
BADGE = {theme: {k: tones[k] for k in ("paper", "ink")} for theme, tones in palette.THEMES.items()}
CHOSEN = palette.rgb(palette.HANDLE)  # the ring of the chosen site
# From idle to full: one orange ramp, which the blue of the marks stands out from.
_IDLE = {theme: palette.rgb(tones["use_idle"]) for theme, tones in palette.THEMES.items()}
_FULL = {theme: palette.rgb(tones["use_full"]) for theme, tones in palette.THEMES.items()}

HOME_ZOOM, MIN_ZOOM, MAX_ZOOM = 2.75, 2.0, 8.0
TOWNS_FROM = 3.5  # the zoom from which towns are named
APART = 24.0  # pixels between marks, else they are one badge
_FIELD = 300.0  # pixels that are surely in sight around the centre
_SHORT = {"Bosnia and Herzegovina": "Bosnia"}
# Countries that are no part of the record and help to find one's way: name, degrees north and east.
_AROUND = [
    ("Austria", 47.6, 14.3),
    ("Ireland", 53.2, -8.0),
    ("Belarus", 53.5, 28.0),
    ("Moldova", 47.1, 28.7),
    ("Russia", 56.0, 39.0),
    ("Kosovo", 42.6, 20.9),
    ("Cyprus", 35.0, 33.1),
    ("Georgia", 42.1, 43.5),
    ("Algeria", 34.0, 3.0),
    ("Tunisia", 34.2, 9.5),
    ("Morocco", 33.0, -6.0),
    ("Syria", 35.0, 38.5),
]
# Where else a name is tried, as shares of how far it may move: nearest first.
_TRIES = np.array(
    [(0.0, 0.0)]
    + [
        (r * math.cos(a), r * math.sin(a))
        for r in (0.25, 0.5, 0.75, 1.0)
        for a in (k * math.pi / 6 for k in (3, 9, 0, 6, 2, 4, 8, 10, 1, 5, 7, 11))
    ]
)
# Where a site has lines of several statuses, the one that says most about new output is drawn.
LEADING = [
    "full rate",
    "ramping",
    "commissioning",
    "construction",
    "announced",
    "operating",
    "suspended",
    "cancelled",
]
_SHAPES = {
    "announced": '<circle cx="32" cy="32" r="22" fill="{paper}" fill-opacity=".92" stroke="{ink}" stroke-width="9"/>',
    "construction": '<path d="M32 8 58 54H6Z" fill="{ink}" stroke="{paper}" stroke-width="4"/>',
    "commissioning": '<path d="M32 4 60 32 32 60 4 32Z" fill="{ink}" stroke="{paper}" stroke-width="4"/>',
    "ramping": '<circle cx="32" cy="32" r="26" fill="{ink}" stroke="{paper}" stroke-width="4"/>',
    "full rate": '<path d="m32 3 8.6 19.6 21.3 2-16 14.1 4.700 20.900L32 48.600 13.400 59.600l4.700-20.900-16-14.100 21.300-2Z" fill="{ink}" stroke="{paper}" stroke-width="3"/>',
    "operating": '<rect x="9" y="9" width="46" height="46" fill="{ink}" stroke="{paper}" stroke-width="4"/>',
    "suspended": '<rect x="12" y="8" width="15" height="48" fill="{ink}" stroke="{paper}" stroke-width="3"/><rect x="37" y="8" width="15" height="48" fill="{ink}" stroke="{paper}" stroke-width="3"/>',
    "cancelled": '<circle cx="32" cy="32" r="22" fill="{paper}" fill-opacity=".92" stroke="{ink}" stroke-width="7"/><path d="M18 18 46 46M46 18 18 46" stroke="{ink}" stroke-width="7"/>',
}
# The same shapes as Vega symbols: paths in a square from -1 to 1.
_ROUND = "M-{r},0A{r},{r},0,1,1,{r},0A{r},{r},0,1,1,-{r},0Z"
_SYMBOLS = {
    "announced": _ROUND.format(r=0.69),
    "construction": "M0,-.75L.81,.69H-.81Z",
    "commissioning": "M0,-.88L.88,0L0,.88L-.88,0Z",
    "ramping": _ROUND.format(r=0.81),
    "full rate": "M0,-.91L.27,-.29L.93,-.23L.43,.21L.58,.87L0,.52L-.58,.87L-.43,.21L-.93,-.23L-.27,-.29Z",
    "operating": "M-.72,-.72H.72V.72H-.72Z",
    "suspended": "M-.62,-.75H-.16V.75H-.62ZM.16,-.75H.62V.75H.16Z",
    "cancelled": _ROUND.format(r=0.69) + "M-.44,-.44L.44,.44M.44,-.44L-.44,.44",
}
_SMALLEST, _LARGEST = 13.0, 36.0  # pixels


@lru_cache(maxsize=4)
def rounds_factor(records: Records) -> dict[str, float]:
    """Rounds one unit of each product is enough for at central coefficients: what sizes compare by."""
    need = capacity.needs(records, ensemble.central(records))
    product = records.stages.set_index("stage")["product"]
    return {product[s]: 1 / float(n[0]) for s, n in need.items() if product.get(s)}


def site_table(records: Records, lines: pd.DataFrame) -> pd.DataFrame:
    """One row a site from a table of lines with their status (as `timeline.status` gives it).

    Columns: site_id, name, operator, country, town, lat, lon, status (the leading one), lines (how
    many), rounds (the largest of its lines' latest rate, made or else promised, in the rounds a year
    it is enough for; NaN where none is reported), products.
    """
    factor = rounds_factor(records)
    shown = lines[lines["status"] != "not yet reported"].copy()
    rate = shown["last_rate"].fillna(shown["target_rate"])
    shown["rounds"] = rate * shown["product"].map(factor).astype(float)
    shown["rank"] = shown["status"].map(LEADING.index)
    leading = shown.sort_values("rank").drop_duplicates("site_id").set_index("site_id")["status"]
    grouped = shown.groupby("site_id")
    table = pd.DataFrame(
        {
            "status": leading,
            "lines": grouped.size(),
            "rounds": grouped["rounds"].max(),
            "products": grouped["product"].agg(lambda p: ", ".join(sorted(set(p)))),
        }
    )
    sites = records.sites[["site_id", "name", "operator", "country", "town", "lat", "lon"]].copy()
    mine = shown.loc[shown["line_id"].isin(records.own_lines), "site_id"]
    sites.loc[sites["site_id"].isin(mine), "name"] += " (your data)"
    return sites.merge(table, left_on="site_id", right_index=True, how="inner")


@dataclass(frozen=True)
class View:
    """Where a map looks: zoom (as deck.gl counts: the world is 512 px wide at 0) and centre in degrees.

    A browser takes over only what differs from the view it was sent before, so every move adds a
    hair (1e-9) to what it sets: otherwise a reset after a drag would change nothing.
    """

    zoom: float = HOME_ZOOM
    latitude: float = 51.5
    longitude: float = 14.0
    moves: int = 0
    centred: int = 0

    def zoomed(self, step: float) -> View:
        """Closer (or further) by a step; the centre stays wherever it was dragged to."""
        zoom = min(max(self.zoom + step, MIN_ZOOM), MAX_ZOOM)
        return replace(self, zoom=zoom, moves=self.moves + 1)

    def at(self, latitude: float, longitude: float, zoom: float) -> View:
        """Centred on a place in degrees."""
        moves = self.moves + 1
        return View(min(max(zoom, MIN_ZOOM), MAX_ZOOM), latitude, longitude, moves, moves)

    def state(self) -> pdk.ViewState:
        """As deck.gl takes it."""
        hair = 1e-9
        return pdk.ViewState(
            latitude=self.latitude + self.centred * hair,
            longitude=self.longitude + self.centred * hair,
            zoom=self.zoom + self.moves * hair,
            min_zoom=MIN_ZOOM,
            max_zoom=MAX_ZOOM,
        )


HOME = View()


def on_screen(lat: np.ndarray, lon: np.ndarray, zoom: float) -> np.ndarray:
    """Pixels (n x 2: right, down) of places in degrees in Web Mercator at a zoom."""
    world = 512 * 2.0**zoom
    up = np.arctanh(np.sin(np.radians(np.asarray(lat, dtype=float))))
    across = np.asarray(lon, dtype=float) / 360
    return world * np.column_stack([across, -up / (2 * np.pi)])


def clusters(placed: pd.DataFrame, zoom: float, apart: float = APART) -> np.ndarray:
    """The cluster (0, 1, ...) of each site, so that none stand closer than `apart` pixels at a zoom.

    `placed` are rows of `site_table` with a place. The two nearest centres are put together until all
    are apart; sites of one town are always together. Whatever the rows' order, the same sites meet.
    """
    towns, town_of = np.unique(placed[["lat", "lon"]].to_numpy(float), axis=0, return_inverse=True)
    town_of = town_of.ravel()
    if len(towns) < 2:
        return np.zeros(len(placed), dtype=int)
    steps = linkage(on_screen(towns[:, 0], towns[:, 1], zoom), "centroid")
    far = np.flatnonzero(steps[:, 2] >= apart)
    taken = far[0] if len(far) else len(steps)
    # Cut by the order of the steps: the distances of centres need not rise from step to step.
    steps[:, 2] = np.arange(len(steps))
    found = fcluster(steps, taken - 0.5, "distance")
    return np.unique(found[town_of], return_inverse=True)[1].ravel()


def opening(placed: pd.DataFrame, view: View) -> View:
    """The view in which the sites of a cluster (rows of `site_table`) come apart and are all in sight."""
    lat, lon = placed["lat"].to_numpy(float), placed["lon"].to_numpy(float)
    at_0 = on_screen(lat, lon, 0)
    low, high = at_0.min(axis=0), at_0.max(axis=0)
    fits = math.log2(_FIELD / max(float((high - low).max()), 1e-6))
    apart = float(pdist(np.unique(at_0, axis=0)).min()) if (high > low).any() else _FIELD
    opens = math.log2(APART * 1.1 / apart)
    middle = (low + high) / 2
    up = -middle[1] / 512 * 2 * math.pi
    return view.at(
        math.degrees(math.asin(math.tanh(up))),
        float(middle[0]) / 512 * 360,
        min(fits, max(opens, view.zoom + 1)),
    )


def deck(
    records: Records,
    sites: pd.DataFrame,
    theme: str = "light",
    selected: str = "",
    view: View = HOME,
    use: dict[str, float] | None = None,
    clicks: int = 0,
) -> pdk.Deck:
    """The map of some sites (rows of `site_table` that have a place). Asks nothing of the internet.

    `use` fills countries by the share of their capacity that is used (country -> 0 to 1). `clicks`
    renames the layers that answer to the mouse, which lets go of what was clicked before.
    """
    placed = sites[sites["lat"].notna()].copy()
    placed["size"] = [_size(rounds) for rounds in placed["rounds"]]
    placed["offset"] = _offsets(placed)
    placed = placed.sort_values("size", ascending=False)  # small marks lie on top of large ones
    placed["says"] = [says(r) for r in placed["rounds"]]
    placed["note"] = placed["status"] + ", " + placed["says"]
    placed["icon"] = [_icon(status, theme) for status in placed["status"]]
    badges = _badges(placed, placed["site_id"] == selected, view.zoom, theme)
    hidden = {site for badge in badges for site in badge["members"]}
    # A site in a badge keeps its row, so that rows stay in place; its mark has no size.
    placed.loc[placed["site_id"].isin(hidden), "size"] = 0
    chosen = placed[placed["site_id"] == selected]
    call = f" {clicks}" if clicks else ""
    marks = pdk.Layer(
        "IconLayer",
        id=f"sites{call}",
        data=placed.drop(columns="rounds"),
        get_icon="icon",
        get_position="[lon, lat]",
        get_size="size",
        get_pixel_offset="offset",
        size_units=pdk.types.String("pixels"),
        pickable=True,
        auto_highlight=False,
    )
    counts = pdk.Layer(
        "IconLayer",
        id=f"clusters{call}",
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
        *_base(records, theme, use or {}),
        *_labels(records, placed, badges, view.zoom, selected, theme),
        counts,
        _ring(chosen),
        marks,
    ]
    # map_provider=None and no map_style: the only combination that fetches no tiles.
    return pdk.Deck(
        layers=layers,
        map_provider=None,
        initial_view_state=view.state(),
        tooltip=tooltip,
    )


def says(rounds: float) -> str:
    """What a site's rounds a year (NaN where unknown) read like."""
    return "no rate reported" if math.isnan(rounds) else f"enough for {rounds:,.0f} rounds a year"


def _base(records: Records, theme: str, use: dict[str, float]) -> list[pdk.Layer]:
    """Sea, a soft coast, land with its borders, and a veil on the countries that are not counted."""
    colours = BASE[theme]
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
        data=LAND_URL,
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
        data=LAND_URL,
        filled=True,
        stroked=True,
        get_fill_color=_fill(use, theme),
        get_line_color=colours["border_line"],
        line_width_min_pixels=0.8,
        pickable=False,
        update_triggers={"getFillColor": [theme, sorted(use.items())]},
    )
    told = " || ".join(f"properties.iso_a2 == '{c}'" for c in records.countries["country"])
    veil = [*colours["elsewhere"], 255]
    elsewhere = pdk.Layer(
        "GeoJsonLayer",
        id="elsewhere",
        data=LAND_URL,
        filled=True,
        stroked=False,
        get_fill_color=f"({told}) ? [0, 0, 0, 0] : {veil}",
        pickable=False,
        update_triggers={"getFillColor": [theme]},
    )
    return [sea, coast, land, elsewhere]


def _ring(chosen: pd.DataFrame) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer",
        id="chosen",
        data=chosen[["lon", "lat"]],
        get_position="[lon, lat]",
        get_radius=1,
        radius_min_pixels=24,
        radius_max_pixels=24,
        filled=False,
        stroked=True,
        line_width_min_pixels=3,
        get_line_color=CHOSEN,
        pickable=False,
    )


def use_colour(share: float, theme: str) -> list[int]:
    """The fill of a country that uses a share (0 to 1) of its capacity."""
    ends = zip(_IDLE[theme], _FULL[theme], strict=True)
    return [round(a + (b - a) * share) for a, b in ends]


def _fill(use: dict[str, float], theme: str) -> str | list[int]:
    """The land's fill: one colour, or an expression that the map evaluates for each country."""
    if not use:
        return list(BASE[theme]["land"])
    cases = [f"properties.iso_a2 == '{c}' ? {use_colour(u, theme)} : " for c, u in use.items()]
    return "".join(cases) + str(list(BASE[theme]["land"]))


# --- names --------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _land() -> list[dict]:
    """The features of static/land.geojson (WGS 84 multipolygons with iso_a2 and name)."""
    return json.loads(LAND_FILE.read_text(encoding="utf-8"))["features"]


@lru_cache(maxsize=1)
def _areas() -> dict[str, float]:
    """Name -> area of its country as drawn, as a share of the globe's."""
    found = {}
    for feature in _land():
        total = 0.0
        for polygon in feature["geometry"]["coordinates"]:
            lon, lat = np.radians(np.array(polygon[0])).T
            high = np.sin(lat)
            total += abs(float(np.sum(lon[:-1] * high[1:] - lon[1:] * high[:-1]))) / 2
        found[feature["properties"]["name"]] = total / (4 * math.pi)
    return found


@lru_cache(maxsize=4)
def country_names(records: Records) -> pd.DataFrame:
    """Names of countries to write on a map, the most important first.

    Columns: name, lat, lon (degrees), told (in the record, or only around it), area (share of the
    globe), priority (1000 for the first, and falling: larger countries first, those told before others).
    """
    told = records.countries[["country", "name", "label_lat", "label_lon"]]
    told = told.set_axis(["country", "name", "lat", "lon"], axis=1).assign(told=True)
    told["area"] = told["name"].map(_areas()).fillna(0.0)
    told["name"] = told["name"].replace(_SHORT)
    around = pd.DataFrame(_AROUND, columns=["name", "lat", "lon"]).assign(told=False, country="")
    around["area"] = around["name"].map(_areas()).fillna(0.0)
    names = pd.concat([told, around], ignore_index=True)
    busy = names["country"].isin(records.sites["country"])
    names["weight"] = np.sqrt(names["area"]) * np.where(busy, 1.6, np.where(names["told"], 1, 0.4))
    names = names.sort_values(["weight", "name"], ascending=[False, True], ignore_index=True)
    names["priority"] = 1000 - 10 * np.arange(len(names))
    return names.drop(columns=["weight", "country"])


def place(
    at: np.ndarray,
    widths: np.ndarray,
    height: float,
    reach: np.ndarray,
    taken: np.ndarray,
    move: bool = True,
) -> np.ndarray:
    """Where names can be written without touching each other or anything else, by order of importance.

    at: their usual centres (n x 2, pixels); widths (n) and height of the writing; reach: how far (n,
    pixels) a name may move; taken: boxes (m x 4: left, top, right, bottom) to keep clear of; move: whether to try elsewhere. Returns
    centres (n x 2), NaN where there is no room.
    """
    boxes = [tuple(box) for box in np.asarray(taken, dtype=float).reshape(-1, 4)]
    found = np.full((len(at), 2), np.nan)
    for i, (x, y) in enumerate(at):
        half = widths[i] / 2
        room = np.array(boxes).reshape(-1, 4)
        for dx, dy in (_TRIES if move else _TRIES[:1]) * reach[i]:
            cx, cy = x + dx, y + dy
            box = (cx - half, cy - height / 2, cx + half, cy + height / 2)
            clear = (
                (room[:, 2] <= box[0])
                | (room[:, 0] >= box[2])
                | (room[:, 3] <= box[1])
                | (room[:, 1] >= box[3])
            )
            if clear.all():
                found[i] = cx, cy
                boxes.append(box)
                break
    return found


def _boxes(at: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Boxes (n x 4) round marks of some sizes in pixels."""
    half = np.asarray(sizes, dtype=float)[:, None] / 2
    return np.hstack([at - half, at + half])


def _reach(names: pd.DataFrame, radius: float, height: float) -> np.ndarray:
    """How far names may move: within the country, or a line's height. `radius`: the globe's, in pixels."""
    across = np.sqrt(names["area"] * 4 * np.pi) * radius / np.cos(np.radians(names["lat"]))
    return np.maximum(across.to_numpy() * 0.48, height * 1.1)


def _beside_marks(names: pd.DataFrame, zoom: float, boxes: np.ndarray) -> pd.DataFrame:
    """Names moved clear of marks and each other at a zoom; those without room are left out."""
    height, world = 15.0, 512 * 2.0**zoom
    at = on_screen(names["lat"], names["lon"], zoom)
    widths = names["name"].str.len().to_numpy() * 6.9 + 4
    reach = _reach(names, world / (2 * np.pi), height)
    found = place(at, widths, height, reach, boxes)
    there = ~np.isnan(found[:, 0])
    right, down = found[there].T
    up = -down / world * 2 * np.pi
    return names[there].assign(lat=np.degrees(np.arctan(np.sinh(up))), lon=right / world * 360)


def town_names(placed: pd.DataFrame, selected: str = "") -> pd.DataFrame:
    """One row a town to write below its marks: town, lat, lon, size (of its largest mark), priority.

    Only the municipality's name, never a plant's; larger marks first, the chosen site's before all.
    """
    towns = placed.assign(
        town=placed["town"].str.replace(r"\s*\(.*", "", regex=True),
        chosen=placed["site_id"] == selected,
        size=[_size(rounds) for rounds in placed["rounds"]],
    )
    towns = towns[towns["town"] != ""]
    towns = towns.sort_values(["chosen", "size", "town"], ascending=[False, False, True])
    towns = towns.drop_duplicates(["lat", "lon"], ignore_index=True)
    towns["priority"] = -100 - 5 * np.arange(len(towns))
    towns.loc[towns["chosen"], "priority"] = 1000
    return towns[["town", "lat", "lon", "size", "priority", "chosen"]]


def _towns_with_room(
    towns: pd.DataFrame, names: pd.DataFrame, zoom: float, boxes: np.ndarray
) -> pd.DataFrame:
    """Towns whose name fits below their marks at a zoom, clear of marks and countries' names."""
    towns = towns.assign(below=[[0.0, size / 2 + 9] for size in towns["size"]])
    if towns.empty:
        return towns
    half = np.column_stack([names["name"].str.len() * 3.4, np.full(len(names), 8.0)])
    countries = on_screen(names["lat"], names["lon"], zoom)
    boxes = np.vstack([boxes, np.hstack([countries - half, countries + half])])
    at = on_screen(towns["lat"], towns["lon"], zoom)
    at[:, 1] += towns["size"] / 2 + 9
    widths = towns["town"].str.len().to_numpy() * 6.4
    found = place(at, widths, 13.0, np.zeros(len(at)), boxes, move=False)
    return towns[~np.isnan(found[:, 0]) | towns["chosen"]]


def _labels(
    records: Records,
    placed: pd.DataFrame,
    badges: list[dict[str, object]],
    zoom: float,
    selected: str,
    theme: str,
) -> list[pdk.Layer]:
    """Names of countries and towns, of which deck.gl draws those that have room at the zoom in use."""
    colours = BASE[theme]
    shown = placed[placed["size"] > 0]
    marks = _boxes(on_screen(shown["lat"], shown["lon"], zoom), shown["size"])
    rings = pd.DataFrame(badges, columns=["lat", "lon", "size"])
    rings = _boxes(on_screen(rings["lat"], rings["lon"], zoom), rings["size"])
    names = _beside_marks(country_names(records), zoom, np.vstack([marks, rings]))
    if zoom < TOWNS_FROM:
        shown = shown[shown["site_id"] == selected]
    towns = _towns_with_room(town_names(shown, selected), names, zoom, np.vstack([marks, rings]))
    common = {
        "get_position": "[lon, lat]",
        "character_set": pdk.types.String("auto"),
        "font_family": pdk.types.String("Source Sans, sans-serif"),
        "font_settings": {"sdf": True, "fontSize": 32, "buffer": 6},
        "outline_width": 3,
        "font_weight": 500,
        "pickable": False,
        "extensions": [{"@@type": "CollisionFilterExtension"}],
        "collision_group": pdk.types.String("names"),
        "get_collision_priority": "priority",
    }
    made = []
    for part, id_ in ((names[names["told"]], "countries"), (names[~names["told"]], "around")):
        made.append(
            pdk.Layer(
                "TextLayer",
                id=id_,
                data=part[["name", "lat", "lon", "priority"]],
                get_text="name",
                get_size=13 if id_ == "countries" else 12,
                get_color=colours["country" if id_ == "countries" else "around"],
                outline_color=[*colours["land" if id_ == "countries" else "elsewhere"], 220],
                collision_test_props={"sizeScale": 2.2},
                **common,
            )
        )
    made.append(
        pdk.Layer(
            "TextLayer",
            id="towns",
            data=towns[["town", "lat", "lon", "priority", "below"]],
            get_text="town",
            get_size=12,
            get_color=colours["town"],
            outline_color=[*colours["land"], 230],
            get_pixel_offset="below",
            # Collisions are tested where a name is anchored, which here is its mark: room is found above.
            **{**common, "extensions": [], "get_collision_priority": None, "collision_group": None},
        )
    )
    return made


# --- marks --------------------------------------------------------------------------------------


def _badges(
    placed: pd.DataFrame, alone: pd.Series, zoom: float, theme: str
) -> list[dict[str, object]]:
    """Rows of the clusters' layer: where marks of several towns would overlap. `alone` stays out."""
    free = placed.loc[~alone, ["site_id", "town", "status", "lat", "lon"]]
    if free.empty:
        return []
    groups: dict[int, list[tuple]] = {}
    rows = zip(*(free[c].tolist() for c in free.columns), strict=True)
    for cluster, row in zip(clusters(free, zoom), rows, strict=True):
        groups.setdefault(cluster, []).append(row)
    found = []
    for own in groups.values():
        places = sorted({row[3:] for row in own})
        if len(places) < 2:
            continue
        counts = Counter(row[2] for row in own)
        shares = [(s, counts[s]) for s in LEADING if s in counts]
        towns = sorted({row[1] for row in own})
        more = f" and {len(towns) - 4} more" if len(towns) > 4 else ""
        lat, lon = zip(*places, strict=True)
        found.append(
            {
                "name": f"{len(own)} sites: click to zoom in",
                "town": ", ".join(towns[:4]) + more,
                "note": ", ".join(f"{n} {s}" for s, n in shares),
                # Rounded: the middle of a cluster is no place of its own.
                "lat": round(_middle_latitude(lat), 2),
                "lon": round(sum(lon) / len(lon), 2),
                "size": 28 if len(own) < 10 else 34,
                "members": sorted(row[0] for row in own),
                "icon": _badge(tuple(shares), theme),
            }
        )
    return found


def _middle_latitude(lat: tuple[float, ...]) -> float:
    """The latitude in the middle of places on the map (in Mercator)."""
    up = sum(math.asinh(math.tan(math.radians(x))) for x in lat) / len(lat)
    return math.degrees(math.atan(math.sinh(up)))


@lru_cache(maxsize=512)
def _badge(shares: tuple[tuple[str, int], ...], theme: str) -> dict[str, object]:
    """A round count in a ring of its members' statuses, as an icon."""
    total, done, parts = sum(n for _, n in shares), 0, []
    for status, n in shares:
        parts.append(
            f'<circle cx="32" cy="32" r="27" fill="none" stroke="{_COLOURS[theme][status]}" '
            f'stroke-width="7" pathLength="{total}" stroke-dasharray="{n} {total - n}" '
            f'stroke-dashoffset="{-done}" transform="rotate(-90 32 32)"/>'
        )
        done += n
    ink, paper = BADGE[theme]["ink"], BADGE[theme]["paper"]
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 64 64">'
        f'<circle cx="32" cy="32" r="31" fill="{paper}"/>{"".join(parts)}'
        f'<text x="32" y="41" font-family="sans-serif" font-weight="700" font-size="27" '
        f'text-anchor="middle" fill="{ink}">{total}</text></svg>'
    )
    told = ",".join(f"{s}{n}" for s, n in shares)
    return {
        "id": f"badge {theme} {told}",
        "url": "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode(),
        "width": 96,
        "height": 96,
        "anchorX": 48,
        "anchorY": 48,
    }


@lru_cache(maxsize=32)
def _icon_url(status: str, theme: str) -> str:
    paper = BADGE[theme]["paper"]
    shape = _SHAPES[status].format(ink=_COLOURS[theme][status], paper=paper)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">'
        f"{shape}</svg>"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _icon(status: str, theme: str) -> dict[str, object]:
    return {
        "id": f"{status} {theme}",
        "url": _icon_url(status, theme),
        "width": 64,
        "height": 64,
        "anchorX": 32,
        "anchorY": 32,
    }


def _size(rounds: float) -> float:
    """Pixels by the square root of the rounds, so that area compares; smallest where none is known."""
    if math.isnan(rounds):
        return _SMALLEST
    share = min(math.sqrt(rounds / 500_000), 1.0)
    return _SMALLEST + 4 + (_LARGEST - _SMALLEST - 4) * share


def _offsets(placed: pd.DataFrame) -> list[list[float]]:
    """Sites of one town are drawn side by side instead of on top of each other."""
    count = placed.groupby(["lat", "lon"])["site_id"].transform("size")
    place = placed.groupby(["lat", "lon"]).cumcount()
    return [[(p - (n - 1) / 2) * 16.0, 0.0] for p, n in zip(place, count, strict=True)]


# --- the map as a file --------------------------------------------------------------------------


def picture(
    records: Records,
    sites: pd.DataFrame,
    theme: str = "light",
    use: dict[str, float] | None = None,
    scale: float = 1.0,
) -> dict:
    """The map as a self-contained Vega-Lite spec of 1440 x 760 pixels, fitted to the sites.

    `sites` are rows of `site_table`, `use` as in `deck`; `scale` multiplies writing and marks. Raises
    ValueError where no site has a place.
    """
    placed = sites[sites["lat"].notna()]
    if placed.empty:
        raise ValueError("no site with a published town to draw")
    frame = _Frame.of(placed)
    colours = BASE[theme]
    marks = _picture_marks(records, placed, theme, frame, scale)
    key, panel = _picture_key(placed, marks, theme, frame, scale)
    boxes = np.vstack([_boxes(marks[["x", "y"]].to_numpy(), marks["px"] + 4), [panel]])
    names = _picture_names(country_names(records), frame, boxes, scale)
    centre = {"longitude": {"field": "lon"}, "latitude": {"field": "lat"}}
    for axis in centre.values():
        axis["type"] = "quantitative"
    halo = {"strokeWidth": 5 * scale, "strokeJoin": "round", "fontWeight": 500}
    told = {
        "name": "Site",
        "town": "Town",
        "land": "Country",
        "status": "Status",
        "says": "Enough for rounds a year",
        "lines": "Lines",
    }
    glyph = {
        "shape": {"field": "shape", "type": "nominal", "scale": None},
        "size": {"field": "area", "type": "quantitative", "scale": None},
        "fill": {"field": "fill", "type": "nominal", "scale": None},
        "stroke": {"field": "stroke", "type": "nominal", "scale": None},
        "strokeWidth": {"field": "line", "type": "quantitative", "scale": None},
    }
    tooltip = [{"field": f, "title": title} for f, title in told.items()]
    point = {"type": "point", "filled": True, "opacity": 1}
    corner = frame.degrees(np.array([panel[:2], panel[2:]]))
    land = _picture_land(records, theme, use or {}, frame)

    def written(rows: pd.DataFrame, colour: str, behind: str, size: float) -> list:
        base = {"type": "text", "fontSize": size * scale, "baseline": "middle", "aria": False}
        text = {**centre, "text": {"field": "name", "type": "nominal"}}
        data = {"values": _values(rows[["name", "lat", "lon"]])}
        ghost = {**base, **halo, "stroke": behind, "color": behind}
        return [
            {"data": data, "mark": ghost, "encoding": text},
            {"data": data, "mark": {**base, "color": colour, "fontWeight": 500}, "encoding": text},
        ]

    inside, outside = names[names["told"]], names[~names["told"]]
    layers = [
        {
            "data": {"values": land},
            "mark": {
                "type": "geoshape",
                "aria": False,
                "stroke": _css(colours["shallows"]),
                "strokeWidth": 11,
                "strokeJoin": "round",
                "filled": False,
            },
        },
        {
            "data": {"values": land},
            "mark": {
                "type": "geoshape",
                "aria": False,
                "stroke": _css(colours["border_line"]),
                "strokeWidth": 1.2,
            },
            "encoding": {"fill": {"field": "properties.fill", "type": "nominal", "scale": None}},
        },
        *written(outside, _css(colours["around"]), _css(colours["elsewhere"]), 18),
        *written(inside, _css(colours["country"]), _css(colours["land"]), 20),
        {
            "data": {"values": _values(marks.drop(columns=["x", "y", "px"]))},
            "mark": point,
            "encoding": {**centre, **glyph, "tooltip": tooltip},
        },
        {
            "data": {
                "values": [
                    {
                        "lon": corner[0, 0],
                        "lat": corner[0, 1],
                        "lon2": corner[1, 0],
                        "lat2": corner[1, 1],
                    }
                ]
            },
            "mark": {
                "type": "rect",
                "color": _css(colours["sea"]),
                "opacity": 0.92,
                "cornerRadius": 8,
            },
            "encoding": {**centre, "longitude2": {"field": "lon2"}, "latitude2": {"field": "lat2"}},
        },
        {"data": {"values": _values(key)}, "mark": point, "encoding": {**centre, **glyph}},
        {
            "data": {"values": _values(key)},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "middle",
                "dx": 26 * scale,
                "fontSize": 25 * scale,
                "color": BADGE[theme]["ink"],
            },
            "encoding": {**centre, "text": {"field": "name", "type": "nominal"}},
        },
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": f"Map of {len(placed)} munitions sites in Europe, by status, at their town's centre",
        "width": _WIDE,
        "height": _HIGH,
        "padding": 0,
        "autosize": {"type": "none"},
        "background": _css(colours["sea"]),
        "projection": {
            "type": "mercator",
            "scale": frame.radius,
            "translate": [frame.left, frame.top],
        },
        "layer": layers,
        "config": {
            "view": {"stroke": None},
        },
    }


_WIDE, _HIGH = 1440, 760  # as wide as Europe is for the height a poster leaves
_LARGER = 0.8  # marks of a file to those of a page


@dataclass(frozen=True)
class _Frame:
    """A Mercator map in pixels: the globe's radius, and where 0 degrees north and east lie."""

    radius: float
    left: float
    top: float

    @classmethod
    def of(cls, placed: pd.DataFrame) -> _Frame:
        """Around some sites, with room at the edges; never closer than some countries."""
        across = np.radians(placed["lon"].to_numpy(float))
        up = np.arctanh(np.sin(np.radians(placed["lat"].to_numpy(float))))
        wide, high = max(np.ptp(across) * 1.12, 0.36), max(np.ptp(up) * 1.14, 0.2)
        radius = min(_WIDE / wide, _HIGH / high)
        middle = (across.min() + across.max()) / 2, (up.min() + up.max()) / 2
        return cls(
            float(radius),
            float(_WIDE / 2 - radius * middle[0]),
            float(_HIGH / 2 + radius * middle[1]),
        )

    def pixels(self, lat: pd.Series, lon: pd.Series) -> np.ndarray:
        """Right and down (n x 2) of places in degrees."""
        up = np.arctanh(np.sin(np.radians(np.asarray(lat, dtype=float))))
        across = np.radians(np.asarray(lon, dtype=float))
        return np.column_stack([self.left + self.radius * across, self.top - self.radius * up])

    def degrees(self, at: np.ndarray) -> np.ndarray:
        """Longitude and latitude (n x 2) of pixels."""
        lon = np.degrees((at[:, 0] - self.left) / self.radius)
        lat = np.degrees(np.arctan(np.sinh((self.top - at[:, 1]) / self.radius)))
        return np.column_stack([lon, lat])


def _css(colour: tuple[int, ...]) -> str:
    return "#" + "".join(f"{part:02X}" for part in colour[:3])


def _values(rows: pd.DataFrame) -> list[dict]:
    """Rows as plain values."""
    return json.loads(rows.to_json(orient="records"))


@lru_cache(maxsize=8)
def _clipped(box: tuple[float, float, float, float], fine: float) -> list[tuple[str, dict]]:
    """Code and simplified geometry of the countries in a box (west, south, east, north in degrees)."""
    import shapely  # here only: files need it, pages do not

    found = []
    for feature in _land():
        shape = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
        shape = shapely.clip_by_rect(shape.simplify(fine), *box)
        # Straight edges of the box would be drawn as great circles.
        shape = shapely.segmentize(shape, 2.0)
        parts = [
            p
            for p in getattr(shape, "geoms", [shape])
            if p.geom_type == "Polygon" and p.area > fine * fine * 4
        ]
        if not parts:
            continue
        # Exteriors run clockwise here, else the polygon is the rest of the globe.
        turned = [shapely.geometry.polygon.orient(p, -1.0) for p in parts]
        rings = [
            [[[round(x, 3), round(y, 3)] for x, y in r.coords] for r in (p.exterior, *p.interiors)]
            for p in turned
        ]
        code = feature["properties"]["iso_a2"] or ""
        found.append((code, {"type": "MultiPolygon", "coordinates": rings}))
    return found


def _picture_land(records: Records, theme: str, use: dict[str, float], frame: _Frame) -> list[dict]:
    """Features of the countries in sight with their fill."""
    (west, north), (east, south) = frame.degrees(np.array([[0.0, 0.0], [_WIDE, _HIGH]]))
    box = (west - 4.0, south - 4.0, east + 4.0, min(north + 4.0, 84.0))
    told = set(records.countries["country"])
    found = []
    for code, shape in _clipped(tuple(round(x, 1) for x in box), 30 / frame.radius):
        fill = _css(BASE[theme]["land" if code in told else "elsewhere"])
        if code in use:
            fill = _css(tuple(use_colour(use[code], theme)))
        found.append({"type": "Feature", "properties": {"fill": fill}, "geometry": shape})
    return found


def _picture_marks(
    records: Records, placed: pd.DataFrame, theme: str, frame: _Frame, scale: float
) -> pd.DataFrame:
    """One row a site: place, glyph and what its tooltip says; small marks last, on top."""
    countries = dict(zip(records.countries["country"], records.countries["name"], strict=True))
    marks = placed.assign(
        land=placed["country"].map(countries),
        says=[None if math.isnan(r) else f"{r:,.0f}" for r in placed["rounds"]],
        px=[_size(r) * _LARGER * scale for r in placed["rounds"]],
    ).sort_values("px", ascending=False, kind="stable")
    at = frame.pixels(marks["lat"], marks["lon"])
    at += np.array(_offsets(marks)) * _LARGER * scale
    place = frame.degrees(at)
    marks = marks.assign(x=at[:, 0], y=at[:, 1], lon=place[:, 0], lat=place[:, 1])
    marks = _glyphs(marks, theme, scale)
    kept = "name town land status says lines lat lon shape area fill stroke line x y px"
    return marks[kept.split()]


def _glyphs(rows: pd.DataFrame, theme: str, scale: float) -> pd.DataFrame:
    """With the Vega symbol of each row's status: shape, area, fill, stroke, width of the line."""
    paper, ink = BADGE[theme]["paper"], _COLOURS[theme]
    hollow = rows["status"].isin(["announced", "cancelled"])
    own = rows["status"].map(ink)
    return rows.assign(
        shape=rows["status"].map(_SYMBOLS),
        area=(rows["px"] ** 2).round(1),
        fill=own.where(~hollow, paper),
        stroke=own.where(hollow, paper),
        line=(rows["px"] * 0.13).where(hollow, 1.5 * scale).round(2),
    )


def _picture_names(
    names: pd.DataFrame, frame: _Frame, boxes: np.ndarray, scale: float
) -> pd.DataFrame:
    """The names that have room, moved to where they have it."""
    height = 23.0 * scale
    at = frame.pixels(names["lat"], names["lon"])
    widths = names["name"].str.len().to_numpy() * 10.8 * scale + 6
    edge = 10 + widths / 2
    # A country that is only partly in sight is named in the part that is.
    usual = at.copy()
    at = np.clip(at, np.column_stack([edge, np.full(len(at), 40.0)]), [_WIDE, _HIGH - 40.0])
    near = np.hypot(*(at - usual).T) <= _reach(names, frame.radius, height)
    at = np.where(near[:, None], at, usual)
    seen = (at[:, 0] > edge) & (at[:, 0] < _WIDE - edge) & (at[:, 1] > 30) & (at[:, 1] < _HIGH - 30)
    names, at, widths = names[seen], at[seen], widths[seen]
    found = place(at, widths, height, _reach(names, frame.radius, height), boxes)
    there = ~np.isnan(found[:, 0])
    degrees = frame.degrees(found[there])
    return names[there].assign(lon=degrees[:, 0], lat=degrees[:, 1])


def _picture_key(
    placed: pd.DataFrame, marks: pd.DataFrame, theme: str, frame: _Frame, scale: float
) -> tuple[pd.DataFrame, list[float]]:
    """Glyph, word and count of each status, and their box in pixels, where it hides the fewest marks."""
    counts = placed["status"].value_counts()
    told = [s for s in LEADING if s in counts]
    step, wide = 36.0 * scale, 270.0 * scale
    high = step * len(told) + 16 * scale
    edge = 36.0
    best, box = None, [0.0] * 4
    for top in ((_HIGH - high) / 2, _HIGH - edge - high, edge):
        for left in (edge, _WIDE - edge - wide):
            inside = marks["x"].between(left - 20, left + wide + 20)
            inside &= marks["y"].between(top - 20, top + high + 20)
            if best is None or inside.sum() < best:
                best, box = inside.sum(), [left, top, left + wide, top + high]
    at = np.array(
        [[box[0] + 30 * scale, box[1] + 8 * scale + step * (i + 0.5)] for i in range(len(told))]
    )
    degrees = frame.degrees(at)
    rows = pd.DataFrame(
        {
            "status": told,
            "name": [f"{s} {counts[s]}" for s in told],
            "lon": degrees[:, 0],
            "lat": degrees[:, 1],
            "px": 22.0 * scale,
        }
    )
    return _glyphs(rows, theme, scale), box


def to_geojson(records: Records) -> str:
    """Sites with a published town as GeoJSON points (WGS 84), with what is known of them today."""
    import geopandas as gpd  # here only: it costs half a second

    from ramp155 import timeline

    sites = site_table(records, timeline.status(records))
    sites = sites[sites["lat"].notna()].sort_values("site_id")
    frame = gpd.GeoDataFrame(
        sites.drop(columns=["lat", "lon"]),
        geometry=gpd.points_from_xy(sites["lon"], sites["lat"]),
        crs=4326,
    )
    return json.dumps(json.loads(frame.to_json()), ensure_ascii=False, indent=1)
