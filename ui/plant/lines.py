"""The lines of a plant: each with its promises, the rule that decides its status, and its ramp."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import streamlit as st

from ramp155.answers.plants.promised_rates import find_reached_rate
from ramp155.answers.plants.reading import read_line
from ramp155.history.standing.rules import STATUS_RULE_WORDS
from ramp155.history.status import STATUS_FLAGS
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.pictures.ramp.rates import list_undated_promises
from ramp155.pictures.ramp.rows import list_rows
from ramp155.record.records import Records
from ramp155.text.explain.catalogue import explain
from ramp155.text.plant.promises import list_rate_sentences, list_step_sentences
from ramp155.text.plant.ramp import say_reading
from ramp155.text.plant.standing import name_line
from ramp155.text.plants import write_undated_promises
from ramp155.text.signs import STATUS_WORDS
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
    """What was promised and came, the ramp, and under it the rule that decides."""
    line = known.line(line_status["line_id"])
    known_model = model.with_record(known)
    status = line_status["status"]
    st.markdown(
        f"#### {STATUS_GLYPHS[status]} {escape_markdown(name_line(line))}: {STATUS_WORDS[status]}"
    )
    line_note = f" {line.note.rstrip('.')}." if line.note and known == model.record else ""
    st.caption(escape_markdown(f"{line.title.rstrip('.')}.{line_note}"))
    step_column, rate_column = st.columns(2, gap="medium")
    step_column.markdown(_list_sentences(list_step_sentences(known, line.line_id)))
    rate_column.markdown(_list_sentences(list_rate_sentences(known, line.line_id)))
    ramp_rows = list_rows(known_model, line.line_id, is_read=False)
    if ramp_rows.is_blank:
        st.caption("No rate and no step of this line has a date, so there is no chart of it.")
    else:
        view = dataclasses.replace(current_view(), site=line.site_id, line=line.line_id)
        picture = build_picture(model, "ramp", view)
        label = "Promised, reported, and our reading"
        show_picture(
            model,
            picture,
            f"ramp_{line.line_id}",
            label,
            make_explanation=lambda: explain("ramp", model, view),
        )
        st.caption(escape_markdown(picture.key))
    note = _write_rate_note(model, known, line.line_id, ramp_rows.unit)
    if note:
        st.markdown(escape_markdown(note))
    _show_rule(known_model, line_status)


def _list_sentences(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {escape_sentence(sentence)}" for sentence in sentences)


def _show_rule(known_model: Model, line_status: LineStatus) -> None:
    """Which rule decided the status, the report it rests on, and beside them the marks."""
    rule_text = _write_rule(known_model, line_status)
    marks = _list_marks(known_model, line_status)
    rule_column, mark_column = st.columns(2, gap="medium")
    rule_column.markdown(rule_text)
    if marks:
        mark_column.markdown("\n\n".join(marks))


def _write_rule(known_model: Model, line_status: LineStatus) -> str:
    """Which rule decided the status, and the report it rests on."""
    rule = line_status["rule"]
    sentences = []
    if rule in STATUS_RULE_WORDS:
        sentences.append(f"**Rule “{rule}”**: {STATUS_RULE_WORDS[rule]}")
    if line_status["evidence"]:
        evidence = known_model.record.event(line_status["evidence"])
        sentences.append(f"Based on: {cite_event(known_model, evidence)}")
    return "  \n".join(sentences)


def _list_marks(known_model: Model, line_status: LineStatus) -> list[str]:
    """The marks on a status, each with its words and, where there is one, its report."""
    marks = []
    if line_status["one_report"]:
        lone_report = cite_event(known_model, known_model.record.event(line_status["one_report"]))
        marks.append(f"**One report** says more, and is not believed alone: {lone_report}")
    if line_status["inferred"] and "inferred" not in line_status["flags"]:
        marks.append("**Inferred**: nothing dated was reported for two years.")
    marks += [
        f"**{flag.capitalize()}**: {STATUS_FLAGS[flag]}"
        for flag in line_status["flags"]
        if flag not in _SAID_FLAGS
    ]
    return marks


def _write_rate_note(model: Model, known: Records, line_id: str, unit: str) -> str:
    """Our reading in figures, and what was promised without a date."""
    known_model = model.with_record(known)
    undated = write_undated_promises(list_undated_promises(known_model, [line_id]))
    reading = read_line(model, line_id) if known == model.record and unit else None
    reading_words = (
        say_reading(reading, unit, find_reached_rate(known, line_id) is not None) if reading else ""
    )
    return " ".join(sentence for sentence in (reading_words, undated) if sentence)
