"""What is chosen on a page is in its link, in a session opened from it, and in all that is made of the page.

Every control of every page is changed, those of one page at once. A control that is not kept, or that no
picture has, stands in one of two short lists with its reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import ui.briefing.course
import ui.header
from ramp155.files.story.story import Story
from ramp155.model.model import Model
from ramp155.model.scenario.fields import SCENARIO_FIELDS
from ramp155.pictures.fields import list_view_fields, list_view_values
from ramp155.pictures.view import View
from ramp155.record.records import Records
from tests.shared import open_entry
from ui.link import keys
from ui.link.fields import (
    EVIDENCE_VIEWS,
    GAP_VIEWS,
    SCENARIO_LINK_FIELDS,
    WHAT_IF_PANELS,
    list_link_fields,
    list_session_keys,
)

# Controls that are not kept, by the beginning of their key.
NOT_KEPT = {
    "preset": "sets levers, which are kept; what they come to chooses the preset again",
    "edit_line": "one's own rows stay in the session and out of links",
    "use_": "a button",
    "note_": "words for one's own story: the story file keeps them",
    "upload_": "a file stays in the session",
    "story_upload": "a file stays in the session",
    "lesson_upload": "a file stays in the session",
    "scenario_upload": "a scenario's file sets levers and note, which are kept",
    "pin_name_": "a pin's name, which is kept in the pin",
}
# Fields of the link that no picture is asked of.
NOT_PICTURED = {
    keys.PANEL: "where one looks: a deck has the pictures of all panels",
    keys.GAP_VIEW: "which view is open: it is the page's address in a story",
    keys.EVIDENCE_VIEW: "which view is open: it is the page's address in a story",
    keys.STORY: "which story is told",
    keys.PLAIN: "how the slider looks",
    keys.PINS: "pinned scenarios make a story of their own",
    keys.COEFFICIENT: "which assumption is looked up: its value is in the scenario",
    keys.GROUP: "a chart of this page alone, with its own files",
    keys.QUANTITY: "a chart of this page alone, with its own files",
    keys.SUBJECT: "narrows a table, which has its own files",
    keys.PUBLISHER: "narrows a table, which has its own files",
    keys.FIND: "narrows a table, which has its own files",
    keys.LANGUAGE: "narrows a table, which has its own files",
    keys.KIND: "narrows a table, which has its own files",
    keys.TABLE: "which table is shown before it is taken away",
    keys.STATEMENT_FIND: "narrows a list of statements, of which there is no picture",
    keys.SPEAKER: "narrows a list of statements, of which there is no picture",
    keys.TERM: "a word of the glossary",
    keys.GLOSSARY_FIND: "a search for words",
    keys.TAKEN: "whose sheets are printed",
}
# Widgets that stand for a field under another key.
STANDS_FOR = {
    "goal_target": keys.TARGET,
    "goal_rounds": keys.TARGET_ROUNDS,
    "goal_month": keys.TARGET_MONTH,
    "edit_which": keys.COEFFICIENT,
    "why_source_lines": keys.WHY_SOURCES,
}
# What a click in the browser chooses, where no widget of Streamlit's stands for it.
CLICKED: dict[str, dict[str, Any]] = {
    "overview": {"nc": 70},
    "map": {
        keys.AS_OF: dt.date(2025, 6, 30),
        keys.HINDSIGHT: True,
        keys.STATUS: ["construction"],
        keys.PICK: "soon",
        keys.SITE: "unterluess-rheinmetall",
        keys.LATE: True,
    },
    "ramp_up": {keys.AS_OF: dt.date(2025, 6, 30), keys.HINDSIGHT: True},
    "plant": {keys.AS_OF: dt.date(2025, 6, 30), keys.HINDSIGHT: True},
    "what_if": {"nc": 60, keys.FLOW_MONTH: "2029-06"},
    "gap": {"nc": 60},
    "evidence": {},
    "briefing": {},
    "glossary": {},
    "learn": {},
}
PLACES = [
    ("overview", {}),
    ("overview", {"plain": "1"}),
    ("map", {}),
    ("ramp_up", {}),
    ("plant", {}),
    ("plant", {"site": "unterluess-rheinmetall"}),
    *(("what_if", {"panel": panel}) for panel in WHAT_IF_PANELS),
    ("what_if", {"panel": "goal", "target": "own"}),
    ("what_if", {"panel": "compare", "pin": "x|nc=70"}),
    *(("gap", {"gap_view": view}) for view in GAP_VIEWS),
    *(("evidence", {"evidence_view": view}) for view in EVIDENCE_VIEWS),
    ("briefing", {}),
    ("briefing", {"story": "own", "pin": "x|nc=70"}),
    ("glossary", {}),
    ("learn", {}),
]
# Those that make test runs: every control stands in one; all the rest at night.
QUICK_PLACES = (
    "map",
    "ramp_up",
    "plant",
    "what_if-goal-own",
    "what_if-assumptions",
    "gap-gap",
    "gap-tracks",
    "evidence-claims",
    "evidence-sources",
    "evidence-take",
    "glossary",
    "learn",
)
SWITCHES = (keys.PANEL, keys.GAP_VIEW, keys.EVIDENCE_VIEW, keys.STORY)
_TYPES = (
    "selectbox",
    "multiselect",
    "slider",
    "select_slider",
    "toggle",
    "checkbox",
    "radio",
    "text_input",
    "text_area",
    "number_input",
    "button_group",
    "date_input",
    "time_input",
    "file_uploader",
    "color_picker",
    "data_editor",
)


def open_place(name: str, query: dict[str, Any]) -> AppTest:
    app = open_entry()
    for key, value in query.items():
        app.query_params[key] = value
    return app.switch_page(f"../pages/{name}.py").run()


def find_controls(app: AppTest) -> Iterator[Any]:
    """Every control of a page."""
    waiting = [app._tree]
    while waiting:
        node = waiting.pop()
        waiting += getattr(node, "children", {}).values()
        if getattr(node, "type", "") in _TYPES:
            yield node


def choose_other(control: Any) -> None:  # noqa: ANN401
    """Put a control to a value that it does not have now."""
    kind, now = control.type, control.value
    if kind == "toggle":
        control.set_value(not now)
    elif kind in ("text_input", "text_area"):
        control.set_value("https://example.org/rhein")
    elif kind in ("slider", "number_input"):
        control.set_value(control.min if now == control.max else control.max)
    elif kind in ("selectbox", "multiselect", "button_group"):
        _choose_next(control)
    else:
        raise AssertionError(f"a control of a new type: {kind}")


def _choose_next(control: Any) -> None:  # noqa: ANN401
    """Choose the option after the one that is chosen."""
    options, write = list(control.options), control.format_func
    place = control.index if control.type == "selectbox" else (*control.indices, None)[0]
    label = options[(len(options) - 1 if place is None else place + 1) % len(options)]
    # Streamlit's test formats what is chosen; what is an option already must stay what it is.
    as_said = property(lambda _: lambda choice: choice if choice in options else write(choice))
    control.__class__ = type("Said", (type(control),), {"format_func": as_said})
    is_many = control.type == "multiselect" or not getattr(control, "_is_single_select", True)
    control.set_value([label] if is_many else label)


@pytest.fixture
def stories(monkeypatch: pytest.MonkeyPatch) -> list[Story]:
    """The stories that files and stage are made of, one a run; nothing is drawn of them."""
    made: list[Story] = []

    def keep_shared(model: Model, story: Story) -> None:
        made.append(story)

    def keep_staged(*arguments: object) -> None:
        made.append(next(one for one in arguments if isinstance(one, Story)))

    monkeypatch.setattr(ui.header, "show_share_dialog", keep_shared)
    monkeypatch.setattr("ui.briefing.stage._show_stage", keep_staged)
    return made


def name_place(place: tuple[str, dict[str, str]]) -> str:
    return "-".join([place[0], *place[1].values()])


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(
            place,
            id=name_place(place),
            marks=() if name_place(place) in QUICK_PLACES else pytest.mark.nightly,
        )
        for place in PLACES
    ],
)
def test_every_control_travels(
    records: Records, stories: list[Story], place: tuple[str, dict[str, str]]
) -> None:
    name, query = place
    fields = {**SCENARIO_LINK_FIELDS, **list_link_fields(Model(records))}
    app = open_place(name, query)
    before = dict(app.session_state[keys.KEPT_VIEW])
    asked = set()
    for control in find_controls(app):
        key = control.key
        if key in SWITCHES or key.startswith(tuple(NOT_KEPT)):
            continue
        choose_other(control)
        asked.add(find_stored_key(key, fields))
    for key, value in CLICKED[name].items():
        if query or name != "plant":
            app.session_state[key] = value
            asked.add(key)
    app.button(key="share_it").click().run()
    assert not app.exception
    chosen = dict(app.session_state[keys.KEPT_VIEW])
    assert {key for key in asked if chosen[key] == before[key]} == set()

    staged = {} if name == "briefing" else {"present": "1"}
    fresh = open_place(name, {**app.query_params, **staged})
    assert not fresh.exception
    assert fresh.session_state[keys.LINK_NOTES] == []
    opened = fresh.session_state[keys.KEPT_VIEW]
    assert {key: opened[key] for key in asked} == {key: chosen[key] for key in asked}

    if name != "briefing":  # whose link tells the story that is chosen there
        shared, shown = stories
        assert shared == shown
        stored = list_stored(records, shared.screens[0].view)
        pictured = asked - set(NOT_PICTURED)
        assert {key: stored[key] for key in pictured} == {
            key: fields[key].store_all(chosen[key]) for key in pictured
        }


def find_stored_key(key: str, fields: dict[str, Any]) -> str:
    """The field that a control stands for."""
    if key.startswith(("decide_", "edit_")) and key not in STANDS_FOR:
        return keys.ASSUME
    stored_key = STANDS_FOR.get(key, key)
    assert stored_key in fields, f"{key} is in no link and in no list"
    return stored_key


def list_stored(records: Records, view: View) -> dict[str, object]:
    """What a view stores, by session key."""
    table = list_view_fields(records)
    stored = list_view_values(view, table)
    by_key = {key: stored[name] for key, name in list_session_keys(Model(records)).items()}
    return by_key | {field.key: stored[name] for name, field in SCENARIO_FIELDS.items()}


def test_what_another_page_chose_stays_out_of_the_deck(stories: list[Story]) -> None:
    """The Overview shows all of Europe, whatever the map was asked for; so do its slides and its stage."""
    app = open_place("map", {"country": "DE", "month": "2029-12"})
    app.switch_page("../pages/overview.py").run()
    app.button(key="share_it").click().run()
    assert "country" not in app.query_params
    app.button(key="present_it").click().run()
    assert not app.exception
    assert {screen.view for story in stories for screen in story.screens} == {View()}
    app.session_state[keys.LEAVING] = True
    app.run()
    app.switch_page("../pages/map.py").run()
    assert app.session_state[keys.COUNTRY] == ["DE"]
