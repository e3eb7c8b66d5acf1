"""The map: sites at their town's centre, on borders served by the app itself.

Never a facility's own place: two decimals of the municipality, and nothing finer.
"""

from __future__ import annotations

import base64
import json
import math
from functools import lru_cache

import pandas as pd
import pydeck as pdk

from ramp155 import capacity, ensemble
from ramp155.records import Records

LAND_URL = "app/static/land.geojson"
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
# A single blue ramp from said to done; grey for what stands still. Dark mode turns the ramp round.
_COLOURS = {
    "light": {
        "announced": "#5E9CCB",
        "construction": "#4C92C8",
        "commissioning": "#2F7DB9",
        "ramping": "#0F5E9E",
        "full rate": "#062F5C",
        "operating": "#51606E",
        "suspended": "#7C858D",
        "cancelled": "#7C858D",
    },
    "dark": {
        "announced": "#5C93BF",
        "construction": "#6BA6D3",
        "commissioning": "#8BBEE4",
        "ramping": "#B3D7F2",
        "full rate": "#EAF5FD",
        "operating": "#A9B6C2",
        "suspended": "#8A939C",
        "cancelled": "#8A939C",
    },
}
# Where a site has lines of several statuses, the one that says most about new output is drawn.
LEADING = (
    ("full rate ramping commissioning construction announced operating suspended cancelled")
    .replace("full rate", "full_rate")
    .split()
)
LEADING = [s.replace("_", " ") for s in LEADING]
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


def deck(
    records: Records,
    sites: pd.DataFrame,
    theme: str = "light",
    selected: str = "",
    zoom: float = 2.75,
    use: dict[str, float] | None = None,
) -> pdk.Deck:
    """The map of some sites (rows of `site_table` that have a place). Asks nothing of the internet.

    `use` fills countries by the share of their capacity that is used (country -> 0 to 1).
    """
    placed = sites[sites["lat"].notna()].copy()
    placed["icon"] = [_icon(status, theme) for status in placed["status"]]
    placed["size"] = [_size(rounds) for rounds in placed["rounds"]]
    placed["offset"] = _offsets(placed)
    placed = placed.sort_values("size", ascending=False)  # small marks lie on top of large ones
    placed["says"] = [
        "no rate reported" if math.isnan(r) else f"enough for {r:,.0f} rounds a year"
        for r in placed["rounds"]
    ]
    placed["chosen"] = placed["site_id"] == selected
    placed = placed.drop(columns="rounds")
    dark = theme == "dark"
    sea = pdk.Layer(
        "PolygonLayer",
        id="sea",
        data=[{"ring": [[-120, 0], [150, 0], [150, 85], [-120, 85]]}],
        get_polygon="ring",
        get_fill_color=[19, 29, 41] if dark else [222, 233, 241],
        stroked=False,
        pickable=False,
    )
    land = pdk.Layer(
        "GeoJsonLayer",
        id="land",
        data=LAND_URL,
        filled=True,
        stroked=True,
        get_fill_color=_fill(use or {}, theme),
        get_line_color=[96, 108, 122] if dark else [165, 172, 178],
        line_width_min_pixels=0.8,
        pickable=False,
    )
    ring = pdk.Layer(
        "ScatterplotLayer",
        id="chosen",
        data=placed[placed["chosen"]][["lon", "lat"]],
        get_position="[lon, lat]",
        get_radius=1,
        radius_min_pixels=24,
        radius_max_pixels=24,
        filled=False,
        stroked=True,
        line_width_min_pixels=3,
        get_line_color=[213, 94, 0],
        pickable=False,
    )
    marks = pdk.Layer(
        "IconLayer",
        id="sites",
        data=placed.drop(columns="chosen"),
        get_icon="icon",
        get_position="[lon, lat]",
        get_size="size",
        get_pixel_offset="offset",
        size_units=pdk.types.String("pixels"),
        pickable=True,
        auto_highlight=False,
    )
    tooltip = {
        "html": "<b>{name}</b><br/>{town}<br/>{status}, {says}",
        "style": {"fontFamily": "Source Sans, sans-serif", "fontSize": "14px"},
    }
    view = pdk.ViewState(latitude=51.5, longitude=14, zoom=zoom, min_zoom=2, max_zoom=8)
    layers = [sea, land, _names(records, dark), ring, marks]
    # map_provider=None and no map_style: the only combination that fetches no tiles.
    return pdk.Deck(
        layers=layers,
        map_provider=None,
        initial_view_state=view,
        tooltip=tooltip,
    )


_LAND = {"light": (246, 246, 243), "dark": (44, 56, 69)}
# From idle to full: one orange ramp, which the blue of the marks stands out from.
_IDLE = {"light": (253, 238, 214), "dark": (66, 58, 52)}
_FULL = {"light": (224, 133, 36), "dark": (201, 122, 40)}


def use_colour(share: float, theme: str) -> list[int]:
    """The fill of a country that uses a share (0 to 1) of its capacity."""
    ends = zip(_IDLE[theme], _FULL[theme], strict=True)
    return [round(a + (b - a) * share) for a, b in ends]


def _fill(use: dict[str, float], theme: str) -> str | list[int]:
    """The land's fill: one colour, or an expression that the map evaluates for each country."""
    if not use:
        return list(_LAND[theme])
    cases = [f"properties.iso_a2 == '{c}' ? {use_colour(u, theme)} : " for c, u in use.items()]
    return "".join(cases) + str(list(_LAND[theme]))


def _names(records: Records, dark: bool) -> pdk.Layer:
    here = records.countries["country"].isin(records.sites["country"])
    names = records.countries.loc[here, ["name", "label_lat", "label_lon"]]
    names = names.assign(name=names["name"].str.replace("Bosnia and Herzegovina", "Bosnia"))
    return pdk.Layer(
        "TextLayer",
        id="countries",
        data=names,
        get_position="[label_lon, label_lat]",
        get_text="name",
        get_size=12,
        get_color=[150, 162, 175, 210] if dark else [105, 115, 125, 210],
        character_set=pdk.types.String("auto"),
        font_family=pdk.types.String("Source Sans, sans-serif"),
        pickable=False,
    )


@lru_cache(maxsize=32)
def _icon_url(status: str, theme: str) -> str:
    paper = "#0F1620" if theme == "dark" else "#FFFFFF"
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
