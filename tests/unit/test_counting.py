"""One counter: what words, pictures, slides and answers say of lines, sites and openings agrees."""

from __future__ import annotations

import io
import json
import re

import pandas as pd
import pytest
from pptx import Presentation

from ramp155.answers.counts import (
    COUNTED,
    count_groups,
    count_lines,
    count_openings,
    count_statuses,
)
from ramp155.answers.output.reading import read_outlook
from ramp155.files.brief import write_brief
from ramp155.files.geojson import write_sites_geojson
from ramp155.files.slides.pptx_deck import Slide, write_slides
from ramp155.files.story.story import build_story_from_page
from ramp155.files.story.story_file import read_shipped_stories
from ramp155.history.openings import find_counted_openings, find_openings
from ramp155.history.standing.sites import list_site_statuses
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.map.sites import build_site_table
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.evidence.quality import list_open_questions, write_quality_title
from ramp155.text.output.record import write_three_sentences
from ramp155.text.statements.verdicts import judge_statements
from tests.counting import count_statements, find_disagreements

DRAWS = 100


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records, draws=DRAWS)


@pytest.fixture(scope="module")
def pictures(model: Model) -> dict[str, str]:
    """Everything each picture says: finding, source line, words for those who do not see it, its series."""
    words = {}
    for name in CATALOGUE:
        picture = build_picture(model, name, View())
        words[name] = "\n".join([picture.finding, picture.source, picture.alt])
    return words


@pytest.fixture(scope="module")
def sentences(model: Model) -> list[str]:
    lines = list_statuses(model.record)
    return [
        *write_three_sentences(model.record, read_outlook(model, Scenario(), "2027-12"), 0.5),
        write_quality_title(model.record, lines),
        *list_open_questions(model.record, lines),
        *(verdict.reason for verdict in judge_statements(model)),
    ]


def read_slide_words(deck: bytes) -> str:
    slides = Presentation(io.BytesIO(deck)).slides
    return "\n".join(
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    )


def test_words_and_pictures_agree_with_the_counter(
    records: Records, pictures: dict[str, str], sentences: list[str]
) -> None:
    texts = [*pictures.values(), *sentences]
    assert [wrong for text in texts for wrong in find_disagreements(records, text)] == []
    assert count_statements(records, texts) >= 18


def test_slides_agree_with_the_counter(model: Model, pictures: dict[str, str]) -> None:
    names = [name for name, words in pictures.items() if count_statements(model.record, [words])]
    assert {"sites", "starts"} <= set(names)
    deck = write_slides([Slide(build_picture(model, name, View())) for name in names])
    words = read_slide_words(deck)
    assert find_disagreements(model.record, words) == []
    assert count_statements(model.record, [words]) >= len(names)


def test_stories_show_the_same_counts(model: Model) -> None:
    for story in read_shipped_stories(model.record).values():
        for screen in story.screens:
            text = f"{screen.title}\n{screen.note}"
            assert find_disagreements(model.record, text) == []


def find_marked(marks: pd.Series) -> dict[str, int]:
    """How many plants bear each word."""
    words = [word for site_words in marks for word in site_words]
    return {word: words.count(word) for word in set(words)}


def test_bars_key_table_and_map_file_count_the_same_sites(model: Model, records: Records) -> None:
    picture = build_picture(model, "sites", View())
    sites = build_site_table(model, list_statuses(model.record))
    counts = count_groups(sites)
    placed = count_statuses(sites[sites["lat"].notna()])
    bars = dict(
        zip(
            picture.native.categories,
            picture.native.series["Plants"],
            strict=True,
        )
    )
    assert bars == counts
    key_rows = picture.spec["layer"][-1]["data"]["values"]
    marks = find_marked(sites["marks"])
    assert [row["name"] for row in key_rows] == [
        *(f"{group} {number}" for group, number in counts.items()),
        f"late {marks['late']}",
        f"no news in 2 years {marks['no news for two years']}",
    ]
    features = json.loads(write_sites_geojson(model))["features"]
    statuses = [feature["properties"]["status"] for feature in features]
    assert {status: statuses.count(status) for status in set(statuses)} == placed
    assert sum(counts.values()) == count_lines(records, "sites").number
    assert sum(placed.values()) == count_lines(model.record, "placed sites").number


def test_counts_add_up(records: Records) -> None:
    lines = list_statuses(records)
    count = lambda what, **how: count_lines(records, what, **how).number  # noqa: E731
    assert count("sites") == count("placed sites") + count("unplaced sites")
    assert count("sites") == len(list_site_statuses(lines)) == len(records.sites)
    assert sum(count_statuses(lines).values()) == count("lines") == len(records.lines)
    openings = find_openings(records, since=find_counted_openings(records)["first_day"].min())
    number = count_openings(records).number
    assert number == len(find_counted_openings(records))
    assert number + count_openings(records, "openings aside").number >= len(openings)
    assert count_openings(records, "openings for 155 mm").number < number
    assert count_openings(records, "opened sites").number <= number


def test_no_two_counts_share_their_words() -> None:
    words = [word for pair in COUNTED.values() for word in pair]
    assert len(set(words)) == len(words)
    assert all(re.fullmatch(r"[a-z0-9 ]+", word) for word in words)


def test_what_is_not_named_is_not_counted(records: Records) -> None:
    for count in (count_lines, count_openings):
        with pytest.raises(ValueError, match="nothing to count"):
            count(records, "works")


# A count changed by hand is found wherever it stands.


def change_first_number(text: str, pattern: str) -> str:
    """The text with the first number that a pattern captures one higher."""
    match = re.search(pattern, text)
    assert match, f"nothing to change: {pattern}"
    start, end = match.span(1)
    return f"{text[:start]}{int(match[1]) + 1}{text[end:]}"


@pytest.mark.parametrize(
    "pattern",
    [
        r"(\d+) new or expanded lines",
        r"(\d+) lines promised or being built",
        r"\((\d+) plants without a published town",
        r"delivering (\d+)",
    ],
)
def test_a_count_changed_in_a_picture_is_found(
    records: Records, pictures: dict[str, str], pattern: str
) -> None:
    changed = change_first_number(pictures["sites"], pattern)
    assert len(find_disagreements(records, changed)) == 1


@pytest.mark.parametrize(
    "pattern",
    [r"(\d+) of \d+ lines have no", r"(\d+) lines are overdue"],
)
def test_a_count_changed_in_a_sentence_is_found(
    records: Records, sentences: list[str], pattern: str
) -> None:
    changed = change_first_number("\n".join(sentences), pattern)
    assert len(find_disagreements(records, changed)) == 1


def test_a_count_changed_on_a_slide_is_found(model: Model) -> None:
    deck = Presentation(io.BytesIO(write_slides([Slide(build_picture(model, "sites", View()))])))
    title = deck.slides[0].shapes.title
    title.text = change_first_number(title.text, r"(\d+) new or expanded lines")
    changed = io.BytesIO()
    deck.save(changed)
    assert len(find_disagreements(model.record, read_slide_words(changed.getvalue()))) == 1


def test_a_count_written_into_a_story_is_found(model: Model) -> None:
    screen = read_shipped_stories(model.record)["plants"].screens[0]
    right = count_openings(model.record).number
    for number, wrong in ((right, 0), (right + 1, 1)):
        note = f"{screen.note} {number} new or expanded lines opened since November 2023."
        assert len(find_disagreements(model.record, note)) == wrong


def test_the_brief_agrees_with_the_counter(model: Model) -> None:
    import pypdf

    story = build_story_from_page("map", View())
    brief = io.BytesIO(write_brief(model, story, "http://here/map"))
    pages = pypdf.PdfReader(brief).pages
    words = " ".join(page.extract_text() for page in pages).replace("\n", " ")
    assert find_disagreements(model.record, words) == []
