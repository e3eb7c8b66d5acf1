"""The levers, the output path against the baseline, what binds, and the response curve."""

import streamlit as st

from ramp155 import charts, words
from ui import answer, cite, levers, state

records = state.records()
state.open_link(records, "what_if")
names = words.labels(records)


with st.sidebar:
    levers.timing()
    with st.expander("More levers", key="more"):
        levers.others(records)
    levers.back_to_baseline()


@st.fragment
def instrument() -> None:
    """What follows the nitrocellulose slider when it is let go: one rerun of this function."""
    result = answer.result(records, state.current(), st.session_state["month"])
    answer.headline(records, result)
    answer.slider_and_path(records, result, 270, "path")
    result = answer.result(records, state.current(), result.month)
    curve, right = st.columns([1.25, 1], gap="medium")
    with curve:
        st.vega_lite_chart(
            charts.response_data(result, names),
            charts.response_spec(190),
            key="response",
            alt=f"Output at {result.month} against nitrocellulose supply from 0 to 200 percent",
        )
    with right:
        st.selectbox(
            "Response at the end of",
            state.RESPONSE_MONTHS,
            format_func=words.month_name,
            key="month",
        )
        st.markdown(words.reading(records, result, answer.shares(records, result)))
    state.write_link(records, "month", "plain")


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
