"""Who makes what: every comparator with the claims behind it, in the US, Ukraine and Russia, and
what is given or bought.
"""

from __future__ import annotations

import streamlit as st

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.gap.deliveries import draw_deliveries
from ramp155.pictures.gap.estimates import ESTIMATE_YEAR, compare_named_estimates
from ramp155.pictures.gap.russia import draw_russian_estimates, list_russian_claims
from ramp155.pictures.gap.ukraine import draw_ukrainian_need
from ramp155.pictures.gap.us import list_us_claims
from ramp155.pictures.grammar.claims import list_rate_claims
from ramp155.pictures.grammar.signs import list_signs
from ramp155.record.grades import list_witnesses
from ramp155.text.gap.counting import say_counting
from ramp155.text.gap.countries import write_russian_estimates, write_ukrainian_need, write_us_plans
from ramp155.text.gap.rates import write_estimates_title
from ramp155.text.numbers import say_rounds
from ramp155.text.signs import NEED, write_key
from ui.gap.firms import show_maker_totals
from ui.link.view import current_comparison, current_view
from ui.markup import escape_markdown, escape_sentence
from ui.widgets.citations.lists import cite_claims
from ui.widgets.citations.sources import show_source_button
from ui.widgets.lookups import list_rows
from ui.widgets.picture import build_page_picture, show_picture


def show_makers(model: Model) -> None:
    """Every comparator with the claims behind it."""
    comparison = current_comparison()
    estimate_rows, our_rounds = compare_named_estimates(model, comparison)
    st.markdown(
        f"## {escape_sentence(write_estimates_title(estimate_rows, our_rounds, ESTIMATE_YEAR, comparison))}"
    )
    named_column, russia_column = st.columns([1.15, 1], gap="medium")
    with named_column:
        counting_heading = (
            "As each source counts" if comparison.calibres == "quoted" else "Counted alike"
        )
        show_picture(
            model,
            build_picture(model, "named", current_view()),
            "named",
            f"**{counting_heading}, {ESTIMATE_YEAR}** ({say_counting(comparison)})",
        )
        show_source_button("Says who", _cite_estimates(model, "RU"), "named_sources")
    with russia_column:
        russia_key = write_key(list_signs(list_russian_claims(model)["sign"]))
        panel_text = write_russian_estimates(model.record, comparison.russia)
        show_picture(
            model,
            build_page_picture(
                model,
                "russia",
                panel_text.split(" Chosen:")[0],
                draw_russian_estimates(model, comparison.russia, 250),
                "Rounds a month as each source counts them.",
                _list_actor_sources(model, "RU"),
                sign_key=f"Grey: single claims. {russia_key}.",
            ),
            "russia_claims",
            "**Russia as each source counts it**, rounds a month",
        )
        st.caption(f"Lines: named estimates. Grey: single claims, {russia_key}.")
        st.markdown(escape_sentence(panel_text))
    us_column, ukraine_column, given_column = st.columns(3, gap="medium")
    with us_column:
        show_picture(
            model,
            build_picture(model, "us", current_view()),
            "us_claims",
            "**United States**, rounds a month",
        )
        st.caption(f"{write_key(list_signs(list_us_claims(model)['sign']))}.")
        st.markdown(escape_sentence(write_us_plans(model.record)))
        sources_text = "\n\n".join(_cite_estimates(model, actor) for actor in ("US", "CA"))
        show_source_button("Says who, Canada too", sources_text, "us_sources")
    with ukraine_column:
        ukraine_claims = list_rate_claims(model, "UA", ["need", "consumption"])
        fired = ukraine_claims[ukraine_claims["quantity"] == "consumption"]
        ukraine_key = f"{NEED.glyph} {NEED.words}; fired: {write_key(list_signs(fired['sign']))}"
        panel_text = write_ukrainian_need(model.record)
        show_picture(
            model,
            build_page_picture(
                model,
                "ukraine",
                panel_text,
                draw_ukrainian_need(model, 210),
                "Rounds a month that Ukraine is said to need and to fire; band: makes.",
                _list_actor_sources(model, "UA"),
                sign_key=f"{ukraine_key}.",
            ),
            "ukraine_claims",
            "**Ukraine**, rounds a month: needs, fires; band: makes",
        )
        st.caption(f"\\{ukraine_key}.")
        st.markdown(escape_sentence(panel_text))
        panel_text = _cite_rate_claims(model, "UA", ["need", "consumption"])
        sources_text = f"{_cite_estimates(model, 'UA')}\n\n{panel_text}"
        show_source_button("Says who", sources_text, "ua_sources")
    with given_column:
        show_picture(
            model,
            build_page_picture(
                model,
                "given",
                "Rounds a month given to Ukraine by the EU, the US and the Czech initiative, and bought by Russia",
                draw_deliveries(model, 210),
                "Sums reported over time as yearly paths between the lowest and highest report.",
                _list_actor_sources(model, "deliveries"),
            ),
            "given",
            "**Given or bought**, rounds a month",
        )
        st.markdown(
            "**Others.** Yearly paths between the lowest and the highest report; all calibres but for the US. None is output, "
            "so none counts in the gap."
        )
        show_source_button("Says who", _cite_estimates(model, "deliveries"), "given_sources")
    show_maker_totals(model)


def _list_actor_sources(model: Model, actor: str) -> list[str]:
    """The sources of an actor's estimates."""
    estimate_rows = model.record.estimates[model.record.estimates["actor"] == actor]
    return list_witnesses(model.record, " ".join(estimate_rows["claim_ids"]).split())


@remember
def _cite_estimates(model: Model, actor: str) -> str:
    """Every estimate of an actor with its reasoning and claims."""
    blocks = []
    actor_rows = model.record.estimates[model.record.estimates["actor"] == actor]
    for _, estimate_rows in actor_rows.groupby("estimate_id", sort=False):
        text_lines = [f"**{escape_markdown(estimate_rows['label'].iloc[0])}**"]
        for estimate in list_rows(estimate_rows.drop_duplicates(["month", "mode", "reasoning"])):
            rounds_text, reasoning = (
                say_rounds(estimate["mode"]),
                escape_markdown(estimate["reasoning"]),
            )
            text_lines.append(f"- {estimate['month']}: {rounds_text} a year. {reasoning}")
        claim_ids = " ".join(estimate_rows["claim_ids"]).split()
        blocks.append("\n".join(text_lines) + "\n" + cite_claims(model, claim_ids))
    return "\n\n".join(blocks)


def _cite_rate_claims(model: Model, subject: str, quantities: list[str]) -> str:
    return cite_claims(model, list_rate_claims(model, subject, quantities)["claim_id"])
