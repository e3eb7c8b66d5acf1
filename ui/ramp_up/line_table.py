"""The table of lines under the board: status, promises, lateness, rates, and what proves it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.history.standing.rules import STATUS_RULE_WORDS
from ramp155.history.status import STATUS_FLAGS
from ramp155.model.model import Model
from ramp155.pictures.board.rows import sort_board_rows
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.text.signs import STATUS_WORDS
from ui.widgets.citations.sources import find_addresses

_COLUMNS = [
    "label",
    "country_name",
    "stage",
    "status",
    "late_words",
    "flags",
    "first_awaited",
    "awaited",
    "done",
    "last_rate",
    "target_rate",
    "unit",
    "progress",
    "says",
    "rule_words",
    "source",
    "page",
]


def show_line_table(model: Model, board_rows: pd.DataFrame) -> None:
    """One row for each of `board_rows` (of `list_board_rows`), in the order of the board's stages and lateness."""
    rows = sort_board_rows(board_rows, "late")
    rows = rows.sort_values("stage", kind="stable")
    proofs = [model.record.event(event_id) for event_id in rows["evidence"]]
    proof_sources = pd.Series([proof.source_id for proof in proofs], index=rows.index)
    shown_rows = rows.assign(
        status=[f"{STATUS_GLYPHS[status]} {STATUS_WORDS[status]}" for status in rows["status"]],
        flags=[", ".join(f for f in flags if f != "late") for flags in rows["flags"]],
        rule_words=rows["rule"].map(STATUS_RULE_WORDS),
        says=[proof.basis for proof in proofs],
        source=find_addresses(model, proof_sources),
        page=[f"plant?site={site_id}" for site_id in rows["site_id"]],
    )
    st.dataframe(
        shown_rows[_COLUMNS],
        hide_index=True,
        height=330,
        placeholder="",
        column_config={
            "label": st.column_config.TextColumn("Line", pinned=True, width="medium"),
            "country_name": "Country",
            "stage": "Product",
            "status": "Status",
            "late_words": "Late",
            "flags": st.column_config.TextColumn(
                "Marks",
                help="; ".join(f"{flag}: {meaning}" for flag, meaning in STATUS_FLAGS.items()),
            ),
            "first_awaited": "First promised for",
            "awaited": "Promised",
            "done": "Delivered",
            "last_rate": st.column_config.NumberColumn("Last reported rate", format="%,.0f"),
            "target_rate": st.column_config.NumberColumn("Latest target", format="%,.0f"),
            "unit": "Unit",
            "progress": st.column_config.ProgressColumn(
                "Progress", format="percent", min_value=0, max_value=1
            ),
            "says": st.column_config.TextColumn("What the status rests on", width="large"),
            "rule_words": st.column_config.TextColumn("Rule that decides", width="large"),
            "source": st.column_config.LinkColumn("Source", display_text="open"),
            "page": st.column_config.LinkColumn("Its page", display_text="open"),
        },
    )
