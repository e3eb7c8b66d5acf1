"""Promised against delivered, line by line: how far each line has come, and how far dates moved."""

from textwrap import shorten

import pandas as pd
import streamlit as st

from ramp155.history.milestones import list_milestones
from ramp155.history.status import STATUS_FLAGS, STATUSES
from ramp155.pictures.plants.lines import label_lines
from ramp155.pictures.plants.milestones import draw_milestones, milestone_rows
from ramp155.pictures.plants.ramps import draw_ramp, ramp_rows
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.evidence.promises import write_slip_title
from ui.link.address import open_link, write_link
from ui.link.session import open_model
from ui.link.view import current_view
from ui.markup import escape_markdown
from ui.ramp_up.line_table import show_line_table
from ui.widgets.citations.lists import cite_rates, cite_slips
from ui.widgets.citations.sources import show_source_button
from ui.widgets.picture import page_picture, show_picture
from ui.widgets.replay import REPLAY_FIELDS, run_replay, show_replay_controls, write_known_date

model = open_model()
open_link(model, "ramp_up")
full_lines = model.record.full_lines


def show_starts(known: Records, line_rows: pd.DataFrame, all_milestones: pd.DataFrame) -> None:
    """When output starts: promised and delivered."""
    dated_lines = milestone_rows(model.with_record(known), line_rows)
    if dated_lines.empty:
        st.markdown("**When output starts: promised and delivered**")
        st.info(
            "No start of output is dated for these lines. Choose another product or a later date."
        )
        return
    shown_milestones = all_milestones[all_milestones["line_id"].isin(line_rows["line_id"])]
    counting_note = "○ first promise, diamond latest promise, ● delivered; dashed: the as-of date."
    sources = [
        line_event.source_id
        for line_id in dated_lines["line_id"]
        for line_event in known.events_of[line_id]
    ]
    finding = f"{len(dated_lines)} lines, when output starts: {write_slip_title(shown_milestones['slip_months'].dropna())}"
    spec = draw_milestones(dated_lines, known.end.isoformat())
    picture = page_picture(model, "milestones", finding, spec, counting_note, sources)
    with st.container(height=460, border=False):
        picture_key = f"milestones_{st.session_state['made']}"
        show_picture(model, picture, picture_key, "**When output starts: promised and delivered**")
    show_source_button(
        "Both sources of every slip",
        cite_slips(model.with_record(known), shown_milestones),
        "slip_sources",
    )
    st.caption(
        "○ first promise · ◇ latest promise (orange: passed without a report) · ● delivered; the line between is the slip, its "
        "months at the end. Dashed: the as-of date. A bare year stands at its middle."
    )


def show_rates(known: Records, line_rows: pd.DataFrame) -> None:
    """Rates reached and promised of the lines with the highest."""
    st.markdown("**Rates reached and promised**")
    rate_rows = ramp_rows(model.with_record(known), list(line_rows["line_id"]))
    if rate_rows.empty:
        st.info("No line of this product reports a rate: capacity not reported.")
        return
    unit = rate_rows["unit"].mode()[0]
    rate_rows = rate_rows[rate_rows["unit"] == unit]
    top_lines = rate_rows.groupby("line_id")["rate"].max().nlargest(6).index
    line_labels = dict(zip(line_rows["line_id"], line_rows["label"], strict=True))
    rate_columns = st.columns(2)
    for position, line_id in enumerate(top_lines):
        with rate_columns[position % 2], st.container(gap=None):
            line_rates = rate_rows[rate_rows["line_id"] == line_id]
            finding = (
                f"{line_labels[line_id]}: {len(line_rates)} rates reached or promised, in {unit}"
            )
            counting_note = "Dots: reported as reached; hollow diamonds: promised."
            sources = [line_event.source_id for line_event in known.events_of[line_id]]
            spec = draw_ramp(line_rates, 105)
            show_picture(
                model,
                page_picture(model, f"ramp_{line_id}", finding, spec, counting_note, sources),
                f"ramp_{line_id}",
                f":small[**{escape_markdown(shorten(full_lines.loc[line_id, 'name'], 26, placeholder=' …'))}**]",
            )
    show_source_button(
        "Sources of the rates", cite_rates(model.with_record(known), top_lines), "rate_sources"
    )
    st.caption(
        f"The {len(top_lines)} line{'s'[: len(top_lines) != 1]} with the highest rates, in {unit}. Dots and lines: reported as reached. "
        "Hollow diamonds: promised, at the date promised for."
    )


def show_dated_lines() -> None:
    """All that follows the date."""
    heading = st.container()
    known = show_replay_controls(model)
    line_rows = label_lines(known, current_view().products)
    if line_rows.empty:
        heading.markdown("## No line of this product was reported by this date")
        st.info("Choose another product or a later date.")
        write_link(model, *REPLAY_FIELDS, "made")
        return
    all_milestones = list_milestones(known)
    slips = all_milestones.loc[
        all_milestones["line_id"].isin(line_rows["line_id"]), "slip_months"
    ].dropna()
    subject = PRODUCTS.get(st.session_state["made"], "All products").lower()
    heading.markdown(
        f"## {subject.capitalize()}{write_known_date(model)}: {write_slip_title(slips)}"
    )
    starts_column, rates_column = st.columns([1.35, 1], gap="medium")
    with starts_column:
        show_starts(known, line_rows, all_milestones)
    with rates_column:
        show_rates(known, line_rows)
    show_line_table(model.with_record(known), line_rows, all_milestones)
    status_meanings = "\n".join(
        f"- **{status_name}**: {meaning}"
        for status_name, meaning in {**STATUSES, **STATUS_FLAGS}.items()
    )
    caption_column, button_column = st.columns([5, 1])
    caption_column.caption(
        f"{len(line_rows)} lines{write_known_date(model)}. Slip: latest date less the first one promised. Progress: last "
        "reported rate over the latest target; empty where either is not reported."
    )
    with button_column:
        show_source_button("What statuses mean", status_meanings, "status_words")
    write_link(model, *REPLAY_FIELDS, "made")


st.pills(
    "Product",
    [*PRODUCTS, "all"],
    format_func=lambda p: PRODUCTS.get(p, "All").split(" (")[0],
    required=True,
    key="made",
    label_visibility="collapsed",
)
run_replay(show_dated_lines)
