"""The table of lines on Ramp-up: status, progress, promises, slip, and what proves it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.history.status import STATUS_FLAGS
from ramp155.model.model import Model
from ramp155.pictures.map.symbols import LEADING_STATUSES, STATUS_GLYPHS
from ramp155.record.schema.vocabulary import PRODUCTS


def show_line_table(model: Model, table: pd.DataFrame, all_milestones: pd.DataFrame) -> None:
    """One row a line of `table` (`timeline.status` with a label); `found` are all milestones."""
    proofs = [model.record.event(event_id) for event_id in table["evidence"]]
    shown = table.assign(
        rank=table["status"].map(LEADING_STATUSES.index),
        status=[f"{STATUS_GLYPHS[s]} {s}" for s in table["status"]],
        flags=table["flags"].map(", ".join),
        product=table["product"].map(PRODUCTS),
        next=[
            f"{m.replace('_', ' ')} {d}".strip()
            for m, d in zip(table["next_milestone"], table["next_date"], strict=True)
        ],
        says=[proof.basis for proof in proofs],
        source=[model.record.source(proof.source_id).url or None for proof in proofs],
        dossier=[f"map?site={s}" for s in table["site_id"]],
    )
    start_promises = (
        all_milestones[all_milestones["milestone"].isin(["first_output", "opened"])]
        .sort_values("milestone")
        .drop_duplicates("line_id")
    )
    shown = shown.merge(
        start_promises[["line_id", "first_promise", "latest_promise", "delivered"]],
        on="line_id",
        how="left",
    )
    st.dataframe(
        shown.sort_values(["product", "rank"])[
            [
                "label",
                "product",
                "status",
                "flags",
                "last_rate",
                "target_rate",
                "unit",
                "progress",
                "first_promise",
                "latest_promise",
                "delivered",
                "slip_months",
                "next",
                "says",
                "source",
                "dossier",
            ]
        ],
        hide_index=True,
        height=330,
        placeholder="",
        column_config={
            "label": st.column_config.TextColumn("Line", pinned=True, width="medium"),
            "product": "Product",
            "status": "Status",
            "flags": st.column_config.TextColumn(
                "Flags", help="; ".join(f"{k}: {v}" for k, v in STATUS_FLAGS.items())
            ),
            "last_rate": st.column_config.NumberColumn("Last reported rate", format="%,.0f"),
            "target_rate": st.column_config.NumberColumn("Latest target", format="%,.0f"),
            "unit": "Unit",
            "progress": st.column_config.ProgressColumn(
                "Progress", format="percent", min_value=0, max_value=1
            ),
            "first_promise": "Start first promised",
            "latest_promise": "Latest promise",
            "delivered": "Delivered",
            "slip_months": st.column_config.NumberColumn("Slip, months", format="%+d"),
            "next": "Next milestone",
            "says": st.column_config.TextColumn("What proves the status", width="large"),
            "source": st.column_config.LinkColumn("Source", display_text="open"),
            "dossier": st.column_config.LinkColumn("All reports", display_text="dossier"),
        },
    )
