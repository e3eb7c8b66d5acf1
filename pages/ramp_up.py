"""Promised against delivered, line by line: how far each line has come, and how far dates moved."""

from textwrap import shorten

import pandas as pd
import streamlit as st

from ramp155 import Records, charts, screens, timeline, words
from ramp155.records import PRODUCTS
from ui import cite, figure, line_table, replay, state

records = state.records()
state.open_link(records, "ramp_up")
full = records.full_lines


def starts(known: Records, table: pd.DataFrame, found: pd.DataFrame) -> None:
    """When output starts: promised and delivered."""
    data = charts.milestone_data(known, table)
    if data.empty:
        st.markdown("**When output starts: promised and delivered**")
        st.info(
            "No start of output is dated for these lines. Choose another product or a later date."
        )
        return
    own = found[found["line_id"].isin(table["line_id"])]
    counted = "○ first promise, diamond latest promise, ● delivered; dashed: the as-of date."
    sources = [e.source_id for line in data["line_id"] for e in known.events_of[line]]
    finding = (
        f"{len(data)} lines, when output starts: {words.slip_sentence(own['slip_months'].dropna())}"
    )
    spec = charts.milestone_chart(data, known.end.isoformat())
    picture = figure.of(records, "milestones", finding, spec, counted, sources)
    with st.container(height=460, border=False):
        key = f"milestones_{st.session_state['made']}"
        figure.show(records, picture, key, "**When output starts: promised and delivered**")
    cite.says_who("Both sources of every slip", cite.slips(known, own), "slip_sources")
    st.caption(
        "○ first promise · ◇ latest promise (orange: passed without a report) · ● delivered; the line between is the slip, its "
        "months at the end. Dashed: the as-of date. A bare year stands at its middle."
    )


def rates(known: Records, table: pd.DataFrame) -> None:
    """Rates reached and promised of the lines with the highest."""
    st.markdown("**Rates reached and promised**")
    told = charts.ramp_data(known, list(table["line_id"]))
    if told.empty:
        st.info("No line of this product reports a rate: capacity not reported.")
        return
    unit = told["unit"].mode()[0]
    told = told[told["unit"] == unit]
    top = told.groupby("line_id")["rate"].max().nlargest(6).index
    labels = dict(zip(table["line_id"], table["label"], strict=True))
    grid = st.columns(2)
    for place, line in enumerate(top):
        with grid[place % 2], st.container(gap=None):
            own = told[told["line_id"] == line]
            finding = f"{labels[line]}: {len(own)} rates reached or promised, in {unit}"
            counted = "Dots: reported as reached; hollow diamonds: promised."
            sources = [e.source_id for e in known.events_of[line]]
            spec = charts.ramp_chart(own, 105)
            figure.show(
                records,
                figure.of(records, f"ramp_{line}", finding, spec, counted, sources),
                f"ramp_{line}",
                f":small[**{cite.escape(shorten(full.loc[line, 'name'], 26, placeholder=' …'))}**]",
            )
    cite.says_who("Sources of the rates", cite.rates(known, top), "rate_sources")
    st.caption(
        f"The {len(top)} line{'s'[: len(top) != 1]} with the highest rates, in {unit}. Dots and lines: reported as reached. "
        "Hollow diamonds: promised, at the date promised for."
    )


def view() -> None:
    """All that follows the date."""
    heading = st.container()
    known = replay.controls(records)
    table = screens.labelled(known, state.view().products)
    if table.empty:
        heading.markdown("## No line of this product was reported by this date")
        st.info("Choose another product or a later date.")
        state.write_link(records, *replay.KEYS, "made")
        return
    found = timeline.milestones(known)
    slips = found.loc[found["line_id"].isin(table["line_id"]), "slip_months"].dropna()
    subject = PRODUCTS.get(st.session_state["made"], "All products").lower()
    heading.markdown(
        f"## {subject.capitalize()}{replay.told(records)}: {words.slip_sentence(slips)}"
    )
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        starts(known, table, found)
    with right:
        rates(known, table)
    line_table.show(known, table, found)
    text = "\n".join(
        f"- **{name}**: {meaning}"
        for name, meaning in {**timeline.STATUSES, **timeline.FLAGS}.items()
    )
    line, button = st.columns([5, 1])
    line.caption(
        f"{len(table)} lines{replay.told(records)}. Slip: latest date less the first one promised. Progress: last "
        "reported rate over the latest target; empty where either is not reported."
    )
    with button:
        cite.says_who("What statuses mean", text, "status_words")
    state.write_link(records, *replay.KEYS, "made")


st.pills(
    "Product",
    [*PRODUCTS, "all"],
    format_func=lambda p: PRODUCTS.get(p, "All").split(" (")[0],
    required=True,
    key="made",
    label_visibility="collapsed",
)
replay.fragment(view)
