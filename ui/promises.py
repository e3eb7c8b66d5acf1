"""Promise and delivery: every slip with both sources, by group, and how long the steps of a line take."""

from __future__ import annotations

import streamlit as st

from ramp155 import Records, evidence_charts, evidence_words, promises, screens
from ramp155.records import ORIGINS, PRODUCTS
from ui import cite, figure, state


def show(records: Records) -> None:
    """The distribution of slips, the groups behind it, the steps, and the list."""
    dated = promises.dated(records)
    found = promises.spread(dated["slip_months"])
    st.markdown(f"## {cite.sentence(evidence_words.slips(found))}")
    if dated.empty:
        st.info(
            "Promises show here once a milestone is promised for two dates, or promised and delivered."
        )
        return
    left, right = st.columns([1.55, 1], gap="large")
    with left:
        figure.show(
            records,
            screens.build(records, "slips", state.view()),
            "slips",
            "**Every milestone with two dates**, by how far it moved",
        )
        st.caption(cite.sentence(evidence_words.slips_range(records)))
    with right:
        group = st.segmented_control(
            "Slips by",
            promises.GROUPS,
            format_func=lambda name: f"by {name}",
            key="group",
            required=True,
            label_visibility="collapsed",
        )
        names = {
            "product": PRODUCTS,
            "origin": ORIGINS,
            "country": dict(
                zip(records.countries["country"], records.countries["name"], strict=True)
            ),
        }[group]
        table = promises.by(records, group)
        figure.show(
            records,
            figure.of(
                records,
                f"slips_by_{group}",
                f"Slips by {group}: median and P90 in months",
                evidence_charts.groups_chart(table.head(10), group, names, 255),
                "Milestones of single lines with two dates.",
                dated["end_source"],
            ),
            f"slips_by_{group}",
        )
        st.caption(
            f"In brackets: how many milestones; groups under {promises.FEWEST} are faint. Hover for ranges. "
            "A P90 of few milestones is little more than its largest."
        )
    st.markdown(cite.sentence(evidence_words.feeds(records)))
    for column, step in zip(st.columns(2, gap="large"), promises.STEPS, strict=True):
        with column:
            _step(records, step)
    _list(records)


def _step(records: Records, step: str) -> None:
    table = promises.durations(records, step)
    told = evidence_words.step(records, step)
    if table.empty:
        st.markdown(cite.sentence(told))
        return
    counted = (
        "Share of lines not there yet, by months since the step began (Kaplan-Meier, 90 % range)."
    )
    spec = evidence_charts.survival_chart(promises.survival(table), 190)
    figure.show(
        records,
        figure.of(records, f"survival_{step}", told, spec, counted),
        f"survival_{step}",
        cite.sentence(told),
    )
    st.caption(
        "Share of lines not there yet, by months since the step began (Kaplan-Meier, 90 % range): a line that is "
        "still at it counts for as long as it has been."
    )
    lines = "\n".join(
        f"- {cite.escape(records.full_lines.loc[row.line_id, 'name'])}: {row.start} to "
        f"{row.end or 'not reported'}, {row.months} months ({_both(records, row.start_event, row.end_event)})"
        for row in table.sort_values("months", ascending=False).itertuples()
    )
    cite.says_who("Which lines, and says who", lines, f"step_{step}")


def _both(records: Records, first: str, last: str) -> str:
    source = dict(zip(records.events["event_id"], records.events["source_id"], strict=True))
    return ", ".join(cite.source(records, source[event]) for event in (first, last) if event)


def _list(records: Records) -> None:
    found = promises.followed(records)
    slipped = int(found["slip_months"].notna().sum())
    st.markdown(
        f"**All {len(found)} milestones promised more than once or delivered**, {slipped} of them with two dates and both "
        "sources; the others were delivered without a dated promise on record, or promised twice by reports whose order is unsure"
    )
    sources = records.source_of
    shown = found.assign(
        product=found["product"].map(PRODUCTS),
        milestone=found["milestone"].str.replace("_", " "),
        first_url=[sources[s]["url"] or None if s else None for s in found["first_source"]],
        end_url=[sources[s]["url"] or None for s in found["end_source"]],
        first_who=[cite.publisher(records, s) if s else "" for s in found["first_source"]],
        end_who=[cite.publisher(records, s) for s in found["end_source"]],
        dossier=[
            f"map?site={site}" for site in found["line_id"].map(records.full_lines["site_id"])
        ],
        report=[cite.report_link(records, event) for event in found["end_event"]],
    )
    st.dataframe(
        shown[
            [
                "name",
                "product",
                "country",
                "milestone",
                "first_promise",
                "latest_promise",
                "delivered",
                "slip_months",
                "first_who",
                "first_said",
                "first_url",
                "end_who",
                "end_said",
                "end_url",
                "dossier",
                "report",
            ]
        ],
        hide_index=True,
        height=420,
        placeholder="",
        key="slip_list",
        column_config={
            "name": st.column_config.TextColumn("Line", pinned=True, width="medium"),
            "product": "Product",
            "country": "Country",
            "milestone": "Milestone",
            "first_promise": "First promised for",
            "latest_promise": "Latest promise",
            "delivered": "Delivered",
            "slip_months": st.column_config.NumberColumn("Slip, months", format="%+d"),
            "first_who": "First said by",
            "first_said": "on",
            "first_url": st.column_config.LinkColumn("Source", display_text="open"),
            "end_who": "Last said by",
            "end_said": "on ",
            "end_url": st.column_config.LinkColumn("Source ", display_text="open"),
            "dossier": st.column_config.LinkColumn("All reports", display_text="dossier"),
            "report": st.column_config.LinkColumn("Wrong?", display_text="report an error"),
        },
    )
