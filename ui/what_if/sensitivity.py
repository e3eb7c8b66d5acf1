"""The panel of what matters most: one coefficient at a time, and on demand how the spread is shared
out.
"""

from __future__ import annotations

import streamlit as st

from ramp155.answers.sensitivity.sobol import compute_output_sobol
from ramp155.answers.sensitivity.tornado import compute_tornado
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.text.numbers import say_month
from ramp155.text.output.sensitivity import write_sobol, write_tornado
from ui.link.view import current_view
from ui.markup import escape_sentence
from ui.widgets.picture import show_picture


def show_sensitivity_panel(model: Model, scenario: Scenario, month: str) -> None:
    """Which coefficients matter most for the month."""
    finding = write_tornado(compute_tornado(model.record, scenario, month), month)
    chart_column, finding_column = st.columns([1.5, 1], gap="large")
    with chart_column:
        show_picture(
            model,
            build_picture(model, "tornado", current_view()),
            "tornado",
            f"**{say_month(month)}, one coefficient at a time**",
        )
    with finding_column:
        st.markdown(escape_sentence(finding))
        st.caption(
            "One coefficient at a time goes from its low to its high end, all others at their middle value; "
            "totals of one stage move together. Coefficients act on each other, which this cannot show:"
        )
        asked_question = (scenario, month)
        st.button(
            "Share out the spread (Sobol indices, a few seconds)",
            key="sobol",
            on_click=st.session_state.update,
            kwargs={"sobol_of": asked_question},
        )
        if st.session_state.get("sobol_of") == asked_question:
            sobol_rows = compute_output_sobol(model.record, scenario, month)
            st.markdown(escape_sentence(write_sobol(sobol_rows)))
            st.dataframe(
                sobol_rows[["label", "first", "total", "total_error"]].head(8),
                hide_index=True,
                column_config={
                    "label": "coefficient",
                    "first": st.column_config.NumberColumn("alone", format="percent"),
                    "total": st.column_config.NumberColumn("with others", format="percent"),
                    "total_error": st.column_config.NumberColumn("±", format="percent"),
                },
            )
            st.caption("Over the full ranges, before the fit to the reports (Saltelli's design).")
