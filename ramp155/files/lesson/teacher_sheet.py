"""For those who teach: a lesson as exercises with answers, and a guide to group predictions, as PDF set by Typst.

Answers and reasons are those of record and model when the sheet is made.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ramp155.answers.lessons import Answer, answer_question
from ramp155.files.assets import read_asset
from ramp155.files.lesson.lesson import STEP_KINDS, Lesson, Step
from ramp155.files.poster.chart import complete_spec, draw_chart_svg
from ramp155.files.poster.fonts import FONT_FAMILY, FONT_FOLDER
from ramp155.files.qr_code import draw_qr_svg
from ramp155.model.model import Model
from ramp155.model.version import MODEL_VERSION
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.palette import GRID, INK, QUIET
from ramp155.pictures.view import View
from ramp155.text.lessons.answers import name_choices, say_guess, write_answer
from ramp155.text.lessons.reasons import write_reason
from ramp155.text.numbers import say_rounds, say_rounds_range

SHEET_TEMPLATE, GUIDE_TEMPLATE = "teacher_sheet.typ", "group_guide.typ"
# How long kinds of steps take, beside one another.
_WEIGHTS = {"read": 1.0, "predict": 2.0, "move": 2.0, "check": 1.5}
_CHART_SIZE = (520, 230)  # px
_MOST_CHOICES = 12
_ANSWER_PERCENTS = (0, 50, 100, 150, 200)


def write_teacher_sheet(model: Model, lesson: Lesson, link: str) -> bytes:
    """Write a lesson as a PDF: exercises to hand out, then answers with reasons, timings and what may go wrong.

    `link` is the address of the page of lessons.
    """
    starts = list_starts(lesson)
    contents = _list_frame(model, link) | {
        "title": lesson.title,
        "about": lesson.about,
        "minutes": lesson.minutes,
        "steps": [
            _list_step(model, step, number, start)
            for (number, step), start in zip(enumerate(lesson.steps, 1), starts, strict=True)
        ],
    }
    return _set_pdf(model, SHEET_TEMPLATE, contents, link)


def write_group_guide(model: Model, lessons: Iterable[Lesson], link: str) -> bytes:
    """Write a PDF guide to predictions by a group: each question that can be guessed, hands up, then the answer and why.

    `link` is the address of the page of lessons.
    """
    predictions = [
        _list_prediction(model, lesson, number, step)
        for lesson in lessons
        for number, step in enumerate(lesson.steps, 1)
        if step.kind == "predict"
    ]
    contents = _list_frame(model, link) | {"predictions": predictions}
    return _set_pdf(model, GUIDE_TEMPLATE, contents, link)


def list_starts(lesson: Lesson) -> list[int]:
    """When each step of a lesson begins, so that all of them take its minutes.

    Returns
    -------
    list of int
        Minutes from the lesson's beginning, one a step.
    """
    weights = [_WEIGHTS[step.kind] for step in lesson.steps]
    total = sum(weights)
    return [round(lesson.minutes * sum(weights[:place]) / total) for place in range(len(weights))]


def _list_frame(model: Model, link: str) -> dict[str, object]:
    return {
        "font": FONT_FAMILY,
        "ink": INK,
        "quiet": QUIET,
        "grid": GRID,
        "made": f"Record as of {model.record.end:%d %B %Y}, version {model.record.version}, model {MODEL_VERSION}",
        "link": link,
    }


def _list_step(model: Model, step: Step, number: int, start: int) -> dict[str, object]:
    """A step as the sheet has it: what is handed out, and what the teacher reads."""
    entries: dict[str, object] = {
        "number": number,
        "start": start,
        "kind": STEP_KINDS[step.kind],
        "title": step.title,
        "text": step.text.replace("**", "").split("\n\n"),
        "watch": step.watch_for,
        "choices": [],
        "scale": [],
        "chart": "",
        "answer": "",
        "reason": "",
    }
    if step.task:
        entries["answer"] = f"Lever at {step.task.to_words}" if step.task.to_words else ""
    if step.question is None:
        return entries
    answer = answer_question(model, step.question)
    names = name_choices(model, step.question, answer)
    entries["choices"] = list(names.values())[:_MOST_CHOICES] if len(names) <= _MOST_CHOICES else []
    entries["answer"] = (
        _say_curve(answer) if answer.kind == "curve" else write_answer(model, step.question, answer)
    )
    entries["reason"] = write_reason(model, step.question, answer)
    if answer.kind == "curve":
        entries["chart"] = f"response-{step.question.month[:4]}.svg"
        full = answer.medians[answer.percents.index(100)]
        entries["known"] = {
            "share": full / answer.most,
            "name": f"now expected: {say_rounds(full)}",
        }
        entries["ticks"] = [f"{answer.most * row / 4e6:g}" for row in (4, 3, 2, 1, 0)]
    elif answer.kind != "choice":
        entries["scale"] = _list_ticks(step, answer)
    return entries


def _list_ticks(step: Step, answer: Answer) -> list[str]:
    """Five ticks of the scale on which a number is guessed."""
    if step.question is None:
        return []
    question = step.question
    return [say_guess(question, answer, answer.most * quarter / 4) for quarter in range(5)]


def _say_curve(answer: Answer) -> str:
    """A curve at a few of its points, with its likely range at the last."""
    places = [answer.percents.index(percent) for percent in _ANSWER_PERCENTS]
    points = ", ".join(
        f"{answer.percents[place]} %: {say_rounds(answer.medians[place])}" for place in places
    )
    likely = say_rounds_range(answer.lows[places[-1]], answer.highs[places[-1]])
    return f"{points} rounds. Likely range at the end: {likely}"


def _list_prediction(model: Model, lesson: Lesson, number: int, step: Step) -> dict[str, object]:
    """A question as a group answers it: the scale in quarters, the answer and why."""
    entries = _list_step(model, step, number, 0)
    return entries | {"lesson": lesson.title, "address": f"?lesson={lesson.key}&step={number}"}


def _set_pdf(model: Model, template: str, contents: dict[str, object], link: str) -> bytes:
    """Set a template with its contents, the charts it names and a code of the link."""
    import typst

    steps = contents.get("steps") or contents.get("predictions") or []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for step in steps if isinstance(steps, list) else []:
            if step["chart"]:
                year = step["chart"].removeprefix("response-").removesuffix(".svg")
                picture = build_picture(model, "response", View(month=f"{year}-12"))
                chart_svg, _, _ = draw_chart_svg(complete_spec(picture), "light", *_CHART_SIZE)
                (root / step["chart"]).write_text(chart_svg, encoding="utf-8")
        (root / "qr.svg").write_text(draw_qr_svg(link), encoding="utf-8")
        (root / "data.json").write_text(json.dumps(contents), encoding="utf-8")
        (root / template).write_text(read_asset(template), encoding="utf-8")
        pdf: bytes = typst.compile(
            str(root / template),
            root=str(root),
            font_paths=[str(FONT_FOLDER)],
            ignore_system_fonts=True,
        )
    return pdf
