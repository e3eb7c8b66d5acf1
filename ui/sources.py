"""The sources: search, kind, language, what hangs on each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155 import Records, evidence_words
from ramp155.records import CLASSES
from ui import cite


def show(records: Records) -> None:
    """Every source with how many events and claims cite it."""
    st.markdown(f"## {cite.sentence(evidence_words.sources(records))}")
    table = records.sources.assign(
        cited=records.sources["source_id"].map(_cited(records)).fillna(0).astype(int)
    )
    kinds = table["class"].value_counts()
    find, language, kind = st.columns([1.4, 0.8, 2.6], vertical_alignment="bottom")
    find.text_input("Search", key="find", max_chars=80, placeholder="publisher, title, address")
    spoken = table["language"].replace("", "unknown").value_counts()
    chosen_language = language.selectbox(
        "Language",
        list(spoken.index),
        index=None,
        format_func=lambda name: f"{name} ({spoken[name]})",
        placeholder="All",
        key="source_language",
    )
    with kind:
        chosen = st.pills(
            "Kind",
            list(CLASSES),
            format_func=lambda name: f"{name} {kinds.get(name, 0)}",
            selection_mode="multi",
            key="source_class",
            help="; ".join(f"{name}: {meaning}" for name, meaning in CLASSES.items()),
        )
    words = st.session_state["find"].casefold().split()
    stack = (table["publisher"] + " " + table["title"] + " " + table["url"]).str.casefold()
    for word in words:
        table = table[stack[table.index].str.contains(word, regex=False)]
    if chosen:
        table = table[table["class"].isin(chosen)]
    if chosen_language:
        table = table[table["language"].replace("", "unknown") == chosen_language]
    if table.empty:
        st.info("No source fits. Take a word or a filter away.")
        return
    _table(records, table)
    st.caption(
        f"{len(table):,} sources. Most pages were read as excerpts of public pages; a blank address means that only the "
        "title is known. Kinds are ours; a state-controlled publisher is marked wherever it shows."
    )


def _cited(records: Records) -> pd.Series:
    """source_id -> how many events and claims cite it."""
    return pd.concat([records.events["source_id"], records.claims["source_id"]]).value_counts()


def _table(records: Records, table: pd.DataFrame) -> None:
    shown = table.assign(
        publisher=[cite.publisher(records, s) for s in table["source_id"]],
        url=table["url"].replace("", None),
        report=[cite.report_link(records, s) for s in table["source_id"]],
    ).sort_values("published", ascending=False)
    st.dataframe(
        shown[
            [
                "publisher",
                "title",
                "published",
                "language",
                "class",
                "cited",
                "url",
                "report",
                "source_id",
            ]
        ],
        hide_index=True,
        height=470,
        placeholder="",
        key="source_table",
        column_config={
            "publisher": st.column_config.TextColumn("Publisher", pinned=True),
            "title": st.column_config.TextColumn("Title", width="large"),
            "published": "Published",
            "language": "Language",
            "class": "Kind",
            "cited": st.column_config.NumberColumn(
                "Cited by", help="Events and claims that rest on it"
            ),
            "url": st.column_config.LinkColumn("Page", display_text="open"),
            "report": st.column_config.LinkColumn("Wrong?", display_text="report an error"),
            "source_id": "Id",
        },
    )
