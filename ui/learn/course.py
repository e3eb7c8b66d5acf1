"""How far one is with lessons: the open step, steps that are done, and answers given, all in the link."""

from __future__ import annotations

import streamlit as st

from ui.link import keys


def open_step(lesson_key: str, number: int) -> None:
    """Open a step of a lesson, or with no lesson the list (a button's callback)."""
    st.session_state[keys.LESSON] = lesson_key
    st.session_state[keys.STEP] = number


def finish_step(lesson_key: str, number: int) -> None:
    """Mark a step as done and open the next (a button's callback)."""
    mark_done(lesson_key, number)
    open_step(lesson_key, number + 1)


def list_done(lesson_key: str) -> set[int]:
    """The steps of a lesson that are done."""
    texts = [text.split("~") for text in st.session_state[keys.DONE]]
    return {
        int(step) for lesson, steps in texts if lesson == lesson_key for step in steps.split(".")
    }


def mark_done(lesson_key: str, number: int) -> None:
    """Mark a step of a lesson as done."""
    steps = sorted(list_done(lesson_key) | {number})
    others = [text for text in st.session_state[keys.DONE] if not _is_of(text, lesson_key)]
    st.session_state[keys.DONE] = [*others, f"{lesson_key}~{'.'.join(map(str, steps))}"]


def find_given(lesson_key: str, number: int) -> str:
    """What was answered at a step; "" where nothing was."""
    lead = f"{lesson_key}~{number}~"
    texts = [text for text in st.session_state[keys.GIVEN] if text.startswith(lead)]
    return texts[-1].removeprefix(lead) if texts else ""


def keep_given(lesson_key: str, number: int, given: str, is_done: bool = True) -> None:
    """Keep an answer to a step, by default done with it (a button's callback)."""
    forget_given(lesson_key, number)
    st.session_state[keys.GIVEN] = [*st.session_state[keys.GIVEN], f"{lesson_key}~{number}~{given}"]
    if is_done:
        mark_done(lesson_key, number)


def forget_given(lesson_key: str, number: int) -> None:
    """Take an answer back, to give another (a button's callback)."""
    lead = f"{lesson_key}~{number}~"
    st.session_state[keys.GIVEN] = [
        text for text in st.session_state[keys.GIVEN] if not text.startswith(lead)
    ]


def forget_lesson(lesson_key: str) -> None:
    """Forget all that was done in a lesson (a button's callback)."""
    for key in (keys.DONE, keys.GIVEN):
        st.session_state[key] = [
            text for text in st.session_state[key] if not _is_of(text, lesson_key)
        ]


def _is_of(text: str, lesson_key: str) -> bool:
    return text.partition("~")[0] == lesson_key
