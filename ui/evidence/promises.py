"""Promise and delivery: every slip with both sources, by group, and how long the steps of a line
take.
"""

from __future__ import annotations

import streamlit as st

from ramp155.history.durations import LINE_STEPS, estimate_survival, list_durations
from ramp155.history.slips import (
    FEWEST_FOR_RANGE,
    SLIP_GROUPS,
    group_slips,
    list_dated_milestones,
    list_followed_milestones,
    read_slips,
)
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.evidence.groups import draw_slip_groups
from ramp155.pictures.evidence.survival import draw_survival
from ramp155.pictures.view import View
from ramp155.record.grades import name_source
from ramp155.record.schema.vocabulary import ORIGINS, PRODUCTS
from ramp155.text.evidence.promises import (
    say_slip,
    write_late_lines,
    write_slips,
    write_slips_range,
    write_slips_use,
    write_step_duration,
)
from ramp155.text.explain.catalogue import explain
from ui.markup import escape_markdown, escape_sentence
from ui.widgets.citations.sources import (
    find_addresses,
    link_event_source,
    show_source_button,
    write_report_link,
)
from ui.widgets.explain.panel import show_explained
from ui.widgets.lookups import list_rows, name_countries, name_site
from ui.widgets.picture import build_page_picture, show_picture
from ui.widgets.signed import print_minus


def show_promises(model: Model) -> None:
    """The distribution of slips, the groups behind it, the steps, and the list."""
    dated_milestones = list_dated_milestones(model.record)
    finding = f"{write_late_lines(model.record)}; {write_slips(read_slips(dated_milestones))}"
    show_explained(
        model,
        f"## {escape_sentence(finding)}",
        "late",
        "late",
        lambda: explain("late", model, View()),
    )
    if dated_milestones.empty:
        st.info(
            "Promises show here once a milestone is promised for two dates, or promised and delivered."
        )
        return
    slips_column, group_column = st.columns([1.55, 1], gap="large")
    with slips_column:
        show_picture(
            model,
            build_picture(model, "slips", View()),
            "slips",
            "**Every milestone with two dates**, by the least it slipped",
        )
        st.caption(escape_sentence(write_slips_range(model.record)))
    with group_column:
        st.segmented_control(
            "Slips by",
            SLIP_GROUPS,
            format_func=lambda name: f"by {name}",
            key="group",
            required=True,
            label_visibility="collapsed",
        )
        group: str = st.session_state["group"]
        group_names = {
            "product": PRODUCTS,
            "origin": ORIGINS,
            "country": name_countries(model.record),
        }[group]
        group_rows = group_slips(model.record, group)
        show_picture(
            model,
            build_page_picture(
                model,
                f"slips_by_{group}",
                f"Slips by {group}, in months: median and one in ten",
                draw_slip_groups(group_rows.head(10), group, group_names, 255),
                "Milestones of single lines with two dates.",
                dated_milestones["end_source"],
            ),
            f"slips_by_{group}",
        )
        st.caption(
            f"In brackets: how many; groups under {FEWEST_FOR_RANGE} are faint. One in ten of a few is little more than the largest."
        )
    st.markdown(escape_sentence(write_slips_use(model.record)))
    for column, step_name in zip(st.columns(2, gap="large"), LINE_STEPS, strict=True):
        with column:
            _show_step(model, step_name)
    _show_slip_table(model)


def _show_step(model: Model, step_name: str) -> None:
    duration_rows = list_durations(model.record, step_name)
    finding = write_step_duration(model.record, step_name)
    if duration_rows.empty:
        st.markdown(escape_sentence(finding))
        return
    counting_note = (
        "Share of lines not there yet, by months since the step began (Kaplan-Meier, 90 % range)."
    )
    spec = draw_survival(estimate_survival(duration_rows), 190)
    show_picture(
        model,
        build_page_picture(model, f"survival_{step_name}", finding, spec, counting_note),
        f"survival_{step_name}",
        escape_sentence(finding),
    )
    st.caption("Share of lines not there yet (Kaplan-Meier, 90 % range).")
    line_list = "\n".join(
        f"- {escape_markdown(name_site(model.record, duration['line_id']))}: {duration['start']} to "
        f"{duration['end'] or 'not reported'}, {duration['months']} months ({_cite_both_reports(model, duration['start_event'], duration['end_event'])})"
        for duration in list_rows(duration_rows.sort_values("months", ascending=False))
    )
    show_source_button("Which lines", line_list, f"step_{step_name}")


def _cite_both_reports(model: Model, first_event: str, last_event: str) -> str:
    return ", ".join(
        link_event_source(model, event_id) for event_id in (first_event, last_event) if event_id
    )


def _show_slip_table(model: Model) -> None:
    followed_milestones = list_followed_milestones(model.record)
    slipped = int(followed_milestones["slip_low"].notna().sum())
    ranges = zip(followed_milestones["slip_low"], followed_milestones["slip_high"], strict=True)
    st.markdown(
        f"**All {len(followed_milestones)} milestones promised more than once or delivered**, {slipped} of them with two dates"
    )
    shown_rows = followed_milestones.assign(
        product=followed_milestones["product"].map(PRODUCTS),
        milestone=followed_milestones["milestone"].str.replace("_", " "),
        slip=[say_slip(low, high) if low == low else "" for low, high in ranges],
        first_url=find_addresses(model, followed_milestones["first_source"]),
        end_url=find_addresses(model, followed_milestones["end_source"]),
        first_who=[
            name_source(model.record, source_id) if source_id else ""
            for source_id in followed_milestones["first_source"]
        ],
        end_who=[
            name_source(model.record, source_id) for source_id in followed_milestones["end_source"]
        ],
        page=[
            f"plant?site={site_id}"
            for site_id in followed_milestones["line_id"].map(model.record.full_lines["site_id"])
        ],
        report=[
            write_report_link(model, event_id) for event_id in followed_milestones["end_event"]
        ],
    )
    columns = shown_rows[
        [
            "name",
            "product",
            "country",
            "milestone",
            "first_promise",
            "latest_promise",
            "delivered",
            "state",
            "slip",
            "strict_months",
            "first_who",
            "first_said",
            "first_url",
            "end_who",
            "end_said",
            "end_url",
            "page",
            "report",
        ]
    ]
    st.dataframe(
        print_minus(columns, {"strict_months": "+.0f"}),
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
            "state": "What became of it",
            "slip": "Slip, as the dates allow",
            "strict_months": st.column_config.NumberColumn("At least, months"),
            "first_who": "First said by",
            "first_said": "on",
            "first_url": st.column_config.LinkColumn("Source", display_text="open"),
            "end_who": "Last said by",
            "end_said": "on ",
            "end_url": st.column_config.LinkColumn("Source ", display_text="open"),
            "page": st.column_config.LinkColumn("Its page", display_text="open"),
            "report": st.column_config.LinkColumn("Wrong?", display_text="report an error"),
        },
    )
