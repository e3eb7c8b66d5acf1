"""Decks that can be shown as they are: short headlines, and charts that keep the marks of the picture on the page."""

from __future__ import annotations

import dataclasses
import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import vl_convert
from PIL import Image
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.presentation import Presentation as Deck

from ramp155.files.brief import MOST_CREDIT, list_findings
from ramp155.files.poster.chart import complete_spec
from ramp155.files.poster.fonts import SEMIBOLD
from ramp155.files.poster.lines import wrap_lines
from ramp155.files.slides.chart_layers import FORECAST_NAME, REPEATED
from ramp155.files.slides.file_names import write_story_stem
from ramp155.files.slides.pptx_deck import Slide, write_slides
from ramp155.files.slides.sources import MOST_SOURCES, OWN_ESTIMATE
from ramp155.files.slides.story_deck import (
    build_slide_picture,
    build_story_deck,
    list_story_slides,
)
from ramp155.files.story.story import Story, build_story_from_page
from ramp155.files.story.story_file import find_known_story, read_shipped_stories
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, build_picture, list_pages
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import shorten_credit
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.headlines.fit import is_short
from tests.wording import NEVER_SAID, find_american

SHORTAGE = View(Scenario(nitrocellulose=0.6, start="2027-01", months=12))
LATE_THERE = View(countries=("DE", "PL"), late_only=True)
VIEWS = (
    View(),
    SHORTAGE,
    LATE_THERE,
    View(Scenario(nitrocellulose=1.5), month="2028-03"),
    View(Scenario(nitrocellulose=0.0), month="2029-12"),
    View(Scenario(fuzes=0.5, linters=0.2), products=("propellant",), countries=("FR", "DE", "PL")),
    View(Scenario(also=("UA",)), month="2026-06"),
)
TITLE_WIDTH, TITLE_SIZE = 12.1 * 72, 30  # points
MARK_SHAPES = {"circle", "square", "diamond", "triangle-up", "triangle-left"}


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records)


def find_charts(deck: Deck) -> list[Chart]:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def open_chart(picture: Picture) -> Chart:
    return find_charts(Presentation(io.BytesIO(write_slides([Slide(picture)]))))[0]


def count_points(chart: Chart, name: str) -> int:
    """How many points a series and those that only hold more of its sign have."""
    return sum(
        value is not None
        for plot in chart.plots
        for series in plot.series
        if re.sub(r" \(\d+\)$", "", series.name) == name
        for value in series.values
    )


def count_page_marks(picture: Picture) -> dict[str, int]:
    """The marks that the page draws, by shape, read from its scene: symbols, and areas in a band's colour."""
    assert picture.native is not None
    bands = {band.colour.lower() for band in picture.native.bands}
    scene = vl_convert.vegalite_to_scenegraph(complete_spec(picture))["scenegraph"]
    counts: dict[str, int] = {}

    def walk(item: dict[str, object]) -> None:
        kind, children = item.get("marktype"), item.get("items") or []
        assert isinstance(children, list)
        if kind == "area" and children and str(children[0].get("fill")).lower() in bands:
            counts["area"] = counts.get("area", 0) + 1
        for child in children:
            is_inside = float(child.get("x", 0)) >= 0  # marks of earlier years are off the axis
            if kind == "symbol" and is_inside and child.get("shape", "circle") in MARK_SHAPES:
                shape = str(child.get("shape", "circle"))
                counts[shape] = counts.get(shape, 0) + 1
            walk(child)

    walk(scene)
    return counts


def count_slide_marks(chart: Chart, picture: Picture) -> dict[str, int]:
    """The marks that a slide draws, by shape, read from its file; bands that are there."""
    native = picture.native
    assert native is not None
    signs = {name: sign.shape for name, sign in native.signs.items()}
    signs |= {row.name: row.sign.shape for row in native.rows if row.sign}
    counts: dict[str, int] = {}
    for plot in chart.plots:
        for series in plot.series:
            if series.name in signs:
                shape = signs[series.name]
                known = sum(value is not None for value in series.values)
                counts[shape] = counts.get(shape, 0) + known
    names = {series.name for plot in chart.plots for series in plot.series}
    counts["area"] = sum(band.name in names for band in native.bands)
    return counts


def find_lost_marks(picture: Picture, chart: Chart) -> dict[str, tuple[int, int]]:
    """What the page draws and a slide does not, or the other way: shape -> (on the page, on the slide)."""
    page, slide = count_page_marks(picture), count_slide_marks(chart, picture)
    return {
        shape: (page.get(shape, 0), slide.get(shape, 0))
        for shape in {*page, *slide}
        if page.get(shape, 0) != slide.get(shape, 0)
    }


# Of `rates` the page draws the key's symbols; maps, cells and pipes are no marks of this kind.
MARKED = ("output", "ratio", "us", "makers", "topic", "slips", "targets")


@pytest.mark.parametrize("name", MARKED)
def test_a_slide_has_the_marks_and_bands_of_its_page(model: Model, name: str) -> None:
    picture = build_picture(model, name, SHORTAGE)
    assert find_lost_marks(picture, open_chart(picture)) == {}


@pytest.mark.parametrize("name", ["output", "us", "slips"])
def test_a_lost_series_is_found(model: Model, name: str) -> None:
    """The test above would see it: a slide without one kind of mark, or without its band."""
    picture = build_picture(model, name, SHORTAGE)
    native = picture.native
    assert native is not None
    if native.rows:
        poorer = dataclasses.replace(
            native, rows=tuple(row for row in native.rows if row.name != "Reported")
        )
    else:
        lost = next(place for place, key in enumerate(native.series) if key in native.signs)
        names = list(native.series)
        poorer = dataclasses.replace(
            native,
            series={key: native.series[key] for key in names if key != names[lost]},
            colours=tuple(c for place, c in enumerate(native.colours) if place != lost),
            signs={key: sign for key, sign in native.signs.items() if key != names[lost]},
        )
        bandless = dataclasses.replace(picture, native=dataclasses.replace(native, bands=()))
        assert find_lost_marks(picture, open_chart(bandless))
    assert find_lost_marks(picture, open_chart(dataclasses.replace(picture, native=poorer)))


@pytest.mark.parametrize("name", [*CATALOGUE])
def test_every_series_of_a_picture_is_on_its_slide(model: Model, name: str) -> None:
    picture = build_picture(model, name, SHORTAGE)
    native = picture.native
    if native is None or picture.is_map:
        pytest.skip("no chart")
    chart = open_chart(picture)
    names = {series.name for plot in chart.plots for series in plot.series}
    assert {*native.series, *(row.name for row in native.rows)} <= names
    assert {band.name for band in native.bands} <= names
    assert not native.forecast or FORECAST_NAME in names
    assert native.window is None or native.window[2] in names
    drawn_names = {name for name in names if not REPEATED.search(name)}
    assert not any(re.search(r"\bP[19]0\b|, low$|, high$", name) for name in drawn_names)


def test_a_band_is_as_wide_as_the_likely_range(model: Model) -> None:
    """Slices that stand on each other end where the band ends, in every month."""
    picture = build_picture(model, "output", SHORTAGE)
    native = picture.native
    assert native is not None
    outer, inner = native.bands
    chart = open_chart(picture)
    parts = [s for s in chart.plots[0].series]
    widths = {s.name: np.array(s.values, dtype=float) for s in parts}
    ends = {side: np.array(getattr(inner, side), dtype=float) for side in ("low", "high")}
    top = np.maximum(np.array(outer.high, dtype=float), ends["high"])
    assert np.allclose(sum(widths.values()), top, equal_nan=True)
    inside = sum(width for name, width in widths.items() if name.startswith(inner.name))
    assert np.allclose(inside, ends["high"] - ends["low"], equal_nan=True)


@pytest.mark.parametrize(
    "view",
    [
        pytest.param(view, id=str(place), marks=[pytest.mark.nightly] if place > 1 else [])
        for place, view in enumerate(VIEWS)
    ],
)
def test_every_title_is_short_plain_and_takes_two_lines(model: Model, view: View) -> None:
    for name in CATALOGUE:
        title = Slide(build_picture(model, name, view)).title
        assert title, name
        assert is_short(title), (name, title)
        assert not NEVER_SAID.search(title), (name, title)
        assert not find_american(title), (name, title)
        assert len(wrap_lines(title, TITLE_SIZE, SEMIBOLD, TITLE_WIDTH)) <= 2, (name, title)


@pytest.mark.nightly
def test_titles_of_every_topic_and_line_are_short(model: Model) -> None:
    for topic in model.record.contradictions["topic"]:
        assert is_short(build_picture(model, "topic", View(topic=topic)).headline), topic
    for line in list(model.record.lines["line_id"])[::7]:
        headline = build_picture(model, "ramp", View(line=line)).headline
        assert is_short(headline), headline


def read_deck(model: Model, story: Story) -> Deck:
    return Presentation(io.BytesIO(build_story_deck(model, story, "https://example.org/?nc=60")))


def test_a_shock_says_how_many_rounds_by_when(model: Model) -> None:
    story = build_story_from_page("what_if", SHORTAGE)
    deck = read_deck(model, story)
    cover, shock, *_, last = deck.slides
    assert cover.shapes.title.text.startswith("What happens at 60 % nitrocellulose")
    words = " ".join(shape.text_frame.text for shape in cover.shapes if shape.has_text_frame)
    assert model.record.version in words
    assert f"{model.record.end.day} {model.record.end:%B %Y}" in words
    assert re.fullmatch(
        r"60 % nitrocellulose: [\d,.]+( million)? rounds fewer by \w+ \d{4}",
        shock.shapes.title.text,
    )
    shown = " ".join(shape.text_frame.text for shape in shock.shapes if shape.has_text_frame)
    assert "falls below the baseline in" in shown
    assert "It is back in" in shown
    assert last.shapes.title.text == "What we do not know"
    assert write_story_stem(model.record, story) == (
        f"ramp155-nitrocellulose-60-percent-from-2027-01-12-months-{model.record.end}"
    )


def test_the_late_of_two_countries_are_named(model: Model) -> None:
    story = build_story_from_page("ramp_up", LATE_THERE)
    deck = read_deck(model, story)
    table = next(shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert len(rows) > 2
    for plant, _, promised, expected, late, who in rows[1:]:
        assert plant.endswith(("Germany", "Poland"))
        assert re.search(r"\d{4}", promised)
        assert expected
        assert late.endswith(("month", "months"))
        assert re.search(r"\((\d{4}|undated)", who)
    stem = write_story_stem(model.record, story)
    assert "germany-and-poland" in stem
    assert stem.startswith("ramp155-ramp-up")


def test_notes_say_what_to_say_and_who_says_so(model: Model) -> None:
    for story in read_shipped_stories(model.record).values():
        for slide in list_story_slides(model, story):
            assert 0 < len(slide.sources) <= MOST_SOURCES + 1, slide.title
            # Where a source has no address, that is because the record has none of it.
            is_told = any("http" in line for line in slide.sources)
            assert is_told or "Weak" in slide.sources[-1] or slide.sources == (OWN_ESTIMATE,)


def render(content: bytes, folder: Path) -> list[np.ndarray]:
    """The slides of a deck as LibreOffice draws them."""
    soffice, pdftoppm = shutil.which("soffice"), shutil.which("pdftoppm")
    if not soffice or not pdftoppm:
        assert os.environ.get("RAMP155_BROWSER") != "required", "LibreOffice is missing"
        pytest.skip("LibreOffice is missing")
    (folder / "deck.pptx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "deck.pptx")], check=True, capture_output=True)
    page = str(folder / "page")
    subprocess.run([pdftoppm, "-r", "60", "-png", str(folder / "deck.pdf"), page], check=True)
    return [
        np.asarray(Image.open(path).convert("RGB")).astype(int)
        for path in sorted(folder.glob("page*.png"))
    ]


def find_missing_colours(picture: Picture, pixels: np.ndarray) -> list[str]:
    """The series of a picture whose colour is nowhere on a rendered slide."""
    native = picture.native
    assert native is not None
    colour_of = dict(zip(native.series, native.colours, strict=True))
    colour_of |= {row.name: row.colour for row in native.rows}
    missing = []
    for name, colour in colour_of.items():
        rgb = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)])
        if (np.abs(pixels - rgb).sum(axis=2) < 40).sum() < 3:
            missing.append(name)
    return missing


def test_libreoffice_draws_every_series(model: Model, tmp_path: Path) -> None:
    names = ("output", "ratio", "slips")
    pictures = [build_picture(model, name, SHORTAGE) for name in names]
    content = write_slides([Slide(picture) for picture in pictures])
    drawn = render(content, tmp_path)
    assert len(drawn) == len(pictures)
    for picture, pixels in zip(pictures, drawn, strict=True):
        assert find_missing_colours(picture, pixels) == [], picture.name
    # A slide of another picture lacks colours: the look would see a loss.
    assert find_missing_colours(pictures[1], drawn[2])


@pytest.mark.nightly
def test_libreoffice_draws_every_deck(model: Model, tmp_path: Path) -> None:
    stories = [
        *read_shipped_stories(model.record).values(),
        *(build_story_from_page(page, SHORTAGE) for page in list_pages()),
    ]
    for number, story in enumerate(stories):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        slides = list_story_slides(model, story)
        drawn = render(build_story_deck(model, story, ""), folder)
        assert len(drawn) >= len(slides) + 1
        for slide, pixels in zip(slides, drawn[1:], strict=False):
            if slide.table is None and slide.picture.native is not None:
                assert find_missing_colours(slide.picture, pixels) == [], slide.title


def test_a_brief_answers_every_question_and_cuts_no_source_away(model: Model) -> None:
    for key in ("late", "country-de"):
        story = find_known_story(model.record, key)
        pictures = [build_slide_picture(model, screen) for screen in story.screens]
        for question, answer in list_findings(model, story, pictures):
            assert len(answer.split()) > 3, question
        for picture in pictures:
            credit = shorten_credit(picture.credit, MOST_CREDIT, "at the end")
            assert len(credit) <= MOST_CREDIT
            assert "…" not in credit


def test_slides_of_a_country_are_titled_with_what_they_show(model: Model) -> None:
    slides = list_story_slides(model, find_known_story(model.record, "country-de"))
    titles = {slide.picture.name: slide.title for slide in slides if slide.table is None}
    assert all(is_short(title) for title in titles.values())
    assert "promised" in titles["promised"]
    assert "nobody says" in titles["unsaid"]


def test_a_table_of_late_lines_ends_above_its_sources(model: Model) -> None:
    """As many lines of letters as its cells take, by the width of letters."""
    table = build_picture(model, "board", View()).table
    assert table is not None
    inches = 0.44
    for cells in table.rows:
        lines = max(
            len(wrap_lines(cell, 12, SEMIBOLD, (width * 12.33 - 0.14) * 72))
            for cell, width in zip(cells, table.widths, strict=True)
        )
        inches += max(0.44, 0.2 * lines + 0.06)
    assert inches < 5
