"""A step that predicts: a curve is drawn or a number guessed before anything is shown; then the answer stands over it.

Where Streamlit's own widgets are asked for, a curve is set by sliders at four of its points.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import streamlit as st

from ramp155.answers.lessons import Answer, Question, answer_question
from ramp155.files.assets import join_scripts, read_asset
from ramp155.files.lesson.lesson import Lesson
from ramp155.model.model import Model
from ramp155.pictures.palette import THEMES
from ramp155.text.lessons.answers import describe_guess, say_guess
from ramp155.text.lessons.misses import write_curve_miss, write_guess_miss
from ramp155.text.lessons.reasons import write_reason
from ui.learn.course import find_given, forget_given, keep_given
from ui.learn.pictures import show_step_picture
from ui.learn.tables import ask_tables, show_nearest
from ui.markup import escape_sentence

_PLAIN_PERCENTS = (0, 50, 150, 200)  # where the plain sliders of a curve stand; 100 % is known
_COLOURS = {
    "guess": "own",
    "ours": "europe",
    "quiet": "quiet",
    "grid": "grid",
    "known": "nameplate",
}
_guess_component = st.components.v2.component(
    "ramp155_guess",
    html=read_asset("guess.html"),
    css=read_asset("guess.css"),
    js=join_scripts("guess.js"),
)


def show_guess(model: Model, lesson: Lesson, number: int) -> None:
    """What is to be guessed; once it is, the answer over it, how far off, and why."""
    step = lesson.steps[number - 1]
    if step.question is None:
        return
    answer = answer_question(model, step.question)
    numbers = _read_numbers(lesson, number, answer)
    if numbers is None and st.session_state["plain"]:
        _ask_plainly(lesson, number, step.question, answer)
        return
    tables: list[float] = []
    sheet = st.container()
    if answer.kind != "curve":
        tables = ask_tables(f"tables_{lesson.key}_{number}", answer)
    with sheet:
        _show_sheet(lesson, number, step.question, answer, numbers, tables)
        if numbers is not None:
            _show_verdict(model, lesson, number, answer, numbers, tables)
    if numbers is not None and step.picture:
        show_step_picture(model, step.picture, step.view)


def _show_verdict(
    model: Model,
    lesson: Lesson,
    number: int,
    answer: Answer,
    numbers: Sequence[float],
    tables: list[float],
) -> None:
    """How far off the guess was, and why it is so."""
    step = lesson.steps[number - 1]
    if step.question is None:
        return
    verdict, colon, reason = _say_miss(step.question, answer, numbers).partition(":")
    st.markdown(f"**{escape_sentence(verdict)}**{colon}{escape_sentence(reason)}")
    show_nearest(step.question, answer, tables)
    st.markdown(escape_sentence(write_reason(model, step.question, answer)))
    st.button(
        "Guess again",
        key="guess_again",
        type="tertiary",
        on_click=forget_given,
        args=(lesson.key, number),
    )


def say_missed(model: Model, lesson: Lesson, number: int) -> str:
    """How far off the guess at a step was, for the lesson's end."""
    question = lesson.steps[number - 1].question
    if question is None:
        return ""
    answer = answer_question(model, question)
    numbers = _read_numbers(lesson, number, answer)
    return "" if numbers is None else _say_miss(question, answer, numbers)


def _say_miss(question: Question, answer: Answer, numbers: Sequence[float]) -> str:
    if answer.kind == "curve":
        return write_curve_miss(answer, numbers)
    return write_guess_miss(question, answer, numbers[0])


def _read_numbers(lesson: Lesson, number: int, answer: Answer) -> list[float] | None:
    """What was guessed in the answer's unit; None where nothing was, or nothing that fits the answer."""
    texts = find_given(lesson.key, number).split(".")
    if not all(text.isdecimal() for text in texts):
        return None
    return _scale_steps(answer, list(map(int, texts)))


def _scale_steps(answer: Answer, steps: object) -> list[float] | None:
    """Whole steps of the scale as numbers in the answer's unit; None for anything else, for a browser is not to be trusted."""
    count = len(answer.percents) or 1
    last_step = round(answer.most / answer.step)
    if not isinstance(steps, list) or len(steps) != count:
        return None
    if not all(isinstance(step, int | float) and step == int(step) for step in steps):
        return None
    if not all(0 <= step <= last_step for step in steps):
        return None
    return [int(step) * answer.step for step in steps]


def _show_sheet(
    lesson: Lesson,
    number: int,
    question: Question,
    answer: Answer,
    numbers: Sequence[float] | None,
    tables: Sequence[float],
) -> None:
    """The component: empty to be drawn on, or with guess and answer."""
    key = f"guess_{lesson.key}_{number}"

    def take_guess() -> None:
        steps = st.session_state[key].get("guess")
        if _scale_steps(answer, steps) is not None:
            keep_given(lesson.key, number, ".".join(str(int(step)) for step in steps))

    colours = {
        name: f"light-dark({THEMES['light'][tone]}, {THEMES['dark'][tone]})"
        for name, tone in _COLOURS.items()
    }
    payload: dict[str, object] = {
        "kind": answer.kind,
        "most": answer.most,
        "step": answer.step,
        "percents": answer.percents,
        "given": None if numbers is None else list(numbers),
        "colours": colours,
        "tables": list(tables),
        **describe_guess(question, answer),
    }
    if answer.kind == "curve":
        full = answer.percents.index(100)
        payload["known"] = [full, answer.medians[full]]
    if numbers is not None:
        payload["answer"] = {
            "numbers": answer.medians or [answer.number],
            "lows": answer.lows or [_drop_unknown(answer.low)],
            "highs": answer.highs or [_drop_unknown(answer.high)],
        }
    _guess_component(key=key, data=json.dumps(payload), on_guess_change=take_guess)


def _drop_unknown(number: float) -> float | None:
    return number if np.isfinite(number) else None


def _ask_plainly(lesson: Lesson, number: int, question: Question, answer: Answer) -> None:
    """The same with Streamlit's own sliders."""
    words = describe_guess(question, answer)
    key = f"plain_{lesson.key}_{number}"
    places = _PLAIN_PERCENTS if answer.kind == "curve" else (0,)
    steps = {
        place: st.select_slider(
            f"At {place} % nitrocellulose" if answer.kind == "curve" else str(words["label"]),
            range(round(answer.most / answer.step) + 1),
            format_func=lambda step: say_guess(question, answer, step * answer.step),
            key=f"{key}_{place}",
        )
        for place in places
    }
    chosen_steps = [steps[0]]
    if answer.kind == "curve":
        full = answer.medians[answer.percents.index(100)] / answer.step
        anchors = dict(sorted({**steps, 100: full}.items()))
        chosen_steps = [
            round(s) for s in np.interp(answer.percents, list(anchors), list(anchors.values()))
        ]
    st.button(
        str(words["button"]),
        key="plain_reveal",
        type="primary",
        on_click=keep_given,
        args=(lesson.key, number, ".".join(map(str, chosen_steps))),
    )
