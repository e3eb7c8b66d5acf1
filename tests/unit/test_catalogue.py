"""One list of pictures: adding one is a file and a line, and all that asks for pictures asks there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ramp155.files.story.dial import SCREEN_LEVERS
from ramp155.files.story.story import build_story_from_page
from ramp155.files.story.story_file import read_story
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE, Entry, build_picture, list_page_pictures
from ramp155.pictures.picture import Picture
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ui.link.fields import EVIDENCE_VIEWS, GAP_VIEWS

ROOT = Path(__file__).parents[2]
PAGES = {file.stem for file in (ROOT / "pages").glob("*.py")}
VIEWS = {"gap": ("gap_view", GAP_VIEWS), "evidence": ("evidence_view", EVIDENCE_VIEWS)}


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.name)
def test_the_pages_and_the_lever_of_a_picture_exist(entry: Entry) -> None:
    for address in entry.pages:
        page, _, query = address.partition("?")
        assert page in PAGES
        if query:
            field, views = VIEWS[page]
            name, _, view = query.partition("=")
            assert name == field
            assert view in views
    assert entry.page != "overview", "the Overview shows what is at home elsewhere"
    assert not entry.lever or entry.lever in SCREEN_LEVERS
    assert entry.lever or not entry.live


def test_every_builder_has_one_line_in_the_catalogue() -> None:
    """And nothing else lists the pictures."""
    files = [file for file in (ROOT / "ramp155" / "pictures").rglob("*.py")]
    builders = {
        name: file
        for file in files
        for name in re.findall(
            r"^@remember_picture\ndef (build_\w+_picture)", file.read_text("utf-8"), re.M
        )
    }
    assert set(builders) == {entry.build.__name__ for entry in CATALOGUE.values()}
    assert len(set(builders.values())) == len(builders), "one file a picture"
    catalogue = (ROOT / "ramp155" / "pictures" / "catalogue.py").read_text("utf-8")
    for name in builders:
        assert len(re.findall(rf'Entry\(\s*"\w+",\s*{name},', catalogue)) == 1


def test_a_picture_that_is_added_is_known_everywhere(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = Picture("new", "Something is found.", {}, "A source")
    entry = Entry("new", lambda model, view: drawn, "map", "as_of", ("gap",))
    monkeypatch.setitem(CATALOGUE, "new", entry)
    assert build_picture(Model(records), "new", View()) is drawn
    assert list_page_pictures("map") == ("sites", "new")
    assert list_page_pictures("gap")[-1] == "new"
    (screen,) = read_story(records, '[[screens]]\npicture = "new"\n').screens
    assert (screen.page, screen.lever) == ("map", "as_of")
    assert [s.picture for s in build_story_from_page("map", View()).screens] == ["sites", "new"]


def test_a_page_shows_its_own_pictures_first() -> None:
    assert list_page_pictures("overview") == ("output", "locks", "sites")
    assert list_page_pictures("evidence?evidence_view=quality") == ("silence", "pinned")
    assert list_page_pictures("evidence?evidence_view=yours") == ("sites", "output")
    assert list_page_pictures("nowhere") == ()
