"""Why a scenario is asked for: checked, bounded, carried by link, file and story, and no part of any answer."""

from __future__ import annotations

import dataclasses
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pptx import Presentation

from ramp155.base.foreign_text import is_address
from ramp155.files.brief import list_contents, write_brief
from ramp155.files.scenario_file import (
    ScenarioFileError,
    read_scenario_file,
    write_scenario_file,
)
from ramp155.files.slides.pptx_deck import Slide, write_slides
from ramp155.files.story.story import build_story_from_page
from ramp155.files.story.story_file import read_story
from ramp155.files.story.story_text import write_story
from ramp155.model.model import Model
from ramp155.model.scenario.codec import read_query, write_query
from ramp155.model.scenario.note import (
    LONGEST_REASON,
    LONGEST_TITLE,
    MOST_SOURCES,
    ScenarioNote,
    build_source_reader,
    find_source_address,
)
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.fields import list_note_fields
from ramp155.pictures.view import View
from ramp155.record.records import Records

CUT = Scenario(nitrocellulose=0.6, start="2027-01", months=12)
NOTE = ScenarioNote(
    "Sixty % from January 2027",
    'A fire at one plant: "a year to repair", said its maker <b>',
    ("https://example.org/a?b=1,2&c=%20", "europe-nc-output-epc-2025"),
)


def test_a_note_changes_no_view_and_no_scenario() -> None:
    plain, noted = View(CUT), View(CUT, scenario_note=NOTE)
    assert plain == noted
    assert hash(plain) == hash(noted)
    assert dataclasses.replace(noted, month="2028-12").scenario_note == NOTE


def test_a_note_travels_in_a_link(records: Records) -> None:
    table = {field.name: field for field in list_note_fields(records)}
    query = write_query(table, {name: getattr(NOTE, name) for name in table})
    assert [key for key, _ in query] == ["title", "why", "source", "source"]
    assert read_query(table, query) == ({name: getattr(NOTE, name) for name in table}, [])


@pytest.mark.parametrize("note", [NOTE, ScenarioNote(), ScenarioNote("a\tb", "", ())])
def test_a_scenario_file_gives_scenario_and_note_back(records: Records, note: ScenarioNote) -> None:
    text = write_scenario_file(records, CUT, note)
    scenario, read_note = read_scenario_file(records, text)
    assert scenario == CUT
    assert read_note == dataclasses.replace(note, title=" ".join(note.title.split()))


def test_a_story_keeps_the_note_of_its_screens(records: Records) -> None:
    story = build_story_from_page("what_if", View(CUT, scenario_note=NOTE))
    first = story.screens[0]
    assert (story.title, first.title) == (NOTE.title, NOTE.title)
    assert NOTE.reason in first.note
    assert all(source in first.note for source in NOTE.sources)
    # On the stage in short: of an address the host.
    assert NOTE.reason in first.look
    assert first.look.endswith("example.org, europe-nc-output-epc-2025")
    read_back = read_story(records, write_story(records, story))
    assert [screen.view.scenario_note for screen in read_back.screens] == [NOTE] * len(
        story.screens
    )


def test_brief_and_slides_carry_the_note_as_plain_words(records: Records) -> None:
    note = ScenarioNote("A fire #at *one* plant", 'It $burns$ <b> #image("x")', NOTE.sources[:1])
    story = build_story_from_page("what_if", View(CUT, scenario_note=note))
    model = Model(records, draws=50)
    pictures = [build_picture(model, screen.picture, screen.view) for screen in story.screens[:1]]
    story = dataclasses.replace(story, screens=story.screens[:1])
    contents = str(list_contents(model, story, pictures, pictures, ""))
    for words in (note.title, note.reason, *note.sources):
        assert words in contents
    assert write_brief(model, story, "").startswith(b"%PDF")
    screen = story.screens[0]
    deck = Presentation(
        io.BytesIO(write_slides([Slide(pictures[0], screen.note, "", (), screen.title)]))
    )
    told = [
        text
        for slide in deck.slides
        for text in (
            slide.notes_slide.notes_text_frame.text,
            *(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame),
        )
    ]
    for words in (note.title, note.reason, *note.sources):
        assert any(words in text for text in told)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title = 3\n[scenario]\nnitrocellulose = 7", "nitrocellulose"),
        (f'title = "{"x" * (LONGEST_TITLE + 1)}"', f"title: at most {LONGEST_TITLE} characters"),
        (f'reason = "{"x" * (LONGEST_REASON + 1)}"', f"reason: at most {LONGEST_REASON} "),
        ('sources = ["javascript:alert(1)"]', "sources: an address that begins with http"),
        ('sources = ["no-such-id"]', "or an id of the record"),
        (f"sources = {['https://a.b'] * (MOST_SOURCES + 1)}", f"at most {MOST_SOURCES}"),
        ('sources = "https://a.b"', f"at most {MOST_SOURCES}"),
        ('name = "x"', "'name' is not one of title, reason, sources, scenario"),
        ("scenario = 3", "[scenario]"),
        ("= =", "This is not a scenario file"),
        ("[scenario.assume]\nx = 1", "assume"),
    ],
)
def test_a_broken_file_says_what_was_expected(records: Records, text: str, expected: str) -> None:
    with pytest.raises(ScenarioFileError) as raised:
        read_scenario_file(records, text)
    assert expected in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "https://",
        "https://a b",
        "https://a.b/\n",
        'https://a.b/"onload=',
        "https://[::1",
        "ftp://a.b",
        "",
    ],
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert not is_address(text)


def test_an_id_leads_to_the_address_of_its_source(records: Records) -> None:
    read_source = build_source_reader(records)
    for table, key in (("sources", "source_id"), ("claims", "claim_id"), ("events", "event_id")):
        row = getattr(records, table).iloc[0]
        assert read_source(f" {row[key]} ") == row[key]
        url = records.source_of[row["source_id"]]["url"]
        assert find_source_address(records, row[key]) == url
    assert find_source_address(records, "no-such-id") == ""


@given(text=some.text(max_size=260))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_source_is_kept_as_it_is_or_refused(records: Records, text: str) -> None:
    read_source = build_source_reader(records)
    try:
        source = read_source(text)
    except ValueError:
        return
    assert read_source(source) == source
