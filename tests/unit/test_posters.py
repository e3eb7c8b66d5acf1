"""Every picture as files, made with the network cut: posters, tables, slides, briefs, live pages."""

from __future__ import annotations

import io
import re
import socket
from struct import unpack
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pypdf
import pytest
from PIL import Image
from pptx import Presentation
from pptx.chart.chart import Chart

from ramp155.answers.output.outlook import run_outlook
from ramp155.files.assets import read_asset
from ramp155.files.brief import write_brief
from ramp155.files.live_page import write_live_page
from ramp155.files.poster.lines import wrap_lines
from ramp155.files.poster.picture_table import build_picture_table, write_picture_csv
from ramp155.files.poster.sheet import draw_poster_svg, write_poster_png, write_poster_svg
from ramp155.files.slides.pptx_chart import cut_empty_ends
from ramp155.files.slides.pptx_deck import Slide, write_slides
from ramp155.files.story.story import build_story_from_page
from ramp155.files.story.story_file import read_shipped_stories
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import LAST_PLANNED_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, build_picture, list_pages
from ramp155.pictures.picture import strip_markup
from ramp155.pictures.view import View
from ramp155.record.records import Records

SHORTAGE = View(Scenario(nitrocellulose=0.6, start="2027-01", months=12))
PICTURES = sorted(CATALOGUE)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to connect fails the test."""

    def refuse(*_: object) -> None:
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return unpack(">II", png[16:24])


def words_of(svg: str) -> str:
    root = ElementTree.fromstring(svg)
    return " ".join(" ".join(node.itertext()) for node in root.iter() if node.tag.endswith("text"))


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_a_poster_with_finding_source_and_date(records: Records, name: str) -> None:
    picture = build_picture(Model(records), name, SHORTAGE)
    light, dark = (draw_poster_svg(picture, theme) for theme in ("light", "dark"))
    for svg in (light, dark):
        poster_words = words_of(svg).replace("\u00a0", " ")
        assert strip_markup(picture.finding)[:30] in poster_words
        assert f"Record to {records.end.day} {records.end:%B %Y}" in poster_words
    assert light != dark
    # The smallest words of a chart drawn in the poster's own room are 28 px high: 12 px, enlarged.
    assert picture.told.startswith(strip_markup(picture.finding)[:40])


@pytest.mark.parametrize("name", ["output", "sites", "silence"])
def test_a_poster_is_a_picture_of_1920_by_1080(records: Records, name: str) -> None:
    png = write_poster_png(build_picture(Model(records), name, SHORTAGE))
    assert size(png) == (1920, 1080)
    shades = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    assert len(np.unique(shades[300:900])) > 5  # not a blank sheet


def test_a_poster_twice_as_large_and_one_that_carries_its_fonts(records: Records) -> None:
    picture = build_picture(Model(records), "output", SHORTAGE)
    assert size(write_poster_png(picture, "dark", 2)) == (3840, 2160)
    svg = write_poster_svg(picture).decode()
    assert svg.count("@font-face") == 2
    assert not re.search(r"(href|src|url)\s*[=(]\s*['\"]?(?!data:)(https?:)?//", svg)
    assert ElementTree.fromstring(svg).attrib["viewBox"] == "0 0 1920 1080"


def test_a_map_stands_beside_its_words_and_fills_its_half(records: Records) -> None:
    """The longest finding is whole, the map as high as all words together, the key under them and left of the map."""
    view = View(products=("propellant", "nitrocellulose"), countries=("DE", "PL"))
    picture = build_picture(Model(records), "sites", view)
    look = "Look at the space between the marks: few places, few countries."
    svg = draw_poster_svg(picture, "light", "Where is powder made?", 96, 180, look=look)
    finding = strip_markup(picture.finding).replace("\u00a0", " ")
    assert finding.split()[-1] in words_of(svg)
    assert "…" not in words_of(svg)
    assert look.split()[-1] in words_of(svg)
    placed = re.search(r'<svg x="\d+" y="(\d+)" width="[\d.]+" height="([\d.]+)"', svg)
    assert placed
    top, height = (float(number) for number in placed.groups())
    assert height > 620
    title_base = float(re.search(r'y="([\d.]+)">' + re.escape(finding.split(" ")[0]), svg)[1])  # type: ignore[index]
    assert top < title_base < top + height / 3


def test_a_word_longer_than_its_line_is_cut() -> None:
    lines = wrap_lines("so " + "long" * 40 + " and more", 28, 400, 400, most=2)
    assert len(lines) == 2
    assert lines[1].startswith("long")
    assert lines[1].endswith(" …")


def test_a_word_too_long_ends_with_an_ellipsis_and_units_stay_with_their_figures() -> None:
    lines = wrap_lines("about 1.31 million rounds and so on " * 9, 28, 400, 400, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert not any(line.startswith("million") for line in lines)


@pytest.mark.parametrize("name", PICTURES)
def test_what_is_shown_is_there_as_a_table(records: Records, name: str) -> None:
    picture = build_picture(Model(records), name, SHORTAGE)
    rows = build_picture_table(picture)
    assert len(rows) > 0
    back = pd.read_csv(io.BytesIO(write_picture_csv(picture)), encoding="utf-8-sig")
    assert list(back.columns) == list(rows.columns)
    assert len(back) == len(rows)


def test_the_table_of_the_path_is_the_outlook(records: Records) -> None:
    rows = build_picture_table(build_picture(Model(records), "output", SHORTAGE))
    path = run_outlook(Model(records), SHORTAGE.scenario).path
    shown = rows["Output, rounds a year (median)"].dropna().to_numpy(float)
    assert np.allclose(shown, path["rounds_per_year"])


def read_series(chart: Chart) -> dict[str, list[float | None]]:
    return {series.name: list(series.values) for plot in chart.plots for series in plot.series}


def test_native_charts_read_back_as_the_outlook(records: Records) -> None:
    slides = [Slide(build_picture(Model(records), n, SHORTAGE), "Say this", "http://here/?nc=60", ("A source",)) for n in PICTURES]  # fmt: skip
    deck = Presentation(io.BytesIO(write_slides(slides)))
    assert len(deck.slides) == len(PICTURES)
    for name, one, slide in zip(PICTURES, slides, deck.slides, strict=True):
        assert slide.shapes.title.text == one.title
        notes = slide.notes_slide.notes_text_frame.text
        assert "Say this" in notes
        assert "http://here/?nc=60" in notes
        assert "A source" in notes
        assert one.picture.alt not in notes  # what is drawn stands on the shape, not in what to say
        charts = [shape.chart for shape in slide.shapes if shape.has_chart]
        if one.picture.is_map:
            assert not charts  # the map itself, whose key has the numbers
            continue
        (chart,) = charts
        assert chart.part.chart_workbook.xlsx_part is not None  # the numbers can be edited
        got = read_series(chart)
        shown = cut_empty_ends(one.picture.native)
        for series_name, numbers in shown.series.items():
            assert got[series_name] == list(numbers), (name, series_name)
    path = run_outlook(Model(records), SHORTAGE.scenario).path
    chart = next(s.chart for s in deck.slides[PICTURES.index("output")].shapes if s.has_chart)
    # Before the path begins only older reports are drawn.
    series = {name: numbers[-len(path) :] for name, numbers in read_series(chart).items()}
    assert np.allclose(series["Output, median"], path["rounds_per_year"])
    assert np.allclose(series["Baseline"], path["baseline_rounds_per_year"])
    low = np.array(series["Range of published figures, from"])
    assert np.allclose(low, path[["figure_p10", "p10"]].min(axis=1))
    planned = int((path["month"] <= LAST_PLANNED_MONTH).sum())
    capacity = series["Capacity, officials"]
    assert np.allclose(capacity[:planned], path["nameplate_rounds_per_year"][:planned])
    assert set(capacity[planned:]) == {None}


def test_a_deck_without_slides_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one slide"):
        write_slides([])


def pages_of(data: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("page", [*list_pages(), "tide", "nitrocellulose", "plants"])
def test_the_brief_of_every_page_and_story_has_its_pages_and_its_fonts(
    records: Records, page: str
) -> None:
    stories = read_shipped_stories(records)
    story = stories[page] if page in stories else build_story_from_page(page, SHORTAGE)
    pages = pages_of(write_brief(Model(records), story, "http://here/what_if?nc=60"))
    assert len(pages) == min(len(story.screens), 2)  # one picture takes one page
    fonts = {str(f["/BaseFont"]) for p in pages for f in map(lambda r: r.get_object(), p["/Resources"]["/Font"].values())}  # fmt: skip
    assert fonts
    assert all("RampSans" in font for font in fonts), fonts
    text = " ".join(p.extract_text() for p in pages)
    assert "What we do not know" in text
    assert "http://here/what_if" in text


def test_the_live_page_holds_all_it_needs(records: Records) -> None:
    page = write_live_page(Model(records), SHORTAGE, "http://here/?nc=60").decode()
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=", page)
    assert "import " not in read_asset("live.js").split("\n")[0]
    assert strip_markup(build_picture(Model(records), "output", SHORTAGE).finding)[:40] in page
    assert len(page) < 2_000_000
