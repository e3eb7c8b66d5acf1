"""What decks and briefs say in numbers, held against the page: titles against its words and rows, charts against its rows."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pptx import Presentation

from ramp155.files.brief import find_leading_screen, list_contents
from ramp155.files.poster.chart import complete_spec
from ramp155.files.slides.pptx_deck import Slide, write_slides
from ramp155.files.slides.story_deck import build_slide_picture, list_story_slides
from ramp155.files.story.screen_sources import find_picture_sources
from ramp155.files.story.story import Story, build_story_from_page
from ramp155.files.story.story_file import read_shipped_stories
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.board.native import count_days
from ramp155.pictures.catalogue import list_pages
from ramp155.pictures.picture import Picture, strip_markup
from ramp155.pictures.plants.lines import list_shown_lines
from ramp155.pictures.view import View
from ramp155.record.grades import list_witnesses
from ramp155.record.records import Records
from ramp155.text.numbers import round_rounds, say_percent, say_rounds, say_times

SHORTAGE = View(Scenario(nitrocellulose=0.6, start="2027-01", months=12))
LATE_THERE = View(countries=("DE", "PL"), late_only=True)
# Figures of a text; years and parts of names are none.
FIGURE = re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d\b)\d(?:[\d,.]*\d)?")
DRAWN_OTHERWISE = {
    "flow"
}  # of pipes the page's rows are outlines; widths and words come from the same months
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records, 60)


def find_figures(text: str) -> set[str]:
    return set(FIGURE.findall(strip_markup(text)))


def walk_cells(spec: dict[str, Any]) -> Iterator[Any]:
    """Every cell of the rows that a chart is drawn from."""
    tables = [(spec.get("data") or {}).get("values"), *(spec.get("datasets") or {}).values()]
    for table in tables:
        for row in table or []:
            yield from row.values()
    for layer in spec.get("layer", []):
        yield from walk_cells(layer)


def list_page_numbers(picture: Picture) -> np.ndarray:
    """The numbers of a page's chart: cells, days as a spreadsheet counts them, and what stands in its words."""
    numbers = {0.0}
    for cell in walk_cells(complete_spec(picture)):
        if isinstance(cell, int | float) and not isinstance(cell, bool) and np.isfinite(cell):
            numbers |= {float(cell), round_rounds(float(cell))}
        elif isinstance(cell, str) and DAY.fullmatch(cell):
            numbers.add(count_days(cell))
    return np.array(sorted(numbers))


def list_slide_numbers(picture: Picture) -> set[float]:
    """The numbers of a slide's chart, read from its file: of series that the page draws, not of what holds them up."""
    native = picture.native
    assert native is not None
    content = Presentation(io.BytesIO(write_slides([Slide(picture)])))
    chart = next(shape.chart for shape in content.slides[0].shapes if shape.has_chart)
    row_names = {row.name for row in native.rows}
    numbers: set[float] = set()
    for plot in chart.plots:
        for series in plot.series:
            if series.name in native.series:
                numbers |= {value for value in series.values if value is not None}
            elif re.sub(r" \(\d+\)$", "", series.name) in row_names:
                places = series._element.xpath(".//c:xVal//c:v")
                numbers |= {float(place.text) for place in places}
    return numbers


def find_strange_numbers(picture: Picture) -> list[float]:
    """The numbers of a slide's chart that the page's chart has not."""
    page = list_page_numbers(picture)
    return [
        number
        for number in list_slide_numbers(picture)
        if np.min(np.abs(page - number)) > 1e-6 * max(1.0, abs(number))
    ]


def find_strange_figures(model: Model, title: str, picture: Picture, view: View) -> set[str]:
    """The figures of a slide's title that neither the page's words nor its rows have."""
    strange = find_figures(title) - find_figures(f"{picture.finding} {picture.detail}")
    if strange:
        lines = str(len(list_shown_lines(model, view)))
        said = {
            say(number)
            for number in list_page_numbers(picture)
            for say in (say_rounds, say_times, say_percent)
        }
        table = picture.table.rows if picture.table else ()
        said |= {lines, *(cell for cells in table for cell in cells)}
        strange -= find_figures(" ".join(said))
    return strange


@pytest.mark.parametrize("view", [View(), SHORTAGE, LATE_THERE], ids=["usual", "60 %", "late"])
def test_a_deck_says_and_draws_the_numbers_of_its_page(model: Model, view: View) -> None:
    drawn = {*DRAWN_OTHERWISE}
    for page in list_pages():
        for slide in list_story_slides(model, build_story_from_page(page, view)):
            picture = slide.picture
            assert find_strange_figures(model, slide.title, picture, view) == set(), slide.title
            if picture.native is not None and not picture.is_map and picture.name not in drawn:
                drawn.add(picture.name)
                assert find_strange_numbers(picture) == [], picture.name


def test_titles_of_a_story_say_what_its_screens_answer(model: Model) -> None:
    for story in read_shipped_stories(model.record).values():
        for screen, picture in (
            (screen, build_slide_picture(model, screen)) for screen in story.screens
        ):
            title = Slide(picture).title
            answer = find_figures(picture.finding)
            assert not screen.answer or find_figures(title) <= answer, (screen.title, title)


def test_another_number_is_found(model: Model) -> None:
    """The tests above would see a title or a series with numbers of its own."""
    view = SHORTAGE
    picture = build_story_picture(model, "what_if", view)
    assert find_strange_figures(model, "7,777 rounds fewer", picture, view) == {"7,777"}
    assert picture.native is not None
    series = {
        name: tuple(None if number is None else number * 1.01 for number in numbers)
        for name, numbers in picture.native.series.items()
    }
    native = dataclasses.replace(picture.native, series=series)
    assert find_strange_numbers(dataclasses.replace(picture, native=native))


def build_story_picture(model: Model, page: str, view: View) -> Picture:
    return build_slide_picture(model, build_story_from_page(page, view).screens[0])


def list_all_behind(model: Model, story: Story) -> set[str]:
    """The addresses of all that stands behind a story's notes and pictures."""
    records = model.record
    source_ids: set[str] = set()
    for screen in story.screens:
        claims, sources = find_picture_sources(model, screen)
        source_ids |= {*sources, *list_witnesses(records, [*claims, *screen.claims])}
    return {records.source(source_id).url for source_id in source_ids}


@pytest.mark.parametrize("view", [View(), SHORTAGE, LATE_THERE], ids=["usual", "60 %", "late"])
def test_a_brief_begins_with_its_page_and_names_its_sources(model: Model, view: View) -> None:
    for page in list_pages():
        story = build_story_from_page(page, view)
        pictures = [build_slide_picture(model, screen) for screen in story.screens]
        leading = pictures[find_leading_screen(story)]
        contents = list_contents(model, story, pictures, [leading], "")
        title, lead = str(contents["title"]), str(contents["lead"])
        assert title == Slide(leading).title
        assert find_strange_figures(model, title, leading, view) == set(), title
        assert find_figures(lead) <= find_figures(f"{leading.finding} {leading.detail}"), lead
        behind = list_all_behind(model, story)
        sources = contents["sources"]
        assert isinstance(sources, list)
        for reference, address in sources:
            assert address in behind or not address.startswith("http") or "localhost" in address, (
                page,
                reference,
            )
