"""A lesson is a list of steps; what is right is never written into one: it is asked of the model and record of the moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from ramp155.answers.lessons import Question
from ramp155.pictures.view import View

MOST_STEPS = 20  # steps of a lesson
MOST_MINUTES = 20
# What a step asks of the learner.
STEP_KINDS = {
    "read": "Read",
    "predict": "Predict",
    "move": "Move",
    "check": "Check",
}


class LessonError(ValueError):
    """A lesson file that cannot be used: which lesson, which step, which entry, what was expected."""


@dataclass(frozen=True)
class LeverTask:
    """A lever to move: to a position (in the units it shows) or beyond, from where the view has it; None: anywhere else.

    `to_words` is that position as the lever shows it.
    """

    lever: str
    to: int | None = None
    to_words: str = ""


@dataclass(frozen=True)
class Step:
    """One step: its kind, heading and words, the picture of a view, the page it leads to, and what it asks.

    `within` is how near a number that is checked must come, as a share of the answer; `watch_for` is what people may get
    wrong, for the teacher's sheet alone.
    """

    kind: str
    title: str
    text: str
    picture: str = ""
    view: View = field(default_factory=View)
    page: str = ""
    question: Question | None = None
    task: LeverTask | None = None
    within: float = 0.15
    watch_for: str = ""


@dataclass(frozen=True)
class Lesson:
    """A lesson: its key in a link, its title, what one will know, how long it takes (minutes), for whom, its steps."""

    key: str
    title: str
    about: str
    minutes: int
    steps: tuple[Step, ...]
