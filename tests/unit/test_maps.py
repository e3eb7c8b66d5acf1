from __future__ import annotations

import json
import math

import numpy as np
import pytest

from ramp155.files.geojson import write_sites_geojson
from ramp155.history.standing.sites import LEADING_STATUSES
from ramp155.history.status import STATUSES, list_statuses
from ramp155.model.model import Model
from ramp155.pictures.map.colours import blend_use_colour, format_hex
from ramp155.pictures.map.deck.site_deck import build_site_deck
from ramp155.pictures.map.label_room import place_labels
from ramp155.pictures.map.names import list_country_names, list_town_names
from ramp155.pictures.map.poster.frame import MapFrame
from ramp155.pictures.map.poster.map_spec import draw_map_spec
from ramp155.pictures.map.poster.marks import list_map_marks
from ramp155.pictures.map.sites import build_site_table
from ramp155.pictures.map.spread import spread_marks
from ramp155.pictures.map.symbols import (
    LARGEST_MARK,
    SMALLEST_MARK,
    STATUS_COLOURS,
    STATUS_GLYPHS,
    STATUS_PATHS,
    compute_mark_size,
)
from ramp155.pictures.map.view import (
    HOME_VIEW,
    HOME_ZOOM,
    MAX_ZOOM,
    MapView,
    project_to_screen,
)
from ramp155.record.records import Records


@pytest.fixture(scope="module")
def sites(records: Records):  # noqa: ANN201
    return build_site_table(Model(records), list_statuses(records))


def layers(deck: object) -> dict[str, dict]:
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def test_every_placed_site_is_drawn_and_no_other(records: Records, sites) -> None:  # noqa: ANN001
    drawn = layers(build_site_deck(Model(records), sites))["sites"]["data"]
    placed = sites[sites["lat"].notna()]
    assert {d["site_id"] for d in drawn} == set(placed["site_id"])
    assert len(drawn) >= 90
    assert (sites["lat"].isna()).sum() >= 10  # those are listed beside the map


def test_the_deck_asks_nothing_of_the_internet(records: Records, sites) -> None:  # noqa: ANN001
    for theme in ("light", "dark"):
        deck = build_site_deck(Model(records), sites, theme)
        text = deck.to_json().replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text
        assert json.loads(text).get("mapProvider") is None


def test_places_are_no_finer_than_two_decimals(sites) -> None:  # noqa: ANN001
    placed = sites[sites["lat"].notna()]
    for column in ("lat", "lon"):
        assert (placed[column].round(2) == placed[column]).all()


def test_a_site_shows_its_leading_status(records: Records, sites) -> None:  # noqa: ANN001
    row = sites.set_index("site_id").loc["unterluess-rheinmetall"]
    assert row["status"] == "operating"  # its old line runs; the new works are opened, no more
    assert row["ahead"] == "new line in trial"
    assert row["stands"].startswith("operating, new line in trial")
    assert row["lines"] == 3
    assert (row["rounds"], row["rate_counts"]) == (350_000, "promised")
    assert row["says"] == "promised: enough for about 350,000 rounds a year"


def test_size_grows_with_the_rate_and_stays_in_bounds() -> None:
    sizes = [compute_mark_size(r) for r in (float("nan"), 1_000, 50_000, 350_000, 9e9)]
    assert sizes == sorted(sizes)
    assert sizes[0] == SMALLEST_MARK
    assert sizes[-1] == LARGEST_MARK


def test_sites_of_one_town_lie_side_by_side(records: Records, sites) -> None:  # noqa: ANN001
    drawn = layers(build_site_deck(Model(records), sites))["sites"]["data"]
    places = [(d["lat"], d["lon"], tuple(d["offset"])) for d in drawn]
    assert len(places) == len(set(places))


def test_every_status_has_its_own_shape_glyph_and_colours() -> None:
    shown = [s for s in STATUSES if s != "not yet reported"]
    assert sorted(shown) == sorted(LEADING_STATUSES)
    assert (
        len({STATUS_PATHS[s] for s in shown})
        == len({STATUS_GLYPHS[s] for s in shown})
        == len(shown)
    )
    for theme in ("light", "dark"):
        assert set(STATUS_COLOURS[theme]) == set(shown)


def test_geojson_lists_the_placed_sites(records: Records, sites) -> None:  # noqa: ANN001
    data = json.loads(write_sites_geojson(Model(records)))
    assert data["type"] == "FeatureCollection"
    assert len(data["features"]) == sites["lat"].notna().sum()
    longitude, latitude = data["features"][0]["geometry"]["coordinates"]
    assert -12 < longitude < 46
    assert 34 < latitude < 72


def pixels(placed, zoom: float):  # noqa: ANN001, ANN201
    return project_to_screen(placed["lat"], placed["lon"], zoom)


HOME_ZOOMS = (HOME_ZOOM, 2.4)  # of the Map page, and of the Overview


def read_marks(deck: object, zoom: float) -> dict[str, tuple[float, float, float, str]]:
    """Site -> right, down and width in pixels, and the name of its symbol, as drawn."""
    return {
        row["site_id"]: (
            *(project_to_screen([row["lat"]], [row["lon"]], zoom)[0] + row["offset"]),
            row["size"],
            row["icon"]["id"],
        )
        for row in layers(deck)["sites"]["data"]
    }


@pytest.mark.parametrize("width", [1366, 1920])
@pytest.mark.parametrize("zoom", HOME_ZOOMS)
def test_no_two_marks_touch_at_home(records: Records, sites, zoom: float, width: int) -> None:  # noqa: ANN001
    marks = read_marks(build_site_deck(Model(records), sites, view=MapView(zoom)), zoom)
    table = np.array([mark[:3] for mark in marks.values()])
    distance = np.hypot(*(table[:, None, :2] - table[None, :, :2]).transpose(2, 0, 1))
    radii = (table[:, None, 2] + table[None, :, 2]) / 2
    np.fill_diagonal(distance, np.inf)
    assert (distance >= radii).all()
    # A map keeps its scale: on every screen all marks lie within the half that the map has of its width.
    assert np.ptp(table[:, 0]) + table[:, 2].max() < width / 2
    assert len(marks) == sites["lat"].notna().sum()


@pytest.mark.parametrize("zoom", [2.0, *HOME_ZOOMS, 3.75, 5.0, 8.0])
def test_marks_stay_near_their_town(sites, zoom: float) -> None:  # noqa: ANN001
    placed = sites[sites["lat"].notna()]
    sizes = np.array([compute_mark_size(rounds) for rounds in placed["rounds"]])
    offsets = spread_marks(project_to_screen(placed["lat"], placed["lon"], zoom), sizes)
    moved = np.hypot(*offsets.T)
    assert moved.max() <= (1.5 if zoom >= 2.4 else 2) * LARGEST_MARK
    assert np.median(moved) <= SMALLEST_MARK
    if zoom >= 8:  # only plants of one town, or of towns side by side, stand away from it
        assert (moved < 1).mean() > 0.6


def test_the_same_sites_spread_alike_in_any_order(sites) -> None:  # noqa: ANN001
    placed = sites[sites["lat"].notna()].drop_duplicates(["lat", "lon"])
    sizes = np.array([compute_mark_size(rounds) for rounds in placed["rounds"]])
    points = project_to_screen(placed["lat"], placed["lon"], HOME_ZOOM)
    offsets = spread_marks(points, sizes)
    assert (spread_marks(points[::-1], sizes[::-1])[::-1] == offsets).all()
    assert spread_marks(points[:0], sizes[:0]).shape == (0, 2)
    assert np.abs(spread_marks(points[:1], sizes[:1])).max() < 1


NAMED_PLANTS = {
    "nora-swebal": ("announced", True),
    "vitez-vitezit": ("announced", True),
    "caudan-europlasma": ("announced", True),
    "sopot-rheinmetall-vmz": ("announced", False),
    "frederikshavn-nammo": ("announced", True),
    "gorazde-ginex": ("ramping", True),
    "valjevo-krusik": ("ramping", False),
    "pardubice-synthesia": ("ramping", False),
    "aschau-nitrochemie": ("ramping", False),
    "bergerac-eurenco": ("ramping", True),
    "clermont-eurenco": ("construction", True),
    "krasnik-mesko": ("construction", False),
    "baisogala-rheinmetall": ("construction", True),
    "sorgues-eurenco": ("construction", True),
    "laukaa-nammo-vihtavuori": ("operating", True),
    "bydgoszcz-nitrochem": ("operating", False),
    "burgos-rheinmetall-expal": ("operating", True),
    "glascoed-bae": ("commissioning", True),
    "zabkowice-polska-amunicja": ("suspended", False),
    "pontdebuis-nobelsport": ("cancelled", False),
}


def test_the_status_of_twenty_plants_is_read_off_the_home_map(records: Records, sites) -> None:  # noqa: ANN001
    marks = read_marks(build_site_deck(Model(records), sites), HOME_ZOOM)
    assert len(NAMED_PLANTS) == 20
    assert set(NAMED_PLANTS) <= set(marks)
    table = np.array([mark[:3] for mark in marks.values()])
    symbols = [mark[3] for mark in marks.values()]
    for site, (status, is_flagged) in NAMED_PLANTS.items():
        right, down, *_ = marks[site]
        # Whoever points at the plant's mark points at one mark alone.
        hit = np.flatnonzero(np.hypot(*(table[:, :2] - (right, down)).T) <= table[:, 2] / 2)
        assert [symbols[index] for index in hit] == [
            f"{status} light{' flagged' if is_flagged else ''}"
        ], site


def test_marks_of_a_file_keep_apart_and_near_their_towns(records: Records, sites) -> None:  # noqa: ANN001
    placed = sites[sites["lat"].notna()]
    frame = MapFrame.around(placed)
    marks = list_map_marks(Model(records), placed, "light", frame, 1.6)
    centres, px = marks[["x", "y"]].to_numpy(), marks["px"].to_numpy()
    distance = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    assert (distance >= (px[:, None] + px[None]) / 2).all()
    towns = frame.pixels(marks["town_lat"], marks["town_lon"])
    assert (np.hypot(*(centres - towns)[~marks["is_far"]].T) <= px[~marks["is_far"]] * 0.61).all()
    assert list(marks["is_flagged"]) == [
        bool({"late", "no news for two years"} & set(placed.set_index("name")["marks"][name]))
        for name in marks["name"]
    ]


def test_hair_lines_end_at_their_marks(records: Records, sites) -> None:  # noqa: ANN001
    drawn = layers(build_site_deck(Model(records), sites))
    far = [row for row in drawn["sites"]["data"] if math.hypot(*row["offset"]) > 0.6 * row["size"]]
    lines = drawn["hair lines"]["data"]
    assert len(lines) == len(far) > 5
    for line, row in zip(lines, far, strict=True):
        turn = math.radians(line["angle"])  # deck.gl turns icons against the clock
        end = -math.sin(turn) * line["size"], -math.cos(turn) * line["size"]
        assert end == pytest.approx(row["offset"], abs=0.6)


@pytest.mark.parametrize("zoom", [*HOME_ZOOMS, 4.0])
def test_names_keep_clear_of_marks(records: Records, sites, zoom: float) -> None:  # noqa: ANN001
    deck = build_site_deck(Model(records), sites, view=MapView(zoom))
    table = np.array([mark[:3] for mark in read_marks(deck, zoom).values()])
    rows = layers(deck)["countries"]["data"]
    assert len(rows) > 8
    for row in rows:
        centre = project_to_screen([row["lat"]], [row["lon"]], zoom)[0]
        half = np.array([len(row["name"]) * 3.4, 7.0])
        gaps = np.abs(table[:, :2] - centre) - half - table[:, 2:] / 2
        assert (gaps.max(axis=1) >= -0.5).all(), row["name"]


def test_the_chosen_site_is_ringed_where_its_mark_stands(records: Records, sites) -> None:  # noqa: ANN001
    chosen = "unterluess-rheinmetall"
    drawn = layers(build_site_deck(Model(records), sites, selected=chosen))
    mark = next(row for row in drawn["sites"]["data"] if row["site_id"] == chosen)
    assert [row["offset"] for row in drawn["chosen"]["data"]] == [mark["offset"]]
    assert [row["priority"] for row in drawn["towns"]["data"]] == [1000]


def test_a_reset_differs_from_every_view_before(records: Records, sites) -> None:  # noqa: ANN001
    home = HOME_VIEW
    back = home.zoom_by(1).at(home.latitude, home.longitude, home.zoom)
    first, last = home.state(), back.state()
    for key in ("latitude", "longitude", "zoom"):
        before, after = getattr(first, key), getattr(last, key)
        assert before != after
        assert abs(before - after) < 1e-6
    assert home.zoom_by(1).state().latitude == first.latitude  # a drag outlives the buttons
    assert home.zoom_by(99).zoom == MAX_ZOOM


def test_names_do_not_touch_and_the_large_go_first(records: Records) -> None:
    names = list_country_names(Model(records))
    assert names["priority"].is_monotonic_decreasing
    assert list(names["name"]).index("France") < list(names["name"]).index("Luxembourg")
    at = pixels(names, 3.0)
    widths = np.array([len(n) * 7.0 for n in names["name"]])
    mark = np.array([[*(at[0] - 20), *(at[0] + 20)]])
    label_places = place_labels(at, widths, 15.0, np.full(len(at), 20.0), mark)
    there = ~np.isnan(label_places[:, 0])
    half = np.column_stack([widths, np.full(len(at), 15.0)])[there] / 2
    shown = label_places[there]
    gaps = np.abs(shown[:, None] - shown[None]) - (half[:, None] + half[None])
    apart = (gaps >= -1e-9).any(axis=2) | np.eye(len(shown), dtype=bool)
    assert apart.all()
    assert there.sum() > 15
    assert (np.abs(label_places - at)[there] <= 20 + 1e-9).all()


def test_towns_are_named_and_plants_are_not(records: Records, sites) -> None:  # noqa: ANN001
    placed = sites[sites["lat"].notna()]
    towns = list_town_names(placed)
    assert len(towns) == len(placed.drop_duplicates(["lat", "lon"]))
    assert not towns["town"].str.contains(r"[()]").any()
    assert not set(towns["town"]) & set(placed["name"])
    near = layers(build_site_deck(Model(records), sites, view=MapView(6.0)))["towns"]
    assert len(near["data"]) > 50
    countries = layers(build_site_deck(Model(records), sites))["countries"]
    assert countries["extensions"] == [{"@@type": "CollisionFilterExtension"}]
    assert layers(build_site_deck(Model(records), sites))["towns"]["data"] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_holds_every_site_and_its_key(
    records: Records,
    sites,  # noqa: ANN001
    theme: str,
) -> None:
    spec = draw_map_spec(Model(records), sites, theme, use={"FR": 0.5})
    text = json.dumps(spec)
    assert "http" not in text.replace(spec["$schema"], "")
    drawn = next(layer for layer in spec["layer"] if "tooltip" in layer.get("encoding", {}))
    placed = sites[sites["lat"].notna()]
    assert len(drawn["data"]["values"]) == 2 * len(placed)  # each mark on a disc of paper
    titles = [t["title"] for t in drawn["encoding"]["tooltip"]]
    assert titles == ["Site", "Town", "Country", "Status", "Largest rate", "Lines"]
    key_names = [v["name"] for v in spec["layer"][-1]["data"]["values"]]
    counts = placed["status"].value_counts()
    assert key_names == [f"{s} {counts[s]}" for s in LEADING_STATUSES if s in counts]
    fill = format_hex(tuple(blend_use_colour(0.5, theme)))
    assert fill in text
    names = [v["name"] for layer in spec["layer"][2:6] for v in layer["data"]["values"]]
    assert {"France", "Poland", "Spain", "Ukraine"} <= set(names)


def test_the_picture_scales_and_says_what_it_cannot_draw(
    records: Records,
    sites,  # noqa: ANN001
) -> None:
    size = lambda spec: spec["layer"][-1]["mark"]["fontSize"]  # noqa: E731
    one = draw_map_spec(Model(records), sites[sites["country"] == "CH"])
    assert size(draw_map_spec(Model(records), sites, scale=1.5)) == 1.5 * size(one)
    with pytest.raises(ValueError, match="no site"):
        draw_map_spec(Model(records), sites[sites["lat"].isna()])
    vl_convert = pytest.importorskip("vl_convert")
    svg = vl_convert.vegalite_to_svg(one)
    assert "Switzerland" in svg
    assert "NaN" not in svg
