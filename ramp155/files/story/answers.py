"""The figures and words that a story's answers are filled with, by name: each from the function that its picture is drawn from.

A screen's `answer` holds no figure, but names one in braces: "{late} of {lines} lines are late". What stands there is
worked out of record, model and the screen's view when it is shown.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from ramp155.files.story.line_figures import LINE_FIGURES
from ramp155.files.story.model_figures import MODEL_FIGURES
from ramp155.files.story.story import Screen
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.picture import Picture
from ramp155.pictures.view import View

FIGURES: dict[str, Callable[[Model, View], str]] = {**LINE_FIGURES, **MODEL_FIGURES}
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# What may be typed: a year, and the calibre. All else is a figure, and is worked out.
_TYPED = re.compile(r"\b(19|20)\d\d\b|\b15[25]( and 15[25])? mm\b")


def find_answer_fault(template: str) -> str:
    """What is wrong with the template of an answer, for whoever wrote it; "" where it is well."""
    for name in PLACEHOLDER.findall(template):
        if name not in FIGURES:
            return f"{{{name}}} is not one of {', '.join(sorted(FIGURES))}"
    words = PLACEHOLDER.sub("", template)
    if "{" in words or "}" in words:
        return "a brace that is not closed, or holds more than a name"
    typed = re.search(r"\d+([,.]\d+)*", _TYPED.sub("", words))
    return f"{typed[0]} is typed: a figure is named in braces, and worked out" if typed else ""


def fill_answer(model: Model, view: View, template: str) -> str:
    """A template with its figures as they are in a view, its first letter a capital.

    Raises KeyError for a figure that is not known.
    """
    filled = PLACEHOLDER.sub(lambda match: FIGURES[match[1]](model, view), template)
    return filled[:1].upper() + filled[1:]


def build_screen_picture(model: Model, screen: Screen, view: View | None = None) -> Picture:
    """The picture of a screen with the screen's answer for its finding.

    Where the lever was moved (`view` is not the screen's own), it says its own finding: an answer was written for where
    the lever stood.
    """
    picture = build_picture(model, screen.picture, view or screen.view)
    if not screen.answer or view not in (None, screen.view):
        return picture
    return dataclasses.replace(picture, finding=fill_answer(model, screen.view, screen.answer))


def fill_unknown(model: Model, screen: Screen) -> tuple[str, ...]:
    """What we do not know, a line each, with the figures of today; what is unknown of no line at all is left out."""

    def is_empty(template: str) -> bool:
        figures = [FIGURES[name](model, screen.view) for name in PLACEHOLDER.findall(template)]
        return bool(figures) and figures[0].split()[0] == "0"

    return tuple(
        fill_answer(model, screen.view, line) for line in screen.unknown if not is_empty(line)
    )
