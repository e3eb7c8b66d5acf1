"""Measure everything, or the parts named, beside a floor or peer of the same run: `python -m bench [--long] [part ...]`.

Writes bench/results.json, and the table of goals in bench/README.md: this run beside the last. `--long` measures
more of each. A part has a process of its own: one that fails, or takes longer than its limit, is stopped, and the others go on.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from bench import cold_start, load, memory, model, repaint, table, visits
from bench.server import ROOT
from ramp155.base.shelf import open_shelf

RESULTS_FILE = ROOT / "bench" / "results.json"
LONG = "--long"


class Part(NamedTuple):
    """A benchmark, what it is given for a quick run, and after how many seconds a quick and a long one are stopped."""

    run: Callable[..., dict[str, float]]
    quick: dict[str, Any]
    limit: int
    long_limit: int


PARTS = {
    "cold_start": Part(cold_start.run, {"times": 3, "with_plant": False}, 120, 300),
    "visits": Part(visits.run, {"visits": 5}, 60, 120),
    "repaint": Part(repaint.run, {"presses": 8, "releases": 6, "seconds": 0.8}, 180, 600),
    "load": Part(load.run, {"users": 20, "releases": 4, "pace": 1.0}, 60, 400),
    "model": Part(model.run, {"with_peer": False}, 40, 200),
    "memory": Part(memory.run, {"quick": True}, 60, 900),
}
GRACE = 10  # seconds in which a part that is stopped may put away what it started


def main(arguments: list[str]) -> int:
    """Run the parts named (none: all of them)."""
    names, is_long = [one for one in arguments if one != LONG], LONG in arguments
    unknown = set(names) - set(PARTS)
    if unknown:
        print(f"bench: no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
        return 2
    prepare()
    start, results = time.perf_counter(), table.read_results(RESULTS_FILE)
    failed = []
    for name in names or PARTS:
        figures = measure(name, is_long)
        table.put_beside(results, f"{name} long" if is_long else name, figures)
        RESULTS_FILE.write_text(json.dumps(results, indent=1) + "\n")
        table.write_table(results)
        failed += [] if figures else [name]
    taken = time.perf_counter() - start
    if not names:
        table.put_beside(results, "bench long" if is_long else "bench", {"seconds": taken})
        RESULTS_FILE.write_text(json.dumps(results, indent=1) + "\n")
        table.write_table(results)
    print(f"\n{table.draw_table(results)}\n\ntook {taken:.0f} s", flush=True)
    if failed:
        print(f"failed: {', '.join(failed)}")
    return bool(failed)


def prepare() -> None:
    """Keep the pages' answers on disk where they are not: else a server would work them out while it is measured."""
    if open_shelf().is_empty:
        print("pages' answers are kept first, as at set-up: python -m ui.prepare", flush=True)
        subprocess.run([sys.executable, "-m", "ui.prepare"], cwd=ROOT, check=True)


def measure(name: str, is_long: bool) -> dict[str, float]:
    """The figures of one part, with its progress told; none where it failed or was stopped."""
    part, start = PARTS[name], time.perf_counter()
    limit = part.long_limit if is_long else part.limit
    print(f"{name} (at most {limit} s)", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        figures_file = Path(folder) / "figures.json"
        process = multiprocessing.get_context("spawn").Process(
            target=_run_part, args=(name, is_long, figures_file)
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


def _run_part(name: str, is_long: bool, figures_file: Path) -> None:
    """In a process of its own, which leads those it starts: run a part and write its figures down."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the shell has it ignored
    part = PARTS[name]
    figures_file.write_text(json.dumps(part.run(**({} if is_long else part.quick))))


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
