"""The gap itself: whose figures, how they are counted, the ratio over time and the odds of parity."""

from __future__ import annotations

import dataclasses
from functools import lru_cache

import streamlit as st

from ramp155 import Records, Scenario, gap, gap_charts, gap_words, screens, words
from ui import cite, figure, state
from ui import levers as shared


def figures(records: Records) -> None:
    """Whose figures are used for Russia and for the US."""
    russia, us = gap.estimates(records, "RU"), gap.estimates(records, "US")
    st.selectbox(
        "Whose figure for Russia",
        list(russia),
        format_func=russia.get,
        key="russia",
        help="Each counts something else; what, the page says.",
    )
    st.selectbox(
        "How the US goes on",
        list(us),
        format_func=us.get,
        key="us",
        help="Up to April 2026 all three follow the reports.",
    )


def levers(records: Records) -> None:
    """Figures, ways of counting, Russia's rate."""
    figures(records)
    short = {"155": "155/152", "all": "All", "quoted": "As quoted"}
    st.segmented_control(
        "Calibres counted",
        list(gap.CALIBRES),
        format_func=short.get,
        key="calibres",
        required=True,
        help="As quoted sets Russia's figure, whatever it counts, against NATO's 155 mm: not like for like.",
    )
    st.toggle(
        "New shells only",
        key="fresh",
        disabled=st.session_state["calibres"] == "quoted",
        help="Leave out Russian shells refurbished from old stocks.",
    )
    st.toggle(
        "Capacity, not output",
        key="plate",
        help="Count what NATO's bodies and filling could make, not what leaves complete. For Russia nobody tells "
        "the two apart.",
    )
    if st.session_state["show"] == "gap":
        shared.other(gap.RUSSIA_RATE)
        shared.read_off()


def show(records: Records) -> None:
    """Title, ratio, rates, odds of parity, and what they hang on."""
    scenario, chosen, month = state.current(), state.comparison(), st.session_state["month"]
    found = gap.compare(records, scenario, chosen, state.DRAWS)
    usual = dataclasses.replace(chosen, russia_rate=1.0)
    base = gap.compare(records, Scenario(), usual, state.DRAWS)
    st.markdown(f"## {cite.sentence(gap_words.finding(records, scenario, found, month))}")
    ratio, rates = st.columns([1.25, 1], gap="medium")
    with ratio:
        figure.show(
            records,
            screens.build(records, "ratio", state.view()),
            "ratio",
            "**Russia's rounds for each of NATO's**, with what officials said",
        )
    with rates:
        figure.show(
            records,
            screens.build(records, "rates", state.view()),
            "rates",
            "**Rounds a year**; bands for Russia, NATO",
        )
    figure.show(
        records,
        screens.build(records, "parity", state.view()),
        "odds",
        "**Odds in % that they make as much as Russia** (parity), by month",
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(cite.sentence(gap_words.turned(records, found)))
        st.markdown(cite.sentence(gap_words.parity(found)))
        if scenario != Scenario() or chosen != usual:
            st.markdown(cite.sentence(gap_words.lever_effect(found, base, month)))
    with right:
        st.markdown(cite.sentence(gap_words.like_for_like(records, scenario, chosen, state.DRAWS)))
        table, ours = screens.named_estimates(records, chosen)
        st.markdown(
            cite.sentence(gap_words.named_range(records, table, ours, screens.YEAR, chosen))
        )
        one, two, _ = st.columns([1.2, 1.2, 1])
        _go(one, "Every figure, and says who", "who")
        _go(two, "See the statements", "statements")
    for warning in words.warnings(records, scenario):
        st.warning(cite.sentence(warning))
    _sources(records, chosen)


def _go(place: st.delta_generator.DeltaGenerator, label: str, view: str) -> None:
    """A button that turns to another view of the page."""
    place.button(label, key=f"go_{view}", on_click=st.session_state.update, kwargs={"show": view})


def who(records: Records) -> None:
    """Every comparator with the claims behind it."""
    chosen = state.comparison()
    table, ours = screens.named_estimates(records, chosen)
    st.markdown(f"## {cite.sentence(gap_words.named_finding(table, ours, screens.YEAR, chosen))}")
    first, second = st.columns([1.15, 1], gap="medium")
    with first:
        how = "As each source counts" if chosen.calibres == "quoted" else "Counted alike"
        figure.show(
            records,
            screens.build(records, "named", state.view()),
            "named",
            f"**{how}, {screens.YEAR}** ({gap_words.counted(chosen)})",
        )
        cite.says_who("Says who", _estimate_sources(records, "RU"), "named_sources")
    with second:
        told = gap_words.russia_estimates(records, chosen.russia)
        figure.show(
            records,
            figure.of(
                records,
                "russia",
                told.split(" Chosen:")[0],
                gap_charts.russia_chart(records, chosen.russia, 250),
                "Rounds a month as each source counts them.",
                _sources_of(records, "RU"),
            ),
            "russia_claims",
            "**Russia as each source counts it**, rounds a month",
        )
        st.markdown(cite.sentence(told))
    left, middle, right = st.columns(3, gap="medium")
    with left:
        figure.show(
            records,
            screens.build(records, "us", state.view()),
            "us_claims",
            "**United States**: ● reported, ◇ planned, a month",
        )
        st.markdown(cite.sentence(gap_words.us_plans(records)))
        text = "\n\n".join(_estimate_sources(records, actor) for actor in ("US", "CA"))
        cite.says_who("Says who, Canada too", text, "us_sources")
    with middle:
        told = gap_words.ukraine(records)
        figure.show(
            records,
            figure.of(
                records,
                "ukraine",
                told,
                gap_charts.ukraine_chart(records, 210),
                "Rounds a month: diamonds said to need, circles to fire; band: makes.",
                _sources_of(records, "UA"),
            ),
            "ukraine_claims",
            "**Ukraine**: ◇ said to need, ○ to fire; band: makes",
        )
        st.markdown(cite.sentence(told))
        told = _claims(records, "UA", ["need", "consumption"])
        text = f"{_estimate_sources(records, 'UA')}\n\n{told}"
        cite.says_who("Says who", text, "ua_sources")
    with right:
        figure.show(
            records,
            figure.of(
                records,
                "given",
                "Rounds a month given to Ukraine by the EU, the US and the Czech initiative, and bought by Russia",
                gap_charts.deliveries_chart(records, 210),
                "Sums reported over time as yearly paths between the lowest and highest report.",
                _sources_of(records, "deliveries"),
            ),
            "given",
            "**Given or bought**, rounds a month",
        )
        st.markdown(
            "**Others.** Sums reported over time, as yearly paths between the lowest and highest report; all "
            "calibres but for the US. None is output, so none counts in the gap."
        )
        cite.says_who("Says who", _estimate_sources(records, "deliveries"), "given_sources")


def _sources_of(records: Records, actor: str) -> list[str]:
    """The sources of an actor's estimates."""
    rows = records.estimates[records.estimates["actor"] == actor]
    return figure.of_claims(records, " ".join(rows["claim_ids"]).split())


def _sources(records: Records, chosen: gap.Comparison) -> None:
    st.caption(
        f"Counted: {gap_words.counted(chosen)}. Europe is this model's estimate for its NATO members and Switzerland "
        "(Türkiye under More levers); Russia is the chosen body's; the US and Canada follow reports, then "
        "assumptions. NATO is Europe, the US and Canada. **Capacity is not output**: complete rounds need a charge and a fuze, and "
        "nobody tells Russia's capacity from its output. A draw is one set of assumptions; shaded: 8 in 10 draws."
    )
    said, counted, _ = st.columns([1, 1.2, 3], vertical_alignment="center")
    with said:
        told = gap_charts.said(records)["claim_id"]
        cite.says_who("Who said what", cite.claims(records, told), "said_sources")
    with counted:
        ids = ["share_152", "share_new", "all_calibres", "russia_error", "russia_growth"]
        cite.says_who("How it is counted", cite.assumptions(records, ids), "counting_sources")


@lru_cache(maxsize=8)
def _estimate_sources(records: Records, actor: str) -> str:
    """Every estimate of an actor with its reasoning and claims."""
    blocks = []
    rows = records.estimates[records.estimates["actor"] == actor]
    for _, own in rows.groupby("estimate_id", sort=False):
        lines = [f"**{cite.escape(own['label'].iloc[0])}**"]
        for row in own.drop_duplicates(["month", "mode", "reasoning"]).itertuples():
            figure = gap_words.millions(row.mode)
            lines.append(f"- {row.month}: {figure} a year. {cite.escape(row.reasoning)}")
        wanted = " ".join(own["claim_ids"]).split()
        blocks.append("\n".join(lines) + "\n" + cite.claims(records, wanted))
    return "\n\n".join(blocks)


def _claims(records: Records, subject: str, quantities: list[str]) -> str:
    return cite.claims(records, gap_charts.rate_claims(records, subject, quantities)["claim_id"])
