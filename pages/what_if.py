"""The levers, the output path against the baseline, what binds, and the response curve."""

import streamlit as st

from ramp155 import charts, outlook, words
from ramp155.scenario import MONTHS
from ui import answer, cite, levers, state

records = state.records()
_, notes = state.scenario()
ENDS = [m for m in MONTHS if m >= "2026-06" and m[-2:] in ("06", "12")]
notes += state.choices("month", ENDS)
state.say(notes)
names = words.labels(records)


@st.fragment
def instrument() -> None:
    """Everything that moves with a lever: one rerun of this function a move."""
    with st.sidebar:
        levers.nitrocellulose()
        levers.timing()
        with st.expander("More levers", expanded=False, key="more", bind="query-params"):
            levers.others(records)
        st.button("Back to the baseline", on_click=levers.reset, width="stretch")
    scenario, _ = state.scenario()
    month = st.session_state.get("month") or st.query_params.get("month", outlook.DEFAULT_MONTH)
    month = month if month in ENDS else outlook.DEFAULT_MONTH
    result = answer.result(records, scenario, month)
    st.markdown(f"## {words.finding(records, result)}")
    answer.path_chart(records, result, 300, "path")
    curve, right = st.columns([1.25, 1], gap="medium")
    with curve:
        st.vega_lite_chart(
            charts.response_data(result, names),
            charts.response_spec(190),
            key="response",
            alt=f"Output at {month} against nitrocellulose supply from 0 to 200 percent",
        )
    with right:
        st.selectbox(
            "Response at the end of",
            ENDS,
            index=ENDS.index(outlook.DEFAULT_MONTH),
            format_func=words.month_name,
            key="month",
            bind="query-params",
        )
        shares = outlook.binding_shares(records, scenario, month, state.DRAWS)
        st.markdown(words.reading(records, result, shares))


instrument()
answer.path_sources(records, "what_if")
with st.expander("How much of the filling capacity can be pinned to named lines?"):
    left, right = st.columns([1.4, 1])
    with left:
        st.vega_lite_chart(
            spec=charts.pinned_chart(records, "projectile", 260),
            key="pinned",
            alt="Filling and assembly capacity attributed to named lines, and not, by year",
        )
    right.markdown(
        "Published totals say more than the named lines add up to. The difference is an assumption, "
        "drawn as one; before its first reported rate a line counts in it."
    )
    with right:
        ids = cite.model_assumptions(records, "total_projectile")
        cite.says_who("Says who", cite.assumptions(records, ids), "pinned_sources")
