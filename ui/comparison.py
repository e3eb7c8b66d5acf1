"""The gap itself: whose figures, how they are counted, the ratio over time and the odds of parity."""

from __future__ import annotations

import dataclasses
from functools import lru_cache

import pandas as pd
import streamlit as st

from ramp155 import Records, Scenario, gap, gap_charts, gap_words, words
from ui import cite, state
from ui import levers as shared

_YEAR = "2024"  # the year most estimates of Russia speak of


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
    st.markdown(f"## {gap_words.finding(records, scenario, found, month)}")
    ratio, rates = st.columns([1.25, 1], gap="medium")
    with ratio:
        st.markdown("**Russia's rounds for each of NATO's**, with what officials said")
        st.vega_lite_chart(
            spec=gap_charts.ratio_chart(records, found, 262),
            key="ratio",
            alt="Russia's rounds over NATO's and Europe's by month with the band of eight in ten draws",
        )
    with rates:
        st.markdown("**Rounds a year**, middle draw; bands for Russia and NATO")
        st.vega_lite_chart(
            spec=gap_charts.rates_chart(found, 262),
            key="rates",
            alt="Rounds a year of Russia, NATO, Europe and the US by month",
        )
    st.markdown("**Odds in % that they make as much as Russia** (parity), by month")
    st.vega_lite_chart(
        spec=gap_charts.odds_strip(found, 88),
        key="odds",
        alt="Share of draws in which NATO, and Europe alone, make as much as Russia, by half-year",
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(gap_words.turned(records, found))
        st.markdown(gap_words.parity(found))
        if scenario != Scenario() or chosen != usual:
            st.markdown(gap_words.lever_effect(found, base, month))
    with right:
        st.markdown(gap_words.like_for_like(records, scenario, chosen, state.DRAWS))
        table, ours = _named(records, chosen)
        st.markdown(gap_words.named_range(records, table, ours, _YEAR, chosen))
        one, two, _ = st.columns([1.2, 1.2, 1])
        _go(one, "Every figure, and says who", "who")
        _go(two, "See the statements", "statements")
    for warning in words.warnings(records, scenario):
        st.warning(warning)
    _sources(records, chosen)


def _go(place: st.delta_generator.DeltaGenerator, label: str, view: str) -> None:
    """A button that turns to another view of the page."""
    place.button(label, key=f"go_{view}", on_click=st.session_state.update, kwargs={"show": view})


def who(records: Records) -> None:
    """Every comparator with the claims behind it."""
    scenario, chosen = state.current(), state.comparison()
    found = gap.compare(records, scenario, chosen, state.DRAWS)
    table, ours = _named(records, chosen)
    st.markdown(f"## {gap_words.named_finding(table, ours, _YEAR, chosen)}")
    first, second = st.columns([1.15, 1], gap="medium")
    with first:
        how = "As each source counts" if chosen.calibres == "quoted" else "Counted alike"
        st.markdown(f"**{how}, {_YEAR}** ({gap_words.counted(chosen)})")
        st.vega_lite_chart(
            spec=gap_charts.named_chart(table, chosen.russia, ours, 250),
            key="named",
            alt=f"Named estimates of Russia's {_YEAR} output counted alike, beside NATO's",
        )
        cite.says_who("Says who", _estimate_sources(records, "RU"), "named_sources")
    with second:
        st.markdown("**Russia as each source counts it**, rounds a month")
        st.vega_lite_chart(
            spec=gap_charts.russia_chart(records, chosen.russia, 250),
            key="russia_claims",
            alt="Named estimates of Russian output by year, as their sources count them",
        )
        st.markdown(gap_words.russia_estimates(records, chosen.russia))
    left, middle, right = st.columns(3, gap="medium")
    with left:
        st.markdown("**United States**: ● reported, ◇ planned, a month")
        path = found.path[found.path["actor"] == "us"]
        st.vega_lite_chart(
            spec=gap_charts.us_chart(records, path, 210),
            key="us_claims",
            alt="US output reported and planned, by the date it was for",
        )
        st.markdown(gap_words.us_plans(records))
        text = "\n\n".join(_estimate_sources(records, actor) for actor in ("US", "CA"))
        cite.says_who("Says who, Canada too", text, "us_sources")
    with middle:
        st.markdown("**Ukraine**: ◇ said to need, ○ to fire; band: makes")
        st.vega_lite_chart(
            spec=gap_charts.ukraine_chart(records, 210),
            key="ukraine_claims",
            alt="What Ukraine says it needs and is said to fire, rounds a month",
        )
        st.markdown(gap_words.ukraine(records))
        told = _claims(records, "UA", ["need", "consumption"])
        text = f"{_estimate_sources(records, 'UA')}\n\n{told}"
        cite.says_who("Says who", text, "ua_sources")
    with right:
        st.markdown("**Given or bought**, rounds a month")
        st.vega_lite_chart(
            spec=gap_charts.deliveries_chart(records, 210),
            key="given",
            alt="Rounds a month given to Ukraine by the EU, the US and the Czech initiative, and bought by Russia",
        )
        st.markdown(
            "**Others.** Sums reported over time, as yearly paths between the lowest and highest report; all "
            "calibres but for the US. None is output, so none counts in the gap."
        )
        cite.says_who("Says who", _estimate_sources(records, "deliveries"), "given_sources")


@lru_cache(maxsize=32)
def _named(records: Records, chosen: gap.Comparison) -> tuple[pd.DataFrame, pd.Series]:
    """Every estimate of Russia in the year counted alike, and NATO's own mean of it."""
    path = gap.compare(records, Scenario(), chosen, state.DRAWS).path
    ours = path[(path["actor"] == "nato") & path["month"].str.startswith(_YEAR)]
    return gap.named(records, chosen, _YEAR, state.DRAWS), ours[["p10", "p50", "p90"]].mean()


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
