"""Readers of what only the app puts into a link: a pinned scenario, what a link was made with, and how far one is with lessons.

A reader takes the text of one field and returns its value, or raises ValueError with what was
expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from urllib.parse import parse_qsl, urlencode

from ramp155.base.foreign_text import join_lines
from ramp155.files.lesson.lesson import MOST_STEPS
from ramp155.model.coefficients.edits import check_edits
from ramp155.model.model import Model
from ramp155.model.scenario.codec import read_scenario_query, write_scenario_query
from ramp155.model.scenario.horizon import MONTHS
from ui.link.origin import MADE_WITH_PATTERN


def build_pin_reader(model: Model) -> Callable[[str], str]:
    """A pin stands in a link as NAME|the scenario's own link."""

    def read_pin(text: str) -> str:
        name, separator, query = text.partition("|")
        pinned, notes = read_scenario_query(parse_qsl(query))
        check_edits(model.record, pinned.assume)
        if not separator or not join_lines(name).strip() or notes:
            raise ValueError(notes[0] if notes else "NAME|levers was expected")
        return f"{join_lines(name).strip()[:40]}|{urlencode(write_scenario_query(pinned))}"

    return read_pin


def build_origin_reader(version: str) -> Callable[[str], str | None]:
    """VERSION:MONTH:ROUNDS; of no interest where the version is today's."""

    def read_origin(text: str) -> str | None:
        origin_parts = MADE_WITH_PATTERN.fullmatch(text)
        if not origin_parts or origin_parts["month"] not in MONTHS:
            raise ValueError("a record's version, a month and its baseline were expected")
        return None if origin_parts["version"] == version else text

    return read_origin


_DONE_STEPS = re.compile(r"([a-z]+)~(\d{1,2}(?:\.\d{1,2})*)")
_GIVEN_ANSWER = re.compile(r"([a-z]+)~(\d{1,2})~([\w.-]{1,160})")


def build_done_reader(lessons: Collection[str]) -> Callable[[str], str]:
    """Steps of a lesson that are done: LESSON~1.2.5."""

    def read_done(text: str) -> str:
        parts = _DONE_STEPS.fullmatch(text)
        if not parts or parts[1] not in lessons:
            raise ValueError("a lesson and its steps were expected")
        steps = sorted(set(map(int, parts[2].split("."))))
        if not 1 <= steps[0] <= steps[-1] <= MOST_STEPS:
            raise ValueError(f"steps from 1 to {MOST_STEPS} were expected")
        return f"{parts[1]}~{'.'.join(map(str, steps))}"

    return read_done


def build_given_reader(lessons: Collection[str]) -> Callable[[str], str]:
    """What was answered at a step of a lesson: LESSON~STEP~ANSWER; what it means the step knows."""

    def read_given(text: str) -> str:
        parts = _GIVEN_ANSWER.fullmatch(text)
        if not parts or parts[1] not in lessons or not 1 <= int(parts[2]) <= MOST_STEPS:
            raise ValueError("a lesson, a step and an answer were expected")
        return text

    return read_given
