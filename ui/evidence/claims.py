"""The claims ledger: what is contested side by side, each quantity over time, and every claim to
search.
"""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from ramp155.history.claims import (
    list_claims,
    list_contested_claims,
    list_topics,
    search_claims,
    suggest_claim_words,
)
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.evidence.quantity import draw_quantity
from ramp155.pictures.evidence.topic import draw_topic
from ramp155.pictures.grammar.claims import describe_ledger_rows
from ramp155.pictures.grammar.signs import list_signs
from ramp155.record.grades import name_source
from ramp155.text.citations import write_claims_title
from ramp155.text.numbers import count_words
from ramp155.text.signs import CLAIM_SIGNS, SIGN_OF, write_key
from ui.link.view import current_view
from ui.markup import escape_markdown, escape_sentence
from ui.widgets.citations.cite import show_citations
from ui.widgets.citations.lists import cite_claims
from ui.widgets.citations.sources import show_source_button, write_report_link
from ui.widgets.lookups import find_row, list_rows, name_countries
from ui.widgets.picture import build_page_picture, show_picture
from ui.widgets.search.box import show_no_match, show_search
from ui.widgets.share.screen_link import write_site_address

_MOST_CITED = 3  # claims at once


def show_claims(model: Model) -> None:
    """A contested topic, then the ledger with its filters, its chart and its table."""
    _show_contested(model)
    st.divider()
    _show_ledger(model)


def _show_contested(model: Model) -> None:
    titles = list_topics(model.record)
    topic = st.session_state["topic"]
    topic_claims = list_contested_claims(list_claims(model.record), topic)
    st.markdown(f"## {escape_sentence(write_claims_title(model.record, topic))}")
    chart_column, reason_column = st.columns([1.7, 1], gap="large")
    with reason_column:
        st.selectbox("What is contested", list(titles), format_func=titles.__getitem__, key="topic")
        contradiction = find_row(model.record.contradictions, "topic", topic)
        st.markdown(escape_markdown(contradiction["explains"]))
        sign_key = write_key(list_signs(describe_ledger_rows(topic_claims)["sign"]))
        st.caption(
            f"{sign_key}; blue: output, grey: capacity. Rates are drawn by the year; copies stand once."
        )
        show_source_button(
            "Every claim in full", cite_claims(model, topic_claims["claim_id"]), "topic_claims"
        )
    with chart_column:
        if draw_topic(topic_claims) is None:
            st.info("These claims carry no figure that could be drawn; they stand beside in full.")
        else:
            picture = build_picture(model, "topic", current_view())
            show_picture(model, picture, f"topic_{topic}", "**The claims**, lowest first")


def _show_ledger(model: Model) -> None:
    ledger_rows = list_claims(model.record)
    find_box, speaker_box, subject_box, quantity_box = st.columns([1.6, 1.2, 1, 1.2])
    publisher_counts = ledger_rows["publisher"].value_counts()
    speaker_box.selectbox(
        "Who says so",
        [name for name in publisher_counts.index if name],
        format_func=lambda name: f"{name} ({publisher_counts[name]})",
        index=None,
        key="publisher",
        placeholder="All",
    )
    quantity_counts = ledger_rows["quantity"].value_counts()
    quantity_box.selectbox(
        "Quantity",
        list(quantity_counts.index),
        format_func=lambda name: f"{name.replace('_', ' ')} ({quantity_counts[name]})",
        index=None,
        key="quantity",
        placeholder="All",
    )
    subject_counts = ledger_rows["subject"].str.split("+").explode().value_counts()
    country_names = name_countries(model.record)
    subject_box.selectbox(
        "Of whom",
        list(subject_counts.index),
        format_func=lambda name: f"{country_names.get(name, name)} ({subject_counts[name]})",
        index=None,
        key="subject",
        placeholder="All",
    )
    show_search(find_box, "find", "words in what was said, who said it, of what")
    chosen_quantity = st.session_state["quantity"]
    claim_rows = search_claims(
        ledger_rows,
        st.session_state["find"],
        chosen_quantity or "",
        st.session_state["subject"] or "",
        st.session_state["publisher"] or "",
    )
    if claim_rows.empty:
        query = st.session_state["find"]
        near_names = suggest_claim_words(ledger_rows, query)
        show_no_match(query, near_names, "Take a word or a filter away.")
        return
    if chosen_quantity:
        spec = draw_quantity(claim_rows, 260)
        if spec is not None:
            quantity_name = chosen_quantity.replace("_", " ")
            finding = (
                f"{quantity_name.capitalize()}: {len(claim_rows)} claims, over the time spoken of"
            )
            counting_note = "A bar is a range; an arrow stands at a figure that is only a bound."
            name = f"quantity_{chosen_quantity}"
            show_picture(
                model,
                build_page_picture(
                    model,
                    name,
                    finding,
                    spec,
                    counting_note,
                    claim_rows["source_id"],
                    sign_key=f"Marks: {write_key(CLAIM_SIGNS[:6])}.",
                ),
                name,
                f"**{escape_markdown(quantity_name.capitalize())}**, over the time spoken of",
            )
            st.caption(
                f"A bar is a range. {write_key(CLAIM_SIGNS[:6])}; blue: output, grey: capacity. "
                "Only claims with a figure in the commonest unit are drawn."
            )
    st.markdown(f"**{count_words(len(claim_rows), 'claim')}**, newest first")
    _show_ledger_table(model, claim_rows)
    if len(claim_rows) <= _MOST_CITED:
        for claim in list_rows(claim_rows):
            query = {"evidence_view": "claims", "find": claim["claim_id"]}
            address = write_site_address(f"evidence?{urlencode(query)}")
            show_citations(model, claim["basis"], address, f"Claim {claim['claim_id']}")
    else:
        st.caption(
            f"Narrow the list to {_MOST_CITED} or fewer, or search for an id, to cite a claim."
        )


def _show_ledger_table(model: Model, claim_rows: pd.DataFrame) -> None:
    titles = list_topics(model.record)
    claim_rows = describe_ledger_rows(claim_rows)
    shown_rows = claim_rows.assign(
        kind=[f"{SIGN_OF[sign].glyph} {SIGN_OF[sign].kind}" for sign in claim_rows["sign"]],
        quantity=claim_rows["quantity"].str.replace("_", " "),
        publisher=[name_source(model.record, source_id) for source_id in claim_rows["source_id"]],
        contested=[", ".join(titles[topic] for topic in topics) for topics in claim_rows["topics"]],
        url=claim_rows["url"].replace("", None),
        report=[write_report_link(model, claim_id) for claim_id in claim_rows["claim_id"]],
    )
    st.dataframe(
        shown_rows[
            [
                "publisher",
                "basis",
                "subject",
                "operator",
                "quantity",
                "low",
                "high",
                "unit",
                "period",
                "kind",
                "counts",
                "calibres",
                "made",
                "class",
                "reported_on",
                "confidence",
                "contested",
                "url",
                "report",
                "claim_id",
            ]
        ],
        hide_index=True,
        height=430,
        placeholder="",
        key="ledger",
        column_config={
            "publisher": st.column_config.TextColumn("Who says so", pinned=True),
            "basis": st.column_config.TextColumn("What was said", width="large"),
            "subject": "Of whom",
            "operator": "Firm",
            "quantity": "What",
            "low": st.column_config.NumberColumn("From", format="localized"),
            "high": st.column_config.NumberColumn("To", format="localized"),
            "unit": "Unit",
            "period": "Speaks of",
            "kind": "Is",
            "counts": "Counts",
            "calibres": "Calibres",
            "made": "New or refurbished",
            "class": "Kind of source",
            "reported_on": "Said on",
            "confidence": "Confidence",
            "contested": "Contested",
            "url": st.column_config.LinkColumn("Source", display_text="open"),
            "report": st.column_config.LinkColumn("Wrong?", display_text="report an error"),
            "claim_id": "Id",
        },
    )
