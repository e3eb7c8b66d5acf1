"""What the product says without a figure from a run: British spelling, few figures, short sentences that are easy to read."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.test_plain_words import DOCUMENTS, ROOT, SOURCES, TABLES, list_phrases
from tests.wording import LEAST_EASE, find_american, find_style_faults, measure_ease

TOLD = [file for file in SOURCES if file.is_relative_to(ROOT / "ui") or "text" in file.parts]
TEXTS = [
    *(page for page in DOCUMENTS if page.name != "licences.md"),  # names of others alone
    *sorted((ROOT / "data").rglob("*.toml")),
]
# Names and words of others, which are spelt as they spell them; other words for a term, which a search finds.
QUOTED = {"basis", "cite_note", "operator", "name", "speaker", "statement", "publisher", "title"}
OTHER_WORDS = re.compile(r"^also = .*$", re.MULTILINE)
IN_CODE = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)", re.DOTALL)
IN_STYLES = re.compile(
    r"color-mix\(|color-scheme:|[{;] ?(padding|color):|font(size|name)=|\[color=|export default"
)


@pytest.mark.parametrize(
    "said",
    [
        "the color",
        "a program of the EU",
        "Centers",
        "realized",
        "analyze",
        "canceled",
        "grayed",
        "defense",
    ],
)
def test_american_spelling_is_recognised(said: str) -> None:
    assert find_american(said)


@pytest.mark.parametrize(
    "said",
    [
        "the colour",
        "programme",
        "centre",
        "realised",
        "size",
        "prize",
        "seized",
        "cancelled",
        "analyse",
        "parameter",
    ],
)
def test_british_spelling_is_left_alone(said: str) -> None:
    assert not find_american(said)


def test_no_string_of_the_code_is_spelt_as_in_america() -> None:
    american = {
        f"{file.relative_to(ROOT)}: {word} in {phrase[:80]!r}"
        for file in SOURCES
        for phrase in list_phrases(file)
        if not IN_STYLES.search(phrase)
        for word in find_american(phrase)
    }
    assert not american


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_document_story_or_lesson_is_spelt_as_in_america(file: Path) -> None:
    text = IN_CODE.sub("", file.read_text(encoding="utf-8"))
    assert find_american(OTHER_WORDS.sub("", text)) == []


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.name)
def test_no_table_is_spelt_as_in_america_where_it_speaks_for_us(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as table:
        ours = {
            text
            for row in csv.DictReader(table)
            for column, text in row.items()
            if column not in QUOTED and " " in text and not column.endswith("_ids")
        }
    assert [word for text in ours for word in find_american(text)] == []


def list_static_texts(file: Path) -> Iterator[str]:
    """What a module says, with X for what is filled in; docstrings and names apart."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    in_templates: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            in_templates |= {id(part) for part in node.values}
            text = ""
            for part in node.values:
                filled_in = "" if text.endswith(".") else "X"
                text += str(part.value) if isinstance(part, ast.Constant) else filled_in
            yield text
    parts = {
        node.value
        for node in ast.walk(tree)
        if id(node) in in_templates and isinstance(node, ast.Constant)
    }
    yield from (phrase for phrase in list_phrases(file) if phrase not in parts)


@pytest.mark.parametrize("file", TOLD, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_a_page_says_anyway_keeps_to_the_style_sheet(file: Path) -> None:
    for text in list_static_texts(file):
        if len(text.split()) < 6 or "{" in text:
            continue
        assert find_style_faults(text) == []
        if len(text.split()) >= 12 and text.rstrip().endswith("."):
            assert measure_ease(text) >= LEAST_EASE, text


def test_the_measure_of_ease_is_flesch_s() -> None:
    """206.835 less 1.015 times words a sentence and 84.6 times syllables a word; and it tells plain from hard."""
    assert measure_ease("The cat sat on the mat.") == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    two = measure_ease("The cat sat on the mat. The dog ran to the door.")
    assert two == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    # A colon ends a sentence, a figure is a plain word, and a fragment is no sentence of its own.
    assert measure_ease("The cat sat on the mat: the dog ran to the 123,456.") == pytest.approx(two)
    assert measure_ease("So there. The cat sat on the mat.") < two
    plain = "Plants that make powder are full. More raw stuff does not help then."
    hard = (
        "The availability of intermediate constituents necessitates the prioritisation of "
        "manufacturing infrastructure notwithstanding procurement considerations."
    )
    assert measure_ease(plain) > 75
    assert measure_ease(hard) < 0 < LEAST_EASE < measure_ease(plain)
