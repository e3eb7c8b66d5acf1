"""Answers kept on disk for the next start: whole, of this content, and never a pickle."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.output.reading import Reading, read_outlook
from ramp155.base import shelf
from ramp155.base.codec import read_answer, write_answer
from ramp155.base.memory import Memory, remember
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.record.rows import Event, build_rows


@dataclasses.dataclass(frozen=True)
class Asked:
    """A record as far as memory knows."""

    memory: Memory
    identity: str = "this record"


WORKED_OUT: list[str] = []


@remember
def describe(asked: Asked, subject: str) -> dict[str, object]:
    """Stands for what takes long."""
    WORKED_OUT.append(subject)
    return {"subject": subject, "rounds": np.arange(3.0), "parts": [list_parts(asked, subject)]}


@remember
def list_parts(asked: Asked, subject: str) -> tuple[str, ...]:
    """A part of it, asked by it alone."""
    WORKED_OUT.append(f"parts of {subject}")
    return ("powder", subject)


# As if they were the library's: what the app or a test words is not kept.
for function in (describe, list_parts):
    function.__wrapped__.__module__ = "ramp155.tested"  # type: ignore[attr-defined]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RAMP155_CACHE", str(tmp_path))
    WORKED_OUT.clear()
    written = shelf.open_shelf(is_recording=True)
    asked = ask(written)
    describe(asked, "fuzes")
    describe(asked, "fuzes")
    assert WORKED_OUT == ["fuzes", "parts of fuzes"]
    assert written.write() == 1  # the whole, not its part as well
    WORKED_OUT.clear()
    (path,) = tmp_path.glob("*.answers")
    return path


def ask(on: shelf.AnswerShelf, identity: str = "this record") -> Asked:
    asked = Asked(Memory(), identity)
    asked.memory.shelf = on
    return asked


def test_what_is_kept_is_not_worked_out_again(file: Path) -> None:
    answer = describe(ask(shelf.open_shelf()), "fuzes")
    assert WORKED_OUT == []
    assert answer["parts"] == [("powder", "fuzes")]
    rounds = answer["rounds"]
    assert isinstance(rounds, np.ndarray)
    np.testing.assert_array_equal(rounds, [0.0, 1.0, 2.0])
    with pytest.raises(ValueError, match="read-only"):
        rounds[0] = 5.0  # frozen as what was worked out is


def test_another_question_or_record_is_worked_out(file: Path) -> None:
    describe(ask(shelf.open_shelf()), "shells")
    describe(ask(shelf.open_shelf(), "another record"), "fuzes")
    assert WORKED_OUT == ["shells", "parts of shells", "fuzes", "parts of fuzes"]


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "gone"])
def test_a_damaged_file_is_not_read(file: Path, damage: str) -> None:
    content = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        changed = content.replace(b"powder", b"gunpow")
        assert changed != content
        file.write_bytes({"cut": content[:-3], "changed": changed, "empty": b""}[damage])
    reopened = shelf.open_shelf()
    assert reopened.is_empty
    describe(ask(reopened), "fuzes")
    assert WORKED_OUT[0] == "fuzes"


def test_other_code_or_data_ask_for_another_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shelf.hash_content()
    assert file.stem == before
    monkeypatch.setattr(shelf, "hash_code", lambda: "other code")
    assert shelf.hash_content() != before
    assert shelf.open_shelf().is_empty
    monkeypatch.undo()
    monkeypatch.setenv("RAMP155_CACHE", str(file.parent))
    folder = file.parent / "other data"
    folder.mkdir()
    (folder / "lines.csv").write_text("changed")
    monkeypatch.setattr(shelf, "find_shipped_folder", lambda name: folder)
    assert shelf.hash_content() != before


def test_nothing_is_kept_where_that_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAMP155_CACHE", "")
    written = shelf.open_shelf(is_recording=True)
    describe(ask(written), "fuzes")
    written.write()
    assert shelf.open_shelf().is_empty


def test_old_files_go(file: Path) -> None:
    for number in range(6):
        (file.parent / f"{number}.answers").write_bytes(b"old")
    written = shelf.open_shelf(is_recording=True)
    written.write()
    assert len([*file.parent.glob("*.answers")]) == shelf.MOST_ANSWER_FILES
    assert file.exists()


@pytest.mark.parametrize(
    "answer",
    [
        None,
        -0.0,
        1e-300,
        10**20,
        float("inf"),
        "ć\n\u2028",
        (1, ("a", [2.5]), frozenset({"b"})),
        {"_": "dict", ("a", 1): dt.date(2025, 2, 3)},
        b"\x00\xff",
        np.float64(0.1),
        Scenario(fuzes=0.5, start="2026-03"),
    ],
    ids=str,
)
def test_answers_come_back_as_they_were(answer: object) -> None:
    again = read_answer(write_answer(answer))
    assert again == answer
    assert type(again) is type(answer)
    assert repr(again) == repr(answer)


def test_arrays_and_frames_come_back_as_they_were(records: Records) -> None:
    for array in (
        np.eye(2, dtype=np.int8),
        np.array([np.nan, 1.0]),
        np.empty((0, 3)),
        np.array(["a", "bc"]),
    ):
        again = read_answer(write_answer(array))
        np.testing.assert_array_equal(again, array)
        assert again.dtype == array.dtype
    for frame in (
        list_statuses(records),
        records.events,
        records.full_lines,
        records.claims.iloc[:0],
    ):
        pd.testing.assert_frame_equal(read_answer(write_answer(frame)), frame)
    series = pd.Series([1.5, np.nan], index=["a", "b"], name="rounds")
    pd.testing.assert_series_equal(read_answer(write_answer(series)), series)
    event = build_rows(Event, records.events)[3]
    assert read_answer(write_answer(event)) == event


def test_a_reading_comes_back_as_it_was(records: Records) -> None:
    reading = read_outlook(Model(records, 20), Scenario(), DEFAULT_MONTH)
    again = read_answer(write_answer(reading))
    assert isinstance(again, Reading)
    assert again == reading


@pytest.mark.parametrize("answer", [object(), print, dt.datetime(2025, 1, 1), Asked(Memory())])
def test_what_is_no_answer_is_refused(answer: object) -> None:
    with pytest.raises(TypeError):
        write_answer({"deep": [answer]})


def test_a_record_is_no_answer(records: Records) -> None:
    with pytest.raises(TypeError, match="no answer"):
        write_answer(Model(records))


@pytest.mark.parametrize(
    "name",
    [
        "os:system",
        "subprocess:Popen",
        "ramp155.base.shelf:open_shelf",
        "ramp155.base.shelf:os.system",
    ],
)
def test_reading_makes_nothing_but_the_library_s_own_answers(name: str) -> None:
    for kind in ("class", "named"):
        with pytest.raises((ValueError, AttributeError)):
            read_answer(json.dumps({"_": kind, "name": name, "of": ["echo"]}))


def test_no_pickle_is_read_or_written() -> None:
    for path in (Path(shelf.__file__), Path(shelf.__file__).with_name("codec.py")):
        assert "import pickle" not in path.read_text(encoding="utf-8")
        assert "allow_pickle=True" not in path.read_text(encoding="utf-8")
