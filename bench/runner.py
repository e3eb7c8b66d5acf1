"""A part of the bench in a process of its own, with a limit in time."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

GRACE = 10  # seconds in which a part that is stopped may put away what it started


class Part(NamedTuple):
    """A benchmark, what it is given for a quick run, and after how many seconds a quick and a long one are stopped."""

    run: Callable[..., dict[str, float]]
    quick: dict[str, Any]
    limit: int
    long_limit: int


def measure(name: str, part: Part, is_long: bool = False) -> dict[str, float]:
    """The figures of one part, with its progress told; none where it failed or was stopped."""
    start, limit = time.perf_counter(), part.long_limit if is_long else part.limit
    print(f"{name} (at most {limit} s)", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        figures_file = Path(folder) / "figures.json"
        process = multiprocessing.get_context("spawn").Process(
            target=_run_part, args=(part.run, {} if is_long else part.quick, figures_file)
        )
        process.start()
        try:
            process.join(limit)
        finally:
            is_late = process.is_alive()
            _stop(process)
        figures = json.loads(figures_file.read_text()) if figures_file.exists() else {}
    for key, figure in figures.items():
        print(f"  {key:48s} {figure:10.3f}")
    outcome = "" if figures else f"stopped after {limit} s, " if is_late else "FAILED, "
    print(f"  {outcome}took {time.perf_counter() - start:.0f} s", flush=True)
    return figures


def _run_part(
    run: Callable[..., dict[str, float]], given: dict[str, Any], figures_file: Path
) -> None:
    """In a process of its own, which leads those it starts: run a part and write its figures down."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the shell has it ignored
    figures_file.write_text(json.dumps(run(**given)))


def _stop(process: multiprocessing.process.BaseProcess) -> None:
    """End a part that still runs, with all that it started."""
    if process.pid is None:
        return
    if process.is_alive():
        os.kill(process.pid, signal.SIGINT)  # it stops its servers and its browser
        process.join(GRACE)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.join()
