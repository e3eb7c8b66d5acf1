"""When output starts, line by line: promised and delivered."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.model.model import Model
from ramp155.pictures.plants.milestones import START_KEY, draw_milestones, list_start_dates
from ramp155.record.records import Records
from ramp155.text.evidence.promises import write_slip_title
from ramp155.text.numbers import count_words
from ui.widgets.citations.lists import cite_slips
from ui.widgets.citations.sources import show_source_button
from ui.widgets.picture import build_page_picture, show_picture

_HEADING = "**When output starts: promised and delivered**"


def show_starts(
    model: Model, known: Records, line_rows: pd.DataFrame, all_milestones: pd.DataFrame
) -> None:
    """The chart of first, latest and delivered starts of some lines, with the sources of every slip."""
    known_model = model.with_record(known)
    dated_lines = list_start_dates(known_model, line_rows)
    if dated_lines.empty:
        st.markdown(_HEADING)
        st.info(
            "No start of output is dated for these lines. Choose another product or a later date."
        )
        return
    shown_milestones = all_milestones[all_milestones["line_id"].isin(line_rows["line_id"])]
    slip_title = write_slip_title(known, line_rows, shown_milestones)
    picture = build_page_picture(
        model,
        "milestones",
        f"{count_words(len(dated_lines), 'line')}, when output starts: {slip_title}",
        draw_milestones(dated_lines, known.end.isoformat()),
        "Start of output of each line; dashed: the as-of date.",
        [
            line_event.source_id
            for line_id in dated_lines["line_id"]
            for line_event in known.events_of[line_id]
        ],
        sign_key=START_KEY,
    )
    with st.container(height=460, border=False):
        show_picture(model, picture, "milestones", _HEADING)
    show_source_button(
        "Both sources of every slip", cite_slips(known_model, shown_milestones), "slip_sources"
    )
    st.caption(
        f"{START_KEY} The line between is the slip; at its end the least it can be, in months. Dashed: the as-of date. "
        "A date given only as a year is drawn at mid-year."
    )
