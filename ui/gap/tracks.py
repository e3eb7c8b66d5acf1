"""Two tracks: demand met at home, from the US, from elsewhere and from stocks, and what a rule
costs.
"""

from __future__ import annotations

import streamlit as st

from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.procurement.terms import DEMAND_LEVERS
from ramp155.model.model import Model
from ramp155.model.scenario.levers import list_group
from ramp155.text.demand.reading import list_tracks_reading
from ui.link.levers import current_scenario
from ui.link.view import current_terms
from ui.markup import escape_sentence
from ui.widgets.citations.lists import cite_assumptions, cite_claims
from ui.widgets.citations.sources import show_source_button
from ui.widgets.levers.sliders import show_sliders
from ui.widgets.levers.supply_lever import Followed, show_followed_words
from ui.widgets.picture import show_moving_picture

TERM_FIELDS = tuple(lever.key for lever in DEMAND_LEVERS)
_ASSUMPTION_IDS = (
    *("us_own_need", "other_imports", "stock_now", "price_europe", "price_us", "price_other"),
    *("order_for_a_plant", "plant_rounds", "plant_years"),
)
_NEED_QUANTITIES = (
    *("need", "stock", "stock_need", "training_use", "inventory_goal", "stock_rebuild_years"),
    *("capability_target_brought_forward", "order_lead_time", "demand_alignment"),
)
FOLLOWED_TRACKS = Followed(
    "tracks",
    charts={"tracks": "tracks", "preference": "rules"},
    words={"title": "tracks_title", "demand": "tracks_demand", "stocks": "tracks_stocks"},
)


def show_term_levers(model: Model) -> None:
    """Preference and demand first, the rest folded."""
    show_sliders(list_group("demand"), "demand")
    us_estimates = list_estimates(model.record, "US")
    with st.expander("More of demand and supply", key="more_terms"):
        show_sliders(list_group("more_demand"), "more_demand")
        st.selectbox(
            "How the US goes on",
            list(us_estimates),
            format_func=us_estimates.__getitem__,
            key="us",
        )


def show_tracks(model: Model) -> None:
    """Who meets demand month by month, what stays unmet, and what the preference costs and leaves."""
    scenario, terms, us_estimate = current_scenario(), current_terms(), st.session_state["us"]
    reading = list_tracks_reading(model, scenario, terms, us_estimate)
    with st.container(key="tracks_title"):
        st.markdown(f"## {escape_sentence(reading['title'][0])}")
    flows_column, rules_column = st.columns([1.5, 1], gap="medium")
    with flows_column:
        show_moving_picture(
            model,
            "tracks",
            "tracks",
            "**Who meets the demand**, rounds a year by the mean",
        )
    with rules_column:
        show_moving_picture(
            model,
            "preference",
            "rules",
            "**Rounds missing by 2031, by preference**",
        )
    demand_column, stocks_column = st.columns(2, gap="large")
    with demand_column:
        show_followed_words(reading["demand"], "tracks_demand")
    with stocks_column:
        show_followed_words(reading["stocks"], "tracks_stocks")


def show_track_sources(model: Model) -> None:
    """What the flows count, and who says so: what no lever moves."""
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
