"""What strangers write, in a link, a file or a row: it is read or refused in a line, and says only
itself.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from ramp155.model.model import Model
from ramp155.model.scenario.codec import read_scenario_query, write_scenario_query
from ramp155.pictures.evidence.stage_graph import draw_stage_graph
from ramp155.record.records import Records, build_records
from ramp155.record.schema import SCHEMAS
from ramp155.record.upload.own_rows import write_as_text
from tests.app.test_pages import link, open_page, texts
from tests.shared import open_entry
from ui.link.fields import EVIDENCE_VIEWS, GAP_VIEWS, WHAT_IF_PANELS, list_link_fields
from ui.markup import escape_markdown, escape_sentence

HOSTILE = (
    "![p](//evil.example/p.png) [Sign in](https://evil.example/in) $x^2$ :red[now] :material/home: "
    "<b>bold</b> www.evil.example a@evil.example"
)
# What is left of it where it stands raw in Markdown; a backslash or a sign of no width makes it harmless.
RAW = re.compile(
    r"(?<!\\)\]\((?:https:)?//evil|:red|:material|https?://evil|www\.evil|@evil|(?<!\\)<b>|(?<!\\)\$x"
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("as_of=2025-06-30: a date", "as_of=2025-06-30: a date"),
        ("_no_ *no* `no`", r"\_no\_ \*no\* \`no\`"),
        ("a\n\n# b\r\t c\u2028d", r"a \# b c d"),
        ("- a", r"\- a"),
        ("12. a", r"12\. a"),
        ("1.5 million", "1.5 million"),
        ("==", r"\=="),
        (":red[x]", ":\u2060red\\[x\\]"),
        ("&#58;red", r"\&\#58;red"),
        ("http://a.b WWW.a.b c@d.e", "http:\u2060//a.b WWW\u2060.a.b c@\u2060d.e"),
        ("turned \u202e round, ht\u200btp://x", "turned round, http:\u2060//x"),
        ("x" * 100, "x" * 79 + "…"),
    ],
)
def test_a_strangers_text_says_only_itself(text: str, shown: str) -> None:
    assert escape_markdown(text, 80) == shown


@given(some.text(alphabet=":/@.w[]()!$<>&*_`~#|{}\\\u2060 \nht", max_size=30))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_markup_survives(text: str) -> None:
    escaped = escape_markdown(text)
    assert "\n" not in escaped
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]<>`*$&!~#|{}]", escaped)
    assert not re.search(r":\w|:/|ww\.|@[^\u2060]", re.sub(r"(?<!w)ww\.", "", escaped))


def test_a_sentence_keeps_its_bold_parts() -> None:
    sentence = "In **x [y](z)** it is :red[no], **really**. "
    assert escape_sentence(sentence) == "In **x \\[y\\](z)** it is :\u2060red\\[no\\], **really**. "


def test_a_label_stays_within_its_quotes(records: Records) -> None:
    stages = records.stages.assign(label='a" URL="https://evil.example', unit="b\\")
    drawn = draw_stage_graph(Model(dataclasses.replace(records, stages=stages)), dark=False)
    assert "label=\"A' url='https://evil.example\\nb/\"" in drawn


# --- links ----------------------------------------------------------------------------------------


def bodies(app: AppTest) -> Iterator[str]:
    """Every text of a page that Streamlit reads as Markdown."""
    waiting = [app._tree]
    while waiting:
        node = waiting.pop()
        waiting += getattr(node, "children", {}).values()
        proto = getattr(node, "proto", None)
        for name in ("body", "label", "help", "caption"):
            text = getattr(proto, name, "") if getattr(node, "type", "") != "code" else ""
            yield text if isinstance(text, str) else ""
        expandable = getattr(proto, "expandable", None)
        yield getattr(expandable, "label", "")


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("evidence", {"look": "sources", "month": HOSTILE}),
        ("overview", {HOSTILE: "1"}),
        ("what_if", {"made_with": f"{HOSTILE}:2026-12:5", "nc": "50", "plain": "1"}),
        ("what_if", {"made_with": "www.evil.example:2026-12:5", "nc": "50", "plain": "1"}),
        ("what_if", {"pin": f"{HOSTILE[:39]}|nc=70", "panel": "compare", "plain": "1"}),
        ("what_if", {"assume": f"{HOSTILE}:1", "plain": "1"}),
        ("what_if", {"pin": f"x|{HOSTILE}=1&nc={HOSTILE}", "plain": "1"}),
        ("briefing", {"story": "own", "pin": f"{HOSTILE[:39]}|nc=70"}),
        ("briefing", {"story": HOSTILE}),
        ("map", {"country": HOSTILE, "site": HOSTILE}),
        ("ramp_up", {"as_of": HOSTILE}),
        ("gap", {"russia": HOSTILE, "show": "tracks"}),
    ],
    ids=lambda v: v if isinstance(v, str) else next(iter(v))[:9],
)
def test_a_hostile_link_says_only_itself(name: str, query: dict[str, str]) -> None:
    app = open_page(name, **query)
    raw = [text for text in bodies(app) if "evil" in text and RAW.search(text)]
    assert not raw


def test_long_and_many_notes_are_cut() -> None:
    app = open_page("ramp_up", as_of="x" * 10_000, **{f"k{n}": "1" for n in range(20)})
    lines = app.warning[0].value.split("  \n")
    assert len(lines) == 6
    assert lines[-1] == "... and 16 more"
    assert max(map(len, lines)) < 200


@pytest.mark.parametrize(
    "text",
    [
        "v:2026-12:²",
        "v:2026-12:١",
        "v:2026-13:5",
        "v:2026-12:1234567890123",
        "a b:2026-12:5",
        ":2026-12:5",
    ],
)
def test_a_broken_version_is_told_and_nothing_falls(text: str) -> None:
    app = open_page("what_if", nc="50", plain="1", made_with=text)
    assert "a record's version, a month and its baseline were expected" in app.warning[0].value
    assert "made with another record" not in texts(app)


_PARTS = some.text(alphabet=":|=&,.-+_²١eEnaif0123456789x \n", max_size=24) | some.text(max_size=12)


_DIGITS = some.text(alphabet="0123456789²١", min_size=1, max_size=14)
_FORMS = (
    _PARTS
    | _DIGITS.map(lambda text: f"v:2026-12:{text}")
    | _PARTS.map(lambda text: f"{text}:2026-12:5")
    | _PARTS.map(lambda text: f"n|nc={text}")
)


@given(some.data())
@settings(max_examples=400, deadline=None, derandomize=True)
def test_any_link_is_read_or_refused(records: Records, data: some.DataObject) -> None:
    parts = list_link_fields(Model(records))
    names = sorted(parts)
    key = data.draw(some.sampled_from([*names, *["made_with", "pin"] * len(names)]))
    text = data.draw(_FORMS)
    try:
        value = parts[key].read(text)
    except ValueError:
        return
    if key == "made_with":
        assert re.fullmatch(r"[\w.-]{1,40}:\d{4}-\d\d:[0-9]{1,12}", value, re.ASCII)
    assert value is None or parts[key].read(parts[key].write(value)) == value


@given(
    some.lists(
        some.tuples(some.sampled_from(["nc", "for", "start", "also", "assume", "x"]), _PARTS)
    )
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_scenario_is_read_or_told(query: list[tuple[str, str]]) -> None:
    scenario_read, notes = read_scenario_query(query)
    assert read_scenario_query(write_scenario_query(scenario_read)) == (scenario_read, [])
    assert len(notes) <= len(query)


# --- files and rows -------------------------------------------------------------------------------

_FREE = {  # columns of free text
    "sites": ["name", "operator", "parent", "town"],
    "lines": ["title"],
    "events": ["basis"],
    "sources": ["publisher", "title", "language"],
    "claims": ["operator", "basis"],
    "stages": ["label", "unit"],
    "contradictions": ["explains", "title"],
    "assumptions": ["label", "unit", "reasoning"],
    "calibration": ["reasoning"],
    "presets": ["label", "reasoning"],
    "targets": ["label", "reasoning"],
    "estimates": ["label", "reasoning"],
    "statements": ["statement", "who", "note"],
    "policies": ["label", "actor", "reasoning"],
    "countries": ["name"],
}


@pytest.fixture(scope="module")
def strange(records: Records) -> Records:
    """The record with markup in every cell of free text."""
    texts_of = {name: write_as_text(records, name) for name in SCHEMAS}
    for name, columns in _FREE.items():
        for column in columns:
            cells = texts_of[name][column]
            texts_of[name].cells[column] = [cell and f"{cell} {HOSTILE}" for cell in cells]
    return build_records(texts_of, records.end)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("overview", {"plain": "1"}),
        ("map", {"use": "1"}),
        ("map", {"site": "unterluess-rheinmetall"}),
        ("ramp_up", {}),
        *(("what_if", {"panel": p, "plain": "1", "linters": "20"}) for p in WHAT_IF_PANELS),
        *(("gap", {"show": v}) for v in GAP_VIEWS),
        *(("evidence", {"look": v}) for v in EVIDENCE_VIEWS),
        ("briefing", {"story": "tide"}),
    ],
    ids=lambda v: v if isinstance(v, str) else "-".join(v.values()),
)
def test_hostile_rows_say_only_themselves(
    strange: Records, name: str, query: dict[str, str]
) -> None:
    app = open_entry()
    app.session_state["own"] = strange
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page(f"../pages/{name}.py").run()
    assert not app.exception
    assert app.session_state["page"] == name
    raw = [text for text in bodies(app) if "evil" in text and RAW.search(text)]
    assert not raw


# --- keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "old", "new"),
    [
        ("gap", {"plate": "1"}, {"counts": "nameplate"}),
        ("gap", {"fresh": "1"}, {"new_only": "1"}),
        ("gap", {"show": "who"}, {"gap_view": "who"}),
        ("evidence", {"look": "sources"}, {"evidence_view": "sources"}),
        ("map", {"use": "1"}, {"utilisation": "1"}),
        ("ramp_up", {"made": "charge"}, {"product": "charge"}),
        ("ramp_up", {"made": "charge", "product": "fuze"}, {"product": "fuze"}),
        ("map", {"product": "fuze"}, {"product": "fuze"}),
    ],
    ids=lambda v: v if isinstance(v, str) else "-".join(v),
)
def test_old_keys_are_read_and_written_as_today(
    page: str, old: dict[str, str], new: dict[str, str]
) -> None:
    app = open_page(page, **old)
    assert not app.warning
    assert link(app) == new


def test_every_field_is_read_as_it_is_written(records: Records) -> None:
    fields = list_link_fields(Model(records))
    taken = [(field.key, page) for field in fields.values() for page in field.pages or ("",)]
    assert len(set(taken)) == len(taken)
    for field in fields.values():
        assert field.write_all(field.store_all(field.usual)) == []
        assert not set(field.old_keys) & {other.key for other in fields.values()}


def test_a_choice_of_lines_holds_on_the_other_page() -> None:
    choices = {"product": "charge", "country": "DE", "as_of": "2025-06-30", "late": "1"}
    app = open_page("ramp_up", **choices)
    app.query_params = {}  # a click in the navigation drops the query
    app.switch_page("../pages/map.py").run()
    assert link(app) == choices
    assert app.session_state["product"] == ["charge"]
    app.switch_page("../pages/what_if.py").run()
    assert not set(choices) & set(link(app))
    app.switch_page("../pages/ramp_up.py").run()
    assert link(app) == choices


def test_no_line_ends_between_a_figure_and_its_percent_sign() -> None:
    said = escape_sentence("**At 150 %** it is 18 % more, and 5 times % stays.")
    assert said == "**At 150\u00a0%** it is 18\u00a0% more, and 5 times % stays."
