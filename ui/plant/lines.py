"""The lines of a plant: each with its promises, the rule that decides its status, and its ramp."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import streamlit as st

from ramp155.answers.plants.reading import read_line
from ramp155.history.standing.rules import STATUS_RULE_WORDS
from ramp155.history.status import STATUS_FLAGS
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.pictures.plants.ramps import list_undated_promises
from ramp155.pictures.ramp.rows import list_rows
from ramp155.record.records import Records
from ramp155.text.plant.promises import list_promise_sentences
from ramp155.text.plant.ramp import say_reading
from ramp155.text.plant.standing import name_line
from ramp155.text.plants import write_undated_promises
from ui.link.view import current_view
from ui.markup import escape_markdown, escape_sentence
from ui.widgets.citations.lists import cite_event
from ui.widgets.picture import show_picture

LineStatus = dict[str, Any]  # a row of `list_statuses`
_SAID_FLAGS = ("late", "unconfirmed", "one report", "capacity not reported", "no recent news")


def show_lines(model: Model, known: Records, line_statuses: Sequence[LineStatus]) -> None:
    """A block for each line, the most told first."""
    for place, line_status in enumerate(line_statuses):
        with st.container(key=f"plant_line_{place}"):
            _show_line(model, known, line_status)


def _show_line(model: Model, known: Records, line_status: LineStatus) -> None:
    line = known.line(line_status["line_id"])
    status = line_status["status"]
    heading = f"#### {STATUS_GLYPHS[status]} {escape_markdown(name_line(line))}: {status}"
    rows = list_rows(model.with_record(known), line.line_id, is_read=False)
    if rows.is_blank:
        st.markdown(heading)
        _show_words(model.with_record(known), line_status)
        st.caption("No rate and no step of this line has a date, so there is no chart of it.")
        return
    view = dataclasses.replace(current_view(), site=line.site_id, line=line.line_id)
    picture = build_picture(model, "ramp", view)
    _show_words(model.with_record(known), line_status, heading)
    show_picture(model, picture, f"ramp_{line.line_id}", "Promised, reported, and our reading")
    st.caption(
        escape_markdown(_write_chart_note(model, known, line.line_id, rows.unit, picture.key))
    )


def _show_words(known_model: Model, line_status: LineStatus, heading: str = "") -> None:
    """What was promised and came, beside the rule that decides and the marks on it."""
    if heading:
        st.markdown(heading)
    promise_column, rule_column = st.columns([1.15, 1], gap="medium")
    line = known_model.record.line(line_status["line_id"])
    note = f" {line.note.rstrip('.')}." if line.note else ""
    promise_column.caption(escape_markdown(f"{line.title.rstrip('.')}.{note}"))
    sentences = list_promise_sentences(known_model.record, line.line_id)
    promise_column.markdown("\n".join(f"- {escape_sentence(sentence)}" for sentence in sentences))
    rule_column.markdown(_write_rule(known_model, line_status))


def _write_rule(known_model: Model, line_status: LineStatus) -> str:
    """Which rule decided the status, the report it rests on, and the marks, each with its words."""
    rule = line_status["rule"]
    parts = []
    if rule in STATUS_RULE_WORDS:
        parts.append(f"**Rule “{rule}”**: {STATUS_RULE_WORDS[rule]}")
    record = known_model.record
    if line_status["evidence"]:
        evidence = cite_event(known_model, record.event(line_status["evidence"]))
        parts.append(f"Based on: {evidence}")
    if line_status["one_report"]:
        lone_report = cite_event(known_model, record.event(line_status["one_report"]))
        parts.append(f"**One report** says more, and is not believed alone: {lone_report}")
    if line_status["inferred"] and "inferred" not in line_status["flags"]:
        parts.append("**Inferred**: nothing dated was reported for two years.")
    parts += [
        f"**{flag.capitalize()}**: {STATUS_FLAGS[flag]}"
        for flag in line_status["flags"]
        if flag not in _SAID_FLAGS
    ]
    return "\n\n".join(parts)


def _write_chart_note(model: Model, known: Records, line_id: str, unit: str, sign_key: str) -> str:
    """What the signs mean, what was promised without a date, and our reading in figures."""
    known_model = model.with_record(known)
    undated = write_undated_promises(list_undated_promises(known_model, [line_id]))
    reading = read_line(model, line_id) if known == model.record and unit else None
    reading_words = say_reading(reading, unit) if reading else ""
    return " ".join(part for part in (sign_key, reading_words, undated) if part)
