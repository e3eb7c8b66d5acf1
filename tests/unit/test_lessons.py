"""Lessons: those that ship, answers that follow the data, broken files told by lesson, step and entry, and misses in words."""

from __future__ import annotations

import dataclasses
import io
import math
import re
import socket
from collections.abc import Callable

import pypdf
import pytest

from ramp155.answers.lessons import NAMED_ANSWERS, Answer, Question, answer_question
from ramp155.answers.output.medians import find_year_median
from ramp155.files.lesson.lesson import Lesson, LessonError, Step
from ramp155.files.lesson.lesson_file import (
    read_lesson,
    read_lesson_text,
    read_shipped_lessons,
    try_lesson,
)
from ramp155.files.lesson.teacher_sheet import (
    list_starts,
    write_group_guide,
    write_teacher_sheet,
)
from ramp155.files.story.dial import set_lever
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.levers.response import list_response_rows
from ramp155.record.records import Records, build_records
from ramp155.record.schema import SCHEMAS
from ramp155.record.upload.own_rows import write_as_text
from ramp155.text.lessons.answers import name_choices, write_answer
from ramp155.text.lessons.misses import write_curve_miss, write_guess_miss
from ramp155.text.lessons.reasons import write_reason
from tests.shared import record
from tests.wording import LEAST_EASE, find_style_faults, measure_ease

KEYS = ("map", "scarcest", "late", "capacity", "tide", "brief")
HEAD = 'title = "Mine"\nabout = "You will know."\nminutes = 5\n'
STEP = '[[steps]]\nkind = "read"\ntitle = "One"\ntext = "Words."\n'


def list_asked() -> list[tuple[str, int, Step]]:
    """Every question of the lessons that ship: lesson, number, step."""
    return [
        (lesson.key, number, step)
        for lesson in read_shipped_lessons(record()).values()
        for number, step in enumerate(lesson.steps, 1)
        if step.question
    ]


ASKED = list_asked()
IDS = [f"{key}-{number}" for key, number, _ in ASKED]


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records, draws=100)


def change_table(
    records: Records, name: str, change: Callable[[dict[str, list[str]]], None]
) -> Records:
    """The record with the cells of one table changed, in memory."""
    tables = {table: write_as_text(records, table) for table in SCHEMAS}
    change(tables[name].cells)
    return build_records(tables, records.end)


# What ships


def test_six_lessons_ship_none_over_twenty_minutes(records: Records) -> None:
    lessons = read_shipped_lessons(records)
    assert tuple(lessons) == KEYS
    for lesson in lessons.values():
        kinds = {step.kind for step in lesson.steps}
        assert kinds == {"read", "predict", "move", "check"}
        assert lesson.minutes <= (10 if lesson.key == "brief" else 20)
        words = sum(len(step.text.split()) for step in lesson.steps)
        assert words < 400  # to be read in three minutes


@pytest.mark.parametrize("key", KEYS)
def test_a_lesson_is_in_plain_words_and_types_no_answer(records: Records, key: str) -> None:
    lesson = read_shipped_lessons(records)[key]
    texts = [lesson.title, lesson.about]
    texts += [part for step in lesson.steps for part in (step.title, *step.text.split("\n\n"))]
    for text in texts:
        assert find_style_faults(text) == []
        # Figures are positions of a lever, days and calibres, never what is found.
        figures = re.sub(
            r"(\d+ % or (less|more)|12 months or more|\b20\d\d\b|155 and 152 mm)", "", text
        )
        assert not re.search(r"\d", figures), text
    for step in lesson.steps:
        assert measure_ease(step.text) >= 60


@pytest.mark.parametrize(("key", "number", "step"), ASKED, ids=IDS)
def test_every_answer_is_worked_out_with_a_plain_reason(
    model: Model, key: str, number: int, step: Step
) -> None:
    assert step.question
    answer = answer_question(model, step.question)
    if answer.kind == "choice":
        assert answer.right
        assert set(answer.right) <= set(answer.choices)
        assert len(answer.choices) > len(answer.right)
        assert set(name_choices(model, step.question, answer)) == set(answer.choices)
    elif answer.kind == "curve":
        assert len(answer.medians) == len(answer.percents) == 21
    else:
        assert 0 <= answer.number <= answer.most
        assert write_answer(model, step.question, answer) != "not known"
    reason = write_reason(model, step.question, answer)
    assert find_style_faults(reason) == []
    assert measure_ease(reason) >= LEAST_EASE


def list_given_away(model: Model, lesson: Lesson) -> set[tuple[int, int]]:
    """Predictions that a picture, its credit or a reason of an earlier step tells: (number, number of the earlier step)."""
    seen: list[tuple[int, str]] = []
    given_away = set()
    for number, step in enumerate(lesson.steps, 1):
        answer = answer_question(model, step.question) if step.question else None
        if step.kind == "predict" and step.question and answer and answer.kind != "curve":
            told = rf"(?<![\d,.]){re.escape(write_answer(model, step.question, answer))}"
            given_away |= {(number, earlier) for earlier, text in seen if re.search(told, text)}
        views = [step.view] if step.picture else []
        if step.task and step.task.to is not None:
            views.append(set_lever(model.record, step.view, step.task.lever, step.task.to))
        for view in views:
            picture = build_picture(model, step.picture, view)
            seen += [(number, picture.finding.replace("**", "")), (number, picture.credit)]
        if step.question and answer:
            seen.append((number, write_reason(model, step.question, answer)))
    return given_away


@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_shown_before_it_is_to_be_guessed(model: Model, key: str) -> None:
    """By two numbers of draws: two figures that are alike by chance are so in one of them."""
    lesson = read_shipped_lessons(model.record)[key]
    by_chance = list_given_away(model.with_draws(60), lesson)
    assert list_given_away(model, lesson) & by_chance == set()


# Answers follow the data


def test_the_drawn_response_is_that_of_the_picture(model: Model) -> None:
    answer = answer_question(model, Question("response"))
    rows = list_response_rows(model, Scenario(), 2027)
    rows.index = rows["percent"].round().astype(int)
    for column, numbers in (
        ("rounds", answer.medians),
        ("p10", answer.lows),
        ("p90", answer.highs),
    ):
        expected = [rows[column][percent] for percent in answer.percents]
        assert list(numbers) == pytest.approx(expected)
    assert answer.facts["half"] == pytest.approx(
        find_year_median(model, Scenario(nitrocellulose=0.5), 2027), rel=0.01
    )


def _scale_rows(cells: dict[str, list[str]], key: str, row_id: str, factor: float) -> None:
    for column in ("low", "mode", "high"):
        cells[column] = [
            f"{float(cell) * factor:g}" if name == row_id else cell
            for name, cell in zip(cells[key], cells[column], strict=True)
        ]


def _halve_supply(cells: dict[str, list[str]]) -> None:
    """Half as much of the nitrocellulose goes into powder for 155 mm."""
    _scale_rows(cells, "assumption_id", "nitrocellulose_grade", 0.5)
    _scale_rows(cells, "assumption_id", "share_155_nitrocellulose", 0.5)


def _promise_nothing(cells: dict[str, list[str]]) -> None:
    """No date was ever promised, so that nothing is late."""
    cells["event"] = [
        "announced" if status == "planned" else event
        for event, status in zip(cells["event"], cells["status"], strict=True)
    ]


def _open_nothing(cells: dict[str, list[str]]) -> None:
    """What opened or delivers was only ever announced."""
    cells["event"] = [
        "announced" if event in ("opened", "first_output", "rate") else event
        for event in cells["event"]
    ]


def _double_russia(cells: dict[str, list[str]]) -> None:
    _scale_rows(cells, "estimate_id", "ru-hur", 2)


CHANGED = [
    ("assumptions", _halve_supply, Question("limiting share", stage="nitrocellulose")),
    ("assumptions", _halve_supply, Question("response")),
    ("assumptions", _halve_supply, Question("output")),
    ("assumptions", _halve_supply, Question("capacity over output")),
    ("assumptions", _halve_supply, Question("use of a stage", stage="shell_body")),
    ("events", _promise_nothing, Question("late share")),
    ("events", _promise_nothing, Question("slipped promises")),
    ("events", _promise_nothing, Question("latest plant", country="FR")),
    ("events", _promise_nothing, Question("country with most late lines")),
    ("events", _open_nothing, Question("opened lines")),
    ("events", _open_nothing, Question("status of a plant", plant="bergerac-eurenco")),
    ("estimates", _double_russia, Question("ratio", month="2025-06")),
    ("estimates", _double_russia, Question("parity odds")),
]


@pytest.mark.parametrize(
    ("table", "change", "question"), CHANGED, ids=[question.answer for *_, question in CHANGED]
)
def test_an_answer_changes_with_the_record(
    model: Model, table: str, change: Callable[[dict[str, list[str]]], None], question: Question
) -> None:
    altered = model.with_record(change_table(model.record, table, change))
    before, after = answer_question(model, question), answer_question(altered, question)
    assert before != after
    assert write_reason(model, question, before) != write_reason(altered, question, after)


def test_answers_are_those_of_the_rules(model: Model) -> None:
    lines = list_statuses(model.record)
    countries = lines["line_id"].map(model.record.full_lines["country"])
    for country in ("FR", "PL", "LT"):
        late = (lines["late"] == "late")[countries == country]
        answer = answer_question(model, Question("late share", country=country))
        assert answer.number == pytest.approx(late.mean())
    poland = answer_question(model, Question("latest plant", country="PL"))
    assert {model.record.site(plant).country for plant in poland.choices} == {"PL"}
    most = lines.loc[(lines["late"] == "late") & (countries == "PL"), "lateness_months"].max()
    assert poland.facts["months"] == most
    fewer = answer_question(model, Question("output", Scenario(nitrocellulose=0.3)))
    assert fewer.number < answer_question(model, Question("output")).number


def test_every_named_answer_has_a_reason(model: Model) -> None:
    terms = {"stage": "propellant", "plant": "bergerac-eurenco"}
    for name, named in NAMED_ANSWERS.items():
        question = Question(name, **{term: terms[term] for term in named.needed})
        answer = answer_question(model, question)
        assert answer.kind == named.kind
        assert find_style_faults(write_reason(model, question, answer)) == []


# Files of others


def test_a_lesson_that_ships_is_a_pattern_that_can_be_read(records: Records) -> None:
    for key, lesson in read_shipped_lessons(records).items():
        again = read_lesson(records, read_lesson_text(key), key)
        assert again == lesson
        assert try_lesson(Model(records, draws=20), again) is again


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "This is not a lesson file"),
        ("a = " + "[" * 5000, "This is not a lesson file"),
        ('about = "x"\n', "the lesson: title is missing"),
        ('title = "Mine"\n', "lesson “Mine”: about is missing"),
        (HEAD, "lesson “Mine”: a lesson needs a list of steps"),
        (HEAD + "steps = 3\n", "a lesson needs a list of steps"),
        (HEAD + "goal = 3\n" + STEP, "lesson “Mine”: 'goal' is not one of title"),
        (HEAD.replace("5", "45") + STEP, "minutes must be a whole number from 1 to 20"),
        (HEAD.replace("5", "true") + STEP, "minutes must be a whole number"),
        (HEAD + STEP * 21, "at most 20 steps, this one has 21"),
        (HEAD + STEP + "[[steps]]\nkind = 'sing'\n", "step 2: kind 'sing' is not known"),
        (HEAD + STEP + "[[steps]]\ntitle = 'x'\n", "step 2: kind is missing"),
        (HEAD + STEP.replace('"Words."', '""'), "step 1: text is missing"),
        (HEAD + STEP.replace('"Words."', "7"), "step 1: text must be a text"),
        (HEAD + STEP + "answer = 'ratio'\n", "step 1: 'answer' is not one of kind"),
        (HEAD + STEP + "picture = 'cat'\n", "step 1: picture 'cat' is not one of output"),
        (HEAD + STEP + "page = 'https://a.b'\n", "step 1: page 'https://a.b' is not one of"),
        (HEAD + STEP + "page = 'nowhere'\n", "step 1: page 'nowhere' is not one of"),
        (HEAD + STEP + "as_of = 2035-01-01\n", "step 1: as_of"),
        (HEAD + STEP.replace("read", "predict"), "step 1: answer is missing"),
        (
            HEAD + STEP.replace("read", "predict") + "answer = 'luck'\n",
            "answer 'luck' is not known",
        ),
        (HEAD + STEP.replace("read", "predict") + "answer = 'tide'\n", "can only be checked"),
        (HEAD + STEP.replace("read", "check") + "answer = 'response'\n", "can only be predicted"),
        (
            HEAD + STEP.replace("read", "check") + "answer = 'ratio'\ncorrect = 4\n",
            "'correct' is not allowed, for answers are worked out",
        ),
        (
            HEAD + STEP.replace("read", "check") + "answer = 'ratio'\nof = 3\n",
            "step 1: of must be a table",
        ),
        (
            HEAD + STEP.replace("read", "check") + "answer = 'ratio'\nof = { plant = 'x' }\n",
            "of: 'plant' is not asked of 'ratio'; it takes month",
        ),
        (
            HEAD + STEP.replace("read", "check") + "answer = 'status of a plant'\n",
            "of: 'status of a plant' needs a plant",
        ),
        (
            HEAD
            + STEP.replace("read", "check")
            + "answer = 'status of a plant'\nof = { plant = 'area-51' }\n",
            "of: plant 'area-51' is not in the record",
        ),
        (
            HEAD + STEP.replace("read", "check") + "answer = 'ratio'\nof = { month = '2050-01' }\n",
            "of: month '2050-01' is not in the record",
        ),
        (
            HEAD + STEP.replace("read", "check") + "answer = 'ratio'\nwithin = 3\n",
            "within must be a share",
        ),
        (HEAD + STEP.replace("read", "move"), "step 1: lever is missing"),
        (HEAD + STEP.replace("read", "move") + "lever = 'nitrocellulose'\n", "picture is missing"),
        (
            HEAD + STEP.replace("read", "move") + "lever = 'nitrocellulose'\npicture = 'slips'\n",
            "picture 'slips' has none",
        ),
        (
            HEAD
            + STEP.replace("read", "move")
            + "lever = 'nitrocellulose'\npicture = 'output'\nto = 500\n",
            "to must be a whole number from 0 to 200",
        ),
        (
            HEAD
            + STEP.replace("read", "move")
            + "lever = 'nitrocellulose'\npicture = 'output'\nto = 100\n",
            "to 100 is where the lever stands already",
        ),
        (
            HEAD
            + STEP.replace("read", "move")
            + "lever = 'as_of'\npicture = 'sites'\nto = 'May'\n",
            "to 'May' is not a month like 2022-01",
        ),
    ],
)
def test_a_broken_lesson_is_told_by_lesson_step_and_entry(
    records: Records, text: str, said: str
) -> None:
    with pytest.raises(LessonError) as fault:
        read_lesson(records, text)
    assert said in str(fault.value)


def test_an_answer_that_cannot_be_worked_out_is_told(records: Records) -> None:
    lesson = read_lesson(records, HEAD + STEP)
    broken = dataclasses.replace(
        lesson.steps[0], kind="check", question=Question("limiting stage", month="1999-01")
    )
    with pytest.raises(LessonError, match="step 1: it cannot be worked out"):
        try_lesson(Model(records, draws=20), Lesson("own", "Mine", "x", 5, (broken,)))


# Misses


@pytest.mark.parametrize(
    ("answer", "guess", "said"),
    [
        (Answer("share", 0.62), 0.62, "You have it: 62 %."),
        (Answer("share", 0.62), 0.6, "Very close: 2 points too low. You said 60 %, it is 62 %."),
        (Answer("share", 0.396), 0.35, "Very close: 5 points too low. You said 35 %, it is 40 %."),
        (Answer("share", 0.62), 0.05, "A long way off: 57 points too low."),
        (Answer("share", 0.62), 0.615, "You have it: 62 %."),
    ],
)
def test_a_missed_share_in_words(answer: Answer, guess: float, said: str) -> None:
    assert write_guess_miss(Question("late share"), answer, guess).startswith(said)


def test_a_missed_number_in_words() -> None:
    output = Answer("number", 800_000.0, 520_000.0, 1_270_000.0, 2e6, 1e4)
    inside = write_guess_miss(Question("output"), output, 1_000_000.0)
    assert inside.startswith("Inside the likely range: 200,000 rounds too high.")
    outside = write_guess_miss(Question("output"), output, 1_500_000.0)
    assert outside.startswith("A long way off: 700,000 rounds too high.")
    unknown = Answer("number", math.nan, most=8.0, step=0.1)
    assert "no guess is wrong" in write_guess_miss(Question("ratio"), unknown, 3.0)
    for guess in (0.0, 4e5, 8.04e5, 2e6):
        assert find_style_faults(write_guess_miss(Question("output"), output, guess)) == []


def test_a_missed_curve_in_words(model: Model) -> None:
    answer = answer_question(model, Question("response"))
    exact = write_curve_miss(answer, answer.medians)
    assert exact.startswith("Very close: on average 0 rounds off.")
    assert "All of it lies in the likely range" in exact
    straight = [answer.facts["full"] * percent / 100 for percent in answer.percents]
    said = write_curve_miss(answer, straight)
    assert "furthest off at 200 %" in said
    assert "too high" in said
    assert "soon helps little" in said
    nothing = write_curve_miss(answer, [0.0] * 21)
    assert nothing.startswith("A long way off")
    for curve in (exact, said, nothing):
        assert find_style_faults(curve) == []
        assert measure_ease(curve) >= LEAST_EASE


# On paper


def read_pages(pdf: bytes) -> list[str]:
    """The words of each page, in one line."""
    return [
        " ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
    ]


@pytest.mark.parametrize("key", ["scarcest", "late"])
def test_a_teachers_sheet_has_exercises_then_answers(
    model: Model, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("asked for the network"))
    lesson = read_shipped_lessons(model.record)[key]
    pages = read_pages(write_teacher_sheet(model, lesson, "http://here/learn"))
    place = next(number for number, page in enumerate(pages) if ": answers" in page)
    exercises, answers = " ".join(pages[:place]), " ".join(pages[place:])
    for number, step in enumerate(lesson.steps, 1):
        assert f"{number}. {step.title}" in exercises
        assert f"{number}. {step.title}" in answers
        if step.question:
            reason = write_reason(model, step.question, answer_question(model, step.question))
            assert reason[:40] in answers
            assert reason[:40] not in exercises
            assert step.watch_for in answers
    assert "http://here/learn" in exercises
    assert model.record.version in answers


def test_a_guide_has_every_question_that_a_group_can_guess(model: Model) -> None:
    lessons = read_shipped_lessons(model.record)
    guide = " ".join(read_pages(write_group_guide(model, lessons.values(), "http://here/learn")))
    assert "Hands up" in guide
    for lesson in lessons.values():
        for number, step in enumerate(lesson.steps, 1):
            assert (f"?lesson={lesson.key}&step={number}" in guide) == (step.kind == "predict")
            if step.kind == "predict":
                assert step.title in guide
                assert step.watch_for in guide


def test_timings_of_a_sheet_take_the_lessons_minutes(records: Records) -> None:
    for lesson in read_shipped_lessons(records).values():
        starts = list_starts(lesson)
        assert starts[0] == 0
        assert starts == sorted(starts)
        assert starts[-1] < lesson.minutes
        assert all(step.watch_for for step in lesson.steps if step.question)
        for step in lesson.steps:
            assert find_style_faults(step.watch_for) == []
