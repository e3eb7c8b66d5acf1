"""No page, slide, story, brief, file or table says the words that we do not use."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from pptx import Presentation

from ramp155.files.assets import read_asset
from ramp155.files.brief import write_brief
from ramp155.files.live_body import build_live_body
from ramp155.files.poster.picture_table import build_picture_table
from ramp155.files.poster.sheet import draw_poster_svg
from ramp155.files.slides.pptx_deck import Slide, write_slides
from ramp155.files.story.story import build_story_from_page
from ramp155.files.story.story_file import read_shipped_stories
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, build_picture, list_pages
from ramp155.pictures.picture import Picture
from ramp155.pictures.view import View
from ramp155.record.records import Records

ROOT = Path(__file__).parents[2]
DRAWS = 60
# One word for each: the line is the median of our runs, the band the likely range; a stage limits output.
UNUSED = re.compile(
    r"middle[- ]case|for want of|\bbinds?\b|8 in 10 (sets|draws)|sets? of assumptions|\bcentral\b(?! asia)"
    r"|\bfitted\b|accepted draws",
    re.IGNORECASE,
)
SOURCES = sorted(
    file for folder in ("ramp155", "ui", "pages") for file in (ROOT / folder).rglob("*.py")
)
# Titles that others gave, and figures of the last release under the names it gave them.
NOT_OURS = {"sources.csv", "released.csv"}
TABLES = sorted(file for file in (ROOT / "data").glob("*.csv") if file.name not in NOT_OURS)
STORIES = sorted((ROOT / "data" / "stories").glob("*.toml"))
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "data" / "README.md",
    *sorted(
        set((ROOT / "docs").glob("*.md"))
        - {ROOT / "docs" / name for name in ("architecture.md", "style.md")}
    ),
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
]
VIEWS = [
    View(),
    View(Scenario(nitrocellulose=0.6, start="2027-01", months=12)),
    View(Scenario(nitrocellulose=1.5, explosive=0.8), "2028-06"),
]


def find_unused(text: str) -> list[str]:
    """The words that we do not use, each with what stands around it."""
    return [
        text[max(found.start() - 40, 0) : found.end() + 40].replace("\n", " ")
        for found in UNUSED.finditer(text)
    ]


def list_phrases(file: Path) -> Iterator[str]:
    """What a module's strings say, its docstrings and names of keys apart."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in documented and " " in node.value.strip():
            yield node.value


@pytest.mark.parametrize(
    "said",
    ["In the Middle case", "powder binds", "for want of powder", "8 in 10 sets", "It is fitted"],
)
def test_the_words_are_recognised(said: str) -> None:
    assert find_unused(said)


@pytest.mark.parametrize("said", ["Central Asia", "binding", "binds_share", "most likely"])
def test_other_words_are_left_alone(said: str) -> None:
    assert not find_unused(said)


def test_no_string_of_the_code_says_them() -> None:
    found = {
        f"{file.relative_to(ROOT)}: {said}"
        for file in SOURCES
        for phrase in list_phrases(file)
        for said in find_unused(phrase)
    }
    assert not found


@pytest.mark.parametrize(
    "file",
    [*sorted((ROOT / "ramp155" / "assets").glob("*.*")), *TABLES, *STORIES, *DOCUMENTS],
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_no_asset_table_story_or_document_says_them(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".md":
        text = re.sub(r"`[^`\n]*`", "", text)  # names in code
    if file.name == "statements.csv":
        text = re.sub(r"\bpowder-binds,|,binds,", ",", text)  # a name and a kind of statements
    assert not find_unused(text)


def list_picture_words(picture: Picture) -> Iterator[str]:
    """All that a picture says: finding, source, key, what is read aloud, poster and table."""
    yield from (picture.finding, picture.source, picture.key, picture.alt, picture.told)
    yield re.sub(r"<[^>]*>", " ", draw_poster_svg(picture))
    yield build_picture_table(picture).to_csv()
    if picture.native:
        yield " ".join([*picture.native.series, picture.native.unit, picture.native.key])


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_no_picture_says_them(records: Records, name: str) -> None:
    for view in VIEWS if CATALOGUE[name].lever == "nitrocellulose" else VIEWS[:1]:
        picture = build_picture(Model(records, draws=DRAWS), name, view)
        for words in list_picture_words(picture):
            assert not find_unused(words)


@pytest.mark.parametrize("view", VIEWS)
def test_no_position_of_the_live_slider_says_them(records: Records, view: View) -> None:
    body = build_live_body(Model(records, draws=DRAWS), view.scenario, view.month, 330, "full")
    assert not find_unused(body.decode())


def test_no_story_slide_or_brief_says_them(records: Records) -> None:
    model = Model(records, draws=DRAWS)
    stories = [*read_shipped_stories(records).values()]
    stories += [build_story_from_page(page, View()) for page in list_pages()]
    for story in stories:
        assert not find_unused(
            " ".join([story.title, story.about, *(f"{s.title} {s.note}" for s in story.screens)])
        )
        brief = pypdf.PdfReader(io.BytesIO(write_brief(model, story, "https://example.org/")))
        assert not find_unused(" ".join(page.extract_text() for page in brief.pages))
    slides = [
        Slide(build_picture(model, screen.picture, screen.view), note=screen.note)
        for story in stories[:3]
        for screen in story.screens
    ]
    deck = Presentation(io.BytesIO(write_slides(slides)))
    for slide in deck.slides:
        words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert not find_unused(" ".join([*words, slide.notes_slide.notes_text_frame.text]))


def test_the_style_sheet_of_words_names_what_we_say() -> None:
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    for word in ("likely range", "median of our runs", "limits output"):
        assert word in design
    assert "likely range" in read_asset("live.js")
