"""What goes wrong while a server runs, tried on a process of its own: docs/faults.md says what is expected of it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.server import ROOT
from tests.unit.test_faults import DAMAGES, run

pytestmark = pytest.mark.nightly
PATIENCE = 600  # seconds, on a busy machine
# Run in a copy of the checkout: every page is opened, the folder is damaged, every page is opened again by somebody else.
OPEN_ALL = """
import logging, sys
logging.disable(logging.WARNING)
from pathlib import Path
from tests.fuzz.links import PAGES
from tests.fuzz.pages import open_page
from tests.unit.test_faults import DAMAGES
def open_all(when):
    for page in PAGES:
        fault = open_page(page, [("nc", "70")]).fault
        if fault: print(when, page, fault)
open_all("before")
whole = {path: path.read_bytes() for path in Path("data").rglob("*") if path.is_file()}
for name, damage in DAMAGES.items():
    for path, content in whole.items():
        try: damaged = damage(content)
        except UnicodeError: damaged = b"\\0"
        path.unlink(missing_ok=True)
        if damaged is not None: path.write_bytes(damaged)
    open_all(name)
print("opened", len(DAMAGES))
"""


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_answered(address: str) -> bool:
    try:
        return urllib.request.urlopen(address, timeout=60).status == 200
    except OSError:
        return False


@contextmanager
def start(command: list[str], log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own, as a terminal gives it; ended whatever happens."""
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "RAMP155_DRAWS": "20", **environment},
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not is_answered(address):
        assert process.poll() is None, log.read_text("utf-8")
        assert time.monotonic() < end, log.read_text("utf-8")
        time.sleep(0.1)


def test_make_run_twice_leaves_the_first_alone_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    if shutil.which("make") is None:
        pytest.skip("needs make")
    port, log = find_free_port(), tmp_path / "log"
    # What is installed is taken as it is.
    command = ["make", "-o", ".venv/run.stamp", "run", f"PORT={port}"]
    command += [f"BIN={Path(sys.executable).parent}"]
    with start(command, log) as first:
        wait_for(f"http://127.0.0.1:{port}/healthz", first, log)
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert second.returncode != 0
        assert f"Port {port} is taken. If Ramp 155 runs there already" in second.stderr
        assert f"make run PORT={port + 1}" in second.stderr
        assert "Traceback" not in second.stderr
        assert is_answered(f"http://127.0.0.1:{port}/healthz")
        os.killpg(first.pid, signal.SIGINT)
        first.wait(PATIENCE)
    assert "Traceback" not in log.read_text("utf-8")
    assert not is_answered(f"http://127.0.0.1:{port}/healthz")


def list_stranger_start(folder: Path) -> list[str]:
    """How somebody else, who may read everything and write nowhere below a folder, starts a program; skips where that cannot be."""
    can_read = "--inh-caps=-all,+dac_read_search --ambient-caps=+dac_read_search"
    become = f"setpriv --reuid 65534 --regid 65534 --clear-groups {can_read}"
    script = (
        f'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec {become} "$@"'
    )
    command = ["unshare", "--mount", "sh", "-c", script, str(folder)]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*command, "true"], check=False).returncode
    ):
        pytest.skip("needs the rights to mount and to become somebody else")
    return command


def test_another_user_without_a_home_may_serve_from_a_read_only_checkout(tmp_path: Path) -> None:
    port, log = find_free_port(), tmp_path / "log"
    command = [*list_stranger_start(ROOT), sys.executable, "-m", "streamlit", "run", "app.py"]
    bare = {"HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
    away = {"XDG_CACHE_HOME": "", "NUMBA_CACHE_DIR": "", "RAMP155_CACHE": ""}
    with start([*command, "--server.port", str(port)], log, **bare, **away) as process:
        wait_for(f"http://127.0.0.1:{port}/ready", process, log)
        wait_for(f"http://127.0.0.1:{port}/api/v1/verdicts", process, log)
        assert Path(f"/proc/{process.pid}").stat().st_uid == 65534
    assert "Traceback" not in log.read_text("utf-8")


def test_on_a_full_disk_an_answer_comes_and_a_file_is_named(tmp_path: Path) -> None:
    """On a disk of 64 kB, all of it taken."""
    script = (
        'mount -t tmpfs -o size=64k none "$0" && cd "$1" && shift && '
        '{ head -c 100000 /dev/zero > "$0/full" || true; } 2>/dev/null; '
        '"$1" -m ramp155 status --format csv | wc -l; '
        '"$1" -m ramp155 geojson --out "$0/sites.geojson"; echo "ended with $?"; ls -A "$0"'
    )
    command = ["unshare", "--mount", "sh", "-c", script, str(tmp_path), str(ROOT), sys.executable]
    environment = {**os.environ, "RAMP155_CACHE": str(tmp_path / "kept"), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT
    )
    if "mount" in done.stderr or "unshare" in done.stderr:
        pytest.skip("needs the right to mount")
    assert "Traceback" not in done.stderr
    assert "sites.geojson" in done.stderr
    count, ended, *left = done.stdout.split("\n")
    assert int(count) > 100
    assert ended == "ended with 2"
    assert [name for name in left if name] == ["full"]


def test_pages_say_the_same_in_every_locale_and_time_zone() -> None:
    program = (
        "import logging; logging.disable(logging.WARNING)\n"
        "from tests.shared import open_entry\n"
        "from tests.fuzz.pages import list_page_texts\n"
        "for page in ('overview', 'ramp_up', 'gap', 'evidence'):\n"
        "    app = open_entry()\n"
        "    if page != 'overview': app.switch_page(f'../pages/{page}.py')\n"
        "    app.run(timeout=600)\n"
        "    assert not app.exception, app.exception\n"
        "    print(*(text for name, text in list_page_texts(app) if name == 'Markdown.body'))\n"
    )
    places = [
        {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Pago_Pago"},
    ]
    first, second = (run([sys.executable, "-c", program], **place) for place in places)
    assert first == second
    assert len(re.findall(r"\w+", first)) > 500


def test_every_page_stands_while_every_file_of_the_record_is_damaged(tmp_path: Path) -> None:
    """What was read before stays in use; what is read when it is opened is told by its page."""
    for name in ("ramp155", "ui", "pages", "data", "static", "tests", "bench", "docs"):
        ignored = shutil.ignore_patterns("__pycache__", "browser", "snapshots", "app")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    told = run([sys.executable, "-c", OPEN_ALL], cwd=tmp_path)
    assert told == f"opened {len(DAMAGES)}\n"
