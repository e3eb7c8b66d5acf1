"""How far off a guess or a drawn curve was, in words and in its unit."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ramp155.answers.lessons import Answer, Question
from ramp155.text.lessons.answers import say_guess
from ramp155.text.numbers import count_words, say_rounds

_CLOSE, _NEAR, _FAR = (
    0.1,
    0.25,
    0.5,
)  # a miss as a share of the answer, or of what the curve has at 100 %
_CURVE_INSIDE = 0.8  # of the points of a curve that lie in the likely range


def write_guess_miss(question: Question, answer: Answer, guess: float) -> str:
    """How far off a guess was, in words and in its unit.

    Parameters
    ----------
    question : Question
        What was asked.
    answer : Answer
        Its answer.
    guess : float
        In the answer's unit.
    """
    if math.isnan(answer.number):
        return "The record gives no answer to this today, so no guess is wrong."
    miss = guess - answer.number
    said = say_guess(question, answer, answer.number)
    if say_guess(question, answer, guess) == said:
        return f"You have it: {said}."
    side = "high" if miss > 0 else "low"
    if answer.kind == "share":
        points = count_words(abs(_count_points(guess) - _count_points(answer.number)), "point")
        distance = f"{points} too {side}"
    elif question.answer in ("ratio", "capacity over output"):
        distance = f"{abs(round(guess, 1) - round(answer.number, 1)):.1f} too {side}"
    else:
        distance = f"{say_guess(question, answer, abs(miss))} too {side}"
    verdict = _judge_miss(answer, miss)
    return f"{verdict}: {distance}. You said {say_guess(question, answer, guess)}, it is {said}."


def _count_points(share: float) -> int:
    """Percent as they are shown, so that the distance is that of the figures beside it."""
    return math.floor(round(share * 100, 6) + 0.5)


def _judge_miss(answer: Answer, miss: float) -> str:
    scale = 1.0 if answer.kind == "share" else abs(answer.number) or 1.0
    share = abs(miss) / scale * (2 if answer.kind == "share" else 1)
    if answer.low <= answer.number + miss <= answer.high:
        return "Inside the likely range"
    if share <= _CLOSE:
        return "Very close"
    if share <= _NEAR:
        return "Close"
    return "Some way off" if share <= _FAR else "A long way off"


def write_curve_miss(answer: Answer, drawn: Sequence[float]) -> str:
    """How far a drawn curve was from the model's, in words and rounds, and where it was furthest off.

    Parameters
    ----------
    answer : Answer
        Of kind curve.
    drawn : sequence of float, (percents,)
        Rounds a year at each of its percents.
    """
    misses = [guess - middle for guess, middle in zip(drawn, answer.medians, strict=True)]
    mean_miss = sum(map(abs, misses)) / len(misses)
    inside = sum(
        low <= guess <= high
        for guess, low, high in zip(drawn, answer.lows, answer.highs, strict=True)
    )
    whole = answer.facts["full"] or 1.0
    words = (
        "Very close"
        if mean_miss <= _CLOSE * whole
        else "Close"
        if mean_miss <= _NEAR * whole
        else "Some way off"
        if mean_miss <= _FAR * whole
        else "A long way off"
    )
    sentences = [f"{words}: on average {say_rounds(mean_miss)} rounds off."]
    place = max(range(len(misses)), key=lambda index: abs(misses[index]))
    if abs(misses[place]) > _CLOSE * whole:
        side = "high" if misses[place] > 0 else "low"
        sentences.append(
            f"It was furthest off at {answer.percents[place]} %: {say_rounds(abs(misses[place]))} too {side}."
        )
    sentences.append(_write_inside(inside, len(misses)))
    shape = _write_shape(answer, drawn)
    return " ".join([*sentences, shape] if shape else sentences)


def _write_inside(inside: int, whole: int) -> str:
    if inside == whole:
        return "All of it lies in the likely range."
    if not inside:
        return "None of it lies in the likely range."
    share = inside / whole
    lead = "Most of it" if share >= _CURVE_INSIDE else "Part of it" if share < 0.5 else "Much of it"
    return f"{lead} lies in the likely range: {inside} of {whole} points."


def _write_shape(answer: Answer, drawn: Sequence[float]) -> str:
    """What the drawn shape took for granted, where ours is another."""
    full = answer.percents.index(100)
    last = len(answer.percents) - 1
    whole = answer.facts["full"] or 1.0
    drawn_gain = (drawn[last] - drawn[full]) / whole
    gain = (answer.medians[last] - answer.medians[full]) / whole
    if drawn_gain > gain + _NEAR:
        return "You let more powder keep on helping; in ours it soon helps little."
    if drawn_gain < gain - _NEAR:
        return "You saw no gain above 100 %; in ours there is still some."
    return ""
