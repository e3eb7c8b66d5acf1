"""The sources: search, kind, language, and what hangs on each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.base.spelling import match_rows
from ramp155.model.model import Model
from ramp155.record.grades import name_source
from ramp155.record.schema.vocabulary import CLASSES
from ramp155.text.citations import write_sources_title
from ui.link import keys
from ui.link.fields import UNKNOWN
from ui.markup import escape_sentence
from ui.widgets.citations.sources import write_report_link


def show_sources(model: Model) -> None:
    """Every source with how many events and claims cite it."""
    st.markdown(f"## {escape_sentence(write_sources_title(model.record))}")
    source_rows = model.record.sources.assign(
        cited=model.record.sources["source_id"].map(_count_citations(model)).fillna(0).astype(int)
    )
    kind_counts = source_rows["class"].value_counts()
    find_box, language_box, kind_box = st.columns([1.1, 0.8, 3.2], vertical_alignment="bottom")
    find_box.text_input("Search", key="find", max_chars=80, placeholder="publisher, title, address")
    language_counts = source_rows["language"].replace("", UNKNOWN).value_counts()
    chosen_language = language_box.selectbox(
        "Language",
        list(language_counts.index),
        index=None,
        format_func=lambda name: f"{name} ({language_counts[name]})",
        placeholder="All",
        key=keys.LANGUAGE,
    )
    with kind_box:
        chosen_kinds = st.pills(
            "Kind",
            list(CLASSES),
            format_func=lambda name: f"{name} {kind_counts.get(name, 0)}",
            selection_mode="multi",
            wrap=True,
            key=keys.KIND,
            help="; ".join(f"{name}: {meaning}" for name, meaning in CLASSES.items()),
        )
    searched_texts = (
        source_rows["publisher"] + " " + source_rows["title"] + " " + source_rows["url"]
    )
    source_rows = source_rows[match_rows(st.session_state["find"], searched_texts)]
    if chosen_kinds:
        source_rows = source_rows[source_rows["class"].isin(chosen_kinds)]
    if chosen_language:
        source_rows = source_rows[source_rows["language"].replace("", UNKNOWN) == chosen_language]
    if source_rows.empty:
        st.info("No source fits. Take a word or a filter away.")
        return
    _show_source_table(model, source_rows)
    st.caption(
        f"{len(source_rows):,} sources. Most were read as excerpts; where the address is blank, only the title is known. Kinds are "
        "ours, best first. Copies, forums, machines and state outlets never carry a headline alone."
    )


def _count_citations(model: Model) -> pd.Series[int]:
    """source_id -> how many events and claims cite it."""
    citing_rows = pd.concat([model.record.events["source_id"], model.record.claims["source_id"]])
    citations: pd.Series[int] = citing_rows.value_counts()
    return citations


def _show_source_table(model: Model, source_rows: pd.DataFrame) -> None:
    shown_rows = source_rows.assign(
        publisher=[name_source(model.record, source_id) for source_id in source_rows["source_id"]],
        url=source_rows["url"].replace("", None),
        report=[write_report_link(model, source_id) for source_id in source_rows["source_id"]],
    ).sort_values("published", ascending=False)
    st.dataframe(
        shown_rows[
            [
                "publisher",
                "title",
                "published",
                "language",
                "class",
                "cited",
                "url",
                "report",
            ]
        ],
        hide_index=True,
        height=470,
        placeholder="",
        key="source_table",
        column_config={
            "publisher": st.column_config.TextColumn("Publisher", pinned=True, width=200),
            "title": st.column_config.TextColumn("Title", width=480),
            "published": "Published",
            "language": "Language",
            "class": "Kind",
            "cited": st.column_config.NumberColumn(
                "Cited by", help="Events and claims that rest on it"
            ),
            "url": st.column_config.LinkColumn("Page", display_text="open"),
            "report": st.column_config.LinkColumn("Wrong?", display_text="report an error"),
        },
    )
