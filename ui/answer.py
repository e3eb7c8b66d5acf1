"""The answer to the slider, shared by Overview and What-if: the finding, the path and its sources."""

from __future__ import annotations

import streamlit as st

from ramp155 import Records, Scenario, charts, ensemble, outlook, words
from ramp155.outlook import Outlook
from ui import cite, levers, live, state


def result(records: Records, scenario: Scenario, month: str = outlook.DEFAULT_MONTH) -> Outlook:
    """The scenario's outlook with its bands."""
    return outlook.run(records, scenario, draws=state.DRAWS, month=month)


def shares(records: Records, answer: Outlook) -> dict[str, float]:
    """In which share of draws each stage binds in the outlook's month."""
    return outlook.binding_shares(records, answer.scenario, answer.month, state.DRAWS)


def headline(records: Records, answer: Outlook) -> None:
    """The finding as the page's title."""
    st.markdown(f"## {words.finding(records, answer, shares(records, answer))}")


def slider_and_path(records: Records, answer: Outlook, height: int, key: str) -> None:
    """The one slider over the chart that answers it: live, or plain where that is asked for."""
    if st.session_state["plain"]:
        levers.nitrocellulose()
        # The slider's move is known only now.
        path_chart(records, result(records, state.current(), answer.month), height, key)
    else:
        live.slider(records, answer, height, f"{key}_live")


def path_chart(records: Records, answer: Outlook, height: int, key: str) -> None:
    """Output against baseline and nameplate, the bottleneck strip and the reports it is fitted to."""
    data = charts.path_data(answer, words.labels(records))
    st.vega_lite_chart(
        data,
        charts.path_spec(records, height),
        key=key,
        alt="Output path of complete rounds a year against baseline and nameplate, 2022 to 2030",
    )


def path_sources(records: Records, key: str) -> None:
    """One line under the path chart: what it counts, and the way to every source."""
    note, reports, assumed = st.columns([6, 1.25, 1.6], vertical_alignment="center")
    low, middle, high = (
        round(t, -2) for t in outlook.tonnes_at_baseline(records, "2026-12", state.DRAWS)
    )
    note.caption(
        "Complete 155 mm rounds at yearly rates; European NATO and Switzerland. Shaded: where 8 in 10 sets "
        "of assumptions that fit the reports fall (P10 to P90). Marks are published reports, which "
        "contradict each other: ◇ of capacity (nameplate: bodies and filling), ○ of output. 100 % "
        f"nitrocellulose is an estimate: about {middle:,.0f} t for 155 mm in 2026 ({low:,.0f} to {high:,.0f}); "
        "a change reaches finished rounds four months later, once stocks are used. Strip: what holds "
        "output back in the middle case."
    )
    with reports:
        blocks = []
        for target in records.calibration.itertuples():
            blocks.append(
                f"**{target.observable.capitalize()} {target.year}**, fitted to {target.low:,.0f} to "
                f"{target.high:,.0f}. {target.reasoning}\n{cite.claims(records, target.claim_ids.split())}"
            )
        cite.says_who(
            "Reports", "\n\n".join(blocks), f"{key}_reports", "The claims behind the marks"
        )
    with assumed:
        fit = ensemble.report(records, state.DRAWS)
        lines = [
            "Every coefficient of the model, with its range. The band holds only draws that agree with "
            "the published totals of 2022 to 2025:",
            *(
                f"- {r.target_id.replace('-', ' ')}: reported {words.span(r.reported_low, r.reported_high)}, "
                f"model {charts.millions(r.central)} (8 in 10 draws: {words.span(r.p10, r.p90)})"
                for r in fit.itertuples()
            ),
            "",
            cite.assumptions(records, cite.model_assumptions(records)),
        ]
        cite.says_who("Assumptions", "\n".join(lines), f"{key}_assumptions", "Behind the curves")
