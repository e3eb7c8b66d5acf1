"""Two tracks: demand met at home, from the US, from elsewhere and from stocks, and what a rule costs."""

from __future__ import annotations

import dataclasses

import streamlit as st

from ramp155 import Records, gap, gap_words, procurement, screens
from ui import cite, figure, state
from ui import levers as shared

KEYS = tuple(lever.key for lever in procurement.LEVERS)
_EXAMPLES = (0.65, 1.0)
_FIRST = ("preference", "aid", "stock_target", "years", "us_availability", "delay")


def levers(records: Records) -> None:
    """Preference and demand first, the rest folded."""
    by_name = {lever.name: lever for lever in procurement.LEVERS}
    for name in _FIRST:
        shared.other(by_name[name])
    us = gap.estimates(records, "US")
    with st.expander("More of demand and supply", key="more_terms"):
        for lever in procurement.LEVERS:
            if lever.name not in _FIRST:
                shared.other(lever)
        st.selectbox("How the US goes on", list(us), format_func=us.get, key="us")


def show(records: Records) -> None:
    """Who meets demand month by month, what stays unmet, and what the preference costs and leaves."""
    scenario, terms, us = state.current(), state.terms(), st.session_state["us"]
    drawn = procurement.flows(records, scenario, terms, us, state.DRAWS)
    rule = screens.rule_of(records, scenario, terms, us)
    st.markdown(f"## {cite.sentence(gap_words.tracks_finding(drawn, rule))}")
    left, right = st.columns([1.5, 1], gap="medium")
    with left:
        figure.show(
            records,
            screens.build(records, "tracks", state.view()),
            "tracks",
            "**Who meets the demand**, rounds a year, mean of the draws",
        )
    with right:
        figure.show(
            records,
            screens.build(records, "preference", state.view()),
            "rules",
            "**Rounds missing by 2031 under a European preference**",
        )
    first, second = st.columns(2, gap="large")
    with first:
        st.markdown(cite.sentence(gap_words.demand(records, terms, drawn)))
        if terms.preference:
            st.markdown(cite.sentence(gap_words.rule_cost(rule)))
            st.markdown(cite.sentence(gap_words.rule_gain(rule)))
        else:
            others = [dataclasses.replace(terms, preference=p) for p in _EXAMPLES]
            st.markdown(
                gap_words.no_rule([screens.rule_of(records, scenario, t, us) for t in others])
            )
    with second:
        st.markdown(cite.sentence(gap_words.rebuilt(rule)))
        st.markdown(cite.sentence(gap_words.bill(records, drawn)))
    st.caption(
        "Each month: European output first, then what the US can spare after the delay, then what is for sale "
        "elsewhere, stocks last; a preference reserves its share of demand for European makers. Demand = European "
        "output + stocks + US + elsewhere + unmet, to the round. Aid, training and stock targets are assumptions "
        "near published figures; European output is this model's. Capacity is not output: only complete rounds meet "
        "demand. A draw is one set of assumptions."
    )
    one, two, _ = st.columns([1, 1.3, 3], vertical_alignment="center")
    with one:
        cite.says_who("Who named a need", cite.claims(records, _needs(records)), "need_sources")
    with two:
        ids = [
            "us_own_need", "other_imports", "stock_now", "price_europe", "price_us", "price_other",
            "order_for_a_plant", "plant_rounds", "plant_years",
        ]  # fmt: skip
        cite.says_who("Assumptions", cite.assumptions(records, ids), "tracks_assumptions")


def _needs(records: Records) -> list[str]:
    """Claims of what is needed: for Ukraine, for stocks, for training, and how long orders take."""
    wanted = ["need", "stock", "stock_need", "training_use", "inventory_goal", "stock_rebuild_years",
              "capability_target_brought_forward", "order_lead_time", "demand_alignment"]  # fmt: skip
    claims = records.claims
    return list(claims.loc[claims["quantity"].isin(wanted), "claim_id"])
