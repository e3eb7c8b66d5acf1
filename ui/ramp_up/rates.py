"""Rates reached and promised of the lines with the highest."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd
import streamlit as st

from ramp155.model.model import Model
from ramp155.pictures.plants.ramps import draw_ramp, list_ramp_rows
from ramp155.record.records import Records
from ramp155.text.numbers import count_words
from ui.markup import escape_markdown
from ui.widgets.citations.lists import cite_rates
from ui.widgets.citations.sources import show_source_button
from ui.widgets.lookups import name_site
from ui.widgets.picture import build_page_picture, show_picture

_MOST_LINES, _LONGEST_NAME = 6, 26


def show_rates(model: Model, known: Records, line_rows: pd.DataFrame) -> None:
    """A small chart for each of the lines with the highest rates in the commonest unit."""
    st.markdown("**Rates reached and promised**")
    known_model = model.with_record(known)
    rate_rows = list_ramp_rows(known_model, list(line_rows["line_id"]))
    if rate_rows.empty:
        st.info("No line of this product reports a rate: capacity not reported.")
        return
    unit = rate_rows["unit"].mode()[0]
    rate_rows = rate_rows[rate_rows["unit"] == unit]
    highest_rates = rate_rows.groupby("line_id")["rate"].max()
    top_lines = list(highest_rates.nlargest(_MOST_LINES).index)
    line_labels = dict(zip(line_rows["line_id"], line_rows["label"], strict=True))
    rate_columns = st.columns(2)
    for position, line_id in enumerate(top_lines):
        with rate_columns[position % 2], st.container(gap=None):
            line_rates = rate_rows[rate_rows["line_id"] == line_id]
            picture = build_page_picture(
                model,
                f"ramp_{line_id}",
                f"{line_labels[line_id]}: {len(line_rates)} rates reached or promised, in {unit}",
                draw_ramp(line_rates, 105),
                "Dots: reported as reached; hollow diamonds: promised.",
                [line_event.source_id for line_event in known.events_of[line_id]],
            )
            site_name = shorten(name_site(model.record, line_id), _LONGEST_NAME, placeholder=" …")
            show_picture(
                model, picture, f"ramp_{line_id}", f":small[**{escape_markdown(site_name)}**]"
            )
    show_source_button("Sources of the rates", cite_rates(known_model, top_lines), "rate_sources")
    st.caption(
        f"The {count_words(len(top_lines), 'line')} with the highest rates, in {unit}. Dots and lines: reported as reached. "
        "Hollow diamonds: promised, at the date promised for."
    )
