"""Public statements with their verdicts, in three columns; each opens to its reason and its claims."""

from __future__ import annotations

import streamlit as st

from ramp155.answers.verdicts.verdict import CONTRADICTED, SUPPORTED, Verdict
from ramp155.model.model import Model
from ramp155.text.demand.tracks import write_moved_terms
from ramp155.text.signs import VERDICT_SIGNS
from ramp155.text.statements.labels import write_verdict_label, write_verdicts_title
from ramp155.text.statements.verdicts import judge_statements
from ui.link.levers import current_scenario
from ui.link.view import current_comparison, current_terms
from ui.markup import escape_markdown, escape_sentence
from ui.widgets.citations.lists import cite_claims
from ui.widgets.lookups import find_row

_VERDICT_HEADS = {
    verdict_word: f"{sign.glyph} {verdict_word.capitalize()}"
    for verdict_word, sign in VERDICT_SIGNS.items()
}


def show_statements(model: Model) -> None:
    """Every statement under its verdict."""
    all_verdicts = judge_statements(
        model, current_scenario(), current_comparison(), current_terms()
    )
    st.markdown(f"## {escape_sentence(write_verdicts_title(all_verdicts))}")
    for column, (verdict_word, verdict_head) in zip(
        st.columns(3, gap="medium"), _VERDICT_HEADS.items(), strict=True
    ):
        word_verdicts = [verdict for verdict in all_verdicts if verdict.verdict == verdict_word]
        with column, st.container(gap="xsmall"):
            st.markdown(f"**{verdict_head}** ({len(word_verdicts)})")
            for verdict in word_verdicts:
                _show_verdict(model, verdict)
    if write_moved_terms(current_terms()):
        st.caption(escape_sentence(write_moved_terms(current_terms())))
    st.caption(
        "Odds are the share of draws, of named figures or of counts for which a statement holds; supported from "
        f"{SUPPORTED:.0%}, contradicted up to {CONTRADICTED:.0%}. Each is held against the way of "
        "counting its words ask for, and its reason says what another way would change. The model is fitted to "
        "published totals of 2022 to 2025, so for those years it checks that statements fit together, not that "
        "they are true. Statements about the EU are held against Europe as it is counted here, which is larger (Britain, "
        "Norway, Switzerland).".replace("%", " %")
    )


def _show_verdict(model: Model, verdict: Verdict) -> None:
    with st.expander(escape_markdown(write_verdict_label(verdict))):
        statement = find_row(model.record.statements, "statement_id", verdict.statement_id)
        st.markdown(f"{escape_markdown(verdict.who)}, {verdict.said_on}.")
        st.markdown(f"**{verdict.verdict.capitalize()}.** {escape_sentence(verdict.reason)}")
        counting_text = (
            f" Counted as: {escape_markdown(verdict.counted)}." if verdict.counted else ""
        )
        st.caption(f"{escape_markdown(statement['note'])}{counting_text}")
        st.markdown(cite_claims(model, verdict.claims))
