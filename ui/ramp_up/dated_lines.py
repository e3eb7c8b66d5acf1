"""All of Ramp-up that follows the date: the finding, starts, rates and the table of lines."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ramp155.answers.site_search import list_found_products, suggest_sites
from ramp155.history.milestones import list_milestones
from ramp155.history.status import STATUS_FLAGS, STATUSES
from ramp155.model.model import Model
from ramp155.pictures.plants.lines import label_lines, say_view_lines
from ramp155.text.evidence.promises import write_slip_title
from ramp155.text.numbers import count_words
from ui.link.address import write_link
from ui.link.view import current_view
from ui.markup import escape_markdown, escape_sentence
from ui.ramp_up.line_table import show_line_table
from ui.ramp_up.rates import show_rates
from ui.ramp_up.starts import show_starts
from ui.widgets.citations.sources import show_source_button
from ui.widgets.line_filters import LINE_FIELDS, show_late_switch
from ui.widgets.replay import REPLAY_FIELDS, show_replay_controls, write_known_date
from ui.widgets.search import show_no_match

_SHOWN_FIELDS = (*REPLAY_FIELDS, *LINE_FIELDS)


def show_dated_lines(model: Model) -> None:
    """The chosen product's lines as known on the date, those that the search leaves."""
    heading = st.container()
    known_record = show_replay_controls(model)
    line_rows = label_lines(known_record, current_view())
    query = st.session_state["line_find"]
    show_late_switch(
        st.container(), 0 if line_rows.empty else int((line_rows["late"] == "late").sum())
    )
    if line_rows.empty:
        _show_no_line(model, heading, query)
        write_link(model, *_SHOWN_FIELDS)
        return
    all_milestones = list_milestones(known_record)
    is_shown = all_milestones["line_id"].isin(line_rows["line_id"])
    slip_title = write_slip_title(known_record, line_rows, all_milestones[is_shown])
    subject = escape_markdown(say_view_lines(model.record, current_view()) or "All products")
    heading.markdown(f"## {subject}{write_known_date(model)}: {escape_sentence(slip_title)}")
    starts_column, rates_column = st.columns([1.35, 1], gap="medium")
    with starts_column:
        show_starts(model, known_record, line_rows, all_milestones)
    with rates_column:
        show_rates(model, known_record, line_rows)
    show_line_table(model.with_record(known_record), line_rows, all_milestones)
    _show_table_notes(model, len(line_rows))
    write_link(model, *_SHOWN_FIELDS)


def _show_no_line(model: Model, heading: DeltaGenerator, query: str) -> None:
    """Why no line is shown, and where the search would find one."""
    if not query.strip():
        heading.markdown("## No line of this product was reported by this date")
    else:
        heading.markdown("## No line of this product fits the search")
    other_products = list_found_products(model.record, query) if query.strip() else []
    elsewhere = f"Found among: {', '.join(other_products)}. " if other_products else ""
    show_no_match(
        query,
        [] if other_products else suggest_sites(model.record, query),
        f"{elsewhere}Choose another product or a later date.",
    )


def _show_table_notes(model: Model, line_count: int) -> None:
    """How the table counts, and what its statuses mean."""
    status_meanings = "\n".join(
        f"- **{status_name}**: {meaning}"
        for status_name, meaning in {**STATUSES, **STATUS_FLAGS}.items()
    )
    caption_column, button_column = st.columns([5, 1])
    caption_column.caption(
        f"{count_words(line_count, 'line')}{write_known_date(model)}. Slip: the latest date less the first one promised, as a range "
        "where a date names only a year or a season. Progress: the last rate over the latest target; empty where either is not reported."
    )
    with button_column:
        show_source_button("What statuses mean", status_meanings, "status_words")
