"""The answer to the slider, shared by Overview and What-if: the finding, the path and its sources."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ramp155 import Records, Scenario, charts, ensemble, outlook, screens, words
from ui import cite, figure, levers, live, state


def headline(records: Records, scenario: Scenario, month: str = outlook.DEFAULT_MONTH) -> None:
    """The finding as the page's title."""
    at = outlook.read(records, scenario, month, state.DRAWS)
    st.markdown(f"## {cite.sentence(words.finding(records, scenario, at))}")


def live_or_plain(records: Records, month: str, height: int, key: str, full: bool) -> None:
    """The one slider over the chart that answers it; with `full` all that follows from it.

    Live, or with Streamlit's slider and charts where that is asked for.
    """
    if not st.session_state["plain"]:
        live.slider(records, state.current(), month, height, f"{key}_live", full)
        return
    title = st.container()
    levers.nitrocellulose()
    scenario = state.current()  # the slider's move is known only now
    if full:
        with title:
            headline(records, scenario, month)
    told = cite.sentence(
        f"**{words.readout(scenario, outlook.read(records, scenario, month, state.DRAWS))}**"
    )
    figure.show(records, screens.build(records, "output", state.view()), key, told, height)
    if full:
        _below(records, scenario, month)


def _below(records: Records, scenario: Scenario, month: str) -> None:
    """Response curve, odds and reading, as the live slider shows them."""
    at = outlook.read(records, scenario, month, state.DRAWS)
    curve, right = st.columns([1.25, 1], gap="medium")
    with curve:
        figure.show(records, screens.build(records, "response", state.view()), "response")
    with right:
        gained = outlook.rounds_per_tonne(records, scenario, month)
        st.markdown(
            cite.sentence(words.gain(records, at, gained[round(scenario.nitrocellulose * 100)]))
        )
        st.markdown(f"**Odds in {words.month_name(month)}, complete rounds**")
        table = outlook.odds(records, scenario, state.DRAWS, month)
        st.markdown(
            "\n".join(
                f"- {cite.sentence(words.odds_line(r.label, r.odds, r.even_from))}"
                for r in table.itertuples()
            )
        )
    st.markdown(cite.sentence(words.reading(records, scenario, at)))
    for warning in words.warnings(records, scenario):
        st.warning(cite.sentence(warning))


def path_sources(records: Records, key: str) -> None:
    """One line under the path chart: what it counts, and the way to every source."""
    reports, targets, assumed, path, curve = st.columns(
        [1, 1, 1.3, 1.3, 1.8], vertical_alignment="center"
    )
    with path:
        view = state.view()
        make = partial(screens.build, records, "output", view)
        figure.save(records, make, f"{key}_output", "Save the chart")
    with curve:
        make = partial(screens.build, records, "response", view)
        figure.save(records, make, f"{key}_response", "Save the response curve")
    low, middle, high = (
        round(t, -2) for t in outlook.tonnes_at_baseline(records, "2026-12", state.DRAWS)
    )
    st.caption(
        "Complete 155 mm rounds at yearly rates; European NATO and Switzerland. Line: the middle case, every "
        "assumption at its middle value, which is not the median of the sets. Shaded: where 8 in 10 sets "
        "of assumptions that fit the reports fall (P10 to P90). Marks are published reports, which "
        "contradict each other: ◇ of capacity (nameplate: bodies and filling), ○ of output. 100 % "
        f"nitrocellulose is an estimate: about {middle:,.0f} t for 155 mm in 2026 ({low:,.0f} to {high:,.0f}); "
        "a change reaches finished rounds after four months and what the stores cover. Strip: what holds "
        "output back in the middle case."
    )
    with reports:
        blocks = []
        for target in records.calibration.itertuples():
            blocks.append(
                f"**{target.observable.capitalize()} {target.year}**, fitted to {target.low:,.0f} to "
                f"{target.high:,.0f}. {cite.escape(target.reasoning)}\n{cite.claims(records, target.claim_ids.split())}"
            )
        cite.says_who(
            "Reports", "\n\n".join(blocks), f"{key}_reports", "The claims behind the marks"
        )
    with targets:
        blocks = [
            f"**{cite.escape(t.label)}** ({t.rounds_per_year:,.0f} a year). {cite.escape(t.reasoning)}\n"
            f"{cite.claims(records, t.claim_ids.split())}"
            for t in records.targets.itertuples()
        ]
        cite.says_who("Targets", "\n\n".join(blocks), f"{key}_targets", "Who set the targets")
    with assumed:
        fit = ensemble.report(records, state.DRAWS)
        edits = dict(st.session_state["assume"])
        lines = [
            "Every coefficient of the model, with its range. The band holds only draws that agree with "
            "the published totals of 2022 to 2025:",
            *(
                f"- {r.target_id.replace('-', ' ')}: reported {words.span(r.reported_low, r.reported_high)}, "
                f"model {charts.millions(r.central)} (8 in 10 draws: {words.span(r.p10, r.p90)})"
                for r in fit.itertuples()
            ),
            "",
            cite.assumptions(records, cite.model_assumptions(records), edits),
        ]
        label = f"Assumptions ({len(edits)} yours)" if edits else "Assumptions"
        cite.says_who(label, "\n".join(lines), f"{key}_assumptions", "Behind the curves")
