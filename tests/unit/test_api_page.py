"""Every example of docs/api.md runs as it stands there, against a server of this process."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from ramp155.questions.catalogue import QUESTIONS
from ramp155.questions.question import API_ROOT
from ramp155.record.read import DATA
from tests import shared
from ui.serve.api import Api
from ui.serve.data import DataFiles
from ui.serve.limits import Allowance

PAGE = (DATA.parent / "docs" / "api.md").read_text(encoding="utf-8")
ADDRESS = "http://localhost:8501"
EXAMPLES = [
    pytest.param(language, text, id=f"{language}-{place}")
    for place, (language, text) in enumerate(
        re.findall(r"```(sh|python|js)\n(.*?)```", PAGE, re.DOTALL)
    )
]
PROGRAMS = {"sh": ["sh", "-c"], "python": [sys.executable, "-c"], "js": ["node", "-e"]}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    api = Api(shared.record, Allowance(10**9)).build_app()
    data = DataFiles(shared.record, None).build_app()
    app = Starlette(routes=[Mount(API_ROOT, api), Mount("/data", data)])
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize(("language", "text"), EXAMPLES)
def test_every_example_runs(language: str, text: str, server: str) -> None:
    program = PROGRAMS[language]
    tool = "curl" if language == "sh" else program[0]
    if not shutil.which(tool):
        pytest.skip(f"no {tool} here")
    assert ADDRESS in text
    if language == "js":
        text = f"(async () => {{{text}}})()"
    ended = subprocess.run(
        [*program, text.replace(ADDRESS, server)], capture_output=True, text=True, timeout=300
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip()
    if language == "sh":
        answer = json.loads(ended.stdout)
        assert not isinstance(answer, dict) or "detail" not in answer, answer


def test_the_page_shows_every_language_and_names_every_question() -> None:
    assert {example.values[0] for example in EXAMPLES} == set(PROGRAMS)
    table = PAGE.partition("A parameter has")[0]
    named = {name.partition("/")[0] for name in re.findall(r"`([a-z]+(?:/[^`]*)?)`", table)}
    assert set(QUESTIONS) <= named


def test_the_settings_of_an_assistant_name_the_command() -> None:
    (settings,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert json.loads(settings)["mcpServers"]["ramp155"]["args"] == ["mcp"]
