"""What has been worked out is kept once, bounded in bytes, changed by nobody, and gone with its
session.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import random
import threading
import time
import tracemalloc
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest

from bench.memory import ask_pages, draw_view
from ramp155.answers.output.outlook import run_outlook
from ramp155.answers.trial import try_model
from ramp155.base.memory import ASSETS, UPLOAD_BYTES, Memory, estimate_bytes, remember
from ramp155.files.poster.sheet import recall_poster_svg
from ramp155.history.claims import list_claims
from ramp155.history.slips import list_followed_milestones
from ramp155.history.status import list_statuses
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.picture import Picture
from ramp155.pictures.theme import apply_theme
from ramp155.record.records import Records
from ramp155.record.upload.merge import merge_upload, read_upload

UPLOAD = (
    "event_id,line_id,reported_on,event,date,status,rate,unit,rate_status,basis\n"
    "my-1,unterluess-rheinmetall--round,2026-05-01,rate,2026-04,done,250000,rounds/yr,done,Seen\n"
).encode("ascii")


@dataclass(frozen=True)
class Holder:
    """Something that owns a memory and says how often it was worked out."""

    identity: str = "holder"
    memory: Memory = field(default_factory=lambda: Memory(100_000))


@dataclass(frozen=True)
class Answer:
    frame: pd.DataFrame
    names: dict[str, list[int]]


def count_calls(build: Callable[[], object]) -> tuple[Callable[..., object], list[int]]:
    calls: list[int] = []

    @remember
    def work_out(holder: Holder, *question: object, **options: object) -> object:
        calls.append(1)
        return build()

    return work_out, calls


def test_answers_never_take_more_than_the_bound() -> None:
    memory = Memory(10_000)
    for number in range(50):
        memory.recall(number, lambda: np.zeros(200))  # 1,600 bytes each
        assert memory.bytes <= 10_000
    assert 3 <= len(memory) <= 6


def test_the_oldest_goes_first_and_use_keeps_young() -> None:
    memory = Memory(4 * 2_000)
    asked: list[str] = []

    def ask(name: str) -> None:
        memory.recall(name, lambda: asked.append(name) or np.zeros(200))  # type: ignore[func-returns-value]

    for name in "abcd":
        ask(name)
    ask("a")  # used again: now b is the oldest
    ask("e")
    for name in "acde":
        ask(name)
    assert asked == list("abcde")
    ask("b")
    assert asked == [*"abcde", "b"]


def test_an_answer_too_large_is_handed_out_unkept() -> None:
    memory = Memory(1_000)
    memory.recall("small", lambda: 1)
    for _ in range(2):
        assert memory.recall("large", lambda: np.ones(10_000)).sum() == 10_000
    assert len(memory) == 1
    assert memory.recall("small", lambda: 2) == 1


def test_what_fails_is_not_kept() -> None:
    memory = Memory()
    with pytest.raises(ZeroDivisionError):
        memory.recall("question", lambda: 1 / 0)
    assert memory.recall("question", lambda: 7) == 7


@pytest.mark.parametrize(
    ("build", "change"),
    [
        (lambda: pd.DataFrame({"a": [1, 2]}), lambda answer: answer.__setitem__("a", 0)),
        (lambda: pd.DataFrame({"a": [1, 2]}), lambda answer: answer.loc.__setitem__((0, "a"), 9)),
        (lambda: pd.DataFrame({"a": [[1], [2]]}), lambda answer: answer["a"][0].append(9)),
        (lambda: pd.Series([1.0, 2.0]), lambda answer: answer.__setitem__(0, 9.0)),
        (lambda: {"a": [1]}, lambda answer: answer.update(b=2)),
        (lambda: {"a": [1]}, lambda answer: answer["a"].append(2)),
        (lambda: {"a": {"b": 1}}, lambda answer: answer["a"].clear()),
        (lambda: [1, 2], lambda answer: answer.sort(reverse=True)),
        (lambda: ([1], 2), lambda answer: answer[0].append(2)),
        (lambda: np.zeros(3), lambda answer: answer.__setitem__(0, 9.0)),
        (lambda: (np.zeros(3), "a"), lambda answer: answer[0].fill(9.0)),
        (
            lambda: Answer(pd.DataFrame({"a": [1]}), {"b": [1]}),
            lambda answer: answer.frame.insert(0, "z", 0),
        ),
        (
            lambda: Answer(pd.DataFrame({"a": [1]}), {"b": [1]}),
            lambda answer: answer.names["b"].append(2),
        ),
        (
            lambda: {"f": pd.DataFrame({"a": [1]})},
            lambda answer: answer["f"].insert(0, "z", 0),
        ),
    ],
)
def test_a_callers_changes_do_not_reach_the_next(
    build: Callable[[], object], change: Callable[[object], object]
) -> None:
    holder = Holder()
    work_out, calls = count_calls(build)
    for _ in range(2):  # the first caller, for whom it is worked out, and one who gets what is kept
        with contextlib.suppress(TypeError, ValueError):  # refused: as good as copied
            change(work_out(holder))
        assert repr(work_out(holder)) == repr(build())
    assert len(calls) == 1


def test_arguments_and_functions_are_told_apart() -> None:
    holder = Holder()
    first, first_calls = count_calls(lambda: "first")
    second, second_calls = count_calls(lambda: "second")
    assert first(holder) == "first"
    assert second(holder) == "second"
    first(holder, 1)
    first(holder, a=1)
    first(holder, a=1)
    assert len(first_calls) == 3
    assert len(second_calls) == 1
    other = Holder(identity="other", memory=holder.memory)
    first(other)
    assert len(first_calls) == 4


def test_threads_get_the_same_answer_within_the_bound() -> None:
    memory = Memory(20_000)
    wrong: list[object] = []

    def ask_many(offset: int) -> None:
        for step in range(200):
            number = (offset + step * 7) % 25
            answer = memory.recall(number, lambda number=number: np.full(150, float(number)))
            if not (answer == number).all() or memory.bytes > 20_000:
                wrong.append(number)

    threads = [threading.Thread(target=ask_many, args=(offset,)) for offset in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not wrong
    assert memory.bytes <= 20_000


def test_a_slow_answer_holds_up_no_other() -> None:
    memory = Memory()
    begun, go_on = threading.Event(), threading.Event()

    def wait() -> str:
        begun.set()
        go_on.wait(30)
        return "slow"

    thread = threading.Thread(target=lambda: memory.recall("slow", wait))
    thread.start()
    assert begun.wait(30)
    start = time.monotonic()
    assert memory.recall("quick", lambda: 1) == 1
    assert time.monotonic() - start < 10
    go_on.set()
    thread.join(30)
    assert memory.recall("slow", lambda: "again") == "slow"


def test_bytes_are_those_of_what_is_held() -> None:
    assert estimate_bytes(np.zeros(1_000)) == 8_000
    assert estimate_bytes({"a": np.zeros(1_000)}) > 8_000
    assert estimate_bytes(Answer(pd.DataFrame({"a": np.zeros(1_000)}), {})) > 8_000


def test_another_table_gives_another_answer(records: Records) -> None:
    assumptions = records.assumptions
    is_share = assumptions["assumption_id"] == "realised_share"
    assumptions.loc[is_share, ["low", "mode", "high"]] /= 2
    halved = dataclasses.replace(records, assumptions=assumptions)
    assert halved.memory is records.memory
    before = run_outlook(Model(records, draws=100), Scenario()).path
    after = run_outlook(Model(halved, draws=100), Scenario()).path
    assert not before.equals(after)


def test_equal_records_share_answers(records: Records) -> None:
    same = dataclasses.replace(records, claims=records.claims.copy())
    assert same is not records
    assert same == records
    claims = list_claims(records)
    answer_count = len(records.memory)
    assert list_claims(same).equals(claims)
    assert len(records.memory) == answer_count
    fewer = dataclasses.replace(records, claims=records.claims.head(5))
    assert len(list_claims(fewer)) == 5
    assert list_claims(records).equals(claims)


def test_changing_a_list_of_claims_changes_nobody_elses(records: Records) -> None:
    claims = list_claims(records)
    claims["basis"] = ""
    claims.loc[:, "low"] = 0.0
    again = list_claims(records)
    assert again["basis"].str.len().max() > 0
    with pytest.raises(TypeError, match="copy it"):
        again["topics"][0].append("mine")


def find_kept(word: str, memory: Memory) -> list[object]:
    """Questions and answers of a memory that speak of a word."""
    return [entry for entry in memory._answers.items() if word in repr(entry)]


def test_an_upload_dies_with_its_session(records: Records) -> None:
    own_records = read_upload(records, [("e.csv", UPLOAD)], probe=try_model)
    assert own_records.memory is not records.memory
    assert own_records.memory._answers.maxsize == UPLOAD_BYTES
    shared_before = set(records.memory._answers)
    list_statuses(own_records)
    list_claims(own_records)
    list_followed_milestones(own_records)
    run_outlook(Model(own_records, draws=40), Scenario())
    drawn = draw_coefficients(Model(own_records, draws=40))
    digest, version = own_records.digest, own_records.version
    assert digest != records.digest
    assert set(records.memory._answers) == shared_before
    for memory in (records.memory, ASSETS):
        assert not find_kept(digest, memory)
        assert not find_kept(version, memory)
    edit = merge_upload(
        records, {"events": own_records.events.iloc[:0]}, probe=lambda _: None, onto=own_records
    )
    assert edit.memory is not own_records.memory
    alive = [
        weakref.ref(thing) for thing in (own_records, own_records.memory, drawn, edit, edit.memory)
    ]
    del own_records, drawn, edit
    gc.collect()
    assert [ref() for ref in alive] == [None] * len(alive)


def test_a_drawn_word_of_an_upload_is_kept_with_the_upload(records: Records) -> None:
    """On the dark ground and as a poster too: neither is a drawing that depends on no record."""
    word = "Ironmongery of nowhere"
    own = read_upload(records, [("e.csv", UPLOAD)], probe=lambda _: None)
    picture = Picture("mine", f"{word} is found.", {"title": word, "mark": "bar"}, word)
    held_before = set(ASSETS._answers)
    apply_theme(picture.spec, "dark")
    assert word in recall_poster_svg(Model(own), picture, "dark")
    assert not find_kept(word, ASSETS)
    assert not find_kept(word, records.memory)
    assert len(find_kept(word, own.memory)) == 1
    assert {question[0].__name__ for question in set(ASSETS._answers) - held_before} <= {  # type: ignore[index]
        "load_font",
        "load_renderer",
        "embed_fonts",
    }


def test_scenarios_leave_nothing_outside_the_records_memory(records: Records) -> None:
    fresh = dataclasses.replace(records, memory=Memory(2 * 1024**2))
    model, luck = Model(fresh, draws=40), random.Random(155)
    held_after = []
    for _ in range(4):
        ask_pages(model, draw_view(model, luck), "dark")
        held_after.append(ASSETS.bytes)
        assert fresh.memory.bytes <= 2 * 1024**2
    # A few charts whose axis ends elsewhere, by tens of kilobytes; it was half a megabyte a scenario.
    assert held_after[-1] - held_after[0] < 300_000


@pytest.mark.nightly  # counting every allocation takes long
def test_many_scenarios_take_no_more_than_they_are_counted_for(records: Records) -> None:
    """What Python has allocated does not outgrow the count; numpy's arrays are in both."""
    bound = 4 * 1024**2
    fresh = dataclasses.replace(records, memory=Memory(bound))
    model = Model(fresh, draws=40)
    luck = random.Random(155)
    ask_pages(model, draw_view(model, luck))  # imports, fonts, drawings
    fresh.memory.clear()
    tracemalloc.start()
    grown = []
    for _ in range(8):
        ask_pages(model, draw_view(model, luck))
        assert fresh.memory.bytes <= bound
        gc.collect()
        grown.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert max(grown) < 1.5 * bound, [round(size / bound, 2) for size in grown]
