"""The page of lessons: the list, or the step of one that is open."""

from __future__ import annotations

import streamlit as st

from ramp155.files.lesson.lesson import LessonError
from ramp155.files.lesson.lesson_file import read_lesson, read_shipped_lessons
from ramp155.model.model import Model
from ui.learn.contents import show_contents
from ui.learn.steps import show_end, show_step
from ui.link import keys
from ui.markup import escape_markdown


def show_learn(model: Model) -> None:
    """The lesson of the link at its step, else the list."""
    try:
        lessons = dict(read_shipped_lessons(model.record))
    except LessonError as error:
        st.error(f"A file in `data/lessons/` cannot be read. {escape_markdown(str(error), 300)}")
        st.stop()
    lesson_text = st.session_state.get(keys.OWN_LESSON)
    if lesson_text:
        lessons["own"] = read_lesson(model.record, lesson_text)
    lesson = lessons.get(st.session_state[keys.LESSON])
    if lesson is None:
        show_contents(model, lessons, is_missing=bool(st.session_state[keys.LESSON]))
    elif st.session_state[keys.STEP] > len(lesson.steps):
        show_end(model, lesson)
    else:
        show_step(model, lesson, st.session_state[keys.STEP])
