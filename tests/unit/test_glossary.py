"""The glossary: thirty-four terms, each with a plain sentence, a figure of today and a picture that can be read on both grounds."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ramp155.answers.counts import count_statuses
from ramp155.answers.output.nitrocellulose import estimate_baseline_tonnes
from ramp155.answers.output.odds import compute_target_odds
from ramp155.history.as_known import cut_records
from ramp155.history.status import STATUSES, list_statuses
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.glossary.drawings import TERM_DRAWINGS, build_term_drawing
from ramp155.pictures.glossary.sheet import LETTER_WIDTH, SHEET_HEIGHT, SHEET_WIDTH
from ramp155.pictures.palette import THEMES
from ramp155.record.records import Records
from ramp155.text.glossary.facts import write_term_fact
from ramp155.text.glossary.terms import (
    GLOSSARY_FILE,
    find_term,
    list_terms,
    read_glossary,
    search_terms,
    suggest_terms,
)
from tests.unit.test_palette import contrast
from tests.wording import (
    LEAST_EASE,
    MOST_WORDS,
    count_figures,
    find_style_faults,
    measure_ease,
)

KEYS = [term.key for term in list_terms()]
SMALLEST = 13  # of letters, pixels of the sheet: about those of a card
# What steps back on purpose: grounds, the track of a slider, an axis.
GROUNDS = ("paper", "border")
FIGURE = re.compile(r"\d[\d,.]*")


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records, draws=100)


def parse(model: Model, key: str, theme: str = "light") -> ET.Element:
    return ET.fromstring(build_term_drawing(model, key, theme).svg)


def list_words(drawing: ET.Element) -> list[str]:
    return [text.text or "" for text in drawing.iter() if text.tag.endswith("text")]


# Terms


def test_there_are_thirty_four_terms_in_four_groups() -> None:
    assert len(KEYS) == len(set(KEYS)) == 34
    assert len(read_glossary()) == 4


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "not yet reported"])
def test_every_status_is_explained(status: str) -> None:
    assert find_term(status).page in ("map", "ramp_up")


@pytest.mark.parametrize("key", KEYS)
def test_a_sentence_is_one_short_and_plain(key: str) -> None:
    term = find_term(key)
    assert len(term.sentence.split()) <= MOST_WORDS
    assert re.fullmatch(r"[^.]+\.", term.sentence), "one sentence"
    assert find_style_faults(term.sentence) == []
    assert measure_ease(term.sentence) >= LEAST_EASE


def test_no_other_word_means_two_terms() -> None:
    for term in list_terms():
        for word in (term.key, term.name, *term.also):
            assert find_term(word) == term, word


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("Gunpowder", "powder"),
        ("FUSE", "fuze"),
        ("nitro-cellulose", "nitrocellulose"),
        ("shaded band", "likely-range"),
        ("100 %", "baseline"),
        ("caliber", "calibre"),
        ("one report", "confidence"),
        ("linters", "fibre"),
    ],
)
def test_a_search_finds_other_words_for_a_term_first(query: str, key: str) -> None:
    assert search_terms(query)[0].key == key


def test_a_search_that_finds_nothing_suggests() -> None:
    assert search_terms("nitrocelulose") == []
    assert suggest_terms("nitrocelulose")[0] == "Nitrocellulose"
    assert search_terms("") == list(list_terms())
    assert suggest_terms("qqqq") == []


def test_a_word_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no such term"):
        find_term("tank")


def test_a_broken_term_is_told(tmp_path: Path) -> None:
    text = GLOSSARY_FILE.read_text(encoding="utf-8")
    for name, broken in (
        ("less", text.replace('page = "map"', "", 1)),
        ("more", text.replace('key = "plant"', 'key = "plant"\nrank = 1', 1)),
    ):
        (tmp_path / name).write_text(broken, encoding="utf-8")
        with pytest.raises(ValueError, match=r"cannot be read: plant: check (page|rank)"):
            read_glossary(tmp_path / name)


def test_no_figure_is_typed_in() -> None:
    """Names of calibres, and what 100 % and 8 of 10 mean, are no findings."""
    allowed = {"155 mm", "152 mm", "155 mm round", "100 %", "100 percent", "8 of 10", "100"}
    for group in tomllib.loads(GLOSSARY_FILE.read_text(encoding="utf-8"))["groups"]:
        for term in group["terms"]:
            text = re.sub(r"15[25] mm|100 %|8 of 10", "", term["sentence"])
            assert not FIGURE.findall(text), text
            assert {word for word in term["also"] if FIGURE.search(word)} <= allowed


# What a term comes to today


@pytest.mark.parametrize("key", KEYS)
def test_every_term_has_a_figure_of_today(model: Model, key: str) -> None:
    fact = write_term_fact(model, key)
    assert fact.endswith(".")
    assert find_style_faults(fact) == []
    assert count_figures(fact) or fact.startswith("Today no line")


def test_facts_are_those_of_record_and_model(model: Model, records: Records) -> None:
    tonnes = estimate_baseline_tonnes(model, DEFAULT_MONTH)[1]
    assert f"{round(tonnes, -2):,.0f} t in 2027" in write_term_fact(model, "baseline")
    late = [flags for flags in list_statuses(records)["flags"] if "late" in flags]
    assert f"Today {len(late)} lines" in write_term_fact(model, "late")
    assert "100 runs" in write_term_fact(model, "run")
    assert "60 runs" in write_term_fact(model.with_draws(60), "run")


# Pictures


def test_every_term_has_one_picture_and_every_picture_a_term() -> None:
    assert list(TERM_DRAWINGS) == KEYS


def test_pictures_and_their_words_differ(model: Model) -> None:
    drawings = [build_term_drawing(model, key, "light") for key in KEYS]
    assert len({re.sub(r'aria-label="[^"]*"', "", drawing.svg) for drawing in drawings}) == len(
        KEYS
    )
    assert len({drawing.alt for drawing in drawings}) == len(KEYS)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("key", KEYS)
def test_a_picture_is_read_aloud_and_has_the_palettes_colours(
    model: Model, key: str, theme: str
) -> None:
    drawing = build_term_drawing(model, key, theme)
    root = parse(model, key, theme)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == drawing.alt
    assert drawing.alt.endswith(".")
    assert find_style_faults(drawing.alt) == []
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}", drawing.svg)) <= set(THEMES[theme].values())
    assert not re.search(r"url\(|href|<image|<script", drawing.svg)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("key", KEYS)
def test_words_and_marks_stand_out(model: Model, key: str, theme: str) -> None:
    colours = THEMES[theme]
    grounds = {colours[name] for name in GROUNDS}
    for mark in parse(model, key, theme):
        fill, edge = mark.attrib.get("fill", "none"), mark.attrib.get("stroke", "none")
        if mark.tag.endswith("text"):
            assert all(contrast(fill, colours[name]) >= 4.5 for name in ("paper", "panel")), key
            assert float(mark.attrib["font-size"]) >= SMALLEST
            continue
        tones = [tone for tone in (fill, edge) if tone != "none"]
        if "fill-opacity" in mark.attrib or set(tones) <= grounds:
            continue  # bands have lines along them
        ground = "stage_nitrocellulose" if colours["on_stage"] in tones else "paper"
        assert max(contrast(tone, colours[ground]) for tone in tones) >= 3.0, mark.attrib


@pytest.mark.parametrize("key", KEYS)
def test_words_stay_on_the_sheet_and_apart(model: Model, key: str) -> None:
    boxes = []
    for text in parse(model, key).iter():
        if not text.tag.endswith("text"):
            continue
        size = float(text.attrib["font-size"])
        width = len(text.text or "") * size * LETTER_WIDTH
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attrib["text-anchor"]]
        left, foot = float(text.attrib["x"]) - shift * width, float(text.attrib["y"])
        assert left >= 0, text.text
        assert left + width <= SHEET_WIDTH, text.text
        assert size <= foot <= SHEET_HEIGHT - 3, text.text
        boxes.append((left, foot - size * 0.7, left + width, foot))
    for place, (left, top, right, foot) in enumerate(boxes):
        for other_left, other_top, other_right, other_foot in boxes[:place]:
            is_beside = right <= other_left or other_right <= left
            assert is_beside or foot <= other_top or other_foot <= top, key


@pytest.mark.parametrize("key", KEYS)
def test_grounds_differ_in_colours_alone(model: Model, key: str) -> None:
    shapes = [
        re.sub(r"#[0-9A-Fa-f]{6}", "", build_term_drawing(model, key, theme).svg)
        for theme in THEMES
    ]
    assert shapes[0] == shapes[1]


def test_what_a_round_is_made_of_bears_no_measure(model: Model) -> None:
    """Parts are named, and nothing could be built from it: not a figure, not a word of how."""
    for key in ("round", "shell", "explosive", "fuze", "charge", "powder"):
        words = [build_term_drawing(model, key, "light").alt, *list_words(parse(model, key))]
        assert not any(FIGURE.search(text) for text in words)
    assert set(list_words(parse(model, "round"))) == {
        "charge",
        "shell",
        "fuze",
        "primer",
        "powder",
        "explosive",
    }


def test_live_pictures_are_drawn_from_the_same_numbers(model: Model, records: Records) -> None:
    europe = THEMES["light"]["europe"]
    targets = compute_target_odds(model, Scenario(), DEFAULT_MONTH).set_index("target_id")
    reached = round(float(targets.loc["million", "odds"]) * 100)
    dots = [mark for mark in parse(model, "odds") if mark.attrib.get("fill") == europe]
    assert len(dots) == reached
    counts = count_statuses(list_statuses(records))
    steps = ("announced", "construction", "commissioning", "ramping", "full rate")
    assert [str(counts.get(step, 0)) for step in steps] == [
        text for text in list_words(parse(model, "ramping")) if text.isdigit()
    ]
    assert build_term_drawing(model, "run", "light") != build_term_drawing(
        model.with_draws(60), "run", "light"
    )


def test_a_record_that_says_little_still_has_its_plants_drawn(records: Records) -> None:
    """As of early 2022 no line had come late and hardly anything was known."""
    early = Model(cut_records(records, dt.date(2022, 3, 31), hindsight=False), draws=60)
    for key in ("plant", "announced", "ramping", "full-rate", "late", "confidence", "inferred"):
        assert build_term_drawing(early, key, "light").alt.endswith(".")
        assert find_style_faults(write_term_fact(early, key)) == []
    assert build_term_drawing(early, "late", "light").alt == "No line on record came late so far."
