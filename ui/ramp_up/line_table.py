"""The table of lines on Ramp-up: status, progress, promises, slip, and what proves it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.history.standing.rules import STATUS_RULE_WORDS
from ramp155.history.standing.sites import LEADING_STATUSES
from ramp155.history.status import STATUS_FLAGS
from ramp155.model.model import Model
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.evidence.promises import say_slip
from ui.widgets.citations.sources import find_addresses


def show_line_table(model: Model, line_rows: pd.DataFrame, all_milestones: pd.DataFrame) -> None:
    """One row for each of `line_rows` (columns of `list_statuses`, and label), with what was promised of it."""
    proofs = [model.record.event(event_id) for event_id in line_rows["evidence"]]
    proof_sources = pd.Series([proof.source_id for proof in proofs], index=line_rows.index)
    shown_rows = line_rows.assign(
        rank=line_rows["status"].map(LEADING_STATUSES.index),
        status=[f"{STATUS_GLYPHS[word]} {word}" for word in line_rows["status"]],
        flags=[", ".join(f for f in flags if f != "late") for flags in line_rows["flags"]],
        product=line_rows["product"].map(PRODUCTS),
        country=line_rows["line_id"].map(model.record.full_lines["country_name"]),
        rule=line_rows["rule"].map(STATUS_RULE_WORDS),
        next=[
            f"{milestone.replace('_', ' ')} {date}".strip()
            for milestone, date in zip(
                line_rows["next_milestone"], line_rows["next_date"], strict=True
            )
        ],
        says=[proof.basis for proof in proofs],
        source=find_addresses(model, proof_sources),
        page=[f"plant?site={site_id}" for site_id in line_rows["site_id"]],
    )
    start_promises = (
        all_milestones[all_milestones["milestone"].isin(["first_output", "opened"])]
        .sort_values("milestone")
        .drop_duplicates("line_id")
    )
    start_promises = start_promises.assign(
        slip=[
            say_slip(low, high) if pd.notna(low) else ""
            for low, high in zip(
                start_promises["slip_low"], start_promises["slip_high"], strict=True
            )
        ]
    )
    shown_rows = shown_rows.merge(
        start_promises[["line_id", "first_promise", "latest_promise", "delivered", "slip"]],
        on="line_id",
        how="left",
    )
    st.dataframe(
        shown_rows.sort_values(["product", "rank"])[
            [
                "label",
                "country",
                "product",
                "status",
                "late",
                "flags",
                "first_promise",
                "latest_promise",
                "delivered",
                "slip",
                "last_rate",
                "target_rate",
                "unit",
                "progress",
                "next",
                "says",
                "rule",
                "source",
                "page",
            ]
        ],
        hide_index=True,
        height=330,
        placeholder="",
        column_config={
            "label": st.column_config.TextColumn("Line", pinned=True, width="medium"),
            "country": "Country",
            "product": "Product",
            "status": "Status",
            "late": st.column_config.TextColumn("Late?", width="small"),
            "flags": st.column_config.TextColumn(
                "Flags",
                help="; ".join(f"{flag}: {meaning}" for flag, meaning in STATUS_FLAGS.items()),
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
            "slip": "Slip",
            "rule": st.column_config.TextColumn("Rule that decides", width="large"),
            "next": "Next milestone",
            "says": st.column_config.TextColumn("What the status rests on", width="large"),
            "source": st.column_config.LinkColumn("Source", display_text="open"),
            "page": st.column_config.LinkColumn("Its page", display_text="open"),
        },
    )
