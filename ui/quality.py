"""Data quality: what the record lacks, what breaks its own checks, and what would change our mind."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155 import Records, audit, evidence_words, outlook, screens, timeline
from ramp155.figures import month_name
from ui import cite, figure, state


def show(records: Records) -> None:
    """Tiles, silence, what would change our mind, and every open finding of the checks."""
    status = timeline.status(records)
    st.markdown(f"## {cite.sentence(evidence_words.quality(records, status))}")
    reported = status[status["status"] != "not yet reported"]
    months = evidence_words.silent_months(records, reported)
    for column, (label, value, says) in zip(
        st.columns(5), _tiles(records, reported, months), strict=True
    ):
        column.metric(label, value, help=says)
    left, right = st.columns([1, 1.9], gap="large")
    with left:
        picture = screens.build(records, "silence", state.view())
        figure.show(records, picture, "silence", "**Last report of each line**")
        st.caption(f"Counted to the record's end, {records.end:%d %B %Y}.")
    with right:
        st.markdown("**What would change our mind**")
        month = st.session_state["month"]
        st.markdown(
            "\n".join(
                f"- {cite.sentence(s)}" for s in evidence_words.open_questions(records, reported)
            )
        )
        with st.expander("Figures nobody publishes, and what each would settle", expanded=True):
            st.markdown(
                "\n".join(
                    f"- {cite.sentence(s)}" for s in evidence_words.change_our_mind(records, month)
                )
            )
            now = outlook.baseline(records)[outlook.MONTHS.index(month)] * 12
            st.caption(f"The middle case is {now:,.0f} rounds a year in {month_name(month)}.")
    _findings(records)


def _tiles(
    records: Records, reported: pd.DataFrame, months: pd.Series
) -> list[tuple[str, str, str]]:
    flags = reported["flags"]
    count = len(reported)
    of = lambda name: f"{sum(name in f for f in flags)} of {count}"  # noqa: E731
    weak = records.events["confidence"].eq("C").mean()
    return [
        ("Without a rate", of("capacity not reported"), timeline.FLAGS["capacity not reported"]),
        ("Overdue, no word", of("unconfirmed"), timeline.FLAGS["unconfirmed"]),
        ("Silent for two years", of("no recent news"), timeline.FLAGS["no recent news"]),
        ("Median age of last report", f"{months.median():.0f} months", "To the record's end."),
        ("Events of confidence C", f"{weak:.0%}".replace("%", " %"), "Indirect or contested."),
    ]


def _findings(records: Records) -> None:
    found = audit.run(records)
    table = pd.DataFrame([vars(f) for f in found])
    counts = table["severity"].value_counts() if len(table) else {}
    st.markdown(
        f"**Checks of the record**: {counts.get('fault', 0)} faults, {counts.get('waived', 0)} waived with a reason, "
        f"{counts.get('warning', 0)} warnings. They run on every change."
    )
    if table.empty:
        return
    st.dataframe(
        table.assign(report=[cite.report_link(records, item) for item in table["id"]])[
            ["severity", "rule", "id", "message", "report"]
        ],
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
