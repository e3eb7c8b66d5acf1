"""The bench: its parts end within their time, and its table says what was measured, what failed and what misses its goal."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.__main__ import PARTS, RESULTS_FILE, main
from bench.runner import Part, measure
from bench.table import GOALS, README, draw_table, fill_table, put_beside, read_results
from tests.parts import give_figures, raise_error, work_on


def test_a_part_gives_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure("easy", Part(give_figures, {"seconds": 1.5}, 30, 30)) == {"seconds": 1.5}
    told = capsys.readouterr().out
    assert "easy (at most 30 s)" in told
    assert "1.500" in told


def test_a_part_that_fails_gives_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure("broken", Part(raise_error, {}, 30, 30)) == {}
    assert "FAILED" in capsys.readouterr().out


def test_a_part_that_takes_too_long_is_stopped_with_what_it_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "pid"
    assert measure("endless", Part(work_on, {"note": str(note)}, 6, 6)) == {}
    assert "stopped after 6 s" in capsys.readouterr().out
    if not note.exists():
        pytest.skip("stopped before it had started anything: the machine is busy")
    state = Path(f"/proc/{note.read_text()}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


def test_no_part_of_that_name_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speed"]) == 2
    assert "no such part: speed" in capsys.readouterr().out


def find_row(table: str, words: str) -> list[str]:
    [row] = [line for line in table.splitlines() if line.startswith(f"| {words} |")]
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_the_table_says_what_was_measured_what_failed_and_what_misses() -> None:
    results: dict[str, object] = {}
    put_beside(results, "load", {"p95_ratio": 1.234, "exceptions": 0.0})
    put_beside(results, "load", {"p95_ratio": 2.5})
    put_beside(results, "visits", {})
    table = draw_table(results)
    ratio = find_row(table, "many users, 95th percentile, times the bare app")
    assert ratio == [ratio[0], "at most 2", "**2.50**", "1.23", "-"]
    assert find_row(table, "exceptions among them")[2:] == ["**failed**", "0", "-"]
    first_run = find_row(table, "a session's first run, processor seconds")
    assert first_run[2:] == ["**failed**", "-", "-"]
    assert find_row(table, "fresh server to first chart, times the bare app")[2:] == ["-"] * 3
    assert "at least 30" in find_row(table, "pictures a second while dragged, Gap")


def test_every_figure_with_a_goal_is_of_a_part() -> None:
    assert {goal.part for goal in GOALS} <= {*PARTS, "bench"}
    assert len({goal.words for goal in GOALS}) == len(GOALS)


def test_the_table_in_the_readme_is_what_was_measured_last() -> None:
    text = README.read_text(encoding="utf-8")
    assert fill_table(text, read_results(RESULTS_FILE)) == text, "python -m bench writes it"
