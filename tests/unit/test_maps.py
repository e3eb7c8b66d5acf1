from __future__ import annotations

import json

import pytest

import ramp155
from ramp155 import maps, timeline


@pytest.fixture(scope="module")
def sites(records: ramp155.Records):  # noqa: ANN201
    return maps.site_table(records, timeline.status(records))


def layers(deck: object) -> dict[str, dict]:
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def test_every_placed_site_is_drawn_and_no_other(records: ramp155.Records, sites) -> None:  # noqa: ANN001
    drawn = layers(maps.deck(records, sites))["sites"]["data"]
    placed = sites[sites["lat"].notna()]
    assert {d["site_id"] for d in drawn} == set(placed["site_id"])
    assert len(drawn) >= 90
    assert (sites["lat"].isna()).sum() >= 10  # those are listed beside the map


def test_the_deck_asks_nothing_of_the_internet(records: ramp155.Records, sites) -> None:  # noqa: ANN001
    for theme in ("light", "dark"):
        deck = maps.deck(records, sites, theme)
        text = deck.to_json().replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text
        assert json.loads(text).get("mapProvider") is None


def test_places_are_no_finer_than_two_decimals(sites) -> None:  # noqa: ANN001
    placed = sites[sites["lat"].notna()]
    for column in ("lat", "lon"):
        assert (placed[column].round(2) == placed[column]).all()


def test_a_site_shows_its_leading_status(records: ramp155.Records, sites) -> None:  # noqa: ANN001
    row = sites.set_index("site_id").loc["unterluess-rheinmetall"]
    assert row["status"] == "ramping"  # its explosive line is only announced
    assert row["lines"] == 3
    assert row["rounds"] == 350_000


def test_size_grows_with_the_rate_and_stays_in_bounds() -> None:
    sizes = [maps._size(r) for r in (float("nan"), 1_000, 50_000, 350_000, 9e9)]
    assert sizes == sorted(sizes)
    assert sizes[0] == maps._SMALLEST
    assert sizes[-1] == maps._LARGEST


def test_sites_of_one_town_lie_side_by_side(records: ramp155.Records, sites) -> None:  # noqa: ANN001
    drawn = layers(maps.deck(records, sites))["sites"]["data"]
    places = [(d["lat"], d["lon"], tuple(d["offset"])) for d in drawn]
    assert len(places) == len(set(places))


def test_every_status_has_its_own_shape_glyph_and_colours() -> None:
    shown = [s for s in timeline.STATUSES if s != "not yet reported"]
    assert sorted(shown) == sorted(maps.LEADING)
    assert len({maps._SHAPES[s].split(" ", 3)[0] + maps.GLYPHS[s] for s in shown}) == len(shown)
    for theme in ("light", "dark"):
        assert set(maps._COLOURS[theme]) == set(shown)


def test_geojson_lists_the_placed_sites(records: ramp155.Records, sites) -> None:  # noqa: ANN001
    data = json.loads(maps.to_geojson(records))
    assert data["type"] == "FeatureCollection"
    assert len(data["features"]) == sites["lat"].notna().sum()
    longitude, latitude = data["features"][0]["geometry"]["coordinates"]
    assert -12 < longitude < 46
    assert 34 < latitude < 72
