"""Words that an edge of paper keeps free are drawn once, the edge under the letters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ramp155.files.poster.chart import complete_spec, draw_chart_svg
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.plants.policies import draw_policies
from ramp155.pictures.view import View
from ramp155.record.records import Records
from tests.lettering import list_letterings

FREE = ("ratio", "tracks")


@pytest.mark.parametrize("name", FREE)
def test_no_word_of_a_picture_is_written_twice_for_its_edge(records: Records, name: str) -> None:
    picture = build_picture(Model(records, draws=50), name, View())
    _check_edges(draw_chart_svg(complete_spec(picture), "light", 700, 330)[0])


def test_policies_are_named_once(records: Records) -> None:
    svg = draw_chart_svg(draw_policies(Model(records, draws=50), 170), "light", 900, 170)[0]
    _check_edges(svg)
    labels = set(records.policies.loc[records.policies["settings"] == "", "label"])
    words = [lettering.words for lettering in list_letterings(svg)]
    assert [words.count(label) for label in labels] == [1] * len(labels)


def test_pages_draw_the_edge_under_the_letters() -> None:
    style = Path("ui/app.css").read_text("utf-8")
    assert re.search(r'stVegaLiteChart"\] svg text \{[^}]*paint-order: stroke', style)


def _check_edges(svg: str) -> None:
    edged = re.findall(r"<text [^>]*stroke=[^>]*>", svg)
    assert edged
    assert all('paint-order="stroke"' in tag for tag in edged)
    letterings = list_letterings(svg)
    places = [(lettering.words, lettering.box) for lettering in letterings]
    assert len(set(places)) == len(places)
    assert not any(lettering.is_edge for lettering in letterings)
