"""The list of lessons: what each is about, how long it takes and how far one is; what teachers print, and a file of their own."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ramp155.files.lesson.lesson import Lesson, LessonError
from ramp155.files.lesson.lesson_file import read_lesson, read_lesson_text, try_lesson
from ramp155.files.lesson.teacher_sheet import write_group_guide, write_teacher_sheet
from ramp155.model.model import Model
from ramp155.text.numbers import count_words
from ui.learn.course import forget_lesson, list_done, open_step
from ui.link import keys
from ui.markup import escape_markdown
from ui.widgets.share.screen_link import write_address

_MOST_LESSON_BYTES = 200_000


def show_contents(model: Model, lessons: Mapping[str, Lesson], is_missing: bool) -> None:
    """Every lesson as a card; `is_missing`: the link names one that is not here."""
    st.markdown("## Learn by guessing first, then looking")
    st.markdown(
        "Guess, draw or move something, then see what the record and the model say, and why. "
        "How far you are stays in the link: keep it to come back."
    )
    if is_missing:
        st.info("The link leads to a lesson from a file. Open that file below to go on.")
    with st.container(key="lessons"):  # a grid (ui/app.css)
        for lesson in lessons.values():
            _show_card(lesson)
    st.markdown("#### For teachers: sheets to print, and lessons of your own")
    _show_own_lesson(model, lessons)


def _show_card(lesson: Lesson) -> None:
    done_steps = {step for step in list_done(lesson.key) if step <= len(lesson.steps)}
    next_step = next(
        (step for step in range(1, len(lesson.steps) + 1) if step not in done_steps), 1
    )
    is_over = len(done_steps) == len(lesson.steps)
    with st.container(border=True, key=f"lesson_{lesson.key}", gap="small"):
        st.markdown(f"#### {escape_markdown(lesson.title)}")
        st.markdown(escape_markdown(lesson.about))
        length = (
            f"{count_words(lesson.minutes, 'minute')}, {count_words(len(lesson.steps), 'step')}"
        )
        progress = f"; {len(done_steps)} of {len(lesson.steps)} done" if done_steps else ""
        st.caption(f"{length}{progress}")
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Look again" if is_over else "Go on" if done_steps else "Begin",
                key=f"begin_{lesson.key}",
                type="secondary" if is_over else "primary",
                on_click=open_step,
                args=(lesson.key, next_step),
            )
            if done_steps:
                st.button(
                    "Start over",
                    key=f"forget_{lesson.key}",
                    type="tertiary",
                    on_click=forget_lesson,
                    args=(lesson.key,),
                )


def _show_own_lesson(model: Model, lessons: Mapping[str, Lesson]) -> None:
    """Sheets to print, the files that ship as a pattern, and a teacher's own file, open for this session."""
    print_column, file_column = st.columns(2, gap="large")
    with print_column:
        key = st.selectbox(
            "Lesson", list(lessons), format_func=lambda key: lessons[key].title, key=keys.TAKEN
        )
        address = write_address(model).partition("?")[0]
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                "Exercises and answers (PDF)",
                lambda: write_teacher_sheet(model, lessons[key], address),
                f"ramp155-lesson-{key}.pdf",
                "application/pdf",
                key="lesson_sheet",
                on_click="ignore",
            )
            st.download_button(
                "Lesson file (TOML)",
                lambda: (
                    st.session_state[keys.OWN_LESSON] if key == "own" else read_lesson_text(key)
                ),
                f"ramp155-lesson-{key}.toml",
                "application/toml",
                key="lesson_file",
                on_click="ignore",
                help="Change it in any editor, then open it here",
            )
        st.download_button(
            "Guide to group predictions (PDF)",
            lambda: write_group_guide(model, lessons.values(), address),
            "ramp155-group-predictions.pdf",
            "application/pdf",
            key="lesson_guide",
            on_click="ignore",
            help="Hands up, then reveal: every question that can be guessed",
        )
    with file_column:
        st.file_uploader(
            "Open a lesson file of your own",
            type=["toml"],
            key=keys.LESSON_UPLOAD,
            on_change=_open_lesson,
            args=(model,),
            help="It stays in this session. Answers are never written into it: the page works them out.",
        )
        if "own" in lessons:
            st.button("Close the file", key="close_lesson", on_click=_close_lesson)
        fault_text = st.session_state.get(keys.LESSON_FAULT)
        if fault_text:
            st.error(
                f"The file was not opened, so nothing has changed. {escape_markdown(fault_text, 300)}"
            )


def _close_lesson() -> None:
    st.session_state[keys.OWN_LESSON] = None
    forget_lesson("own")


def _open_lesson(model: Model) -> None:
    """Take an uploaded lesson if it can be read; else say why and keep what there was."""
    file = st.session_state[keys.LESSON_UPLOAD]
    st.session_state[keys.LESSON_FAULT] = None
    if file is None:
        return
    try:
        content = file.getvalue()
        if len(content) > _MOST_LESSON_BYTES:
            raise LessonError("A lesson file has at most 200 kB.")
        lesson_text = content.decode("utf-8")
        try_lesson(model, read_lesson(model.record, lesson_text))
    except UnicodeDecodeError:
        st.session_state[keys.LESSON_FAULT] = "It is not a text in UTF-8."
    except LessonError as error:
        st.session_state[keys.LESSON_FAULT] = str(error)
    else:
        forget_lesson("own")
        st.session_state[keys.OWN_LESSON] = lesson_text
