"""What goes wrong outside the program: docs/faults.md says what is expected of it and which test tries it."""

from __future__ import annotations

import ast
import itertools
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bench.server import ROOT, Server
from ramp155.model.model import Model
from ramp155.model.scenario.codec import read_scenario_query, write_scenario_query
from ramp155.model.scenario.levers import LEVER_BY_NAME, read_levers
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario
from ramp155.record import read
from ramp155.record.faults import RecordsError
from ramp155.record.read import DATA, read_folder
from ramp155.record.records import Records
from ramp155.record.schema import SCHEMAS
from ui.port import find_port_fault

PAGE = ROOT / "docs" / "faults.md"
ROW = re.compile(r"^\| (?!fault|---)(.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "missing": lambda _: None,
    "empty": lambda _: b"",
    "cut in a row": lambda content: content[: len(content) * 2 // 3].rstrip(b"\n") + b"x",
    "with a NUL": lambda content: content.replace(b"\n", b"\n\0", 2),
    "in UTF-16": lambda content: content.decode().encode("utf-16"),
    "in Latin-1": lambda content: content + "é\n".encode("latin-1"),
    "no text": lambda _: bytes(range(256)),
    "with an open quote": lambda content: content + b'"open\n',
}


# The page


def list_tests(path: Path) -> set[str]:
    """The names of the tests in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_fault_says_what_is_expected_what_was_seen_and_which_test_tries_it() -> None:
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    assert len(rows) > 25
    for fault, expected, seen, tests in rows:
        assert expected.strip(), fault
        assert seen.strip(), fault
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", tests)
        assert named or tests.startswith("by hand: "), fault
        for file, name in named:
            assert name in list_tests(ROOT / file), (fault, name)


def test_no_test_of_a_fault_is_switched_off() -> None:
    for file, name in re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE.read_text("utf-8")):
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        (test,) = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name == name
        ]
        marks = [ast.unparse(decorator) for decorator in test.decorator_list]
        assert not any(re.search(r"mark\.(skip|xfail)\b", mark) for mark in marks), name


# Files


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("table", SCHEMAS)
def test_a_damaged_table_is_named_at_the_start(
    table: str,
    damage: Callable[[bytes], bytes | None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(read, "SCHEMAS", {table: SCHEMAS[table]})  # the others need not be read
    path = tmp_path / f"{table}.csv"
    content = (DATA / path.name).read_bytes()
    path.write_bytes(content)
    assert read_folder(tmp_path)[1] == []
    damaged = damage(content)
    path.unlink() if damaged is None else path.write_bytes(damaged)
    _, faults = read_folder(tmp_path)
    assert faults
    assert {fault.file for fault in faults} == {path.name}
    assert all(len(fault.message) < 400 for fault in faults)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_levers_are_named(damage: Callable[[bytes], bytes | None], tmp_path: Path) -> None:
    """They are read when the program is imported, before any other table."""
    damaged = damage((DATA / "levers.csv").read_bytes())
    if damaged is not None:
        (tmp_path / "levers.csv").write_bytes(damaged)
    with pytest.raises(RecordsError, match=r"^levers\.csv:\d+:"):
        read_levers(tmp_path)


@pytest.mark.parametrize("file", ["levers.csv", "glossary.toml"])
def test_a_page_names_a_file_without_which_none_can_be_drawn(file: str, tmp_path: Path) -> None:
    for name in ("ramp155", "ui", "pages", "data", "static", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", "browser", "snapshots", "unit")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    path = tmp_path / "data" / file
    path.write_bytes(path.read_bytes()[:700])
    program = (
        "import logging; logging.disable(logging.WARNING)\n"
        "from tests.shared import ENTRY\n"
        "from streamlit.testing.v1 import AppTest\n"
        "app = AppTest.from_file(str(ENTRY)).run(timeout=100)\n"
        "assert not app.exception, app.exception\n"
        "print(app.error[0].value, app.code[0].value)\n"
    )
    told = run([sys.executable, "-c", program], cwd=tmp_path)
    assert "breaks its own rules" in told
    assert f"{file}:" in told


def run(command: list[str], cwd: Path = ROOT, **environment: str) -> str:
    """What a program prints; it must end well."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "RAMP155_DRAWS": "20", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_file_that_may_not_grow_is_named_and_not_left_cut(tmp_path: Path) -> None:
    """As on a disk that is full: the system refuses the bytes themselves."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    program = (
        "import sys\nfrom pathlib import Path\nfrom ramp155.base.whole_file import write_whole_file\n"
        "try: write_whole_file(Path(sys.argv[-1]) / 'a.zip', b'x' * 100_000)\n"
        "except OSError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "File too large" in done.stdout, done.stderr
    assert "a.zip" in done.stdout
    assert list(tmp_path.iterdir()) == []


# The machine


def test_the_answer_is_the_same_in_every_locale_and_time_zone() -> None:
    command = [sys.executable, "-m", "ramp155", "status", "--format", "json"]
    places = [
        {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Pago_Pago"},
    ]
    answers = [run(command, **place) for place in places]
    assert answers[0] == answers[1]
    assert answers[0].count("{") > 100


@pytest.mark.nightly
def test_another_user_may_run_it_from_a_read_only_checkout_without_a_home() -> None:
    """With the right to read everything and to write nothing."""
    can_read = "--inh-caps=-all,+dac_read_search --ambient-caps=+dac_read_search"
    become = f"setpriv --reuid 65534 --regid 65534 --clear-groups {can_read}"
    script = (
        f'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec {become} "$@"'
    )
    probe = ["unshare", "--mount", "sh", "-c", script, str(ROOT), "true"]
    if shutil.which("unshare") is None or subprocess.run(probe, check=False).returncode:
        pytest.skip("needs the rights to mount and to become somebody else")
    command = [sys.executable, "-m", "ramp155", "verdicts", "--draws", "20", "--format", "csv"]
    bare = {"HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
    away = {"XDG_CACHE_HOME": "", "NUMBA_CACHE_DIR": ""}
    told = run([*probe[:-1], *command], **bare, **away)
    assert told.count("\n") > 20


# The server


def test_a_taken_port_is_told_with_the_way_out() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        told = find_port_fault(str(port), "127.0.0.1")
    assert told.startswith(f"Port {port} is taken.")
    assert f"http://localhost:{port}" in told
    assert f"make run PORT={port + 1}" in told
    assert find_port_fault(str(port), "127.0.0.1") == ""


@pytest.mark.parametrize("text", ["", "abc", "0", "70000", "-1", "٨٥٠١"])
def test_a_port_that_is_none_is_told(text: str) -> None:
    assert find_port_fault(text, "127.0.0.1").startswith("PORT is to be a number")


def test_make_run_asks_for_the_port_first() -> None:
    recipe = re.search(
        r"^run: .*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )
    assert recipe
    asked, served = recipe[1].strip().splitlines()
    assert "ui.port" in asked
    assert "streamlit run" in served


@pytest.mark.parametrize(
    "is_ready",
    [pytest.param(False, id="starting"), pytest.param(True, id="ready", marks=pytest.mark.nightly)],
)
def test_ctrl_c_ends_the_server_without_a_traceback(is_ready: bool, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as stream, Server("app.py", log=stream) as server:
        while is_ready and not is_server_ready(server):
            pass
        server.process.send_signal(signal.SIGINT)
        server.process.wait(timeout=60)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def is_server_ready(server: Server) -> bool:
    try:
        return urllib.request.urlopen(f"{server.url}/ready", timeout=5).status == 200
    except OSError:
        return False


# Levers


def list_extremes() -> list[dict[str, float]]:
    """Every lever at one end or the other, in all combinations; what plants are built on changes last."""
    slow = ["extra_delay", "under_way", "realised"]
    names = [*slow, *(name for name in LEVER_BY_NAME if name not in (*slow, "months"))]
    ends = [(LEVER_BY_NAME[name].low, LEVER_BY_NAME[name].high) for name in names]
    return [dict(zip(names, values, strict=True)) for values in itertools.product(*ends)]


def test_every_corner_of_the_levers_is_a_link_that_comes_back() -> None:
    corners = list_extremes()
    step = max(1, len(corners) // 1024)
    for corner in [*corners[::step], corners[-1]]:
        scenario = Scenario(**corner)
        assert read_scenario_query(write_scenario_query(scenario)) == (scenario, [])


@pytest.mark.parametrize(
    "count", [12, pytest.param(0, marks=pytest.mark.nightly)], ids=["some", "all"]
)
def test_every_corner_of_the_levers_has_a_finite_answer(records: Records, count: int) -> None:
    model = Model(records, draws=20)
    corners = list_extremes()
    chosen = corners[:: max(1, len(corners) // count)] if count else corners
    for corner in chosen:
        output, _ = run_scenario(model, Scenario(**corner), shared=False)
        assert np.isfinite(output).all()
        assert (output >= 0).all()
