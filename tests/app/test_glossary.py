"""The glossary in process: every term opens by its link and leads on, every page leads to it, a search shows its hits."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ramp155.text.glossary.terms import Term, find_term, list_terms
from tests.app.test_pages import link, open_page, press, texts

TERMS = list_terms()
WAYS = sorted({(term.page, term.query) for term in TERMS})


def list_cards(app: AppTest) -> list[str]:
    """The keys of terms with a card, by the buttons with their names."""
    return [
        str(button.key).removeprefix("open_")
        for button in app.button
        if str(button.key).startswith("open_")
    ]


def list_ways(app: AppTest) -> list[tuple[str, str, str]]:
    """Links to pages: page, query and label."""
    return [
        (way.proto.page, way.proto.query_string, way.proto.label) for way in app.get("page_link")
    ]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.key)
def test_a_term_opens_by_its_link(term: Term) -> None:
    app = open_page("glossary", term=term.key)
    assert not app.warning
    assert f"### {term.name}" in texts(app).replace("\\", "")
    assert term.sentence in texts(app).replace("\\", "")
    assert link(app).get("term", TERMS[0].key) == term.key


def test_every_term_has_a_card_with_its_sentence_and_its_way() -> None:
    app = open_page("glossary")
    assert list_cards(app) == [term.key for term in TERMS]
    said = texts(app).replace("\\", "")
    labels = [label for _, _, label in list_ways(app)]
    for term in TERMS:
        assert term.sentence in said
        assert term.where in labels


@pytest.mark.parametrize(("page", "query"), WAYS, ids=str)
def test_the_way_from_a_term_opens(page: str, query: tuple[tuple[str, str], ...]) -> None:
    app = open_page(page, **dict(query))
    assert not app.warning
    assert not app.error


def test_another_word_for_a_term_opens_it_and_a_strange_one_is_told() -> None:
    app = open_page("glossary", term="Guncotton")
    assert link(app) == {"term": "nitrocellulose"}
    app = open_page("glossary", term="<b>tank</b>")
    assert len(app.warning) == 1
    assert "no such term" in app.warning[0].value
    assert "<b>" not in app.warning[0].value.replace("\\<b", "")
    assert "### Round" in texts(app)


def test_steps_lead_from_term_to_term_and_cards_open() -> None:
    app = open_page("glossary", term="powder")
    press(app, "Nitrocellulose →")
    assert link(app) == {"term": "nitrocellulose"}
    press(app, "← Powder")
    assert link(app) == {"term": "powder"}
    app.button(key="open_odds").click().run()
    assert link(app) == {"term": "odds"}
    assert "### Odds" in texts(app)
    app.switch_page("../pages/overview.py").run()
    assert link(app) == {}


def test_a_search_shows_its_hits_alone_in_any_spelling() -> None:
    app = open_page("glossary")
    app.text_input(key="glossary_find").set_value("GUNPOWDER").run()
    assert list_cards(app)[0] == "powder"
    assert len(list_cards(app)) < 5
    app.text_input(key="glossary_find").set_value("nitrocelulose").run()
    assert "Did you mean Nitrocellulose" in app.info[0].value
    assert list_cards(app)[0] == "nitrocellulose"
    app.text_input(key="glossary_find").set_value("<i>zzzz</i>").run()
    assert list_cards(app) == []
    assert not app.exception
    app.text_input(key="glossary_find").set_value("").run()
    assert len(list_cards(app)) == len(TERMS)


@pytest.mark.parametrize("plain", ["", "1"])
@pytest.mark.parametrize("name", ["overview", "what_if"])
def test_the_slider_says_what_nitrocellulose_is(name: str, plain: str) -> None:
    app = open_page(name, **({"plain": plain} if plain else {}))
    assert find_term("nitrocellulose").sentence in texts(app)
    assert ("glossary", "term=nitrocellulose", "What is it?") in list_ways(app)


def test_the_glossary_can_be_presented() -> None:
    app = open_page("glossary", present="1")
    assert not app.exception
