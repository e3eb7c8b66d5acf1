"""A step that checks: a question answered by a choice or a number, judged by record and model at that moment."""

from __future__ import annotations

import math
import re

import streamlit as st

from ramp155.answers.lessons import Answer, answer_question
from ramp155.files.lesson.lesson import Lesson, Step
from ramp155.model.model import Model
from ramp155.text.lessons.answers import name_choices, say_guess, write_answer
from ramp155.text.lessons.reasons import write_reason
from ui.learn.course import find_given, forget_given, keep_given
from ui.learn.pictures import show_step_picture
from ui.learn.tables import find_typed_unit
from ui.markup import escape_markdown, escape_sentence

_MISSING = "answer_missing"  # whether the button was pressed without an answer
_MOST_BUTTONS = 12  # choices up to here stand side by side, more are looked up in a list


def show_check(model: Model, lesson: Lesson, number: int) -> None:
    """The question, or what was answered with the reason."""
    step = lesson.steps[number - 1]
    if step.question is None:
        return
    answer = answer_question(model, step.question)
    given = _read_given(lesson, number, answer)
    if given is None:
        _ask(model, lesson, number, step, answer)
        return
    said = escape_markdown(_say_given(model, step, answer, given))
    right = escape_markdown(write_answer(model, step.question, answer))
    if is_right(step, answer, given):
        st.success(f"Right. You said {said}.")
        if len(answer.right) > 1 or answer.kind != "choice":
            st.markdown(f"Right is: {right}.")
    else:
        st.info(f"Not this time. You said {said}; it is **{right}**.")
    st.markdown(escape_sentence(write_reason(model, step.question, answer)))
    st.button(
        "Answer again",
        key="answer_again",
        type="tertiary",
        on_click=forget_given,
        args=(lesson.key, number),
    )
    if step.picture:
        show_step_picture(model, step.picture, step.view)


def read_check(model: Model, lesson: Lesson, number: int) -> bool:
    """Whether the answer that was given to a step is right today."""
    step = lesson.steps[number - 1]
    if step.question is None:
        return False
    answer = answer_question(model, step.question)
    given = _read_given(lesson, number, answer)
    return given is not None and is_right(step, answer, given)


def is_right(step: Step, answer: Answer, given: str) -> bool:
    """Whether an answer is right: one of the right choices, or a number near enough."""
    if answer.kind == "choice":
        return given in answer.right
    within = step.within if answer.kind == "share" else step.within * abs(answer.number)
    return abs(float(given) - answer.number) <= max(within, answer.step / 2)


def _read_given(lesson: Lesson, number: int, answer: Answer) -> str | None:
    """What was answered, as the answer has it; None where nothing was, or nothing it knows."""
    text = find_given(lesson.key, number)
    if not text:
        return None
    if answer.kind == "choice":
        return next((choice for choice in answer.choices if _fold(choice) == text), None)
    try:
        return text if math.isfinite(float(text)) else None
    except ValueError:
        return None


def _fold(choice: str) -> str:
    """A choice as a link has it."""
    return re.sub(r"[^\w.-]", "_", choice)


def _say_given(model: Model, step: Step, answer: Answer, given: str) -> str:
    if step.question is None:
        return given
    if answer.kind == "choice":
        return name_choices(model, step.question, answer)[given]
    return say_guess(step.question, answer, float(given))


def _ask(model: Model, lesson: Lesson, number: int, step: Step, answer: Answer) -> None:
    key = f"check_{lesson.key}_{number}"
    if answer.kind == "choice":
        names = {} if step.question is None else name_choices(model, step.question, answer)
        say = names.__getitem__
        if len(names) <= _MOST_BUTTONS:
            choice = st.radio("Your answer", list(names), index=None, format_func=say, key=key)
        else:
            choice = st.selectbox("Your answer", list(names), index=None, format_func=say, key=key)
        text = None if choice is None else _fold(choice)
    else:
        text = _ask_number(key, answer)
    st.button(
        "Check",
        key="check_answer",
        type="primary",
        on_click=_take_answer,
        args=(lesson.key, number, text),
    )
    if st.session_state.pop(_MISSING, False):
        st.info("Give an answer first: a guess is as good as any.")


def _take_answer(lesson_key: str, number: int, text: str | None) -> None:
    """Keep an answer, or say that there is none yet (a button's callback)."""
    st.session_state[_MISSING] = text is None
    if text is not None:
        keep_given(lesson_key, number, text)


def _ask_number(key: str, answer: Answer) -> str | None:
    """A number in the answer's unit, as typed; shares in percent, rounds in thousands."""
    scale, unit = find_typed_unit(answer)
    typed = st.number_input(
        f"Your answer {unit}".strip(),
        min_value=0.0,
        max_value=answer.most * 10 / scale,
        value=None,
        step=max(answer.step / scale, 0.1),
        format="%.1f" if answer.step < 1 and answer.kind != "share" else "%.0f",
        key=key,
    )
    return None if typed is None else f"{typed * scale:.6g}"
