"""Policy: what was decided when, above the lines it preceded, and NATO's strands tied to levers."""

from __future__ import annotations

import streamlit as st

from ramp155 import Records, gap_charts, gap_words, screens
from ui import cite, figure, state
from ui import levers as shared

_STRANDS = ("strand-demand", "strand-capacity", "strand-industry")


def levers(records: Records) -> None:
    """The month the strands are read off in."""
    shared.read_off()


def show(records: Records) -> None:
    """The timeline and the strands."""
    st.markdown(f"## {cite.sentence(gap_words.policy_finding(records))}")
    _timeline(records)
    _strands(records)


def _timeline(records: Records) -> None:
    rows = records.policies[records.policies["settings"] == ""]
    ids = figure.of_claims(records, " ".join(rows["claim_ids"]).split())
    with st.container(gap=None, key="timeline"):
        figure.show(
            records,
            figure.of(
                records,
                "policies",
                f"{len(rows)} policies on ammunition by date and strand of NATO's plan",
                gap_charts.policies_chart(records, 170),
                "Policies at the date they were adopted or announced.",
                ids,
            ),
            "policies",
            "**Policies**, by strand of NATO's plan (:violet[aggregate demand], :green[boost capacity], "
            ":orange[engage industry]), **and the lines that followed**",
        )
        picture = screens.build(records, "starts", state.view())
        figure.show(records, picture, "starts", "**Lines, counted up**")
    text = "\n\n".join(
        f"**{cite.escape(row.label)}**, {row.date}. {cite.escape(row.reasoning)}\n"
        f"{cite.claims(records, row.claim_ids.split())}"
        for row in rows.sort_values("date").itertuples()
    )
    st.caption(
        "What came before is not what caused it: a plant takes years from order to opening. Lines with a bare year stand at its start."
    )
    cite.says_who("Says who", text, "policy_sources")


def _strands(records: Records) -> None:
    st.markdown("**The three strands of NATO's production plan, each tied to a lever**")
    for column, policy in zip(st.columns(3, gap="medium"), _STRANDS, strict=True):
        text, query = gap_words.strand(records, policy, st.session_state["month"], state.DRAWS)
        with column:
            st.markdown(cite.sentence(text))
            parts = dict(part.split("=") for part in query.split("&"))
            st.page_link("pages/what_if.py", label="Open on What-if", query_params=parts)
    rows = records.policies.set_index("policy_id").loc[list(_STRANDS)]
    told = cite.claims(records, " ".join(rows["claim_ids"]).split())
    text = f"{told}\n{cite.assumption(records, 'order_for_a_plant')}"
    cite.says_who("Says who", text, "strand_sources")
