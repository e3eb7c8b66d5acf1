"""Public statements with their verdicts, in three columns; each opens to its reason and its claims."""

from __future__ import annotations

import streamlit as st

from ramp155 import Records, gap_words, verdicts
from ramp155.verdicts import Verdict
from ui import cite, state

_HEADS = {
    "supported": "● Supported",
    "undecided": "◐ Undecided",
    "contradicted": "○ Contradicted",
}


def show(records: Records) -> None:
    """Every statement under its verdict."""
    found = verdicts.judge(records, state.current(), state.comparison(), state.terms(), state.DRAWS)
    st.markdown(f"## {cite.sentence(gap_words.verdicts_finding(found))}")
    for column, (word, head) in zip(st.columns(3, gap="medium"), _HEADS.items(), strict=True):
        own = [verdict for verdict in found if verdict.verdict == word]
        with column, st.container(gap="xsmall"):
            st.markdown(f"**{head}** ({len(own)})")
            for verdict in own:
                _one(records, verdict)
    if gap_words.moved_terms(state.terms()):
        st.caption(cite.sentence(gap_words.moved_terms(state.terms())))
    st.caption(
        "Odds are the share of draws, of named figures or of counts for which a statement holds; supported from "
        f"{verdicts.SUPPORTED:.0%}, contradicted up to {verdicts.CONTRADICTED:.0%}. Each is held against the way of "
        "counting its words ask for, and its reason says what another way would change. The model is fitted to "
        "published totals of 2022 to 2025, so for those years it checks that statements fit together, not that "
        "they are true. Statements about the EU are held against Europe as it is counted here, which is larger (Britain, "
        "Norway, Switzerland).".replace("%", " %")
    )


def _one(records: Records, verdict: Verdict) -> None:
    with st.expander(cite.escape(gap_words.verdict_label(verdict))):
        note = records.statements.set_index("statement_id").loc[verdict.statement_id, "note"]
        st.markdown(f"{cite.escape(verdict.who)}, {verdict.said_on}.")
        st.markdown(f"**{verdict.verdict.capitalize()}.** {cite.sentence(verdict.reason)}")
        counted = f" Counted as: {cite.escape(verdict.counted)}." if verdict.counted else ""
        st.caption(f"{cite.escape(note)}{counted}")
        st.markdown(cite.claims(records, verdict.claims))
