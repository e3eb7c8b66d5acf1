"""Money: economies against ammunition, what a sum buys, who invests, what a round costs."""

from __future__ import annotations

import streamlit as st

from ramp155 import Records, gap, gap_charts, gap_words, money, screens, words
from ui import cite, figure, state


def levers(records: Records) -> None:
    """How much of Readiness 2030 goes to 155 mm rounds."""
    st.slider(
        "Readiness 2030 spent on 155 mm rounds",
        0.0,
        state.MOST_SPENT,
        step=0.5,
        format="%.1f %%",
        key="spend",
        help="Up to 800 billion euro for all of defence. No share for ammunition is published.",
    )


def show(records: Records) -> None:
    """Pictures, each with its finding."""
    scenario, share = state.current(), st.session_state["spend"] / 100
    bought = money.purchase(records, scenario, share, state.DRAWS)
    st.markdown(f"## {cite.sentence(gap_words.money_finding(bought))}")
    first, second, third = st.columns([1.2, 1.2, 1], gap="medium")
    with first:
        _balance(records)
    with second:
        figure.show(
            records,
            screens.build(records, "purchase", state.view()),
            "purchase",
            cite.sentence(gap_words.purchase(bought, share)),
        )
        claims = ["seed-eu-readiness-2030", "eu-policy-money-readiness2030-2030-01"]
        text = f"{cite.claims(records, claims)}\n\n{cite.assumption(records, 'price_europe')}"
        cite.says_who("Says who", text, "readiness_sources")
    with third:
        grants = money.asap(records)
        figure.show(
            records,
            figure.of(
                records,
                "asap",
                f"{grants['eur_m'].sum():,.0f} m euro of EU grants (ASAP), by stage",
                gap_charts.asap_chart(grants, words.labels(records), 130),
                "Million euro granted under the EU's Act in Support of Ammunition Production.",
                figure.of_claims(records, grants["claim_id"]),
            ),
            "asap",
        )
        cite.says_who("Says who", cite.claims(records, grants["claim_id"]), "asap_sources")
    prices, invested = st.columns([1.3, 1], gap="large")
    with prices:
        _prices(records)
    with invested:
        _investments(records)


def _balance(records: Records) -> None:
    compared = gap.compare(records, state.current(), state.comparison(), state.DRAWS)
    told = gap_words.economy(records, compared)
    claims = ["seed-economy-ratio-2025", "seed-ru-nato-ratio-2025-06"]
    figure.show(
        records,
        figure.of(
            records,
            "balance",
            told,
            gap_charts.balance_chart(money.balance(records, compared, gap_words.NEWS), 150),
            f"Counted: {gap_words.counted(state.comparison())}, June 2025.",
            figure.of_claims(records, claims),
        ),
        "balance",
        cite.sentence(told),
    )
    text = f"{cite.claims(records, claims)}\n\nCounted here: {gap_words.counted(state.comparison())}, June 2025."
    cite.says_who("Says who", text, "balance_sources")


def _prices(records: Records) -> None:
    table = money.prices(records)
    told = gap_words.prices(table)
    figure.show(
        records,
        figure.of(
            records,
            "prices",
            told,
            gap_charts.prices_chart(table, 210),
            "Euro a round, as published; orange: Russian 152 mm.",
            figure.of_claims(records, table["claim_id"]),
        ),
        "prices",
        cite.sentence(told),
    )
    cite.says_who("Says who", cite.claims(records, table["claim_id"]), "price_sources")


def _investments(records: Records) -> None:
    table = money.investments(records)
    st.markdown("**Public money for ammunition**, billion euro")
    st.dataframe(
        table.assign(billion=table["eur_m"] / 1e3)[["date", "label", "actor", "billion"]],
        hide_index=True,
        height=235,
        key="investments",
        column_config={
            "label": "what",
            "actor": "who",
            "billion": st.column_config.NumberColumn("bn euro", format="%,.2f"),
        },
    )
    ids = " ".join(table["claim_ids"]).split()
    cite.says_who("Says who", cite.claims(records, ids), "investment_sources")
    st.caption(
        "Sums of different things: rounds and plants, loans and grants; all of defence, all munitions or 155 mm."
    )
