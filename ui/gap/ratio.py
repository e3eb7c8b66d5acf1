"""The gap itself: the ratio over time, the rates and the odds of parity, what they hang on, and how
things are counted.
"""

from __future__ import annotations

import streamlit as st

from ramp155.answers.gap.ratios import compute_baseline_gap, compute_gap
from ramp155.model.model import Model
from ramp155.pictures.gap.estimates import ESTIMATE_YEAR, compare_named_estimates
from ramp155.pictures.gap.sources import list_said_ratios
from ramp155.text.evidence.track import write_track_line
from ramp155.text.gap.counting import say_counting
from ramp155.text.gap.rates import write_estimates_range
from ramp155.text.gap.ratio import (
    list_gap_reading,
    write_counting_range,
    write_gap_title,
)
from ramp155.text.scenario import list_lever_warnings
from ui.link.levers import current_scenario
from ui.link.view import current_comparison
from ui.markup import escape_sentence
from ui.widgets.answer import show_firm_note
from ui.widgets.citations.lists import cite_assumptions, cite_claims
from ui.widgets.citations.sources import show_source_button
from ui.widgets.explain.panel import show_explained, show_term_row
from ui.widgets.levers.supply_lever import Followed, show_followed_words
from ui.widgets.picture import show_moving_picture

FOLLOWED_GAP = Followed(
    "gap",
    charts={"ratio": "ratio", "rates": "rates", "parity": "odds"},
    words={"title": "head_explain_gap_title", "reading": "gap_reading"},
    is_levered=True,
)


def show_gap(model: Model) -> None:
    """Title, ratio, rates, odds of parity, and what they hang on."""
    scenario, comparison, month = (
        current_scenario(),
        current_comparison(),
        st.session_state["month"],
    )
    compared = compute_gap(model, scenario, comparison)
    baseline_gap = compute_baseline_gap(model, comparison)
    title = escape_sentence(write_gap_title(model.record, scenario, compared, month))
    show_explained(model, f"## {title}", "gap_title", "gap_title")
    ratio_column, rates_column = st.columns([1.25, 1], gap="medium")
    with ratio_column:
        show_moving_picture(
            model,
            "ratio",
            "ratio",
            "**Russia's rounds for each of NATO's**, with what officials said",
        )
    with rates_column:
        show_moving_picture(
            model,
            "rates",
            "rates",
            "**Rounds a year**; bands for Russia, NATO",
        )
    show_moving_picture(
        model,
        "parity",
        "odds",
        "**Odds of parity in %**: they make as much as Russia",
    )
    finding_column, estimates_column = st.columns(2, gap="large")
    with finding_column:
        reading = list_gap_reading(model.record, scenario, compared, baseline_gap, month)
        show_followed_words(reading, "gap_reading")
    with estimates_column:
        st.markdown(escape_sentence(write_counting_range(model, scenario, comparison)))
        estimate_rows, our_rounds = compare_named_estimates(model, comparison)
        st.markdown(
            escape_sentence(
                write_estimates_range(
                    model.record, estimate_rows, our_rounds, ESTIMATE_YEAR, comparison
                )
            )
        )
        ways = st.container(horizontal=True)
        _show_turn_button(ways, "Every figure", "who")
        _show_turn_button(ways, "The statements", "statements")
    for warning in list_lever_warnings(model, scenario):
        st.warning(escape_sentence(warning))


def _show_turn_button(column: st.delta_generator.DeltaGenerator, label: str, view: str) -> None:
    """A button that turns to another view of the page."""
    column.button(label, key=f"go_{view}", on_click=st.session_state.update, kwargs={"show": view})


def show_counting(model: Model) -> None:
    """How rounds are counted, and who says so: what no lever of the scenario moves."""
    st.caption(
        f"Counted: {say_counting(current_comparison())}. Europe is our estimate, for its NATO members and Switzerland (Türkiye under More "
        "levers); Russia is the chosen body's; the US and Canada follow reports, then assumptions. The three are NATO. Nobody "
        "tells Russia's capacity from its output. Shaded: the likely range, in which 8 of 10 runs lie."
    )
    show_term_row(model, ("calibre", "refurbished", "capacity", "odds", "likely-range"), "gap")
    st.caption(escape_sentence(write_track_line(model.record)))
    said_column, counted_column, _ = st.columns([1, 1.2, 3], vertical_alignment="center")
    with said_column:
        claim_ids = list_said_ratios(model)["claim_id"]
        show_source_button("Who said what", cite_claims(model, claim_ids), "said_sources")
    with counted_column:
        assumption_ids = [
            "share_152",
            "share_shells",
            "share_new",
            "all_calibres",
            "russia_error",
            "russia_growth",
        ]
        show_source_button(
            "How it is counted", cite_assumptions(model, assumption_ids), "counting_sources"
        )
    show_firm_note(model, "gap")
