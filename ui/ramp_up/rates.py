"""Rates reached and promised of the lines with the highest."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd
import streamlit as st

from ramp155.model.model import Model
from ramp155.pictures.grammar.signs import list_signs
from ramp155.pictures.plants.ramps import RATE_SIGNS, draw_ramp, list_ramp_rows
from ramp155.record.records import Records
from ramp155.text.numbers import count_words
from ramp155.text.signs import write_key
from ui.markup import escape_markdown
from ui.widgets.citations.lists import cite_rates
from ui.widgets.citations.sources import show_source_button
from ui.widgets.lookups import name_site
from ui.widgets.picture import build_page_picture, show_picture
from ui.widgets.undated import show_undated_promises

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
                "A promise stands at the date promised for.",
                [line_event.source_id for line_event in known.events_of[line_id]],
                sign_key=f"{write_key(list_signs(line_rates['sign']))}.",
            )
            site_name = shorten(name_site(model.record, line_id), _LONGEST_NAME, placeholder=" …")
            show_picture(
                model, picture, f"ramp_{line_id}", f":small[**{escape_markdown(site_name)}**]"
            )
            show_undated_promises(known_model, line_id)
    show_source_button("Sources of the rates", cite_rates(known_model, top_lines), "rate_sources")
    st.caption(
        f"The {count_words(len(top_lines), 'line')} with the highest dated rates, in {unit}. {write_key(RATE_SIGNS)}, "
        "at the date promised for; lines join what was reported."
    )
