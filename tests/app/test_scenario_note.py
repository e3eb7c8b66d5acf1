"""Say why: what is typed is kept, shown and carried; what is wrong says so and is not lost; nothing of it is markup."""

from __future__ import annotations

import pytest

from ramp155.files.scenario_file import read_scenario_file
from ramp155.record.records import Records
from tests.app.test_choices_travel import open_place
from tests.app.test_links import HOSTILE, RAW, bodies
from tests.app.test_pages import link, texts
from ui.link import keys


def test_what_is_typed_is_kept_shown_and_in_the_link() -> None:
    app = open_place("what_if", {"panel": "causes", "plain": "1", "nc": "60"})
    app.text_input(key=keys.WHY_TITLE).set_value("A fire")
    app.text_area(key=keys.WHY_REASON).set_value("One plant burns.\nIt takes a year.")
    lines = "https://example.org/fire\nno-such-id\njavascript:alert(1)"
    app.text_area(key="why_source_lines").set_value(lines).run()
    assert not app.exception
    written = link(app)
    assert written["title"] == "A fire"
    assert written["why"] == "One plant burns. It takes a year."
    assert written["source"] == "https://example.org/fire"
    assert app.text_area(key="why_source_lines").value == lines
    told = [warning.value for warning in app.warning]
    assert sum("Not kept" in words and "id of the record" in words for words in told) == 2
    assert "**A fire** One plant burns. It takes a year." in texts(app)
    app.text_area(key="why_source_lines").set_value("https://example.org/fire").run()
    assert not any("Not kept" in warning.value for warning in app.warning)


def test_the_first_six_sources_are_five() -> None:
    app = open_place("what_if", {"panel": "causes", "plain": "1"})
    lines = "\n".join(f"https://example.org/{place}" for place in range(6))
    app.text_area(key="why_source_lines").set_value(lines).run()
    assert len(app.query_params["source"]) == 5
    assert any("At most 5 sources" in warning.value for warning in app.warning)
    assert app.text_area(key="why_source_lines").value == lines


def test_a_hostile_note_says_only_itself() -> None:
    query = {"title": HOSTILE[:80], "why": HOSTILE, "source": "https://evil.example/a](b)![c](d)"}
    for more in ({}, {"present": "1"}):
        app = open_place("what_if", {"panel": "causes", "plain": "1", "nc": "60", **query, **more})
        assert not app.exception
        raw = [text for text in bodies(app) if "evil" in text and RAW.search(text)]
        # The one link is the source's own address, which the author typed.
        assert not [
            text for text in raw if "](https://evil.example/a%5D%28b%29!%5Bc%5D%28d%29)" not in text
        ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('title = "A fire"\n[scenario]\nnitrocellulose = 0.6', ""),
        ("[scenario]\nnitrocellulose = 7", "nitrocellulose"),
        ("= =", "not a scenario file"),
    ],
)
def test_a_scenario_file_is_opened_or_refused(records: Records, text: str, told: str) -> None:
    app = open_place("what_if", {"panel": "causes", "plain": "1", "nc": "90"})
    (uploader,) = (box for box in app.get("file_uploader") if box.key == "scenario_upload")
    uploader.upload("mine.toml", text.encode())
    uploader.run()
    assert not app.exception
    if told:
        assert told in app.error[0].value
        assert app.session_state["nc"] == 90
        return
    scenario, note = read_scenario_file(records, text)
    assert app.session_state["nc"] == round(scenario.nitrocellulose * 100)
    assert app.session_state[keys.WHY_TITLE] == note.title
