"""Public statements with their verdicts, by group; each opens to its reason and its claims."""

from __future__ import annotations

import streamlit as st

from ramp155.answers.verdicts.verdict import (
    CIRCULAR,
    CONTRADICTED,
    SUPPORTED,
    Verdict,
    search_verdicts,
)
from ramp155.base.spelling import suggest_names
from ramp155.model.model import Model
from ramp155.text.demand.tracks import write_moved_terms
from ramp155.text.statements.labels import (
    find_verdict_group,
    write_group_head,
    write_verdict_label,
    write_verdicts_title,
)
from ramp155.text.statements.verdicts import judge_statements
from ui.link.levers import current_scenario
from ui.link.view import current_comparison, current_terms
from ui.markup import escape_markdown, escape_sentence
from ui.widgets.citations.lists import cite_claims
from ui.widgets.explain.panel import show_explained
from ui.widgets.lookups import find_row
from ui.widgets.search.box import show_no_match, show_search

# The groups that stand in one column, from top to bottom.
_GROUP_COLUMNS = (("contradicted", "supported"), ("undecided", CIRCULAR))


def show_statements(model: Model) -> None:
    """The statements that search and speaker leave, each under the group of its verdict."""
    all_verdicts = judge_statements(
        model, current_scenario(), current_comparison(), current_terms()
    )
    heading = st.container()
    _show_search(all_verdicts)
    query, speaker = st.session_state["statement_find"], st.session_state["speaker"] or ""
    shown_verdicts = search_verdicts(all_verdicts, query, speaker)
    title = write_verdicts_title(shown_verdicts, speaker, is_searched=bool(query.strip()))
    with heading:
        show_explained(model, f"## {escape_markdown(title)}", "statements", "statements")
    if not shown_verdicts:
        near_names = suggest_names(query, {verdict.who for verdict in all_verdicts})
        show_no_match(query, near_names, "Take a word or the speaker away.")
    _show_groups(model, shown_verdicts)
    if write_moved_terms(current_terms()):
        st.caption(escape_sentence(write_moved_terms(current_terms())))
    st.caption(
        "Odds are the share of runs, of named figures or of counts for which a statement holds; supported from "
        f"{SUPPORTED:.0%}, contradicted up to {CONTRADICTED:.0%}. Where named estimates differ, how many agree stands there. "
        "No test: the model was given what the verdict rests on, and can only repeat it. Statements about the EU are held "
        "against Europe as counted here, which is larger (Britain, Norway, Switzerland).".replace(
            "%", " %"
        )
    )


def _show_search(all_verdicts: list[Verdict]) -> None:
    """A box for words, and whose statements are shown."""
    find_box, speaker_box, _ = st.columns([1.4, 1.4, 1.6])
    show_search(find_box, "statement_find", "words in what was said, or who said it")
    speakers = [verdict.who for verdict in all_verdicts]
    speaker_box.selectbox(
        "Who said it",
        sorted(set(speakers)),
        format_func=lambda who: f"{who} ({speakers.count(who)})",
        index=None,
        key="speaker",
        placeholder="All",
    )


def _show_groups(model: Model, shown_verdicts: tuple[Verdict, ...]) -> None:
    """The groups that have a statement, in as many columns as that takes."""
    by_group: dict[str, list[Verdict]] = {}
    for verdict in shown_verdicts:
        by_group.setdefault(find_verdict_group(verdict.verdict), []).append(verdict)
    filled_columns = [groups for groups in _GROUP_COLUMNS if by_group.keys() & set(groups)]
    if not filled_columns:
        return
    columns = st.columns(len(filled_columns), gap="medium")
    for column, groups in zip(columns, filled_columns, strict=True):
        with column:
            for group in groups:
                if group in by_group:
                    _show_group(model, group, by_group[group])


def _show_group(model: Model, group: str, group_verdicts: list[Verdict]) -> None:
    """A group's head and its statements."""
    with st.container(gap="xsmall"):
        st.markdown(f"**{write_group_head(group)}** ({len(group_verdicts)})")
        for verdict in group_verdicts:
            _show_verdict(model, verdict)


def _show_verdict(model: Model, verdict: Verdict) -> None:
    with st.expander(escape_markdown(write_verdict_label(verdict))):
        statement = find_row(model.record.statements, "statement_id", verdict.statement_id)
        st.markdown(f"{escape_markdown(verdict.who)}, {verdict.said_on}.")
        st.markdown(f"**{verdict.verdict.capitalize()}.** {escape_sentence(verdict.reason)}")
        if verdict.because:
            st.markdown(f"**What we put in.** {escape_sentence(verdict.because)}")
        counting_text = (
            f" Counted as: {escape_markdown(verdict.counted)}." if verdict.counted else ""
        )
        st.caption(f"{escape_markdown(statement['note'])}{counting_text}")
        st.markdown(cite_claims(model, verdict.claims))
