from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from scipy.spatial import cKDTree

from ramp155.files.geojson import write_sites_geojson
from ramp155.history.standing.sites import LEADING_STATUSES
from ramp155.history.status import STATUSES, list_statuses
from ramp155.model.model import Model
from ramp155.pictures.map.colours import blend_use_colour, format_hex
from ramp155.pictures.map.deck.site_deck import build_site_deck
from ramp155.pictures.map.label_room import place_labels
from ramp155.pictures.map.names import list_country_names, list_town_names
from ramp155.pictures.map.poster.map_spec import draw_map_spec
from ramp155.pictures.map.sites import build_site_table
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
    MARKS_APART,
    MAX_ZOOM,
    SAFE_FIELD,
    MapView,
    find_clusters,
    find_opening_view,
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


@pytest.mark.parametrize("zoom", [2.0, 2.4, 2.75, 3.75, 5.0, 6.5, 8.0])
def test_clusters_stand_apart_and_hold_every_site_once(sites, zoom: float) -> None:  # noqa: ANN001
    placed = sites[sites["lat"].notna()].reset_index(drop=True)
    clusters = find_clusters(placed, zoom)
    assert sorted(set(clusters)) == list(range(clusters.max() + 1))
    assert len(clusters) == len(placed)
    towns = placed.assign(cluster=clusters).drop_duplicates(["lat", "lon"])
    at = pixels(towns, zoom)
    centres = np.array([at[towns["cluster"] == c].mean(axis=0) for c in sorted(set(clusters))])
    assert cKDTree(centres).query(centres, k=2)[0][:, 1].min() >= MARKS_APART
    again = find_clusters(placed.iloc[::-1], zoom)[::-1]
    assert len(set(zip(clusters, again, strict=True))) == clusters.max() + 1


def test_only_sites_of_one_town_are_together_at_the_closest_zoom(sites) -> None:  # noqa: ANN001
    placed = sites[sites["lat"].notna()]
    clustered = placed.assign(cluster=find_clusters(placed, MAX_ZOOM))
    assert (clustered.groupby("cluster")["lat"].nunique() == 1).all()
    assert len(set(clustered["cluster"])) == len(placed.drop_duplicates(["lat", "lon"]))


def test_one_site_or_none_is_no_trouble_for_clusters(sites) -> None:  # noqa: ANN001
    placed = sites[sites["lat"].notna()]
    assert find_clusters(placed.head(1), 3.0).tolist() == [0]
    assert find_clusters(placed.head(0), 3.0).tolist() == []


def test_a_badge_opens_and_counts_its_sites(records: Records, sites) -> None:  # noqa: ANN001
    drawn = layers(build_site_deck(Model(records), sites))
    marks = {d["site_id"] for d in drawn["sites"]["data"] if d["size"]}
    badges = drawn["clusters"]["data"]
    inside = [site for badge in badges for site in badge["members"]]
    assert len(badges) > 10
    assert len(inside) == len(set(inside))
    assert set(inside) | marks == set(sites.loc[sites["lat"].notna(), "site_id"])
    assert not set(inside) & marks
    for badge in badges:
        members = sites[sites["site_id"].isin(badge["members"])]
        view = find_opening_view(members, HOME_VIEW)
        assert view.zoom >= HOME_VIEW.zoom + 0.5
        assert find_clusters(members, view.zoom).max() >= 1
        off = pixels(members, view.zoom) - pixels(
            pd.DataFrame({"lat": [view.latitude], "lon": [view.longitude]}), view.zoom
        )
        assert np.abs(off).max() <= SAFE_FIELD / 2 + 1


def test_the_chosen_site_is_never_in_a_badge(records: Records, sites) -> None:  # noqa: ANN001
    badges = layers(build_site_deck(Model(records), sites))["clusters"]["data"]
    chosen = badges[0]["members"][0]
    drawn = layers(build_site_deck(Model(records), sites, selected=chosen))
    assert all(chosen not in badge["members"] for badge in drawn["clusters"]["data"])
    assert next(d for d in drawn["sites"]["data"] if d["site_id"] == chosen)["size"] > 0
    assert len(drawn["chosen"]["data"]) == 1
    assert [d["priority"] for d in drawn["towns"]["data"]] == [1000]


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
