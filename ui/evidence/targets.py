"""Targets and what became of them: by kind of speaker, and every one with both sides."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.answers.targets import group_targets, list_targets
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.record.grades import name_source
from ramp155.record.schema.vocabulary import CLAIM_STATUSES, OUTCOMES, SPEAKER_KINDS
from ramp155.text.evidence.targets import (
    write_targets_cautions,
    write_targets_reading,
    write_targets_title,
)
from ui.link.view import current_view
from ui.markup import escape_sentence
from ui.widgets.citations.sources import find_addresses, write_report_link
from ui.widgets.picture import show_picture

_LIST_COLUMNS = [
    "speaker",
    "speaker_kind",
    "what",
    "target",
    "unit",
    "due",
    "said_on",
    "outcome",
    "came",
    "came_status",
    "came_on",
    "ratio",
    "months_late",
    "promised_who",
    "promised_url",
    "came_who",
    "came_url",
    "note",
    "report",
]


def show_targets(model: Model) -> None:
    """What came of targets as a share of the promise, the counts by kind of speaker, and the list."""
    st.markdown(f"## {escape_sentence(write_targets_title(model.record))}")
    st.markdown(escape_sentence(write_targets_reading(model.record)))
    picture_column, kinds_column = st.columns([1.4, 1], gap="large")
    with picture_column:
        show_picture(
            model,
            build_picture(model, "targets", current_view()),
            "targets",
            "**What came of each**, by kind of speaker",
        )
    with kinds_column:
        st.markdown("**What became of all**")
        _show_kinds(model)
    st.caption(escape_sentence(write_targets_cautions(model.record)))
    _show_list(model)


def _show_kinds(model: Model) -> None:
    groups = group_targets(model.record)
    shown = groups.assign(
        speaker_kind=groups["speaker_kind"].map(SPEAKER_KINDS),
        missed=groups["not_met"] + groups["moved"],
        median_ratio=groups["median_ratio"] * 100,
    )
    st.dataframe(
        shown[["speaker_kind", "known", "met", "late", "missed", "silent", "median_ratio"]],
        hide_index=True,
        placeholder="",
        key="target_kinds",
        column_config={
            "speaker_kind": st.column_config.TextColumn("Who", pinned=True, width=175),
            "known": st.column_config.NumberColumn(
                "Known", format="%d", width=50, help="Outcome known"
            ),
            "met": st.column_config.NumberColumn("Met", format="%d", width=40, help="Met on time"),
            "late": st.column_config.NumberColumn("Late", format="%d", width=40),
            "missed": st.column_config.NumberColumn(
                "Missed", format="%d", width=52, help="Not met, or moved"
            ),
            "silent": st.column_config.NumberColumn(
                "Silent", format="%d", width=45, help="Due, and nothing reported"
            ),
            "median_ratio": st.column_config.NumberColumn(
                "Share", format="%.0f %%", width=55, help="Median share of what was promised"
            ),
        },
    )


def _name_sources(model: Model, source_ids: pd.Series) -> list[str]:
    return [name_source(model.record, source_id) if source_id else "" for source_id in source_ids]


def _show_list(model: Model) -> None:
    targets = list_targets(model.record)
    st.markdown(f"**All {len(targets)} targets**, with both sources")
    shown = targets.assign(
        speaker_kind=targets["speaker_kind"].map(SPEAKER_KINDS),
        outcome=targets["outcome"].map(OUTCOMES),
        came_status=[CLAIM_STATUSES.get(status, "") for status in targets["came_status"]],
        ratio=targets["ratio"] * 100,
        promised_who=_name_sources(model, targets["promised_source"]),
        promised_url=find_addresses(model, targets["promised_source"]),
        came_who=_name_sources(model, targets["came_source"]),
        came_url=find_addresses(model, targets["came_source"]),
        report=[write_report_link(model, outcome_id) for outcome_id in targets["outcome_id"]],
    )
    st.dataframe(
        shown[_LIST_COLUMNS],
        hide_index=True,
        height=420,
        placeholder="",
        key="target_list",
        column_config={
            "speaker": st.column_config.TextColumn("Who", pinned=True, width=160),
            "speaker_kind": "Kind",
            "what": st.column_config.TextColumn("What", width=150),
            "target": st.column_config.NumberColumn("Target", format="%,.0f"),
            "unit": "Unit",
            "due": "Due",
            "said_on": "Said on",
            "outcome": "What became of it",
            "came": st.column_config.NumberColumn("Came", format="%,.0f"),
            "came_status": "That figure is",
            "came_on": "Came, or last word",
            "ratio": st.column_config.NumberColumn("Share", format="%.0f %%"),
            "months_late": st.column_config.NumberColumn("Late by at least, months", format="%d"),
            "promised_who": "Target reported by",
            "promised_url": st.column_config.LinkColumn("Source", display_text="open"),
            "came_who": "Outcome reported by",
            "came_url": st.column_config.LinkColumn("Source ", display_text="open"),
            "note": st.column_config.TextColumn("How it was read", width="large"),
            "report": st.column_config.LinkColumn("Wrong?", display_text="report an error"),
        },
    )
