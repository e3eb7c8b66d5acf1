"""What may be chosen, guessed and told in a lesson, in words: choices, numbers with their units, the words beside a guess."""

from __future__ import annotations

import math

from ramp155.answers.gap.comparison import CALIBRES
from ramp155.answers.lessons import Answer, Question
from ramp155.model.model import Model
from ramp155.text.numbers import count_words, join_words, say_percent, say_rounds, say_times
from ramp155.text.stages import name_stages

_COUNTING = {
    "155": "only 155 and 152 mm rounds, on both sides",
    "all": "rounds of all calibres, on both sides",
    "quoted": "as each source counts, so not alike",
}
_TIDE_WORDS = {
    "closing": "It is closing",
    "standing still": "It hardly moves",
    "widening": "It is widening",
}


def name_choices(model: Model, question: Question, answer: Answer) -> dict[str, str]:
    """What may be chosen -> what it is called on screen."""
    records = model.record
    tables = {
        "limiting stage": name_stages(records),
        "least used stage": name_stages(records),
        "country with most late lines": dict(
            zip(records.countries["country"], records.countries["name"], strict=True)
        ),
        "latest plant": dict(zip(records.sites["site_id"], records.sites["name"], strict=True)),
        "highest way of counting": {
            calibres: f"{label}: {_COUNTING[calibres]}" for calibres, label in CALIBRES.items()
        },
        "tide": _TIDE_WORDS,
    }
    names = tables.get(question.answer, {})
    return {key: names.get(key, key) for key in answer.choices}


def say_guess(question: Question, answer: Answer, number: float) -> str:
    """A number as its question tells it: 780,000 rounds, 62 %, 3.2 times, 12 lines.

    Parameters
    ----------
    question : Question
        What was asked.
    answer : Answer
        Its answer, for the unit.
    number : float
        In the answer's unit: rounds a year, share from 0 to 1, times, a count.
    """
    if math.isnan(number):
        return "not known"
    if answer.kind == "share":
        return say_percent(number)
    if question.answer in ("response", "output"):
        return f"{say_rounds(number)} rounds"
    if question.answer in ("ratio", "capacity over output"):
        return say_times(number)
    return count_words(number, "line")


def describe_guess(question: Question, answer: Answer) -> dict[str, str]:
    """The words that stand beside a guess while it is made: what is guessed, how numbers are told, what buttons say."""
    year = question.month[:4]
    labels = {
        "curve": f"Complete rounds in {year}, million",
        "share": "Your guess in percent",
    }
    named = {
        "output": f"Your guess: rounds in {year}",
        "opened lines": "Your guess: lines",
    }
    told = "rounds" if question.answer in ("response", "output") else "count"
    if answer.kind == "share":
        told = "share"
    elif question.answer in ("ratio", "capacity over output"):
        told = "times"
    return {
        "label": named.get(question.answer, labels.get(answer.kind, "Your guess: how many times")),
        "told": told,
        "across": "Nitrocellulose supply, % of what is now expected",
        "knownName": f"now expected: {say_guess(question, answer, answer.facts['full'])}"
        if answer.kind == "curve"
        else "",
        "button": "Show the answer",
        "hint": "Draw from left to right, up to the edge. Keys: ← → go along, ↑ ↓ draw."
        if answer.kind == "curve"
        else "Move the slider, then show the answer.",
        "ready": "Drawn. Change it if you like, then show the answer."
        if answer.kind == "curve"
        else "",
        "yours": "you",
        "ours": "our runs" if answer.kind == "curve" or answer.low == answer.low else "answer",
        "shade": "Shade: the likely range, in which 8 of 10 runs lie."
        if answer.kind == "curve" or answer.low == answer.low
        else "",
    }


def write_answer(model: Model, question: Question, answer: Answer) -> str:
    """The answer in a few words; of a choice with several that are right all of them."""
    if answer.kind == "choice":
        names = name_choices(model, question, answer)
        return join_words((names.get(key, key) for key in answer.right), "or")
    return say_guess(question, answer, answer.number)
