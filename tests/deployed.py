"""A server as it is deployed, in its own process: behind a proxy, under a path of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2

ROOT = Path(__file__).parents[1]
# As a proxy that ends TLS says it.
FORWARDED = {"X-Forwarded-For": "203.0.113.77", "X-Forwarded-Proto": "https"}


@dataclass
class Deployed:
    process: subprocess.Popen[str]
    url: str
    log: Path

    def ask(self, path: str, method: str = "GET", **more: object) -> httpx2.Response:
        headers = FORWARDED | more.pop("headers", {})
        return httpx2.request(
            method, f"{self.url}{path}", headers=headers, timeout=60, trust_env=False, **more
        )


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serve(command: list[str], log: Path, settings: str, base: str = "") -> Iterator[Deployed]:
    port = find_port()
    settings_file = log.with_suffix(".toml")
    settings_file.write_text(f'{settings}base_path = "{base}"\n')
    environment = {
        **os.environ,
        "RAMP155_SETTINGS": str(settings_file),
        "RAMP155_CACHE": "",
        "RAMP155_DRAWS": "20",
        "PYTHON": sys.executable,
        "STREAMLIT_SERVER_PORT": str(port),
        "PORT": str(port),
    }
    with log.open("w") as stderr:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True
        )
    deployed = Deployed(process, f"http://127.0.0.1:{port}{base}", log)
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with contextlib.suppress(httpx2.HTTPError):
                if deployed.ask("/ready").status_code == 200:
                    break
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
        yield deployed
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
