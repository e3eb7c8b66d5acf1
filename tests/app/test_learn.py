"""Lessons in process: every one is gone through to its end, answers are judged, and progress comes back with the link."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ramp155.answers.lessons import Answer, answer_question
from ramp155.files.lesson.lesson import Step
from ramp155.files.lesson.lesson_file import read_lesson_text, read_shipped_lessons
from ramp155.model.model import Model
from ramp155.record.records import Records
from ramp155.text.lessons.answers import name_choices, write_answer
from ramp155.text.lessons.misses import write_guess_miss
from ramp155.text.lessons.reasons import write_reason
from tests.app.test_links import HOSTILE, RAW
from tests.app.test_pages import link, open_page, press, texts
from tests.shared import record

LESSONS = read_shipped_lessons(record())


def say(app: AppTest) -> str:
    """All that a page says, boxes included, without the marks that make text harmless."""
    boxes = [str(box.value) for kind in ("success", "info") for box in app.get(kind)]
    said = "\n".join([texts(app), *boxes]).replace("\u00a0", " ")
    return said.replace("\\", "").replace("\u2060", "").replace("**", "")


def find_link(app: AppTest) -> dict[str, list[str]]:
    """The link with all that it says more than once."""
    return {
        key: value if isinstance(value, list) else [value]
        for key, value in dict(app.query_params).items()
    }


def list_buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def find_answer(model: Model, step: Step) -> Answer:
    assert step.question
    return answer_question(model, step.question)


def guess(app: AppTest, lesson: str, number: int, percents: tuple[int, ...] = (0,)) -> None:
    """Set the plain sliders of a guess to a quarter of their scale, and show the answer."""
    for percent in percents:
        slider = app.select_slider(key=f"plain_{lesson}_{number}_{percent}")
        slider.set_value(len(slider.options) // 4).run()
    press(app, "Show the answer")


def move(app: AppTest, lesson: str, number: int, step: Step) -> None:
    """Move the lever of a step to where it is wanted."""
    assert step.task
    assert step.task.to is not None
    app.select_slider(key=f"move_{lesson}_{number}").set_value(step.task.to).run()
    assert "Moved." in say(app)


def answer_rightly(app: AppTest, model: Model, lesson: str, number: int, step: Step) -> None:
    """Give the answer of the moment."""
    answer, key = find_answer(model, step), f"check_{lesson}_{number}"
    if answer.kind != "choice":
        app.number_input(key=key).set_value(round(answer.number / 1000)).run()
    elif any(radio.key == key for radio in app.radio):
        app.radio(key=key).set_value(answer.right[0]).run()
    else:
        app.selectbox(key=key).set_value(answer.right[0]).run()
    press(app, "Check")
    assert "Right." in say(app)


@pytest.mark.parametrize("key", list(LESSONS))
def test_a_lesson_is_gone_through_to_its_end(key: str, records: Records) -> None:
    model = Model(records)
    app = open_page("learn", plain="1")
    assert f"begin_{key}" in [button.key for button in app.button]
    app.button(key=f"begin_{key}").click().run()
    for number, step in enumerate(LESSONS[key].steps, 1):
        assert f"## {step.title}" in say(app)
        assert step.text.split("\n\n")[0].replace("**", "") in say(app)
        if step.question:
            reason = write_reason(model, step.question, find_answer(model, step))
            assert reason not in say(app)  # nothing is shown before it is guessed
        if step.kind == "predict":
            is_curve = find_answer(model, step).kind == "curve"
            guess(app, key, number, (0, 50, 150, 200) if is_curve else (0,))
        elif step.kind == "move":
            assert "Skip this step" in list_buttons(app)
            move(app, key, number, step)
        elif step.kind == "check":
            answer_rightly(app, model, key, number, step)
        if step.question:
            assert reason in say(app)
        assert not app.exception
        assert not app.error
        press(app, "Finish" if number == len(LESSONS[key].steps) else "On →")
    assert f"{LESSONS[key].title}: done" in say(app)
    assert "Not answered yet" not in say(app)
    steps = ".".join(str(number) for number in range(1, len(LESSONS[key].steps) + 1))
    assert find_link(app)["done"] == [f"{key}~{steps}"]
    press(app, "All lessons")
    count = len(LESSONS[key].steps)
    assert f"{count} of {count} done" in say(app)


def test_progress_comes_back_with_the_link_and_stays_from_page_to_page(records: Records) -> None:
    model = Model(records)
    app = open_page("learn", lesson="late", step="2", given="late~2~40", done="late~1.2")
    step = LESSONS["late"].steps[1]
    assert step.question
    answer = find_answer(model, step)
    assert write_guess_miss(step.question, answer, 0.4) in say(app)
    kept = find_link(app)
    assert kept["given"] == ["late~2~40"]
    app.switch_page("../pages/plant.py").run()
    assert "done" not in link(app)
    app.switch_page("../pages/learn.py").run()
    assert find_link(app) == kept
    press(app, "Guess again")
    assert "given" not in link(app)
    press(app, "← All lessons")
    assert "2 of 9 done" in say(app)
    press(app, "Go on")
    assert link(app)["step"] == "3"
    press(app, "← All lessons")
    press(app, "Start over")
    assert link(app) == {}


def test_a_wrong_answer_is_told_kindly_with_the_reason(records: Records) -> None:
    model = Model(records)
    step = LESSONS["tide"].steps[4]
    assert step.question
    answer = find_answer(model, step)
    wrong = next(choice for choice in answer.choices if choice not in answer.right)
    app = open_page("learn", lesson="tide", step="5")
    press(app, "Check")
    assert "Give an answer first" in say(app)
    app.radio(key="check_tide_5").set_value(wrong).run()
    press(app, "Check")
    said = say(app)
    assert "Not this time." in said
    assert name_choices(model, step.question, answer)[wrong] in said
    assert write_answer(model, step.question, answer) in said
    assert write_reason(model, step.question, answer) in said
    press(app, "Answer again")
    assert "Not this time." not in say(app)


def test_a_lever_that_is_not_yet_there_is_told() -> None:
    app = open_page("learn", lesson="scarcest", step="4")
    app.select_slider(key="move_scarcest_4").set_value(80).run()
    assert "On the way: move it down to 60 %" in say(app)
    assert "Skip this step" in list_buttons(app)
    assert find_link(app)["given"] == ["scarcest~4~80"]
    assert "done" not in link(app)
    app.select_slider(key="move_scarcest_4").set_value(40).run()
    assert "Moved." in say(app)
    assert "At 40 % nitrocellulose" in say(app)
    assert find_link(app)["done"] == ["scarcest~4"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"lesson": "chemistry"}, "no such lesson"),
        ({"step": "40"}, "a whole number from 1 to 21"),
        ({"done": "late~40"}, "steps from 1 to 20"),
        ({"done": "chess~1"}, "a lesson and its steps"),
        ({"given": f"late~2~{HOSTILE}"}, "a lesson, a step and an answer"),
    ],
)
def test_a_mangled_link_is_told_in_a_line(query: dict[str, str], said: str) -> None:
    app = open_page("learn", **query)
    assert len(app.warning) == 1
    assert said in app.warning[0].value
    assert not RAW.search(app.warning[0].value)


@pytest.mark.parametrize(
    ("step", "given"),
    [(2, "7.8"), (2, "999." * 20 + "9"), (2, "x"), (4, "999"), (4, "x"), (5, "tank"), (3, "500")],
)
def test_an_answer_that_does_not_fit_its_step_is_none(step: int, given: str) -> None:
    app = open_page("learn", lesson="scarcest", step=str(step), given=f"scarcest~{step}~{given}")
    assert not app.error
    for word in ("You said", "Moved.", "on average"):
        assert word not in say(app)


OWN = 'title = "TITLE"\nabout = "You will know."\nminutes = 5\n[[steps]]\nkind = "read"\ntitle = "TITLE"\ntext = "TITLE"\n'


def test_a_lesson_from_a_file_is_opened_for_the_session_and_says_only_itself() -> None:
    app = open_page("learn")
    app.file_uploader(key="lesson_upload").set_value(
        ("mine.toml", OWN.replace("TITLE", HOSTILE).encode(), "application/toml")
    ).run()
    assert not app.error
    app.button(key="begin_own").click().run()
    assert link(app)["lesson"] == "own"
    for markdown in (*app.markdown, *app.caption):
        if "evil" in markdown.value:
            assert not RAW.search(markdown.value), markdown.value
    press(app, "Finish")
    assert "done" in say(app)
    press(app, "All lessons")
    press(app, "Close the file")
    assert "begin_own" not in [button.key for button in app.button]
    assert link(app) == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "not a text in UTF-8"),
        (b"title = 'x'\nabout = 'y'\nminutes = 5\nsteps = 1\n", "lesson “x”: a lesson needs"),
        (OWN.replace("read", "sing").encode(), "step 1: kind 'sing' is not known"),
        (b"#" * 200_001, "at most 200 kB"),
    ],
)
def test_a_broken_file_changes_nothing_and_is_told(content: bytes, said: str) -> None:
    app = open_page("learn")
    app.file_uploader(key="lesson_upload").set_value(
        ("mine.toml", content, "application/toml")
    ).run()
    assert len(app.error) == 1
    assert said in app.error[0].value.replace("\\", "")
    assert len([button for button in app.button if button.label == "Begin"]) == len(LESSONS)


def test_a_link_to_a_lesson_from_a_file_asks_for_the_file() -> None:
    app = open_page("learn", lesson="own", step="2")
    assert "Open that file below" in app.info[0].value
    app.file_uploader(key="lesson_upload").set_value(
        ("mine.toml", read_lesson_text("tide").encode(), "application/toml")
    ).run()
    assert "## Guess the ratio" in say(app)


def test_the_lessons_can_be_presented() -> None:
    app = open_page("learn", present="1")
    assert not app.exception


def test_tables_of_a_group_are_collected_and_the_nearest_is_named(records: Records) -> None:
    step = LESSONS["late"].steps[1]
    answer = find_answer(Model(records), step)
    right = round(answer.number * 100)
    app = open_page("learn", lesson="late", step="2")
    app.text_input(key="tables_late_2").set_value(f"{right + 30} {right + 1} 900 x {right}").run()
    assert "Nearest" not in say(app)
    app.session_state["lessons_given"] = ["late~2~40"]
    app.run()
    assert f"Nearest of 3 tables: table 3, with {right} %." in say(app)
    assert "late~2~40" in find_link(app)["given"]
    assert not app.exception
