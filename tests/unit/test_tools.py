"""The questions as an assistant's tools, asked by the official SDK's own client."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from mcp import types
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters

from ramp155.questions.ask import ask
from ramp155.questions.catalogue import QUESTIONS
from ramp155.questions.describe.shapes import build_shape
from ramp155.questions.describe.sources import list_units
from ramp155.questions.read import read_asked
from ramp155.questions.tools import MOST_SOURCES, build_server
from ramp155.record.read import DATA
from ramp155.record.records import Records
from tests import shared

T = TypeVar("T")
FEW = {"draws": 50}


def talk(use: Callable[[Client], Awaitable[T]], server: object = None, mode: str = "auto") -> T:
    """What a client does with a server in this process, else with the one given."""

    async def connect() -> T:
        async with Client(server or build_server(shared.record()), mode=mode) as client:
            return await use(client)

    return asyncio.run(connect())


def call(name: str, **arguments: object) -> types.CallToolResult:
    return talk(lambda client: client.call_tool(name, arguments))


def list_arguments(name: str) -> dict[str, object]:
    """The first example of a question, with few draws, as an assistant would say it."""
    question = QUESTIONS[name]
    schema = {parameter.name: parameter.kind for parameter in question.parameters}
    given: dict[str, object] = {}
    for key, text in question.examples[0].given.items():
        is_number = schema.get(key, "number") in ("number", "whole")
        given[key] = float(text) if is_number else text
    return given | (FEW if "draws" in schema else {})


def test_every_question_is_a_tool_with_its_ranges_and_units() -> None:
    tools = {tool.name: tool for tool in talk(lambda client: client.list_tools()).tools}
    assert set(tools) == set(QUESTIONS)
    run = tools["run"]
    assert run.description == QUESTIONS["run"].about
    supply = run.input_schema["properties"]["nitrocellulose"]
    assert (supply["minimum"], supply["maximum"], supply["default"]) == (0, 2, 1)
    assert "1 = 100 %" in supply["description"]
    assert tools["goal"].input_schema["required"] == ["target"]
    assert run.annotations
    assert run.annotations.read_only_hint
    assert len(run.model_dump_json()) < 15_000  # an assistant reads it before it asks


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_is_the_questions_own_with_units_and_sources(name: str, records: Records) -> None:
    """The client itself holds the answer against the tool's own schema."""
    arguments = list_arguments(name)
    result = call(name, **arguments)
    assert not result.is_error, result.content
    answer = result.structured_content
    given = {key: str(value) for key, value in arguments.items()}
    parameters = {parameter.name for parameter in QUESTIONS[name].parameters}
    settings = {key: given.pop(key) for key in list(given) if key not in parameters}
    values = ask(records, read_asked(QUESTIONS[name], records, given, settings)).values
    assert answer["answer"] == json.loads(json.dumps(values))
    assert answer["record"] == records.version
    assert "CC BY 4.0" in answer["cite"]
    assert answer["units"] == list_units(build_shape(QUESTIONS[name].shape))
    assert bool(answer["units"]) == (name != "opened")  # which has no number
    has_rows = name != "score"  # nothing was released yet that could be judged
    assert bool(answer["sources"]) == has_rows
    for source in answer["sources"]:
        assert source["publisher"]
        assert source["source_id"] in records.source_of
    assert len(answer["sources"]) <= MOST_SOURCES
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    assert json.loads(content.text) == answer


def test_a_number_of_every_answer_has_its_unit() -> None:
    units = call("gap", **FEW).structured_content["units"]
    assert units["p50"] == "Russian rounds for one of the other side"
    assert call("run", **FEW).structured_content["units"]["p50"] == "complete rounds a year"


def test_coefficients_and_countries_are_read() -> None:
    answer = call(
        "run", assume={"utilisation": 0.9}, also=["UA", "TR"], extra_delay=6, **FEW
    ).structured_content
    scenario = answer["answer"]["scenario"]
    assert scenario["assume"] == {"utilisation": 0.9}
    assert scenario["also"] == ["TR", "UA"]
    assert scenario["extra_delay"] == 6


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("run", {"nitrocellulose": 9}, "0 to 2"),
        ("run", {"gravity": 1}, "no parameter"),
        ("run", {"draws": 100_000}, "at most 1000"),
        ("goal", {}, "target is missing"),
        ("plants", {"site_id": "nowhere"}, "not in the record"),
        ("magic", {}, "no tool"),
    ],
)
def test_what_cannot_be_asked_is_told_in_words(
    name: str, arguments: dict[str, object], says: str
) -> None:
    result = call(name, **arguments)
    assert result.is_error
    (content,) = result.content
    assert says in content.text


def test_the_command_answers_over_its_pipes() -> None:
    """As an assistant starts it, with the handshake of older clients too."""
    setting = {**os.environ, "RAMP155_DRAWS": "50"}
    program = StdioServerParameters(
        command=sys.executable, args=["-m", "ramp155", "mcp"], env=setting, cwd=DATA.parent
    )
    names = talk(lambda client: client.list_tools(), program, "legacy").tools
    assert {tool.name for tool in names} == set(QUESTIONS)


def test_without_the_package_one_line_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['mcp'] = None\n"
        "from ramp155.cli.commands import run_command_line\n"
        "sys.exit(run_command_line(['mcp']))"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ended.returncode == 2
    assert 'pip install "ramp155[mcp]"' in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_library_does_not_load_it() -> None:
    program = (
        "import sys; from ramp155.cli.commands import run_command_line\n"
        "run_command_line(['targets', '--format', 'csv'])\n"
        "assert not {'mcp', 'starlette'} & set(sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
