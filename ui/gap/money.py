"""Money: economies against ammunition, what a sum buys, who invests, what a round costs."""

from __future__ import annotations

import streamlit as st

from ramp155.answers.gap.ratios import compute_gap
from ramp155.answers.money import (
    compare_economies,
    compute_purchase,
    list_asap_grants,
    list_investments,
    list_prices,
)
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.procurement.balance import draw_balance
from ramp155.pictures.procurement.grants import draw_grants
from ramp155.pictures.procurement.prices import draw_prices
from ramp155.record.grades import list_witnesses
from ramp155.text.demand.money import write_money_title, write_prices, write_purchase
from ramp155.text.gap.counting import say_counting
from ramp155.text.gap.ratio import NEWS_MONTH, write_economy_ratio
from ramp155.text.numbers import say_short_month
from ramp155.text.stages import name_stages
from ui.link.fields import MOST_SPENT
from ui.link.levers import current_scenario
from ui.link.view import current_comparison, current_view
from ui.markup import escape_sentence
from ui.widgets.citations.lists import cite_assumption, cite_claims
from ui.widgets.citations.sources import show_source_button
from ui.widgets.explain.panel import show_explained
from ui.widgets.picture import build_page_picture, show_picture


def show_spending_lever(model: Model) -> None:
    """How much of Readiness 2030 goes to 155 mm rounds."""
    st.slider(
        "Readiness 2030 spent on 155 mm rounds",
        0.0,
        MOST_SPENT,
        step=0.5,
        format="%.1f %%",
        key="spend",
        help="Up to 800 billion euro for all of defence. No share for ammunition is published.",
    )


def show_money(model: Model) -> None:
    """Pictures, each with its finding."""
    scenario, share = current_scenario(), st.session_state["spend"] / 100
    bought_rounds = compute_purchase(model, scenario, share)
    show_explained(model, f"## {escape_sentence(write_money_title(bought_rounds))}", "cost", "cost")
    balance_column, purchase_column, grants_column = st.columns([1.2, 1.2, 1], gap="medium")
    with balance_column:
        _show_balance(model)
    with purchase_column:
        show_picture(
            model,
            build_picture(model, "purchase", current_view()),
            "purchase",
            escape_sentence(write_purchase(bought_rounds, share)),
        )
        claim_ids = ["seed-eu-readiness-2030", "eu-policy-money-readiness2030-2030-01"]
        sources_text = (
            f"{cite_claims(model, claim_ids)}\n\n{cite_assumption(model, 'price_europe')}"
        )
        show_source_button("Says who", sources_text, "readiness_sources")
    with grants_column:
        grants = list_asap_grants(model.record)
        show_picture(
            model,
            build_page_picture(
                model,
                "asap",
                f"{grants['eur_m'].sum():,.0f} m euro of EU grants (ASAP), by stage",
                draw_grants(grants, name_stages(model.record), 130),
                "Million euro, granted under the EU's ammunition act (ASAP).",
                list_witnesses(model.record, grants["claim_id"]),
            ),
            "asap",
        )
        show_source_button("Says who", cite_claims(model, grants["claim_id"]), "asap_sources")
    prices_column, investments_column = st.columns([1.3, 1], gap="large")
    with prices_column:
        _show_prices(model)
    with investments_column:
        _show_investments(model)


def _show_balance(model: Model) -> None:
    compared = compute_gap(model, current_scenario(), current_comparison())
    finding = write_economy_ratio(model.record, compared)
    claim_ids = ["seed-economy-ratio-2025", "seed-ru-nato-ratio-2025-06"]
    show_picture(
        model,
        build_page_picture(
            model,
            "balance",
            finding,
            draw_balance(compare_economies(model.record, compared, NEWS_MONTH), 150),
            f"Counted: {say_counting(current_comparison())}, June 2025.",
            list_witnesses(model.record, claim_ids),
        ),
        "balance",
        escape_sentence(finding),
    )
    sources_text = f"{cite_claims(model, claim_ids)}\n\nCounted here: {say_counting(current_comparison())}, June 2025."
    show_source_button("Says who", sources_text, "balance_sources")


def _show_prices(model: Model) -> None:
    price_rows = list_prices(model)
    finding = write_prices(price_rows)
    show_picture(
        model,
        build_page_picture(
            model,
            "prices",
            finding,
            draw_prices(model, price_rows, 210),
            "Euro a round, as published; orange: Russian 152 mm.",
            list_witnesses(model.record, price_rows["claim_id"]),
        ),
        "prices",
        escape_sentence(finding),
    )
    show_source_button("Says who", cite_claims(model, price_rows["claim_id"]), "price_sources")


def _show_investments(model: Model) -> None:
    investment_rows = list_investments(model)
    st.markdown("**Public money for ammunition**")
    st.dataframe(
        investment_rows.assign(
            billion=investment_rows["eur_m"] / 1e3,
            when=[say_short_month(date[:7]) for date in investment_rows["date"]],
        )[["when", "label", "billion"]],
        hide_index=True,
        height="content",
        key="investments",
        column_config={
            "label": "what",
            "billion": st.column_config.NumberColumn("bn euro", format="%,.2f"),
        },
    )
    claim_ids = " ".join(investment_rows["claim_ids"]).split()
    show_source_button("Says who", cite_claims(model, claim_ids), "investment_sources")
    st.caption("Unlike sums: rounds or plants, loans or grants, all of defence or 155 mm alone.")
