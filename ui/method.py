"""Assumptions with their reasoning, and the model: its bill of materials and its equations."""

from __future__ import annotations

import streamlit as st

from ramp155 import Records, evidence_words
from ui import cite, state

_KINDS = {
    "model": "the model",
    "gap": "the Gap page",
    "hindcast": "the hindcast",
    "reported": "kept beside it",
}


def assumptions(records: Records) -> None:
    """Every coefficient with low, middle, high, source or reasoning; a click on a row shows its claims."""
    rows = records.assumptions
    guessed = int((rows["source_ids"] == "assumption").sum())
    st.markdown(
        f"## {len(rows)} coefficients, each with a range: {len(rows) - guessed} from sources, {guessed} our "
        "assumptions, with their reasoning"
    )
    find, _ = st.columns([1.4, 3])
    find.text_input("Search", key="find", max_chars=80, placeholder="nitrocellulose, price, slip")
    stack = (rows["label"] + " " + rows["reasoning"] + " " + rows["assumption_id"]).str.casefold()
    for word in st.session_state["find"].casefold().split():
        rows = rows[stack[rows.index].str.contains(word, regex=False)]
    if rows.empty:
        st.info("No coefficient fits. Take a word away.")
        return
    shown = rows.assign(
        used=rows["kind"].map(_KINDS),
        says=["assumption" if s == "assumption" else "sources" for s in rows["source_ids"]],
        report=[cite.report_link(records, item) for item in rows["assumption_id"]],
    )
    chosen = st.dataframe(
        shown[["label", "low", "mode", "high", "unit", "used", "says", "reasoning", "report"]],
        hide_index=True,
        height=360,
        placeholder="",
        key="all_coefficients",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "label": st.column_config.TextColumn("Coefficient", pinned=True, width="medium"),
            "low": st.column_config.NumberColumn("Low", format="localized"),
            "mode": st.column_config.NumberColumn("Middle", format="localized"),
            "high": st.column_config.NumberColumn("High", format="localized"),
            "unit": "Unit",
            "used": "Used by",
            "says": "Rests on",
            "reasoning": st.column_config.TextColumn("Reasoning", width="large"),
            "report": st.column_config.LinkColumn("Wrong?", display_text="report an error"),
        },
    )
    picked = chosen["selection"]["rows"]
    if not picked:
        st.caption(
            "Click a row for its sources and the claims behind it. What-if lets you change those of the model."
        )
        return
    row = rows.iloc[picked[0]]
    st.markdown(cite.assumption(records, row["assumption_id"]))
    if row["claim_ids"]:
        st.markdown(cite.claims(records, row["claim_ids"].split()))


def show(records: Records) -> None:
    """The bill of materials as a diagram, and what is done with it month by month."""
    st.markdown("## A round leaves when its slowest input allows it: one chain, month by month")
    with st.container(key="diagram"):
        st.graphviz_chart(
            evidence_words.bill_of_materials(records, state.theme() == "dark"),
            width="stretch",
            alt="Bill of materials: what each stage of a round takes of the one before it; quantities and "
            "sources are listed below",
        )
    st.caption(
        "Numbers: units of a stage in one unit of the next (middle values). Units: how capacity is counted a year."
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**Each stage, each month**")
        st.latex(
            r"\text{make}_s(t)=\min\Big(u\,C_s(t),\ \min_{i\to s}\tfrac{\text{stock}_i(t)}{q_i},\ "
            r"\text{room}_s(t)\Big)"
        )
        st.markdown(
            "A stage makes the least of its capacity in use, what its inputs allow and what its store still takes. "
            "The smallest term is what binds."
        )
        st.latex(r"\text{nameplate}(t)=\min\big(C_{\text{filling}}(t),\,C_{\text{bodies}}(t)\big)")
        st.markdown(
            "What officials mostly quote: bodies and filling, before charge and fuze are asked for."
        )
    with right:
        st.markdown("**Where capacity comes from**")
        st.latex(
            r"C_s(t)=\frac{\text{share}_s}{q_s}\Big(F_s(t)+\sum_{\ell}\big[r_\ell(t-d)-r_\ell(T)\big]^{+}\Big)"
        )
        st.markdown(
            f"Up to the end of {records.fit_end[:4]} (T) the total F is fitted to published totals; after it grow the "
            "rates r of named lines ℓ, late by a delay d drawn from the slips on record. Projects not begun count "
            "with a share that happens."
        )
        st.latex(
            r"\text{lever: } C_{\text{NC}}(t)\mapsto \lambda\,C_{\text{NC}}(t),\quad \lambda\in[0,2]"
        )
        st.markdown(
            "Draws are a Latin hypercube over every coefficient; only those whose nameplate and output for 2022 to "
            "2025 agree with the reports are kept."
        )
    ids = [a for a in records.assumptions["assumption_id"] if a in set(records.stages["quantity"])]
    cite.says_who("Sources of the quantities", cite.assumptions(records, ids), "bom_sources")
