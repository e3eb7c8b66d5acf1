"""What follows the lever on Gap and Two tracks: the browser's rows and words against the pictures and sentences there."""

from __future__ import annotations

import dataclasses
import functools
import json
import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.gap.ratios import compute_gap
from ramp155.answers.procurement.terms import Terms
from ramp155.files.follow_body import (
    FOLLOWED,
    build_follow_body,
    build_follow_words,
    narrow_view,
)
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.grammar.moving import pack_moving_tables
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.gap.ratio import write_gap_title

_SCRIPT = Path(__file__).parents[1] / "js" / "lay_rows.mjs"
_NODE = shutil.which("node")
_VIEWS = {
    "gap": View(scenario=Scenario(explosive=0.7), month="2028-12"),
    "tracks": View(terms=Terms(preference=0.65)),
}
_ON_GRID, _BETWEEN = (0, 45, 100, 200), (33, 68, 97, 142)
# Of an axis: five pixels, with as few draws as here.
_LINE = 0.02


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records, 100).with_passing_memory(64 * 1024**2)


def move(view: View, percent: int) -> View:
    return dataclasses.replace(
        view, scenario=dataclasses.replace(view.scenario, nitrocellulose=percent / 100)
    )


@functools.cache
def lay_out(model: Model, name: str) -> dict[int, Any]:
    """What the browser's own code makes of the body, by percent."""
    if _NODE is None:
        pytest.skip("no node here to run the browser's code")
    percents = [*_ON_GRID, *_BETWEEN]
    body = json.loads(build_follow_body(model, _VIEWS[name], name))
    asked = json.dumps({"body": body, "percents": percents})
    told = subprocess.run(
        [_NODE, str(_SCRIPT)], input=asked, capture_output=True, text=True, check=True, timeout=60
    )
    return dict(zip(percents, json.loads(told.stdout), strict=True))


def list_numbers(
    rows: pd.DataFrame | list[dict[str, Any]], column: str
) -> np.ndarray[Any, np.dtype[np.float64]]:
    cells = rows[column] if isinstance(rows, pd.DataFrame) else [row[column] for row in rows]
    return np.array([math.nan if cell is None else float(cell) for cell in cells])


@pytest.mark.parametrize("name", FOLLOWED)
@pytest.mark.parametrize("percent", _ON_GRID)
def test_rows_in_the_browser_are_those_of_the_picture(
    model: Model, name: str, percent: int
) -> None:
    laid = lay_out(model, name)[percent]["pictures"]
    assert laid
    for picture, tables in laid.items():
        datasets = build_picture(model, picture, move(_VIEWS[name], percent)).spec["datasets"]
        for table, rows in tables.items():
            expected = datasets[table]
            assert len(rows) == len(expected)
            for column in expected:
                if pd.api.types.is_numeric_dtype(expected[column]):
                    np.testing.assert_allclose(
                        list_numbers(rows, column),
                        list_numbers(expected, column),
                        rtol=2e-6,
                        atol=1e-9,
                    )
                else:
                    assert [row[column] for row in rows] == list(expected[column])


@pytest.mark.parametrize("name", FOLLOWED)
def test_every_table_that_moves_is_sent(model: Model, name: str) -> None:
    body = json.loads(build_follow_body(model, _VIEWS[name], name))
    for picture, tables in body["pictures"].items():
        low, high = (
            build_picture(model, picture, move(_VIEWS[name], percent)).spec["datasets"]
            for percent in (40, 160)
        )
        moving = {table for table in low if not low[table].equals(high[table])}
        assert moving
        assert moving <= tables.keys()


@pytest.mark.parametrize("percent", _BETWEEN)
def test_between_two_positions_a_line_is_nearly_where_the_picture_has_it(
    model: Model, percent: int
) -> None:
    def measure(name: str, picture: str, table: str, column: str) -> float:
        rows = lay_out(model, name)[percent]["pictures"][picture][table]
        datasets = build_picture(model, picture, move(_VIEWS[name], percent)).spec["datasets"]
        laid, exact = list_numbers(rows, column), list_numbers(datasets[table], column)
        if picture == "ratio":
            laid, exact = np.log2(laid), np.log2(exact)
            return float(np.nanmax(np.abs(laid - exact))) / 6
        return float(np.nanmax(np.abs(laid - exact)) / datasets["axis"]["top"].iloc[0])

    assert measure("gap", "rates", "rates", "p50") < _LINE
    assert measure("gap", "ratio", "nato", "p50") < _LINE
    assert measure("gap", "ratio", "europe", "p50") < _LINE
    assert measure("tracks", "tracks", "met", "high") < _LINE
    assert measure("tracks", "preference", "rules", "mean") < _LINE


def test_words_are_those_of_the_page(model: Model) -> None:
    view = _VIEWS["gap"]
    for percent in _ON_GRID:
        moved = move(view, percent)
        gap = compute_gap(model, moved.scenario, moved.comparison)
        title = write_gap_title(model.record, moved.scenario, gap, view.month)
        assert lay_out(model, "gap")[percent]["words"]["title"] == title
    for name in FOLLOWED:
        for percent in _ON_GRID:
            let_go = json.loads(build_follow_words(model, move(_VIEWS[name], percent), name))
            assert let_go == {"percent": percent, "words": lay_out(model, name)[percent]["words"]}


@pytest.mark.parametrize("name", FOLLOWED)
def test_of_the_usual_view_every_percent_says_what_the_page_says(
    records: Records, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAMP155_CACHE", "")
    model = Model(records, 12)
    body = json.loads(build_follow_body(model, View(), name))
    for percent in (0, 33, 68, 100, 187):
        let_go = json.loads(build_follow_words(model, move(View(), percent), name))
        for part, texts in body["words"].items():
            assert len(texts["at"]) == 201
            assert texts["texts"][texts["at"][percent]] == let_go["words"][part]


def test_each_whole_percent_has_its_own_title(model: Model) -> None:
    body = json.loads(build_follow_body(model, _VIEWS["gap"], "gap"))
    titles = body["words"]["title"]
    assert len(titles["at"]) == 201
    for percent in (1, 33, 99):
        assert titles["texts"][titles["at"][percent]].startswith(f"Nitrocellulose {percent} %")


def test_a_view_is_narrowed_to_what_it_is_asked_of() -> None:
    wide = dataclasses.replace(move(_VIEWS["gap"], 30), site="bofors", spend=3.0)
    assert narrow_view(wide, "gap") == _VIEWS["gap"]
    assert narrow_view(move(View(), 30), "tracks") == View()


def test_working_out_a_slider_leaves_the_memory_as_it_was(records: Records) -> None:
    owner = Model(records, 50)
    compute_gap(owner, Scenario(), View().comparison)
    answers = len(owner.memory)
    passing = owner.with_passing_memory(8 * 1024**2)
    compute_gap(passing, Scenario(nitrocellulose=0.35), View().comparison)
    assert len(owner.memory) == answers
    compute_gap(passing, Scenario(), View().comparison)
    assert passing.memory.bytes < 8 * 1024**2


def test_packing_tells_apart_rows_that_come_and_go() -> None:
    frames = [
        pd.DataFrame({"who": ["a", "b"], "x": [0.0, 1.0]}),
        pd.DataFrame({"who": ["a", "b"], "x": [2.0, 1.0]}),
        pd.DataFrame({"who": ["b"], "x": [3.0]}),
    ]
    still = pd.DataFrame({"who": ["c"], "x": [1.0]})
    packed = pack_moving_tables([{"t": frame, "still": still} for frame in frames])
    assert list(packed) == ["t"]
    first, last = packed["t"]
    assert (first["first"], first["last"], last["first"]) == (0, 1, 2)
    assert first["moving"]["x"]["rows"] == [0]
    assert not last["moving"]
