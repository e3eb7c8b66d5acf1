"""Briefing in process: stories, present mode, sharing, and that every chart of every page can be
taken away.
"""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from xml.etree import ElementTree

import pandas as pd
import pytest
import streamlit as st

from ramp155.answers.output.medians import find_baseline_path
from ramp155.files.poster.picture_table import write_picture_csv
from ramp155.files.poster.sheet import draw_poster_svg
from ramp155.files.story.answers import build_screen_picture
from ramp155.files.story.story_file import read_shipped_stories
from ramp155.files.story.story_text import write_story
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.pictures.picture import Picture, strip_markup
from ramp155.record.records import Records
from ramp155.text.output.record import write_changes_since
from tests.app.test_pages import link, open_page, texts
from ui.link.fields import EVIDENCE_VIEWS, GAP_VIEWS, WHAT_IF_PANELS
from ui.link.origin import link_version
from ui.widgets.picture import offer_picture

VIEWS = [
    ("overview", {}),
    ("map", {}),
    ("map", {"use": "1"}),
    ("map", {"site": "unterluess-rheinmetall"}),
    ("ramp_up", {}),
    ("what_if", {"plain": "1", "nc": "60"}),
    *(("what_if", {"panel": p, "nc": "60", "pin": "One|nc=50"}) for p in WHAT_IF_PANELS),
    *(("gap", {"show": v}) for v in GAP_VIEWS),
    *(("evidence", {"look": v}) for v in EVIDENCE_VIEWS),
    ("evidence", {"look": "claims", "quantity": "round_output"}),
]


_SEEN: set[Picture] = set()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Picture]]:
    """Every picture that a page draws or offers, by key."""
    pictures: dict[str, Picture] = {}
    real = offer_picture

    def keep(records: Records, make: object, key: str, label: str = "Save") -> None:
        pictures[f"{st.session_state['page']} {key}"] = make()
        real(records, make, key, label)

    for module in ("ui.widgets.picture", "ui.map.dated_map", "ui.ramp_up.dated_lines"):
        monkeypatch.setattr(f"{module}.offer_picture", keep)
    return pictures


@pytest.mark.parametrize(
    ("page", "query"), VIEWS, ids=lambda v: v if isinstance(v, str) else "-".join(v.values())
)
def test_every_chart_of_every_page_can_be_taken_away(
    page: str, query: dict[str, str], drawn: dict[str, Picture], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page(page, **query)
    charts = len(app.get("vega_lite_chart")) + len(app.get("deck_gl_json_chart"))
    page_pictures = {key: picture for key, picture in drawn.items() if key.startswith(f"{page} ")}
    assert len(page_pictures) >= charts  # none goes past
    findings = [p.told for p in set(page_pictures.values())]
    assert all(len(t) > 20 for t in findings)
    assert len(set(findings)) == len(findings)  # each states its own finding
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("asked for the network"))
    for key, picture in page_pictures.items():
        if picture in _SEEN:
            continue  # another view of the page has it too
        _SEEN.add(picture)
        svg = draw_poster_svg(picture)
        assert ElementTree.fromstring(svg).attrib["viewBox"] == "0 0 1920 1080"
        assert "Record to" in picture.source
        rows = pd.read_csv(io.BytesIO(write_picture_csv(picture)), encoding="utf-8-sig")
        assert len(rows) > 0, key


def test_the_briefing_page_says_the_findings_of_each_story(records: Records) -> None:
    for key, story in read_shipped_stories(records).items():
        app = open_page("briefing", story=key)
        said = texts(app)
        for screen in story.screens:
            finding = strip_markup(build_screen_picture(Model(records), screen).finding)
            assert screen.title in said
            assert finding[:40] in said.replace("\\", "")
        assert link(app)["story"] == key


def test_a_link_to_a_screen_opens_it_and_a_step_goes_on(records: Records) -> None:
    app = open_page("overview", present="1", story="tide", screen="6")
    assert not app.exception
    assert not app.get("deck_gl_json_chart")  # nothing of the page but the stage
    assert link(app) == {"present": "1", "story": "tide", "screen": "6"}
    app.session_state["lever"] = 70
    app.session_state["view"]["lever"] = 70
    app.run()
    assert link(app)["lever"] == "70"


def test_leaving_a_screen_opens_its_page_with_what_it_showed(records: Records) -> None:
    app = open_page("overview", present="1", story="tide", screen="6", lever="70")
    app.session_state["leaving"] = True
    app.run()
    assert not app.exception
    assert app.session_state["present"] is False
    app.switch_page("../pages/what_if.py").run()
    assert app.session_state["nc"] == 70
    assert app.session_state["for"] == 12
    assert app.session_state["start"] == "2027-01"


def test_a_story_gives_the_own_levers_back(records: Records) -> None:
    app = open_page("briefing", story="tide", nc="55")
    app.button(key="begin").click().run()
    app.session_state["leaving"] = True
    app.session_state["screen"] = 6
    app.session_state["view"]["screen"] = 6
    app.run()
    app.switch_page("../pages/what_if.py").run()
    assert app.session_state["nc"] == 60
    app.button(key="before_back").click().run()
    assert app.session_state["nc"] == 55
    assert "before_back" not in {b.key for b in app.button}


@pytest.mark.parametrize(
    "query",
    [
        {"present": "1", "story": "nonsense"},
        {"present": "1", "story": "tide", "screen": "99"},
        {"present": "1", "story": "tide", "screen": "6", "lever": "9999"},
        {"present": "yes"},
        {"present": "1", "story": "own"},
    ],
)
def test_a_mangled_link_to_a_briefing_still_opens(query: dict[str, str]) -> None:
    app = open_page("overview", **query)
    assert not app.exception


def test_pins_are_a_story_of_ones_own_with_notes_and_as_a_file(records: Records) -> None:
    app = open_page(
        "briefing", story="own", pin=["Shortage|nc=60&for=12&start=2027-01", "Twice|nc=200"]
    )
    said = texts(app)
    assert "Shortage" in said
    assert "Twice" in said
    app.text_input(key="note_A").set_value("Say this first").run()
    assert "Say this first" in texts(app)
    app.session_state["own_story"] = write_story(records, read_shipped_stories(records)["plants"])
    app.run()
    assert "from your file" in texts(app)
    app.button(key="close_story").click().run()
    assert "Shortage" in texts(app)


def test_a_link_of_an_older_record_says_what_has_changed(records: Records) -> None:
    app = open_page("what_if", nc="60", made_with="2025-01-01-00000000-m1:2027-12:900000")
    notices = " ".join(str(i.value) for i in app.info)
    assert "made with record 2025-01-01-00000000-m1" in notices
    assert "was 900,000" in notices
    assert "reports" in notices
    app.button(key="older_told").click().run()
    assert "made with record" not in " ".join(str(i.value) for i in app.info)
    same = open_page("what_if", nc="60", made_with=f"{link_version(Model(records))}:2027-12:900000")
    assert not same.info


def test_save_opens_the_picture_it_stands_beside(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Picture] = []
    monkeypatch.setattr(
        "ui.widgets.picture._show_picture_files", lambda _, picture: taken.append(picture)
    )
    app = open_page("gap")
    monkeypatch.setattr(
        "ui.link.session.open_model", lambda: Model(records)
    )  # which may start the script over
    app.button(key="save_rates").click().run()
    assert [p.name for p in taken] == ["rates"]


def test_changed_since_speaks_of_the_baseline(records: Records) -> None:
    base = outlook_now(records)
    same = write_changes_since(Model(records), "new", "2026-06-15-old", "2027-12", base)
    assert "has not moved." in same


def outlook_now(records: Records) -> float:
    return float(find_baseline_path(Model(records))[MONTHS.index("2027-12")] * 12)
