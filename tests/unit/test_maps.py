from __future__ import annotations

import json

import numpy as np
import pytest
import vl_convert
from PIL import Image

from ramp155.answers.counts import count_groups
from ramp155.files.geojson import write_sites_geojson
from ramp155.files.poster.chart import complete_spec, draw_chart_svg
from ramp155.history.standing.sites import LEADING_STATUSES, SITE_MARKS, STATUS_GROUPS
from ramp155.history.status import STATUSES, list_statuses
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.map.borders import find_country
from ramp155.pictures.map.colours import blend_use_colour, format_hex
from ramp155.pictures.map.deck.site_deck import build_ground_deck
from ramp155.pictures.map.label_room import find_hit_boxes, place_labels
from ramp155.pictures.map.names import list_country_names
from ramp155.pictures.map.poster.frame import NARROW_SIZE, MapFrame
from ramp155.pictures.map.poster.key import KEY_MARGIN, KEY_WIDTH
from ramp155.pictures.map.poster.map_spec import draw_map_spec
from ramp155.pictures.map.poster.marks import list_map_marks
from ramp155.pictures.map.poster.names import list_first_names
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
    HOME_ZOOM,
    project_to_screen,
)
from ramp155.pictures.view import View
from ramp155.record.records import Records
from tests.lettering import list_letterings
from tests.marks import open_picture, tell_status


@pytest.fixture(scope="module")
def sites(records: Records):  # noqa: ANN201
    return build_site_table(Model(records), list_statuses(records))


def test_the_ground_asks_nothing_of_the_internet(records: Records) -> None:
    for theme in ("light", "dark"):
        text = build_ground_deck(Model(records), theme, use={"FR": 0.5}).to_json()
        assert "http" not in text
        deck = json.loads(text)
        assert deck.get("mapProvider") is None
        assert not any(layer["pickable"] for layer in deck["layers"])  # clicks are the overlay's
        assert deck["views"][0]["controller"]["dragRotate"] is False


def test_a_click_on_land_is_a_click_on_its_country() -> None:
    places = {
        "DE": (10.0, 51.0),
        "FR": (2.4, 47.0),
        "NO": (9.0, 61.0),
        "PL": (19.0, 52.0),
        "": (3.0, 56.5),
    }
    for country, (longitude, latitude) in places.items():
        assert find_country(longitude, latitude) == country


def test_places_are_no_finer_than_two_decimals(sites) -> None:  # noqa: ANN001
    placed = sites[sites["lat"].notna()]
    for column in ("lat", "lon"):
        assert (placed[column].round(2) == placed[column]).all()


def test_a_site_shows_its_leading_status(records: Records, sites) -> None:  # noqa: ANN001
    row = sites.set_index("site_id").loc["unterluess-rheinmetall"]
    assert row["status"] == "ramping"  # its old line runs, and the new works are opened
    assert row["ahead"] == "new line in trial"
    assert row["stands"].startswith("delivering, new line in trial")
    assert row["lines"] == 3
    assert (row["rounds"], row["rate_counts"]) == (350_000, "promised")
    assert row["says"] == "promised: enough for about 350,000 rounds a year"


def test_size_grows_with_the_rate_and_stays_in_bounds() -> None:
    sizes = [compute_mark_size(r) for r in (float("nan"), 1_000, 50_000, 350_000, 9e9)]
    assert sizes == sorted(sizes)
    assert sizes[0] == SMALLEST_MARK
    assert sizes[-1] == LARGEST_MARK


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


def test_the_same_sites_spread_alike_in_any_order(sites) -> None:  # noqa: ANN001
    placed = sites[sites["lat"].notna()].drop_duplicates(["lat", "lon"])
    sizes = np.array([compute_mark_size(rounds) for rounds in placed["rounds"]])
    points = project_to_screen(placed["lat"], placed["lon"], HOME_ZOOM)
    offsets = spread_marks(points, sizes)
    assert (spread_marks(points[::-1], sizes[::-1])[::-1] == offsets).all()
    assert spread_marks(points[:0], sizes[:0]).shape == (0, 2)
    assert np.abs(spread_marks(points[:1], sizes[:1])).max() < 1


def test_marks_make_room_for_names(sites) -> None:  # noqa: ANN001
    placed = sites[sites["lat"].notna()]
    sizes = np.array([compute_mark_size(rounds) for rounds in placed["rounds"]])
    points = project_to_screen(placed["lat"], placed["lon"], HOME_ZOOM)
    middle = np.median(points, axis=0)
    half = np.array([30, 8])
    box = np.array([[*(middle - half), *(middle + half)]])
    assert find_hit_boxes(points + spread_marks(points, sizes), sizes, box).all()
    centres = points + spread_marks(points, sizes, box)
    assert not find_hit_boxes(centres, sizes, box).any()
    distance = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    assert (distance >= (sizes[:, None] + sizes[None]) / 2).all()
    moved_along = spread_marks(
        points + 1000, sizes, box + 1000
    )  # a map that is only moved spreads alike
    assert moved_along == pytest.approx(centres - points, abs=0.02)


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
    said = placed.set_index("name")["marks"]
    assert list(marks["is_late"]) == ["late" in said[name] for name in marks["name"]]


def test_names_do_not_touch_and_the_large_go_first(records: Records) -> None:
    names = list_country_names(Model(records))
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
    assert titles == ["Plant", "Town", "Country", "Status", "Largest rate", "Lines"]
    key_names = [v["name"] for v in spec["layer"][-1]["data"]["values"]]
    counts = count_groups(sites)
    assert key_names[:-2] == [f"{group} {number}" for group, number in counts.items()]
    late = sum("late" in marks for marks in sites["marks"])
    silent = sum("no news for two years" in marks for marks in sites["marks"])
    assert key_names[-2:] == [f"late {late}", f"no news in 2 years {silent}"]
    fill = format_hex(tuple(blend_use_colour(0.5, theme)))
    assert fill in text
    names = [v["name"] for layer in spec["layer"][2:4] for v in layer["data"]["values"]]
    assert {"France", "Germany", "Poland", "Spain", "Ukraine"} <= set(names)


def test_what_lies_over_the_map_as_a_file_hides_no_mark(records: Records, sites) -> None:  # noqa: ANN001
    spec = draw_map_spec(Model(records), sites, scale=1.6)
    placed = sites[sites["lat"].notna()]
    frame = MapFrame.around(placed, KEY_WIDTH * 1.6 + KEY_MARGIN)
    _, boxes = list_first_names(list_country_names(Model(records)), placed, frame, 1.6)
    marks = list_map_marks(Model(records), placed, "light", frame, 1.6, boxes)
    assert not find_hit_boxes(marks[["x", "y"]].to_numpy(), marks["px"].to_numpy(), boxes).any()
    assert (marks["x"] - marks["px"] / 2 > KEY_MARGIN + KEY_WIDTH * 1.6).all()
    assert (marks["x"] + marks["px"] / 2 < spec["width"]).all()
    assert marks["y"].between(marks["px"] / 2, spec["height"] - marks["px"] / 2).all()


@pytest.mark.parametrize("is_narrow", [False, True])
def test_no_name_is_cut_at_the_edge_of_the_map_as_a_file(
    records: Records,
    sites,  # noqa: ANN001
    is_narrow: bool,
) -> None:
    placed = sites[sites["lat"].notna()]
    frame = (
        MapFrame.around(placed, size=NARROW_SIZE, key_height=344)
        if is_narrow
        else MapFrame.around(placed, KEY_WIDTH * 1.6 + KEY_MARGIN)
    )
    names, boxes = list_first_names(list_country_names(Model(records)), placed, frame, 1.6)
    assert len(names) == 8
    assert (boxes[:, :2] >= [frame.key_width, 0]).all()
    assert (boxes[:, 2:] <= [frame.width, frame.map_bottom]).all()


SEEN_FROM_AFAR = 440 / 1640  # a poster 480 pixels wide shows the map 440 wide
GROUP_OF = {status: words for words, statuses in STATUS_GROUPS.items() for status in statuses}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_statuses_are_told_apart_from_afar(records: Records, sites, theme: str) -> None:  # noqa: ANN001
    """Each mark that is not pale, cut out of the picture as it is on a poster 480 pixels wide, is most like its own status."""
    silent = SITE_MARKS["no recent news"]
    placed = sites[sites["lat"].notna()]
    spec = draw_map_spec(Model(records), sites, theme, scale=1.6)
    full_picture = open_picture(vl_convert.vegalite_to_png(spec))
    size = [round(side * SEEN_FROM_AFAR) for side in full_picture.size]
    picture = np.asarray(full_picture.resize(size, Image.Resampling.LANCZOS), dtype=float)
    frame = MapFrame.around(placed, KEY_WIDTH * 1.6 + KEY_MARGIN)
    _, boxes = list_first_names(list_country_names(Model(records)), placed, frame, 1.6)
    marks = list_map_marks(Model(records), placed, theme, frame, 1.6, boxes)
    said = placed.set_index("name")["marks"]
    told = {True: 0, False: 0}
    for mark in marks.to_dict("records"):
        if silent in said[mark["name"]]:
            continue
        centre = np.array([mark["x"], mark["y"]]) * SEEN_FROM_AFAR
        width = mark["px"] * SEEN_FROM_AFAR
        guess = tell_status(picture, centre, width, theme)
        told[GROUP_OF[guess] == GROUP_OF[mark["status"]]] += 1
    assert told[True] >= 60
    assert told[False] <= 0.06 * told[True], told


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


@pytest.mark.parametrize("is_narrow", [False, True])
@pytest.mark.parametrize("countries", [(), ("FI", "SE", "NO"), ("DE", "PL"), ("ES", "PT")])
def test_no_name_is_cut_at_the_edge_of_a_map_as_a_file(
    records: Records, countries: tuple[str, ...], is_narrow: bool
) -> None:
    picture = build_picture(Model(records), "sites", View(countries=countries))
    spec = picture.narrow("light") if is_narrow and picture.narrow else complete_spec(picture)
    svg, width, height = draw_chart_svg(spec, "light", 720, 1020)
    named = set(list_country_names(Model(records))["name"])
    boxes = [letters.box for letters in list_letterings(svg) if letters.words in named]
    assert len(boxes) >= 2
    for left, top, right, bottom in boxes:
        assert min(left, top) >= 0
        assert right <= width
        assert bottom <= height
