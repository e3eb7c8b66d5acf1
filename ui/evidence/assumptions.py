"""Every coefficient with its range and its reasoning, to search; a click on a row shows its claims."""

from __future__ import annotations

import streamlit as st

from ramp155.base.spelling import match_rows
from ramp155.model.model import Model
from ramp155.text.citations import write_coefficients_title
from ui.markup import escape_sentence
from ui.widgets.citations.lists import cite_assumption, cite_claims
from ui.widgets.citations.sources import write_report_link
from ui.widgets.explain.panel import show_explained

_KIND_NAMES = {
    "model": "the model",
    "gap": "the Gap page",
    "hindcast": "the hindcast",
    "forecast": "the growth rule",
    "reported": "kept beside it",
}


def show_assumptions(model: Model) -> None:
    """Every coefficient with low, middle, high, source or reasoning; a click on a row shows its claims."""
    coefficients = model.record.assumptions
    title = escape_sentence(write_coefficients_title(model.record))
    show_explained(model, f"## {title}", "assumed", "assumed")
    find_box, _ = st.columns([1.4, 3])
    find_box.text_input(
        "Search", key="find", max_chars=80, placeholder="nitrocellulose, price, slip"
    )
    searched_texts = (
        coefficients["label"]
        + " "
        + coefficients["reasoning"]
        + " "
        + coefficients["assumption_id"]
    )
    coefficients = coefficients[match_rows(st.session_state["find"], searched_texts)]
    if coefficients.empty:
        st.info("No coefficient fits. Take a word away.")
        return
    shown_rows = coefficients.assign(
        used=coefficients["kind"].map(_KIND_NAMES),
        says=[
            "assumption" if source_ids == "assumption" else "sources"
            for source_ids in coefficients["source_ids"]
        ],
        report=[
            write_report_link(model, assumption_id)
            for assumption_id in coefficients["assumption_id"]
        ],
    )
    table_event = st.dataframe(
        shown_rows[["label", "low", "mode", "high", "unit", "used", "says", "reasoning", "report"]],
        hide_index=True,
        height=360,
        placeholder="",
        key="all_coefficients",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "label": st.column_config.TextColumn("Coefficient", pinned=True, width=330),
            "low": st.column_config.NumberColumn("Low", format="localized"),
            "mode": st.column_config.NumberColumn("Middle", format="localized"),
            "high": st.column_config.NumberColumn("High", format="localized"),
            "unit": "Unit",
            "used": "Used by",
            "says": "Rests on",
            "reasoning": st.column_config.TextColumn("Reasoning", width=300),
            "report": st.column_config.LinkColumn("Wrong?", display_text="report an error"),
        },
    )
    picked_rows = table_event["selection"]["rows"]
    if not picked_rows:
        st.caption("Click a row for its sources. Change values on What-if.")
        return
    coefficient = coefficients.iloc[picked_rows[0]]
    st.markdown(cite_assumption(model, coefficient["assumption_id"]))
    if coefficient["claim_ids"]:
        st.markdown(cite_claims(model, coefficient["claim_ids"].split()))
