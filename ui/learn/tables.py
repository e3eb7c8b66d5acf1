"""Numbers that the tables of a group say before the answer is shown: typed on the shared screen, kept for the session alone."""

from __future__ import annotations

import math
import re

import streamlit as st

from ramp155.answers.lessons import Answer, Question
from ramp155.text.lessons.answers import say_guess
from ramp155.text.numbers import count_words, join_words
from ui.markup import escape_sentence

MOST_TABLES = 20


def find_typed_unit(answer: Answer) -> tuple[float, str]:
    """What one typed unit is in the answer's own unit, and what it is called: shares in percent, rounds in thousands."""
    if answer.kind == "share":
        return 0.01, "in percent"
    return (1_000.0, "in thousand rounds") if answer.step >= 1_000 else (1.0, "")


def ask_tables(key: str, answer: Answer) -> list[float]:
    """A line for the tables' numbers; returns those that lie on the scale, in the answer's unit."""
    scale, unit = find_typed_unit(answer)
    with st.expander("Guess as a group", key=f"{key}_group"):
        typed = st.text_input(
            f"A number from each table, {unit or 'as it stands on the scale'}, parted by spaces",
            key=key,
            max_chars=200,
            placeholder="40 25 60",
        )
    texts = re.findall(r"\d+(?:\.\d+)?", typed)[:MOST_TABLES]
    numbers = [float(text) * scale for text in texts]
    return [number for number in numbers if math.isfinite(number) and number <= answer.most]


def show_nearest(question: Question, answer: Answer, numbers: list[float]) -> None:
    """Which tables came nearest, once the answer is shown."""
    if not numbers or math.isnan(answer.number):
        return
    misses = [abs(number - answer.number) for number in numbers]
    nearest = [place for place, miss in enumerate(misses) if miss <= min(misses) + 1e-9]
    tables = join_words(str(place + 1) for place in nearest)
    said = say_guess(question, answer, numbers[nearest[0]])
    noun = "table" if len(nearest) == 1 else "tables"
    of = count_words(len(numbers), "table")
    st.markdown(f"**Nearest of {of}**: {noun} {tables}, with {escape_sentence(said)}.")
