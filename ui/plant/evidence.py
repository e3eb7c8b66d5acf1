"""Every report of a plant in order of time, newest first: when it was said, what it is about, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ramp155.history.events import find_promise_key
from ramp155.history.milestones import Milestone, list_line_milestones
from ramp155.model.model import Model
from ramp155.record.grades import name_weakness
from ramp155.record.records import Records
from ramp155.record.rows import Event
from ramp155.record.schema.vocabulary import CONFIDENCE, EVENTS, SCOPES
from ramp155.text.evidence.promises import PROMISED_STEPS, say_slip
from ramp155.text.numbers import count_words
from ramp155.text.plant.promises import say_rate
from ramp155.text.plant.standing import name_line
from ui.markup import escape_markdown
from ui.plant.lines import LineStatus
from ui.widgets.citations.sources import link_report, link_source

_SHOWN = 10  # reports that stand open; the older ones are folded
_HEAD = "| Said | About | Report | Who says so |\n| --- | --- | --- | --- |\n"


def show_evidence(known_model: Model, line_statuses: Sequence[LineStatus]) -> None:
    """A table of all reports of the plant's lines."""
    record = known_model.record
    line_ids = [line_status["line_id"] for line_status in line_statuses]
    reports = [event for line_id in line_ids for event in record.events_of[line_id]]
    newest_first = sorted(reports, key=lambda event: event.reported_on, reverse=True)
    if not newest_first:
        st.info("Nothing was reported of this plant by this date. Choose a later one.")
        return
    moved_promises = {line_id: _find_moved_promises(record, line_id) for line_id in line_ids}
    table_lines = [
        _write_row(known_model, event, moved_promises[event.line_id], is_named=len(line_ids) > 1)
        for event in newest_first
    ]
    grades = "; ".join(
        f"{grade}: {words[0].lower()}{words[1:]}" for grade, words in CONFIDENCE.items()
    )
    with st.container(key="plant_reports"):
        st.markdown(f"#### {count_words(len(table_lines), 'report')}, the last said first")
        st.markdown(_HEAD + "\n".join(table_lines[:_SHOWN]))
        if table_lines[_SHOWN:]:
            with st.expander(f"{count_words(len(table_lines) - _SHOWN, 'older report')}"):
                st.markdown(_HEAD + "\n".join(table_lines[_SHOWN:]))
        st.caption(f"Confidence {grades}.")


def _find_moved_promises(record: Records, line_id: str) -> dict[str, Milestone]:
    """Promise -> its milestone, for promises of a line."""
    milestones = list_line_milestones(line_id, record.events_of[line_id], record.end)
    return {milestone.promise: milestone for milestone in milestones}


def _write_row(
    known_model: Model, event: Event, milestones: dict[str, Milestone], is_named: bool
) -> str:
    """A report as a row of a Markdown table."""
    record = known_model.record
    source = record.source(event.source_id)
    origin = [
        link_source(known_model, event.source_id),
        f"{source.class_}, confidence {event.confidence}",
        link_report(known_model, event.event_id),
    ]
    weakness = name_weakness(record, event.source_id)
    if weakness:
        origin.insert(2, weakness)
    line_name = f"*{escape_markdown(name_line(record.line(event.line_id)))}.* " if is_named else ""
    cells = (
        event.reported_on or "undated",
        event.date or "no date",
        f"{line_name}{_say_event(event, milestones)}. {escape_markdown(event.basis)}",
        " · ".join(origin),
    )
    return f"| {' | '.join(cells)} |"


def _say_event(event: Event, milestones: dict[str, Milestone]) -> str:
    """What happened or was promised; a promise that a later word replaced is struck through, with the slip."""
    words = _name_event(event)
    if event.rate is not None:
        verb = "reached" if event.rate_status == "done" else "promised"
        words += f": {say_rate(event)} {verb}"
    if event.scope != "site":
        words += f" ({SCOPES[event.scope].lower()}, not added up)"
    milestone = milestones.get(find_promise_key(event))
    if event.status != "planned" or milestone is None or not event.date:
        return f"**{words}**"
    is_replaced = (
        milestone.latest_event != event.event_id and milestone.latest_promise != event.date
    )
    slip = ""
    if is_replaced and milestone.first_event == event.event_id and milestone.has_slip:
        slip = f" **{say_slip(milestone.slip_low, milestone.slip_high)}**"
    return f"~~{words}~~{slip}" if is_replaced else f"**{words}**"


def _name_event(event: Event) -> str:
    """What happened, or what is to come."""
    if event.event == "rate":
        return "Rate"
    if event.status == "done":
        return EVENTS[event.event]
    if event.event in PROMISED_STEPS:
        return f"{PROMISED_STEPS[event.event]} promised"
    return f"{EVENTS[event.event]}, as a plan"
