"""Makers' own totals beside Europe's: the picture, every claim with who said it and when, and why they
do not add up.
"""

from __future__ import annotations

import streamlit as st

from ramp155.answers.maker_totals import list_maker_claims
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.grammar.claims import describe_ledger_rows
from ramp155.pictures.plants.makers import list_maker_figures
from ramp155.text.gap.makers import list_reasons, say_counted
from ui.link.view import current_view
from ui.markup import escape_sentence
from ui.widgets.citations.lists import cite_claims, cite_topics
from ui.widgets.citations.sources import find_addresses, show_source_button
from ui.widgets.picture import show_picture

# What is contested about makers' own figures.
_TOPICS = ("rhm-world", "rhm-1500k", "sk-1m", "fr-2025")


def show_maker_totals(model: Model) -> None:
    """What makers say they make and promise, beside Europe's likely range."""
    figures = list_maker_figures(model)
    if figures.empty:
        return
    picture_column, reason_column = st.columns([1.5, 1], gap="large")
    with picture_column:
        show_picture(model, build_picture(model, "makers", current_view()), "makers")
    with reason_column:
        st.markdown("**Why they do not add up**")
        claims = list_maker_claims(model.record)
        reasons = "\n".join(
            f"- {escape_sentence(reason)}" for reason in list_reasons(figures, claims)
        )
        st.markdown(reasons)
        show_source_button("Says who", cite_claims(model, figures["claim_id"]), "maker_sources")
        show_source_button("What is contested", cite_topics(model, *_TOPICS), "maker_topics")
    with st.expander("Every figure a maker gave, or others gave of it", key="maker_claims"):
        _show_claims(model)


def _show_claims(model: Model) -> None:
    """All claims as a table, newest first for each maker."""
    claims = describe_ledger_rows(list_maker_claims(model.record))
    figures = list_maker_figures(model)
    labelled = figures[figures["is_labelled"]]
    in_sum = dict(
        zip(labelled["claim_id"], map(say_counted, labelled.to_dict("records")), strict=True)
    )
    table = claims.assign(
        in_sum=claims["claim_id"].map(in_sum).fillna("no label"),
        address=find_addresses(model, claims["witness"]),
    )[
        [
            "maker",
            "value_low",
            "value_high",
            "in_sum",
            "kind",
            "counting",
            "period",
            "who",
            "said_on",
            "confidence",
            "class",
            "basis",
            "address",
        ]
    ]
    st.dataframe(
        table,
        hide_index=True,
        height=320,
        placeholder="",
        key="maker_table",
        column_config={
            "maker": "Maker",
            "value_low": st.column_config.NumberColumn("From, rounds a year", format="localized"),
            "value_high": st.column_config.NumberColumn("To", format="localized"),
            "in_sum": "In the sum",
            "kind": "Is",
            "counting": "Counts",
            "period": "Speaks of",
            "who": "Who says so",
            "said_on": "Said on",
            "confidence": "Confidence",
            "class": "Kind of source",
            "basis": "What",
            "address": st.column_config.LinkColumn("Source", display_text="open"),
        },
    )
    st.caption("With what only a machine or a state's outlet says, which the picture leaves out.")
