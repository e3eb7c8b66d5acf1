"""Policy: what was decided when, above the lines it preceded, and NATO's strands tied to levers."""

from __future__ import annotations

import streamlit as st

from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.plants.policies import draw_policies
from ramp155.record.grades import list_witnesses
from ramp155.text.demand.policy import write_plan_strand, write_policy_title
from ui.link.view import current_view
from ui.markup import escape_markdown, escape_sentence
from ui.widgets.citations.lists import cite_assumption, cite_claims
from ui.widgets.citations.sources import show_source_button
from ui.widgets.levers.sliders import show_month_choice
from ui.widgets.lookups import list_rows
from ui.widgets.picture import build_page_picture, show_picture

_STRAND_IDS = ("strand-demand", "strand-capacity", "strand-industry")


def show_policy_levers(model: Model) -> None:
    """The month the strands are read off in."""
    show_month_choice()


def show_policy(model: Model) -> None:
    """The timeline and the strands."""
    st.markdown(f"## {escape_sentence(write_policy_title(model.record))}")
    _show_timeline(model)
    _show_strands(model)


def _show_timeline(model: Model) -> None:
    policy_rows = model.record.policies[model.record.policies["settings"] == ""]
    source_ids = list_witnesses(model.record, " ".join(policy_rows["claim_ids"]).split())
    with st.container(gap=None, key="timeline"):
        show_picture(
            model,
            build_page_picture(
                model,
                "policies",
                f"{len(policy_rows)} policies on ammunition by date and strand of NATO's plan",
                draw_policies(model, 170),
                "Policies at the date they were adopted or announced.",
                source_ids,
            ),
            "policies",
            "**Policies**, by strand of NATO's plan: :violet[demand], :green[capacity], :yellow[industry]",
        )
        picture = build_picture(model, "starts", current_view())
        show_picture(model, picture, "starts", "**Lines, counted up** since the first joint policy")
    sources_text = "\n\n".join(
        f"**{escape_markdown(policy['label'])}**, {policy['date']}. {escape_markdown(policy['reasoning'])}\n"
        f"{cite_claims(model, policy['claim_ids'].split())}"
        for policy in list_rows(policy_rows.sort_values("date"))
    )
    st.caption(
        "Before is not because: a plant takes years from order to opening. A bare year stands at its start."
    )
    show_source_button("Says who", sources_text, "policy_sources")


def _show_strands(model: Model) -> None:
    st.markdown("**The plan's three strands, each tied to a lever**")
    for column, policy_id in zip(st.columns(3, gap="medium"), _STRAND_IDS, strict=True):
        strand_words, query = write_plan_strand(model, policy_id, st.session_state["month"])
        with column:
            st.markdown(escape_sentence(strand_words))
            query_params = dict(query_part.split("=") for query_part in query.split("&"))
            st.page_link("../pages/what_if.py", label="Open on What-if", query_params=query_params)
    policies = model.record.policies
    claim_ids = policies.loc[policies["policy_id"].isin(_STRAND_IDS), "claim_ids"]
    claims_text = cite_claims(model, " ".join(claim_ids).split())
    sources_text = f"{claims_text}\n{cite_assumption(model, 'order_for_a_plant')}"
    show_source_button("Says who", sources_text, "strand_sources")
