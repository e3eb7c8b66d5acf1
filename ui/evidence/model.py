"""The model: its bill of materials as a diagram, and its equations."""

from __future__ import annotations

import streamlit as st

from ramp155.model.model import Model
from ramp155.pictures.evidence.stage_graph import draw_stage_graph
from ui.link.session import read_theme
from ui.widgets.citations.lists import cite_assumptions
from ui.widgets.citations.sources import show_source_button


def show_model(model: Model) -> None:
    """The bill of materials as a diagram, and what is done with it month by month."""
    st.markdown("## A round leaves when its slowest input allows it: one chain, month by month")
    with st.container(key="diagram"):
        st.graphviz_chart(
            draw_stage_graph(model, read_theme() == "dark"),
            width="stretch",
            alt="Bill of materials: what each stage of a round takes of the one before it; quantities and "
            "sources are listed below",
        )
    st.caption("Numbers: how much of a stage goes into one unit of the next (middle values).")
    stage_column, capacity_column = st.columns(2, gap="large")
    with stage_column:
        st.markdown("**Each stage, each month**")
        st.latex(
            r"\text{make}_s(t)=\min\Big(u\,C_s(t),\ \min_{i\to s}\tfrac{\text{stock}_i(t)}{q_i},\ "
            r"\text{room}_s(t)\Big)"
        )
        st.markdown(
            "A stage makes the least of three: its capacity in use, what its inputs allow, what its store still takes. "
            "The least is the limit."
        )
        st.latex(r"\text{capacity as officials count it}(t)=C_{\text{filling}}(t)")
        st.markdown("What officials mostly quote: filling and assembly alone.")
    with capacity_column:
        st.markdown("**Where capacity comes from**")
        st.latex(
            r"C_s(t)=\frac{\text{share}_s}{q_s}\Big(F_s(t)+\sum_{\ell}\big[r_\ell(t-d)-r_\ell(T)\big]^{+}\Big)"
        )
        st.markdown(
            "Up to the last published figure (T) the total F is what figures say, each with its error. After it F grows by a "
            "pace of what officials promise, a drift that fades and noise, all learned from the record. On top come named "
            "lines ℓ at rates r, late by a delay d from the slips on record. Of projects not begun a share happens."
        )
        st.latex(
            r"\text{lever: } C_{\text{NC}}(t)\mapsto \lambda\,C_{\text{NC}}(t),\quad \lambda\in[0,2]"
        )
        st.markdown(
            "Candidates are drawn over every coefficient's range. The better one agrees with published figures, the more of our "
            "runs it makes."
        )
    quantity_ids = [
        assumption_id
        for assumption_id in model.record.assumptions["assumption_id"]
        if assumption_id in set(model.record.stages["quantity"])
    ]
    show_source_button(
        "Sources of the quantities", cite_assumptions(model, quantity_ids), "bom_sources"
    )
