"""The panel that explains a figure or chart where it stands. It is filled when it is opened, so that a closed one costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from ramp155.model.model import Model
from ramp155.pictures.view import View
from ramp155.text.explain.catalogue import EXPLAINED, explain
from ramp155.text.explain.grammar.explanation import Explanation
from ramp155.text.explain.grammar.names import NAMES
from ramp155.text.glossary.facts import write_term_fact
from ramp155.text.glossary.terms import Term, find_term
from ui.link import keys
from ui.link.view import current_view
from ui.markup import escape_markdown, escape_sentence
from ui.widgets.citations.cite import show_citations
from ui.widgets.explain.sources import list_explained_sources
from ui.widgets.share.screen_link import write_address

KEY = "explain_"  # begins the key of every panel; ui/app.css draws those of figures as a question mark
WORDED = "explain_words_"  # of panels whose button says what it explains
DOTTED = "explain_words_term_"  # of terms, which are dotted words

MakeExplanation = Callable[[], Explanation]


def show_explain(
    model: Model,
    name: str,
    key: str,
    make: MakeExplanation | None = None,
    label: str = "",
) -> None:
    """The button that opens the explanation of a figure or chart; nothing for one without.

    `make` gives the explanation where the page's own view is not what it is asked of. With a `label` the button says that,
    else it is a question mark that is read aloud as what it explains.
    """
    if name in EXPLAINED or make:
        _show_panel(model, name, key, make, label)


@st.fragment
def _show_panel(
    model: Model, name: str, key: str, make: MakeExplanation | None, label: str
) -> None:
    """A fragment: to open or close it draws nothing else anew."""
    panel = st.popover(
        label or f"Explain: {NAMES.get(name, name)}",
        type="tertiary",
        key=f"{WORDED if label else KEY}{key}",
        on_change="rerun",
        width="content",
    )
    if panel.open:
        with panel:
            _show_explanation(model, make() if make else explain(name, model, current_view()))


def show_explained(
    model: Model, text: str, name: str, key: str, make: MakeExplanation | None = None
) -> None:
    """A heading or sentence, safe Markdown, with the button that explains its figure."""
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        key=f"head_{KEY}{key}",
        wrap=False,
    ):
        st.markdown(text, width="stretch")
        show_explain(model, name, key, make)


def show_explain_row(
    model: Model, names: tuple[str, ...], key: str, read_view: Callable[[], View]
) -> None:
    """The figures of what stands above, one button each, for what is drawn where no button fits in.

    `read_view` is asked when one is opened: the slider may have moved since, which draws nothing of this anew.
    """
    with st.container(horizontal=True, gap="small", key=f"explained_{key}"):
        st.caption("Explain", width="content")
        for name in names:
            show_explain(
                model,
                name,
                f"{key}_{name}",
                partial(_explain_now, name, model, read_view),
                NAMES[name],
            )


def _explain_now(name: str, model: Model, read_view: Callable[[], View]) -> Explanation:
    return explain(name, model, read_view())


def show_term_row(model: Model, term_keys: tuple[str, ...], key: str) -> None:
    """Terms that stand nearby, each a dotted word that opens what it means; closed ones cost nothing."""
    with st.container(horizontal=True, gap="small", key=f"explained_terms_row_{key}"):
        st.caption("Words", width="content")
        for term_key in term_keys:
            _show_term(model, term_key, key)


@st.fragment
def _show_term(model: Model, term_key: str, key: str) -> None:
    term = find_term(term_key)
    panel = st.popover(
        escape_markdown(term.name),
        type="tertiary",
        key=f"{DOTTED}{key}_{term_key}",
        on_change="rerun",
        width="content",
    )
    if panel.open:
        with panel, st.container(gap="small", key=f"explanation_term_{term_key}"):
            st.markdown(escape_sentence(term.sentence))
            fact = write_term_fact(model, term_key)
            if fact:
                st.markdown(escape_sentence(fact))
            _link_term(term)


def _link_term(term: Term) -> None:
    """The way to a term's entry in the glossary."""
    st.page_link(
        "../pages/glossary.py",
        label=f"{term.name} in the glossary",
        query_params={keys.TERM: term.key},
    )


def _show_explanation(model: Model, explanation: Explanation) -> None:
    """What it is, its arithmetic, who says so, what it does not say, and the way to the glossary."""
    with st.container(gap="small", key=f"explanation_{explanation.name}"):
        st.markdown(escape_sentence(explanation.what))
        if explanation.formula:
            st.markdown("  \n".join(map(_write_line, explanation.formula)))
            with st.container(key=f"explained_terms_{explanation.name}"):
                st.markdown(
                    "\n".join(
                        f"- **{escape_markdown(figure)}**: {escape_markdown(words)}"
                        for figure, words in explanation.terms
                    )
                )
        else:
            st.markdown(escape_markdown(explanation.value))
        st.markdown(escape_sentence(explanation.counted))
        st.markdown(f"**What it does not say.** {escape_sentence(explanation.not_said)}")
        st.markdown(
            f"**Where the numbers come from**\n\n{list_explained_sources(model, explanation.sources)}"
        )
        with st.expander("Cite this number"):
            title = f"{explanation.what.rstrip('.')}: {explanation.value}"
            show_citations(model, title, write_address(model), "Figure")
        if explanation.term:
            _link_term(find_term(explanation.term))


def _write_line(line: str) -> str:
    left, _, right = line.partition(" = ")
    return f"**{escape_markdown(left)}** = {escape_markdown(right)}"
