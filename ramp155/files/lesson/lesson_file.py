"""Lessons read from TOML files: those shipped in data/lessons and those of a teacher, which are tried before they are shown."""

from __future__ import annotations

import tomllib
from typing import Any

from ramp155.answers.lessons import answer_question
from ramp155.base.memory import remember
from ramp155.base.places import find_folder
from ramp155.files.lesson.lesson import MOST_MINUTES, MOST_STEPS, Lesson, LessonError
from ramp155.files.lesson.step_entries import read_step
from ramp155.files.story.screen_entries import read_text_entry
from ramp155.files.story.story import StoryError
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.record.records import Records
from ramp155.text.lessons.reasons import write_reason

LESSON_FOLDER = find_folder("data") / "lessons"
_LESSON_ENTRIES = ("title", "about", "minutes", "steps")


@remember
def read_shipped_lessons(records: Records) -> dict[str, Lesson]:
    """The lessons in `data/lessons`, by name of file, in its order. Raises LessonError for a broken one."""
    return {
        path.stem.partition("-")[2]: read_lesson(
            records, path.read_text(encoding="utf-8"), path.stem.partition("-")[2]
        )
        for path in sorted(LESSON_FOLDER.glob("*.toml"))
    }


def read_lesson_text(key: str) -> str:
    """The file of a lesson that ships, as a pattern for others. Raises StopIteration for one that does not."""
    path = next(path for path in LESSON_FOLDER.glob("*.toml") if path.stem.partition("-")[2] == key)
    return path.read_text(encoding="utf-8")


def read_lesson(records: Records, text: str, key: str = "own") -> Lesson:
    """A lesson from the text of a TOML file. Raises LessonError naming the lesson, the step and the entry at fault."""
    try:
        document = tomllib.loads(text)
        title = read_text_entry(document, "title", "the lesson")
        if not title:
            raise LessonError("the lesson: title is missing")
        where = f"lesson “{title[:60]}”"
        for name in sorted(set(document) - set(_LESSON_ENTRIES)):
            raise LessonError(f"{where}: {name!r} is not one of {', '.join(_LESSON_ENTRIES)}")
        about = read_text_entry(document, "about", where)
        if not about:
            raise LessonError(f"{where}: about is missing: what one will know")
        steps = tuple(
            read_step(records, entries, f"{where}, step {number}")
            for number, entries in enumerate(_list_step_entries(document, where), 1)
        )
    except LessonError:
        raise
    except StoryError as error:
        raise LessonError(str(error)) from None
    except tomllib.TOMLDecodeError as error:
        raise LessonError(f"This is not a lesson file: {error}") from None
    except RecursionError:
        raise LessonError("This is not a lesson file: its brackets go too deep") from None
    except (ValueError, OverflowError):  # an integer of more digits than Python reads or writes
        raise LessonError("This is not a lesson file: a number in it is too long") from None
    return Lesson(key, title, about, _read_minutes(document, where), steps)


def _list_step_entries(document: dict[str, Any], where: str) -> list[dict[str, Any]]:
    entries_of_steps = document.get("steps")
    if (
        not isinstance(entries_of_steps, list)
        or not entries_of_steps
        or not all(isinstance(entries, dict) for entries in entries_of_steps)
    ):
        raise LessonError(f"{where}: a lesson needs a list of steps: [[steps]]")
    if len(entries_of_steps) > MOST_STEPS:
        raise LessonError(
            f"{where}: a lesson has at most {MOST_STEPS} steps, this one has {len(entries_of_steps)}"
        )
    return entries_of_steps


def _read_minutes(document: dict[str, Any], where: str) -> int:
    minutes = document.get("minutes")
    if (
        isinstance(minutes, bool)
        or not isinstance(minutes, int)
        or not 1 <= minutes <= MOST_MINUTES
    ):
        raise LessonError(f"{where}: minutes must be a whole number from 1 to {MOST_MINUTES}")
    return minutes


def try_lesson(model: Model, lesson: Lesson) -> Lesson:
    """A lesson whose every picture and answer has been worked out once. Raises LessonError for one that cannot be."""
    for number, step in enumerate(lesson.steps, 1):
        try:
            if step.picture:
                build_picture(model, step.picture, step.view)
            if step.question:
                write_reason(model, step.question, answer_question(model, step.question))
        except Exception as error:  # a file from outside must never break the page
            raise LessonError(
                f"lesson “{lesson.title[:60]}”, step {number}: it cannot be worked out ({error})"
            ) from error
    return lesson
