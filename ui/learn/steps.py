"""One step of a lesson: where one is, its words, what it asks, and the way on; and what stands at the end."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ramp155.answers.lessons import answer_question
from ramp155.files.lesson.lesson import STEP_KINDS, Lesson, Step
from ramp155.model.model import Model
from ramp155.text.lessons.answers import write_answer
from ramp155.text.signs import HOLDS
from ui.learn.check import read_check, show_check
from ui.learn.course import find_given, finish_step, forget_lesson, list_done, open_step
from ui.learn.guess import say_missed, show_guess
from ui.learn.move import show_move
from ui.learn.pictures import show_step_picture
from ui.markup import escape_markdown, escape_sentence

_PAGE_NAMES = {
    "overview": "Overview",
    "map": "the Map",
    "ramp_up": "Ramp-up",
    "plant": "the plant's page",
    "what_if": "What-if",
    "gap": "Gap",
    "evidence": "Evidence",
    "briefing": "Briefing",
    "glossary": "the Glossary",
    "learn": "all lessons",
}


def show_step(model: Model, lesson: Lesson, number: int) -> None:
    """The step of a lesson."""
    step = lesson.steps[number - 1]
    _show_place(lesson, number)
    words_column, task_column = st.columns([1, 1.7], gap="large")
    with words_column:
        kind = STEP_KINDS[step.kind].lower()
        st.caption(f"Step {number} of {len(lesson.steps)}: {kind}")
        st.markdown(f"## {escape_markdown(step.title)}")
        for paragraph in step.text.split("\n\n"):
            st.markdown(escape_sentence(paragraph))
        if step.page:
            _show_way(step.page)
    with task_column:
        _TASKS[step.kind](model, lesson, number)
    _show_ways_on(lesson, number)


def show_end(model: Model, lesson: Lesson) -> None:
    """What was guessed and answered, with what it is; and the way to the other lessons."""
    _show_place(lesson, len(lesson.steps) + 1)
    done_count = len(list_done(lesson.key))
    left = len(lesson.steps) - done_count
    st.markdown(
        f"## {escape_markdown(lesson.title)}: "
        + ("done" if left <= 0 else f"{left} of {len(lesson.steps)} steps left")
    )
    st.markdown(escape_markdown(lesson.about))
    end_lines = [
        _write_end_line(model, lesson, number)
        for number, step in enumerate(lesson.steps, 1)
        if step.question
    ]
    st.markdown("\n".join(f"- {line}" for line in end_lines))
    with st.container(horizontal=True, gap="small"):
        st.button(
            "All lessons", key="all_lessons", type="primary", on_click=open_step, args=("", 1)
        )
        st.button(
            "Start over",
            key="start_over",
            on_click=_start_over,
            args=(lesson.key,),
        )


def _start_over(lesson_key: str) -> None:
    forget_lesson(lesson_key)
    open_step(lesson_key, 1)


def _write_end_line(model: Model, lesson: Lesson, number: int) -> str:
    """One question at the end: what was said, and what it is."""
    step = lesson.steps[number - 1]
    title = f"**{escape_markdown(step.title)}**  \n  "
    if step.question is None or not find_given(lesson.key, number):
        return f"{title}Not answered yet."
    answer = answer_question(model, step.question)
    if step.kind == "predict":
        return title + escape_sentence(say_missed(model, lesson, number))
    verdict = "Right: " if read_check(model, lesson, number) else "It is "
    return f"{title}{verdict}{escape_sentence(write_answer(model, step.question, answer))}."


def _show_place(lesson: Lesson, number: int) -> None:
    """The way back to the list, which lesson it is, and every step as a button."""
    done_steps = list_done(lesson.key)
    with st.container(
        horizontal=True, gap="small", vertical_alignment="center", key="lesson_place"
    ):
        st.button(
            "← All lessons", key="to_lessons", type="tertiary", on_click=open_step, args=("", 1)
        )
        st.markdown(f"**{escape_markdown(lesson.title)}**", width="content")
        for place, step in enumerate(lesson.steps, 1):
            mark = f"{HOLDS.glyph} " if place in done_steps else ""
            st.button(
                f"{mark}{place}",
                key=f"to_step_{place}",
                type="primary" if place == number else "secondary",
                on_click=open_step,
                args=(lesson.key, place),
                help=f"{STEP_KINDS[step.kind]}: {escape_markdown(step.title)}",
            )


def _show_way(page: str) -> None:
    """The way to a page of the product; one's place in the lesson is kept."""
    name, _, query = page.partition("?")
    query_values = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
    with st.container(key="lesson_way"):
        st.page_link(
            f"../pages/{name}.py", label=f"Open {_PAGE_NAMES[name]}", query_params=query_values
        )


def _show_ways_on(lesson: Lesson, number: int) -> None:
    """One step back, and one on: what is read is done with it."""
    step = lesson.steps[number - 1]
    is_done = number in list_done(lesson.key)
    is_ready = is_done or step.kind == "read"
    with st.container(horizontal=True, gap="small", key="lesson_ways"):
        if number > 1:
            st.button("← Back", key="step_back", on_click=open_step, args=(lesson.key, number - 1))
        st.button(
            ("On →" if number < len(lesson.steps) else "Finish") if is_ready else "Skip this step",
            key="step_on",
            type="primary" if is_ready else "secondary",
            on_click=finish_step if is_ready else open_step,
            args=(lesson.key, number if is_ready else number + 1),
        )


def _show_reading(model: Model, lesson: Lesson, number: int) -> None:
    step: Step = lesson.steps[number - 1]
    if step.picture:
        show_step_picture(model, step.picture, step.view)


_TASKS: dict[str, Callable[[Model, Lesson, int], None]] = {
    "read": _show_reading,
    "predict": show_guess,
    "move": show_move,
    "check": show_check,
}
