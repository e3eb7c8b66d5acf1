"""The map that plays: where plants stand each month, and where marks and names go at each zoom."""

from __future__ import annotations

import base64
import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.counts import count_lines, count_openings
from ramp155.history.as_known import rewind_records
from ramp155.history.standing.months import MARK_BITS, STATUS_CODES
from ramp155.history.standing.sites import AHEAD_WORDS, SITE_MARKS, STATUS_GROUPS
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.map.live.body import build_map_body
from ramp155.pictures.map.live.ladder import (
    COUNTRY_HEIGHT,
    TOWN_HEIGHT,
    TOWNS_FROM_ZOOM,
    Ladder,
    build_ladder,
    find_mark_scale,
    measure_name,
)
from ramp155.pictures.map.live.line_days import list_map_days, list_steps, tabulate_line_days
from ramp155.pictures.map.live.plant_lines import list_plant_sentences
from ramp155.pictures.map.live.site_days import (
    LATE_BIT,
    SIZE_UNIT,
    list_group_codes,
    tabulate_site_days,
)
from ramp155.pictures.map.names import list_country_names
from ramp155.pictures.map.sites import build_site_table
from ramp155.pictures.map.symbols import LARGEST_MARK, SMALLEST_MARK, compute_mark_size
from ramp155.pictures.map.view import HOME_ZOOM, find_bounds, fit_view, project_to_screen
from ramp155.record.records import Records
from ramp155.text.months import say_known_on, write_late, write_opened, write_shown, write_soon


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records)


@pytest.fixture(scope="module")
def ladder(model: Model) -> Ladder:
    return build_ladder(model)


@pytest.fixture(scope="module")
def days(records: Records) -> tuple[dt.date, ...]:
    return list_map_days(records, records.end)


def find_marks(model: Model, ladder: Ladder, rung: int) -> tuple[np.ndarray, np.ndarray]:
    """Centres and widths of all marks at a rung, each as large as it ever is."""
    sites = model.record.sites.set_index("site_id").loc[list(ladder.site_ids)]
    points = project_to_screen(sites["lat"], sites["lon"], ladder.zooms[rung])
    return points + ladder.offsets[rung], np.array(ladder.slots) * ladder.scales[rung]


def find_name_boxes(model: Model, ladder: Ladder, rung: int) -> dict[str, tuple[float, ...]]:
    """Left, top, right and bottom of every country's name at a rung."""
    names = list_country_names(model)["name"]
    boxes = {}
    for place, lon, lat in ladder.names[rung]:
        x, y = project_to_screen([lat], [lon], ladder.zooms[rung])[0]
        half, up = measure_name(names[place]) / 2, COUNTRY_HEIGHT / 2
        boxes[names[place]] = (x - half, y - up, x + half, y + up)
    return boxes


def measure_to_boxes(centres: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """From each centre to each box, pixels; 0 inside."""
    beside = np.maximum(
        boxes[None, :, :2] - centres[:, None], centres[:, None] - boxes[None, :, 2:]
    )
    return np.hypot(*np.maximum(beside, 0.0).transpose(2, 0, 1))


# Where marks and names go


def test_no_two_marks_come_closer_than_their_radii(model: Model, ladder: Ladder) -> None:
    assert HOME_ZOOM in ladder.zooms
    for rung in range(len(ladder.zooms)):
        centres, widths = find_marks(model, ladder, rung)
        distance = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
        np.fill_diagonal(distance, np.inf)
        assert (distance >= (widths[:, None] + widths[None]) / 2).all(), ladder.zooms[rung]


def test_marks_stay_near_their_town(ladder: Ladder) -> None:
    assert len(ladder.site_ids) >= 90
    for rung, zoom in enumerate(ladder.zooms):
        moved = np.hypot(*ladder.offsets[rung].T)
        assert moved.max() <= (1.3 if zoom >= 2.5 else 1.7) * LARGEST_MARK
        assert np.median(moved) <= SMALLEST_MARK
    assert (np.hypot(*ladder.offsets[-1].T) < 1).mean() > 0.6


def test_names_cover_no_mark_and_no_other_name(model: Model, ladder: Ladder) -> None:
    for rung, zoom in enumerate(ladder.zooms):
        centres, widths = find_marks(model, ladder, rung)
        boxes = np.array(list(find_name_boxes(model, ladder, rung).values()))
        assert (measure_to_boxes(centres, boxes) >= widths[:, None] / 2 - 0.4).all(), zoom
        apart = np.maximum(
            boxes[:, None, :2] - boxes[None, :, 2:], boxes[None, :, :2] - boxes[:, None, 2:]
        )
        assert ((apart.max(axis=2) >= -0.3) | np.eye(len(boxes), dtype=bool)).all(), zoom


def test_the_countries_a_reader_looks_for_are_named_at_home(model: Model, ladder: Ladder) -> None:
    for zoom in (2.5, HOME_ZOOM, 3.0, 3.25, 3.5):
        boxes = find_name_boxes(model, ladder, ladder.zooms.index(zoom))
        assert {"Germany", "Poland", "France", "Ukraine", "Italy", "Spain"} <= set(boxes), zoom


def test_towns_are_named_below_their_mark_where_there_is_room(model: Model, ladder: Ladder) -> None:
    sites = model.record.sites.set_index("site_id")
    for rung, zoom in enumerate(ladder.zooms):
        assert bool(ladder.towns[rung]) == (zoom >= TOWNS_FROM_ZOOM)
        if not ladder.towns[rung]:
            continue
        centres, widths = find_marks(model, ladder, rung)
        named = list(ladder.towns[rung])
        towns = [sites.loc[ladder.site_ids[place], "town"].split(" (")[0] for place in named]
        half = np.array([len(town) * 6.4 / 2 for town in towns])
        middle = centres[named] + np.column_stack(
            [np.zeros(len(named)), widths[named] / 2 + TOWN_HEIGHT / 2 + 2]
        )
        up = np.full(len(named), TOWN_HEIGHT / 2)
        size = np.column_stack([half, up])
        boxes = np.hstack([middle - size, middle + size])
        assert (measure_to_boxes(centres, boxes) >= widths[:, None] / 2 - 1.01).all(), zoom
    assert len(ladder.towns[-1]) > 80


def test_the_ladder_is_the_same_each_time(
    records: Records, ladder: Ladder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAMP155_CACHE", "")
    again = build_ladder.__wrapped__(Model(records))  # type: ignore[attr-defined]
    assert (again.offsets == ladder.offsets).all()
    assert again.names == ladder.names


def test_marks_grow_with_the_map_and_slower_than_it() -> None:
    assert find_mark_scale(HOME_ZOOM) == find_mark_scale(2.0) == 1
    assert 1 < find_mark_scale(3.5) < 2 ** (3.5 - HOME_ZOOM)
    assert find_mark_scale(8.0) == find_mark_scale(7.0)


# Where plants stand


@pytest.mark.parametrize(("day", "hindsight"), [(-1, False), (28, False), (28, True), (0, False)])
def test_plants_stand_as_the_table_of_sites_says(
    model: Model, days: tuple[dt.date, ...], day: int, hindsight: bool
) -> None:
    line_ids = tuple(model.record.lines["line_id"])
    site_days = tabulate_site_days(model, days, hindsight, line_ids)
    known = rewind_records(model.record, days[day], hindsight)
    statuses = list_statuses(known)
    table = build_site_table(model, statuses).set_index("site_id")
    codes = list(STATUS_CODES)
    places = {site_id: place for place, site_id in enumerate(site_days.site_ids)}
    shown = {site_id for site_id, place in places.items() if site_days.status[day, place]}
    assert shown == set(table.index)
    late = statuses[statuses["late"] == "late"].groupby("site_id")["lateness_months"].max()
    ahead = ["", *reversed(AHEAD_WORDS.values())]
    for site_id, row in table.iterrows():
        place = places[site_id]
        assert codes[site_days.status[day, place]] == row["status"], site_id
        assert ahead[site_days.ahead[day, place]] == row["ahead"], site_id
        width = site_days.size[day, place] * SIZE_UNIT
        assert width == pytest.approx(compute_mark_size(row["rounds"]), abs=0.051), site_id
        marks = site_days.marks[day, place]
        said = {words for mark, words in SITE_MARKS.items() if marks & MARK_BITS.get(mark, 0)}
        said |= {SITE_MARKS["late"]} if marks & LATE_BIT else set()
        assert said == set(row["marks"]), site_id
        assert site_days.lateness[day, place] == late.get(site_id, 0), site_id
    assert site_days.counts["lines"][day] == count_lines(known, lines=statuses).number
    assert site_days.counts["plants"][day] == len(table)
    assert site_days.counts["late"][day] == len(late)
    assert site_days.counts["opened"][day] == count_openings(known).number
    assert site_days.groups[day].sum() == len(table)


def test_what_is_next_and_last_is_what_the_status_says(
    model: Model, days: tuple[dt.date, ...]
) -> None:
    steps = list_steps(model.record)
    for day in (-1, 30):
        line_days = tabulate_line_days(model, days, False)
        statuses = list_statuses(model.record, days[day])
        coming = line_days.coming[day]
        for place, row in enumerate(statuses.to_dict("records")):
            if row["next_date"]:
                assert steps[coming[place] - 1] == (row["next_milestone"], row["next_date"])
            elif coming[place]:  # its date has passed, or its first one has
                assert coming[place] > len(steps) or row["late"] == "late", row["line_id"]
        is_soon = line_days.soon[day].astype(bool)
        assert 5 < is_soon.sum() < len(statuses) / 2
        assert (coming[is_soon] > 0).all()


def test_picks_and_statuses_leave_what_they_name(model: Model, days: tuple[dt.date, ...]) -> None:
    line_ids = tuple(model.record.lines["line_id"])
    every = tabulate_site_days(model, days, False, line_ids)
    late = tabulate_site_days(model, days, False, line_ids, "late")
    assert (late.counts["plants"] == every.counts["late"]).all()
    opened = tabulate_site_days(model, days, False, line_ids, "opened")
    assert (opened.counts["lines"] == every.counts["opened"]).all()
    soon = tabulate_site_days(model, days, False, line_ids, "soon")
    assert (soon.counts["lines"] == every.counts["soon"]).all()
    for group, (words, statuses) in enumerate(STATUS_GROUPS.items()):
        some = tabulate_site_days(model, days, False, line_ids, "", statuses)
        assert (some.counts["plants"] == every.groups[:, group]).all(), words
        assert (some.groups == every.groups).all()  # the key counts all, whatever is shown
        for pick in ("opened", "late", "soon"):
            picked = tabulate_site_days(model, days, False, line_ids, pick, statuses)
            counted = "plants" if pick == "late" else "lines"
            assert (picked.counts[counted] == some.counts[pick]).all(), (words, pick)
            is_shown = picked.status > 0
            assert (picked.status[is_shown] == every.status[is_shown]).all()
    german = tuple(model.record.full_lines.index[model.record.full_lines["country"] == "DE"])
    assert tabulate_site_days(model, days, False, german).counts["lines"][-1] == len(german)


def test_a_day_between_month_ends_has_a_row_of_its_own(model: Model) -> None:
    day = dt.date(2024, 6, 14)
    days = list_map_days(model.record, day)
    assert days[-1] == day
    site_days = tabulate_site_days(model, days, False, tuple(model.record.lines["line_id"]))
    statuses = list_statuses(model.record, day)
    assert site_days.counts["lines"][-1] == (statuses["status"] != "not yet reported").sum()


def test_every_status_is_in_one_group_of_the_key() -> None:
    codes = [code for group in list_group_codes() for code in group]
    assert sorted(codes) == sorted(set(STATUS_CODES.values()) - {STATUS_CODES["not yet reported"]})


# What travels


def test_the_body_says_each_month_what_the_library_says(
    model: Model, days: tuple[dt.date, ...]
) -> None:
    line_ids = tuple(model.record.lines["line_id"])
    content = build_map_body(model, days, line_ids)
    assert len(content) < 300_000
    body = json.loads(content)
    site_days = tabulate_site_days(model, days, True, line_ids)
    known = body["known"][1]
    status = np.frombuffer(base64.b64decode(known["status"]), np.uint8).reshape(len(days), -1)
    assert (status == site_days.status).all()
    coming = np.frombuffer(base64.b64decode(known["coming"]), np.uint16).reshape(len(days), -1)
    assert (coming == site_days.coming).all()
    assert coming.max() < len(body["words"]["coming"])
    counts = {name: numbers[20] for name, numbers in site_days.counts.items()}
    assert known["heading"][20] == write_shown(counts["lines"], counts["plants"]) + say_known_on(
        days[20], model.record.end, True
    )
    assert known["late"][20] == write_late(counts["late"])
    assert known["opened"][20] == write_opened(counts["opened"])
    assert known["soon"][20] == write_soon(counts["soon"], days[20])
    assert "http" not in content.decode()
    assert all(place == round(place, 2) for place in body["ladder"]["lat"] + body["ladder"]["lon"])


def test_a_plants_lines_are_said_each_month(model: Model, days: tuple[dt.date, ...]) -> None:
    said = list_plant_sentences(model, days, "bauska-vak")
    now = [said["sentences"][place] for place in said["by_day"][0][-1]]
    assert len(now) == 1
    assert now[0].startswith(
        "Propelling charges: being built; ground broken Jan 2026; to open Oct 2026"
    )
    assert "late by 22 months or more" in now[0]
    assert said["by_day"][0][0] == []  # nothing was reported by January 2022


# Where the map looks


def test_what_is_fitted_is_whole_in_sight(model: Model) -> None:
    sites = model.record.sites[model.record.sites["lat"].notna()]
    for country in (None, "DE", "NO", "CH"):
        some = sites if country is None else sites[sites["country"] == country]
        latitude, longitude, zoom = fit_view(find_bounds(some))
        assert zoom % 0.25 == 0
        centre = project_to_screen([latitude], [longitude], zoom)[0]
        away = np.abs(project_to_screen(some["lat"], some["lon"], zoom) - centre)
        assert (away.max(axis=0) <= (720 / 2, 480 / 2)).all()
    assert fit_view(find_bounds(sites))[2] == HOME_ZOOM
    assert fit_view(find_bounds(pd.DataFrame({"lat": [50.0], "lon": [8.0]})))[2] == 5.0
