"""Cards of terms: picture, name, sentence, what it comes to today, and the way to where one meets it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from ramp155.model.model import Model
from ramp155.text.glossary.facts import write_term_fact
from ramp155.text.glossary.terms import Term, read_glossary, search_terms, suggest_terms
from ramp155.text.numbers import join_words
from ui.glossary.drawing import show_drawing
from ui.link import keys
from ui.markup import escape_markdown, escape_sentence

TURN = "glossary_turn"  # how often a card was opened


def show_groups(model: Model) -> None:
    """Every term, group by group, in the order that teaches."""
    for number, group in enumerate(read_glossary(), start=1):
        st.markdown(f"### {escape_markdown(group.title)}")
        _show_cards(model, group.terms, f"terms_{number}")


def show_hits(model: Model, query: str) -> None:
    """The terms that a search finds, else those spelt nearly like it."""
    hits = search_terms(query)
    if not hits:
        near_words = suggest_terms(query)
        hits = list(dict.fromkeys(term for word in near_words for term in search_terms(word)))
        near = f" Did you mean {join_words(near_words, 'or')}?" if near_words else ""
        st.info(f"No term has “{escape_markdown(query, 40)}” in it.{escape_sentence(near)}")
    _show_cards(model, hits, "terms_found")


def show_term_words(model: Model, term: Term) -> None:
    """A term's sentence, what it comes to today, and the way to where one meets it."""
    st.markdown(escape_sentence(term.sentence))
    fact = write_term_fact(model, term.key)
    if fact:
        st.caption(escape_sentence(fact))
    st.page_link(f"../pages/{term.page}.py", label=term.where, query_params=dict(term.query))


def open_term(key: str) -> None:
    """Open a term at the top of the page (a button's callback)."""
    st.session_state[keys.TERM] = key
    st.session_state["glossary_find"] = ""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def _show_cards(model: Model, terms: Iterable[Term], key: str) -> None:
    with st.container(key=key):  # a grid (ui/app.css)
        for term in terms:
            with st.container(border=True, key=f"term_{term.key}", gap="xsmall"):
                show_drawing(model, term.key, "card")
                st.button(
                    f"**{escape_markdown(term.name)}**",
                    key=f"open_{term.key}",
                    type="tertiary",
                    on_click=open_term,
                    args=(term.key,),
                )
                show_term_words(model, term)
