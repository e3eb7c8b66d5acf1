"""The board of lines and the table under it, which follow the date, and how to read them."""

from __future__ import annotations

import streamlit as st

from ramp155.answers.site_search import suggest_sites
from ramp155.history.milestones import list_milestones
from ramp155.history.status import STATUS_FLAGS, STATUSES
from ramp155.model.model import Model
from ramp155.pictures.board.rows import list_board_rows, list_meant_lines
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.view import View, find_known_record
from ramp155.text.board import (
    BAR_NOTE,
    DELIVER_NOTE,
    REFERENCE_CAUTION,
    write_reference_class,
)
from ramp155.text.signs import name_status
from ui.link import keys
from ui.link.address import write_link
from ui.link.view import current_view
from ui.ramp_up.board import show_board, show_board_choices
from ui.ramp_up.line_table import show_line_table
from ui.widgets.citations.lists import cite_slips
from ui.widgets.citations.sources import show_source_button
from ui.widgets.explain.panel import show_explain
from ui.widgets.line_filters import LINE_FIELDS, show_late_switch, show_line_filters
from ui.widgets.months.month_slider import show_months
from ui.widgets.picture import offer_picture
from ui.widgets.replay import REPLAY_FIELDS
from ui.widgets.search.box import show_no_match

_TABLE = "line_table"  # session key
_SHOWN_FIELDS = (*REPLAY_FIELDS, *LINE_FIELDS, keys.BOARD_GROUP, keys.BOARD_SORT)


def show_ramp_up(model: Model) -> None:
    """Filters, month, the board of lines that filters and search leave, and the same lines as a table.

    On a phone the board comes before the filters (ui/app.css).
    """
    with st.container(key="board_page"):
        with st.container(key="board_filters"):
            show_line_filters(model)
        with st.container(key="board_months"):
            show_months(model, _SHOWN_FIELDS, lambda: bool(st.session_state.get(_TABLE)))
        with st.container(key="board_body"):
            view = current_view()
            with st.container(horizontal=True, vertical_alignment="center", key="board_choices"):
                show_board_choices()
                show_late_switch(st.container())
                show_explain(model, "board", "board")
                offer_picture(model, lambda: build_picture(model, "board", current_view()), "board")
            show_board(model)
            if list_meant_lines(model.record, view).empty:
                query = st.session_state[keys.LINE_FIND]
                advice = "Take a word or a filter away."
                show_no_match(query, suggest_sites(model.record, query), advice)
        with st.container(key="board_words"):
            _show_words(model)
            # Rows of a table are many, and made only for who looks at them: the month then turns at once.
            table = st.expander(
                "The same lines as a table, with sources", key=_TABLE, on_change="rerun"
            )
            if table.open:
                with table:
                    _show_table(model, view)
    write_link(model, *_SHOWN_FIELDS)


def _show_words(model: Model) -> None:
    """How to read the board, and what to expect of a date."""
    st.caption(
        f"{BAR_NOTE} {DELIVER_NOTE} Hover over a row, or use the arrow keys, for what it rests on."
    )
    st.markdown(
        f"**What to expect of a date.** {write_reference_class(model.record)} {REFERENCE_CAUTION} "
        "[What became of public targets](evidence?evidence_view=targets)"
    )


def _show_table(model: Model, view: View) -> None:
    """The same lines as a table, with what proves each, and both sources of every slip."""
    line_rows = list_board_rows(model, view)
    if line_rows.empty:
        st.caption("No line was reported by then.")
        return
    known_model = model.with_record(find_known_record(model, view))
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
            "Both sources of every slip",
            cite_slips(known_model, milestones[is_shown]),
            "slip_sources",
        )
    with words_column:
        status_meanings = "\n".join(
            f"- **{name}**: {meaning}"
            for name, meaning in {
                **{name_status(status): meaning for status, meaning in STATUSES.items()},
                **STATUS_FLAGS,
            }.items()
        )
        show_source_button("What statuses mean", status_meanings, "status_words")
