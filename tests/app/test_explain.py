"""Explain on the pages: every chart and many figures have a panel, closed ones are empty, open ones say all and lead on."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.explain.catalogue import EXPLAINED, explain
from ramp155.text.explain.grammar.names import NAMES
from ramp155.text.glossary.terms import find_term, list_terms
from tests.app.test_pages import open_page, texts
from ui.link.fields import EVIDENCE_VIEWS, GAP_VIEWS, WHAT_IF_PANELS
from ui.widgets.explain.panel import DOTTED, KEY

NAME_OF = {words: name for name, words in NAMES.items()}


def list_ways(records: Records) -> list[tuple[str, dict[str, str]]]:
    """Pages that between them draw every chart of the catalogue."""
    told_line = max(records.events_of, key=lambda line_id: len(records.events_of[line_id]))
    return [
        ("overview", {}),
        ("what_if", {"plain": "1"}),
        *(("what_if", {"panel": panel}) for panel in WHAT_IF_PANELS),
        *(("gap", {"gap_view": view}) for view in GAP_VIEWS),
        ("map", {}),
        ("map", {"use": "1"}),
        ("ramp_up", {}),
        ("plant", {"site": records.line(told_line).site_id}),
        *(("evidence", {"evidence_view": view}) for view in EVIDENCE_VIEWS),
    ]


def list_panels(app: AppTest) -> dict[str, object]:
    """Key -> the panel of every explanation."""
    return {
        str(panel.key): panel
        for panel in app.get("popover")
        if str(panel.key).startswith(KEY) and not str(panel.key).startswith(DOTTED)
    }


def list_dotted(app: AppTest) -> dict[str, str]:
    """Term -> label of every dotted word."""
    return {
        str(panel.key).rpartition("_")[2]: panel.proto.popover.label
        for panel in app.get("popover")
        if str(panel.key).startswith(DOTTED)
    }


def name_panel(panel: object) -> str:
    """What a panel explains, by the words of its button."""
    label = panel.proto.popover.label  # type: ignore[attr-defined]
    return NAME_OF[label.removeprefix("Explain: ").removeprefix("Explain ")]


def test_every_chart_and_forty_figures_have_a_panel_that_is_empty_while_closed(
    records: Records,
) -> None:
    explained: set[str] = set()
    for page, query in list_ways(records):
        panels = list_panels(open_page(page, **query))
        for panel in panels.values():
            assert not panel.children, "a closed panel is not filled"  # type: ignore[attr-defined]
        explained |= {name_panel(panel) for panel in panels.values()}
    # Pictures that only stories show have their explanation in a deck's notes; a table opens on demand.
    in_stories = {name for name, entry in CATALOGUE.items() if entry.page == "briefing"}
    assert set(CATALOGUE) - explained == in_stories
    assert set(EXPLAINED) - explained == in_stories | {"known_capacity"}
    assert len(explained) >= 40


@pytest.mark.parametrize(
    ("page", "query", "key", "name"),
    [
        ("overview", {}, "explain_t_out", "output_2025"),
        ("overview", {}, "explain_words_overview_headline", "headline"),
        ("what_if", {}, "explain_words_what_if_odds", "odds"),
        ("gap", {}, "explain_ratio", "ratio"),
        ("map", {}, "explain_map_picture", "sites"),
        ("evidence", {}, "explain_misses", "misses"),
    ],
)
def test_an_open_panel_says_all_and_leads_to_the_glossary(
    records: Records, page: str, query: dict[str, str], key: str, name: str
) -> None:
    app = open_page(page, **query)
    app.session_state[key] = True
    app.run()
    assert not app.exception
    explanation = explain(name, Model(records), View())
    said = texts(app).replace("\\", "").replace("**", "").replace("\u2060", "")
    for text in (explanation.what, *explanation.formula, explanation.counted, explanation.not_said):
        assert text in said
    assert "Where the numbers come from" in said
    terms = {term.key for term in list_terms()}
    ways = [(way.proto.page, way.proto.query_string) for way in app.get("page_link")]
    assert explanation.term in terms
    assert ("glossary", f"term={explanation.term}") in ways


@pytest.mark.parametrize(
    ("page", "key"), [("overview", "overview"), ("what_if", "what_if"), ("gap", "gap")]
)
def test_a_dotted_word_opens_what_it_means(page: str, key: str) -> None:
    app = open_page(page)
    dotted = list_dotted(app)
    assert len(dotted) >= 5
    for term_key, label in dotted.items():
        assert find_term(term_key).name == label.replace("\\", "").replace("\u00a0", " ")
    app.session_state[f"{DOTTED}{key}_likely-range"] = True
    app.run()
    assert find_term("likely-range").sentence in texts(app).replace("\\", "")
    ways = [(way.proto.page, way.proto.query_string) for way in app.get("page_link")]
    assert ("glossary", "term=likely-range") in ways


def test_a_panel_follows_the_levers() -> None:
    app = open_page("what_if", nc="60")
    app.session_state["explain_words_what_if_tonne_gain"] = True
    app.session_state["explain_words_what_if_limit"] = True
    app.run()
    assert "Runs are counted at 60 % nitrocellulose" in texts(app)


def test_no_plant_without_a_chart_has_a_panel() -> None:
    assert list_panels(open_page("plant")) == {}
