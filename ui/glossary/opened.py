"""The glossary as a page: the search, the term that a link or a card opened, and all cards beneath."""

from __future__ import annotations

import streamlit as st

from ramp155.model.model import Model
from ramp155.text.glossary.terms import Term, find_term, list_terms
from ramp155.text.numbers import count_words
from ui.glossary.cards import TURN, open_term, show_groups, show_hits, show_term_words
from ui.glossary.drawing import show_drawing
from ui.link import keys
from ui.link.address import write_link
from ui.markup import escape_markdown


def show_glossary(model: Model) -> None:
    """Search, the open term and every card; a search shows its hits alone."""
    title_column, search_column = st.columns([2, 1], vertical_alignment="bottom")
    title_column.markdown(f"## The {count_words(len(list_terms()), 'word')} behind these pages")
    query = search_column.text_input(
        "Search the glossary",
        key=keys.GLOSSARY_FIND,
        max_chars=80,
        placeholder="any word, any spelling",
    ).strip()
    if query:
        show_hits(model, query)
    else:
        _show_open_term(model, find_term(st.session_state[keys.TERM]))
        show_groups(model)
    write_link(model, keys.TERM, keys.GLOSSARY_FIND)


def _show_open_term(model: Model, term: Term) -> None:
    """The open term with its picture large, and the ways to the one before and the one after."""
    terms = list_terms()
    place = terms.index(term)
    with st.container(border=True, key="open_term"):
        picture_column, words_column = st.columns(
            [1.15, 1], gap="medium", vertical_alignment="center"
        )
        with picture_column:
            show_drawing(model, term.key, "open", st.session_state.get(TURN, 0))
        with words_column:
            st.markdown(f"### {escape_markdown(term.name)}")
            show_term_words(model, term)
            with st.container(horizontal=True, gap="small"):
                for step, arrow in ((-1, "← {}"), (1, "{} →")):
                    if 0 <= place + step < len(terms):
                        neighbour = terms[place + step]
                        st.button(
                            arrow.format(escape_markdown(neighbour.name)),
                            key=f"step_{step}",
                            on_click=open_term,
                            args=(neighbour.key,),
                        )
