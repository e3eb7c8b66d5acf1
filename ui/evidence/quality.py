"""Data quality: what the record lacks, what breaks its own checks, and what would change our mind."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from ramp155.answers.audit.checks import run_audit
from ramp155.answers.counts import count_lines
from ramp155.answers.output.medians import find_baseline_path
from ramp155.history.status import STATUS_FLAGS, count_silent_months, list_statuses
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.pictures.catalogue import build_picture
from ramp155.text.evidence.quality import (
    list_decisive_figures,
    list_open_questions,
    write_quality_title,
)
from ramp155.text.numbers import say_count, say_month, say_rounds
from ui.link.view import current_view
from ui.markup import escape_sentence
from ui.widgets.citations.sources import write_report_link
from ui.widgets.explain.panel import show_explain, show_explained
from ui.widgets.picture import show_picture


def show_quality(model: Model) -> None:
    """Tiles, silence, what would change our mind, and every open finding of the checks."""
    line_status = list_statuses(model.record)
    title = escape_sentence(write_quality_title(model.record, line_status))
    show_explained(model, f"## {title}", "without_rate", "without_rate")
    reported_lines = line_status[line_status["status"] != "not yet reported"]
    months_silent = count_silent_months(model.record, reported_lines)
    for column, (tile_label, tile_value, help_text) in zip(
        st.columns(5), _list_tiles(model, reported_lines, months_silent), strict=True
    ):
        column.metric(tile_label, tile_value, help=help_text)
    show_explain(model, "weak_events", "weak_events", label="Explain weak reports")
    silence_column, questions_column = st.columns([1, 1.9], gap="large")
    with silence_column:
        picture = build_picture(model, "silence", current_view())
        show_picture(model, picture, "silence", "**Last report of each line**")
        st.caption(f"Counted to the record's end, {model.record.end:%d %B %Y}.")
    with questions_column:
        st.markdown("**What would change our mind**")
        month = st.session_state["month"]
        st.markdown(
            "\n".join(
                f"- {escape_sentence(sentence)}"
                for sentence in list_open_questions(model.record, reported_lines)
            )
        )
        with st.expander("Figures nobody publishes, and what each would settle", expanded=True):
            st.markdown(
                "\n".join(
                    f"- {escape_sentence(sentence)}"
                    for sentence in list_decisive_figures(model, month)
                )
            )
            baseline_rounds = find_baseline_path(model)[MONTHS.index(month)] * 12
            st.caption(
                f"The median of our runs is {say_rounds(baseline_rounds)} rounds a year in {say_month(month)}."
            )
    _show_findings(model)


def _list_tiles(
    model: Model, reported_lines: pd.DataFrame, months_silent: pd.Series
) -> list[tuple[str, str, str]]:
    line_words = say_count(count_lines(model.record, lines=reported_lines))

    def count_flagged(flag: str) -> str:
        return (
            f"{count_lines(model.record, lines=reported_lines, flag=flag).number} of {line_words}"
        )

    weak_share = model.record.events["confidence"].eq("C").mean()
    return [
        (
            "Without a rate",
            count_flagged("capacity not reported"),
            STATUS_FLAGS["capacity not reported"],
        ),
        ("Overdue, no word", count_flagged("unconfirmed"), STATUS_FLAGS["unconfirmed"]),
        ("Silent for two years", count_flagged("no recent news"), STATUS_FLAGS["no recent news"]),
        (
            "Median age of last report",
            f"{months_silent.median():.0f} months",
            "To the record's end.",
        ),
        (
            "Events of confidence C",
            f"{weak_share:.0%}".replace("%", " %"),
            "Indirect or contested.",
        ),
    ]


def _show_findings(model: Model) -> None:
    findings = run_audit(model)
    finding_rows = pd.DataFrame([vars(finding) for finding in findings])
    counts = Counter(finding.severity for finding in findings)
    st.markdown(
        f"**Checks of the record**: {counts['fault']} faults, {counts['waived']} waived with a reason, "
        f"{counts['warning']} warnings. They run on every change."
    )
    if finding_rows.empty:
        return
    st.dataframe(
        finding_rows.assign(
            report=[write_report_link(model, row_id) for row_id in finding_rows["id"]]
        )[["severity", "rule", "id", "message", "report"]],
        hide_index=True,
        height=260,
        key="findings",
        column_config={
            "severity": "Severity",
            "rule": "Check",
            "id": "Row",
            "message": st.column_config.TextColumn("What", width="large"),
            "report": st.column_config.LinkColumn("Know better?", display_text="tell us"),
        },
    )
    st.caption(
        "A warning is a place to look, not an error: contested figures, one weak report behind a status, a figure that "
        "may be counted twice."
    )
