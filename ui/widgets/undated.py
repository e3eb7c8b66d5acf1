"""Promises that have no place on a chart of time, in words below it."""

from __future__ import annotations

import streamlit as st

from ramp155.model.model import Model
from ramp155.pictures.plants.ramps import list_undated_promises
from ramp155.text.plants import write_undated_promises
from ui.markup import escape_markdown


def show_undated_promises(model: Model, line_id: str) -> None:
    """The rates promised for a line without a date, where there are any."""
    sentence = write_undated_promises(list_undated_promises(model, [line_id]))
    if sentence:
        st.caption(escape_markdown(sentence))
