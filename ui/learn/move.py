"""A step that moves a lever: the lever, the picture that follows, and whether it was moved as asked."""

from __future__ import annotations

import streamlit as st

from ramp155.files.lesson.lesson import Lesson, Step
from ramp155.files.story.dial import build_dial, find_lever_position, set_lever
from ramp155.model.model import Model
from ui.learn.course import find_given, keep_given, mark_done
from ui.learn.pictures import show_step_picture


def show_move(model: Model, lesson: Lesson, number: int) -> None:
    """The lever over its picture."""
    step = lesson.steps[number - 1]
    if step.task is None:
        return
    lever = step.task.lever
    lever_dial = build_dial(model.record, lever)
    start = find_lever_position(model.record, step.view, lever)
    position = _read_position(model, lesson, number, start)
    widget_key = f"move_{lesson.key}_{number}"

    def keep_position() -> None:
        moved = int(st.session_state[widget_key])
        is_done = _is_reached(step, start, moved)
        keep_given(lesson.key, number, str(moved), is_done)

    st.select_slider(
        lever_dial.label,
        range(lever_dial.low, lever_dial.high + 1, lever_dial.step),
        value=position,
        format_func=lambda place: (
            lever_dial.words[place] if lever_dial.words else f"{place} {lever_dial.unit}".strip()
        ),
        key=widget_key,
        on_change=keep_position,
    )
    if _is_reached(step, start, position):
        mark_done(lesson.key, number)
        st.success("Moved. Look at what has changed.")
    elif position != start and step.task.to is not None:
        side = "up" if step.task.to > position else "down"
        st.info(f"On the way: move it {side} to {step.task.to_words}.")
    view = set_lever(model.record, step.view, lever, position)
    show_step_picture(model, step.picture, view)


def _read_position(model: Model, lesson: Lesson, number: int, start: int) -> int:
    """Where the lever was put, or stands; what a link says beyond its range is dropped."""
    step = lesson.steps[number - 1]
    given = find_given(lesson.key, number)
    if step.task is None or not given.isdecimal():
        return start
    lever_dial = build_dial(model.record, step.task.lever)
    positions = range(lever_dial.low, lever_dial.high + 1, lever_dial.step)
    return int(given) if int(given) in positions else start


def _is_reached(step: Step, start: int, position: int) -> bool:
    """Whether a lever stands where the step wants it, or beyond."""
    if step.task is None or step.task.to is None:
        return position != start
    return position >= step.task.to if step.task.to > start else position <= step.task.to
