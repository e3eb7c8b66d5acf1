"""Two tracks: demand met at home, from the US, from elsewhere and from stocks, and what a rule
costs.
"""

from __future__ import annotations

import dataclasses

import streamlit as st

from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.procurement.flows import compute_flows
from ramp155.answers.procurement.rule import compute_preference_cost
from ramp155.answers.procurement.terms import DEMAND_LEVERS
from ramp155.model.model import Model
from ramp155.model.scenario.levers import list_group
from ramp155.pictures.catalogue import build_picture
from ramp155.text.demand.money import write_bill
from ramp155.text.demand.preference import write_absent_rule, write_rule_cost, write_rule_gain
from ramp155.text.demand.tracks import write_demand, write_rebuilding, write_tracks_title
from ui.link.levers import current_scenario
from ui.link.view import current_terms, current_view
from ui.markup import escape_sentence
from ui.widgets.citations.lists import cite_assumptions, cite_claims
from ui.widgets.citations.sources import show_source_button
from ui.widgets.levers.sliders import show_lever
from ui.widgets.picture import show_picture

TERM_FIELDS = tuple(lever.key for lever in DEMAND_LEVERS)
_EXAMPLE_PREFERENCES = (0.65, 1.0)
_ASSUMPTION_IDS = (
    *("us_own_need", "other_imports", "stock_now", "price_europe", "price_us", "price_other"),
    *("order_for_a_plant", "plant_rounds", "plant_years"),
)
_NEED_QUANTITIES = (
    *("need", "stock", "stock_need", "training_use", "inventory_goal", "stock_rebuild_years"),
    *("capability_target_brought_forward", "order_lead_time", "demand_alignment"),
)


def show_term_levers(model: Model) -> None:
    """Preference and demand first, the rest folded."""
    for lever in list_group("demand"):
        show_lever(lever)
    us_estimates = list_estimates(model.record, "US")
    with st.expander("More of demand and supply", key="more_terms"):
        for lever in list_group("more_demand"):
            show_lever(lever)
        st.selectbox(
            "How the US goes on",
            list(us_estimates),
            format_func=us_estimates.__getitem__,
            key="us",
        )


def show_tracks(model: Model) -> None:
    """Who meets demand month by month, what stays unmet, and what the preference costs and leaves."""
    scenario, terms, us_estimate = current_scenario(), current_terms(), st.session_state["us"]
    supply_flows = compute_flows(model, scenario, terms, us_estimate)
    rule_effect = compute_preference_cost(model, scenario, terms, us_estimate)
    st.markdown(f"## {escape_sentence(write_tracks_title(supply_flows, rule_effect))}")
    flows_column, rules_column = st.columns([1.5, 1], gap="medium")
    with flows_column:
        show_picture(
            model,
            build_picture(model, "tracks", current_view()),
            "tracks",
            "**Who meets the demand**, rounds a year by the mean",
        )
    with rules_column:
        show_picture(
            model,
            build_picture(model, "preference", current_view()),
            "rules",
            "**Rounds missing by 2031, by preference**",
        )
    demand_column, stocks_column = st.columns(2, gap="large")
    with demand_column:
        st.markdown(escape_sentence(write_demand(model.record, terms, supply_flows)))
        if terms.preference:
            st.markdown(escape_sentence(write_rule_cost(rule_effect)))
            st.markdown(escape_sentence(write_rule_gain(rule_effect)))
        else:
            other_terms = [
                dataclasses.replace(terms, preference=preference)
                for preference in _EXAMPLE_PREFERENCES
            ]
            other_effects = [
                compute_preference_cost(model, scenario, example_terms, us_estimate)
                for example_terms in other_terms
            ]
            st.markdown(escape_sentence(write_absent_rule(other_effects)))
    with stocks_column:
        st.markdown(escape_sentence(write_rebuilding(rule_effect)))
        st.markdown(escape_sentence(write_bill(model.record, supply_flows)))
    st.caption(
        "Each month: European output first, then what the US can spare, then what others sell, stocks last. A preference "
        "reserves its share of demand for European makers. Demand is assumed, near published figures; only complete rounds meet it."
    )
    needs_column, assumptions_column, _ = st.columns([1, 1.3, 3], vertical_alignment="center")
    with needs_column:
        show_source_button(
            "Who named a need", cite_claims(model, _list_need_claims(model)), "need_sources"
        )
    with assumptions_column:
        show_source_button(
            "Assumptions", cite_assumptions(model, _ASSUMPTION_IDS), "tracks_assumptions"
        )


def _list_need_claims(model: Model) -> list[str]:
    """Claims of what is needed: for Ukraine, for stocks, for training, and how long orders take."""
    claims = model.record.claims
    return list(claims.loc[claims["quantity"].isin(_NEED_QUANTITIES), "claim_id"])
