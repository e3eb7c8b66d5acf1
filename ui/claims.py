"""The claims ledger: what is contested side by side, each quantity over time, and every claim to search."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155 import Records, evidence_charts, evidence_words, ledger, screens
from ui import cite, figure, state


def show(records: Records) -> None:
    """A contested topic, then the ledger with its filters, its chart and its table."""
    _contested(records)
    st.divider()
    _ledger(records)


def _contested(records: Records) -> None:
    titles = ledger.topics(records)
    topic = st.session_state["topic"]
    rows = ledger.on_topic(ledger.table(records), topic)
    st.markdown(f"## {cite.sentence(evidence_words.claims_finding(records, topic))}")
    left, right = st.columns([1.7, 1], gap="large")
    with right:
        st.selectbox("What is contested", list(titles), format_func=titles.get, key="topic")
        row = records.contradictions.set_index("topic").loc[topic]
        st.markdown(cite.escape(row["explains"]))
        st.caption(
            "● reported or estimated, ◇ a target; blue: output (complete rounds), grey: capacity. "
            "Rates by month or day are drawn by the year. Copies of one statement stand once."
        )
        cite.says_who("Every claim in full", cite.claims(records, rows["claim_id"]), "topic_claims")
    with left:
        if evidence_charts.topic_chart(rows) is None:
            st.info("These claims carry no figure that could be drawn; they stand beside in full.")
        else:
            picture = screens.build(records, "topic", state.view())
            figure.show(records, picture, f"topic_{topic}", "**The claims**, lowest first")


def _ledger(records: Records) -> None:
    table = ledger.table(records)
    quantity, subject, find = st.columns([1.2, 1, 1.6])
    names = table["quantity"].value_counts()
    quantity.selectbox(
        "Quantity",
        list(names.index),
        format_func=lambda name: f"{name.replace('_', ' ')} ({names[name]})",
        key="quantity",
        placeholder="All",
    )
    subjects = table["subject"].str.split("+").explode().value_counts()
    country = dict(zip(records.countries["country"], records.countries["name"], strict=True))
    subject.selectbox(
        "Of whom",
        list(subjects.index),
        format_func=lambda name: f"{country.get(name, name)} ({subjects[name]})",
        key="subject",
        placeholder="All",
    )
    find.text_input(
        "Search",
        key="find",
        max_chars=80,
        placeholder="words in what was said, who said it, of what",
    )
    chosen = st.session_state["quantity"]
    rows = ledger.search(
        table, st.session_state["find"], chosen or "", st.session_state["subject"] or ""
    )
    if rows.empty:
        st.info("No claim fits. Take a word or a filter away.")
        return
    if chosen:
        spec = evidence_charts.quantity_chart(rows, 260)
        if spec is not None:
            what = chosen.replace("_", " ")
            finding = f"{what.capitalize()}: {len(rows)} claims, over the time spoken of"
            counted = "A bar is a range; dots: reported or estimated, diamonds: targets."
            name = f"quantity_{chosen}"
            figure.show(
                records,
                figure.of(records, name, finding, spec, counted, rows["source_id"]),
                name,
                f"**{what.capitalize()}**, over the time spoken of",
            )
            st.caption(
                "A bar is a range. ● reported or estimated, ◇ a target; blue: output, grey: capacity. "
                "Only claims with a figure in the commonest unit are drawn."
            )
    st.markdown(f"**{len(rows)} claim{'s'[: len(rows) != 1]}**, newest first")
    _table(records, rows)


def _table(records: Records, rows: pd.DataFrame) -> None:
    titles = ledger.topics(records)
    shown = rows.assign(
        quantity=rows["quantity"].str.replace("_", " "),
        publisher=[cite.publisher(records, s) for s in rows["source_id"]],
        contested=[", ".join(titles[t] for t in topics) for topics in rows["topics"]],
        url=rows["url"].replace("", None),
        report=[cite.report_link(records, claim) for claim in rows["claim_id"]],
    )
    st.dataframe(
        shown[
            [
                "subject",
                "operator",
                "quantity",
                "low",
                "high",
                "unit",
                "period",
                "status",
                "counts",
                "calibres",
                "made",
                "basis",
                "publisher",
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
            "subject": st.column_config.TextColumn("Of whom", pinned=True),
            "operator": "Firm",
            "quantity": st.column_config.TextColumn("What", pinned=True),
            "low": st.column_config.NumberColumn("From", format="localized"),
            "high": st.column_config.NumberColumn("To", format="localized"),
            "unit": "Unit",
            "period": "Speaks of",
            "status": "Kind",
            "counts": "Counts",
            "calibres": "Calibres",
            "made": "New or refurbished",
            "basis": st.column_config.TextColumn("What was said", width="large"),
            "publisher": "Where",
            "class": "Kind of source",
            "reported_on": "Said on",
            "confidence": "Confidence",
            "contested": "Contested",
            "url": st.column_config.LinkColumn("Source", display_text="open"),
            "report": st.column_config.LinkColumn("Wrong?", display_text="report an error"),
            "claim_id": "Id",
        },
    )
