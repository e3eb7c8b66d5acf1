"""Every example that a help text or a page gives is run as it is typed, and answers."""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from ramp155.cli.answer_parsers import write_levers
from ramp155.cli.commands import run_command_line
from ramp155.cli.parser import PROGRAM, build_parser
from ramp155.model.scenario.codec import read_scenario_settings
from ramp155.model.scenario.fields import SETTING_NAMES
from ramp155.model.scenario.levers import LEVERS
from ramp155.record.dictionary import write_dictionary
from ramp155.record.read import DATA

ROOT = DATA.parent
CALL = re.compile(rf"^ *{PROGRAM} (.*)$", re.MULTILINE)


def list_parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of every command by its name."""
    (commands,) = (
        action
        for action in build_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    return dict(commands.choices)


def list_calls(text: str) -> list[str]:
    """The calls in a text, a line each, without the comments behind them."""
    return [shlex.join(shlex.split(call, comments=True)) for call in CALL.findall(text)]


HELP_CALLS = {name: list_calls(parser.format_help()) for name, parser in list_parsers().items()}
PAGE_CALLS = {
    page: list_calls((ROOT / page).read_text(encoding="utf-8"))
    for page in ("README.md", "docs/commands.md", "docs/adding.md")
}
ALL_CALLS = sorted(
    {call for calls in (*HELP_CALLS.values(), *PAGE_CALLS.values()) for call in calls}
)
# docs/adding.md gives one with a lever that its reader adds.
ADDED_LEVER = "driving_bands"
# It fills the disk from nothing: test_cli.py runs it in a process of its own.
PREPARES = "prepare"
# It waits for an assistant: test_tools.py is one.
WAITS = "mcp"
RUN_CALLS = [
    call for call in ALL_CALLS if ADDED_LEVER not in call and call not in (PREPARES, WAITS)
]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what examples write, the dictionary too, with an older record in it."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(DATA / "README.md", tmp_path)
    shutil.copytree(DATA, tmp_path / "OLD")
    monkeypatch.setattr(
        "ramp155.cli.table_commands.write_dictionary", lambda: write_dictionary(tmp_path)
    )
    return tmp_path


def test_every_help_gives_an_example_of_its_own_command() -> None:
    for name, calls in HELP_CALLS.items():
        assert calls, name
        assert {call.split()[0] for call in calls} == {name}


def test_every_example_of_a_help_stands_on_the_page_of_commands_and_no_other() -> None:
    in_help = {call for calls in HELP_CALLS.values() for call in calls}
    assert in_help == set(PAGE_CALLS["docs/commands.md"])


def cheapen(words: list[str]) -> list[str]:
    """A call with fewer runs, where it takes a number of them."""
    takes_draws = "--draws" in list_parsers()[words[0]]._option_string_actions
    return [*words, "--draws", "50"] if takes_draws else words


@pytest.mark.usefixtures("one_record")
@pytest.mark.parametrize("call", RUN_CALLS)
def test_every_example_answers(
    call: str, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(call)
    already_there = {path for path in elsewhere.rglob("*") if path.is_file()}
    assert run_command_line(cheapen(words)) == 0
    printed, complaints = capsys.readouterr()
    assert not complaints
    written = {path for path in elsewhere.rglob("*") if path.is_file()} - already_there
    if "--out" in words or "--png" in words:
        assert written
        assert all(path.stat().st_size for path in written)
    else:
        assert printed.strip()
    if "json" in words:
        # One object a line, or one answer over many.
        answers = (
            printed.splitlines() if printed.startswith("{") and "}\n{" in printed else [printed]
        )
        assert all(json.loads(answer) for answer in answers)
    if "csv" in words:
        header, *rows = csv.reader(io.StringIO(printed))
        assert rows
        assert {len(row) for row in rows} == {len(header)}


def test_an_example_whose_lever_is_not_there_yet_differs_by_its_name_alone() -> None:
    (call,) = [call for call in ALL_CALLS if ADDED_LEVER in call]
    build_parser().parse_args(shlex.split(call.replace(ADDED_LEVER, "fuzes")))


def test_the_help_names_what_can_be_set_with_range_and_unit() -> None:
    """Every row, read as a setting at both ends, is a scenario; beyond them it is none."""
    _, _, *rows = write_levers().splitlines()
    assert [row.split()[0] for row in rows] == list(SETTING_NAMES)
    for lever, row in zip(LEVERS, rows, strict=False):
        span = re.search(r"  ([\d.]+) to ([\d.]+) (\S.*?)  +([\d.]+)  +\S", row)
        assert span, row
        low, high, unit, baseline = span.groups()
        assert float(baseline) == lever.base
        assert unit == {"%": "(1 = 100 %)", "thousand": "rounds a year"}.get(lever.unit, lever.unit)
        for text in (low, high):
            read_scenario_settings({lever.name: text})
        with pytest.raises(ValueError, match=lever.name):
            read_scenario_settings({lever.name: str(float(high) * 2 + 1)})


def test_every_option_says_what_it_is() -> None:
    for name, parser in list_parsers().items():
        for action in parser._actions:
            assert action.help, (name, action.option_strings or action.dest)
