"""A Streamlit server in its own process, for benchmarks and browser tests."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
# Chromium without a GPU draws WebGL in software; the rest keeps it from calling home.
FLAGS = [
    "--no-sandbox",
    "--use-gl=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
]

# For pages without a map: drawing through a GPU that software only plays costs 0.2 s a frame.
FLAT_FLAGS = [f for f in FLAGS if "swiftshader" not in f and "gpu" not in f] + ["--disable-gpu"]


class Server:
    """`streamlit run` of a script on a free port, or the one given, with this project's settings."""

    def __init__(
        self,
        script: str | Path,
        cwd: Path = ROOT,
        port: int = 0,
        log: int | IO[bytes] = subprocess.DEVNULL,
    ) -> None:
        self.script, self.cwd, self.port, self.log = script, cwd, port, log

    def __enter__(self) -> Server:
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "streamlit", "run", str(self.script)]
        command += ["--server.port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=self.cwd, stdout=self.log, stderr=self.log)
        self._wait()
        return self

    def _wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1).read()
                return
            time.sleep(0.05)
        raise TimeoutError(f"{self.script} did not answer within {seconds} s")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def read_cpu(server: Server) -> float:
    """Seconds of processor a server has used so far; NaN where /proc does not tell."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return float("nan")
