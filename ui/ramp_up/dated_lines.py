"""All of Ramp-up that follows the date: the board of lines, what to expect of dates, and the table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.answers.site_search import suggest_sites
from ramp155.history.milestones import list_milestones
from ramp155.history.status import STATUS_FLAGS, STATUSES
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.plants.board_rows import list_board_rows
from ramp155.text.board import (
    BAR_NOTE,
    DELIVER_NOTE,
    REFERENCE_CAUTION,
    write_reference_class,
)
from ramp155.text.numbers import count_words
from ui.link import keys
from ui.link.address import write_link
from ui.link.view import current_view
from ui.ramp_up.board import show_board, show_board_choices
from ui.ramp_up.line_table import show_line_table
from ui.widgets.citations.lists import cite_slips
from ui.widgets.citations.sources import show_source_button
from ui.widgets.line_filters import LINE_FIELDS, show_late_switch
from ui.widgets.picture import offer_picture
from ui.widgets.replay import REPLAY_FIELDS, show_replay_controls
from ui.widgets.search import show_no_match

_SHOWN_FIELDS = (*REPLAY_FIELDS, *LINE_FIELDS, keys.BOARD_GROUP, keys.BOARD_SORT)


def show_dated_lines(model: Model) -> None:
    """The lines that filters and search leave, as known on the date."""
    with st.container(key="board_months"):
        known_record = show_replay_controls(model)
    view = current_view()
    line_rows = list_board_rows(model, view)
    late_count = 0 if line_rows.empty else int((line_rows["late"] == "late").sum())
    with st.container(horizontal=True, vertical_alignment="center", key="board_choices"):
        show_board_choices()
        show_late_switch(st.container(), late_count)
        offer_picture(model, lambda: build_picture(model, "board", view), "board")
    show_board(model)
    st.caption(
        f"{BAR_NOTE} {DELIVER_NOTE} Hover over a row, or go to it with the arrow keys, for what it rests on."
    )
    st.markdown(
        f"**What to expect of a date.** {write_reference_class(model.record)} {REFERENCE_CAUTION} "
        "[What became of public targets](evidence?evidence_view=targets)"
    )
    if line_rows.empty:
        query = st.session_state[keys.LINE_FIND]
        show_no_match(
            query,
            suggest_sites(model.record, query),
            "Take a word or a filter away, or choose a later date.",
        )
    else:
        _show_table(model.with_record(known_record), line_rows)
    write_link(model, *_SHOWN_FIELDS)


def _show_table(known_model: Model, line_rows: pd.DataFrame) -> None:
    """The same lines as a table, with what proves each, and both sources of every slip."""
    st.markdown(f"#### {count_words(len(line_rows), 'line')} as a table")
    show_line_table(known_model, line_rows)
    caption_column, slips_column, words_column = st.columns([4, 1.3, 1.3])
    caption_column.caption(
        "Late: months from the end of the first promise to the delivery, or else to the latest promise or the date shown, at "
        "least. Progress: the last rate over the latest target; empty where either is not reported."
    )
    with slips_column:
        milestones = list_milestones(known_model.record)
        is_shown = milestones["line_id"].isin(line_rows["line_id"])
        show_source_button(
            "Both sources of every slip", cite_slips(known_model, milestones[is_shown]), "slip_sources"
        )
    with words_column:
        status_meanings = "\n".join(
            f"- **{name}**: {meaning}" for name, meaning in {**STATUSES, **STATUS_FLAGS}.items()
        )
        show_source_button("What statuses mean", status_meanings, "status_words")
